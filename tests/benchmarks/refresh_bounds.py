"""How long `brandkit feeds refresh` takes, and how much memory, when many of the servers never answer. Run on purpose:

    python tests/benchmarks/refresh_bounds.py [NAME ...]

It follows invented feeds, each on an address of its own of this machine (127.x.y.z), and prints the time on the clock,
processor time, the peak memory of the process that refreshes and the most threads that it had, with how the feeds
fared. The servers run in a process of their own. Reads /proc, so Linux alone.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ENTRIES = 20
# What a kind of server does is told by the second number of its address.
KINDS = {"good": 1, "hangs": 2, "drips": 3, "large": 4, "large, then hangs": 5, "bomb": 6, "slow": 7}
SCENARIOS: dict[str, Mapping[str, int]] = {
    "500 feeds": {"good": 500},
    "500 feeds, 50 hang": {"good": 450, "hangs": 50},
    "500 feeds, 50 drip": {"good": 450, "drips": 50},
    "2,000 feeds": {"good": 2_000},
    "2,000 feeds, 200 hang": {"good": 1_800, "hangs": 200},
    "2,000 feeds, 1,000 hang": {"good": 1_000, "hangs": 1_000},
    "2,000 feeds, each takes a second": {"slow": 2_000},
    "500 feeds, 250 send 4 MB and hang": {"good": 250, "large, then hangs": 250},
    "100 feeds of 4 MB, 50 bombs": {"good": 50, "large": 100, "bomb": 50},
    "500 feeds of one server that hangs": {"good": 100, "one": 500},
}
_RUN = """
import sys, threading, time
most, done = 0, threading.Event()
def watch():
    global most
    while not done.wait(0.05):
        most = max(most, threading.active_count() - 1)
threading.Thread(target=watch, daemon=True).start()
from brandkit.cli.main import main
sys.argv = ["brandkit", "feeds", "refresh", "--json"]
try:
    main()
finally:
    done.set()
    peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    print(peak[0], most, file=sys.stderr)
"""


@dataclass(frozen=True)
class Cost:
    """What one refresh took: seconds on the clock and of the processor, MB, threads; and how the feeds fared."""

    clock: float
    processor: float
    memory: float
    threads: int
    fared: Counter[str]


def _feed(name: str, entries: int, words: int) -> bytes:
    items = "".join(
        f"<item><title>{name} {n}</title><link>https://{name}.example/{n}</link>"
        f"<description>{'small teams hire well ' * words}</description></item>"
        for n in range(entries)
    )
    return f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


def _answers() -> dict[str, bytes]:
    import gzip

    large = _feed("large", 40, 4_700)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
    packed = gzip.compress(b"\0" * 60_000_000)
    return {
        "drips": b"HTTP/1.1 200 OK\r\n\r\n",
        "large": head % len(large) + large,
        "large, then hangs": head % (len(large) + 1) + large,
        "bomb": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed,
    }


async def serve() -> None:
    """All servers at one port; prints it, and runs until it is ended."""
    kinds, answers = {number: name for name, number in KINDS.items()}, _answers()

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        kind = kinds[int(host.split(".")[1])]
        try:
            await reader.readuntil(b"\r\n\r\n")
            if kind in ("good", "slow"):
                await asyncio.sleep(1.0 if kind == "slow" else 0.05)
                body = _feed("feed" + host.replace(".", "-"), ENTRIES, 30)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            else:
                writer.write(answers.get(kind, b""))
            await writer.drain()
            while kind in ("hangs", "drips", "large, then hangs"):
                await asyncio.sleep(0.2)
                writer.write(b"a" if kind == "drips" else b"")
                await writer.drain()
                if reader.at_eof():
                    break
        except (OSError, asyncio.IncompleteReadError):
            pass
        writer.close()

    server = await asyncio.start_server(visit, "0.0.0.0", 0, backlog=4_096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def make(folder: Path, scenario: Mapping[str, int], port: int) -> None:
    """Write the project."""
    pairs, lines = [], []
    for kind, count in scenario.items():
        for n in range(count):
            host = "127.2.0.1" if kind == "one" else f"127.{KINDS[kind]}.{n // 250}.{n % 250 + 1}"
            pairs.append(f"{host}:{port}")
            lines.append((n / count, f"- {{id: {re.sub('[^a-z]+', '-', kind)}-{n}, url: 'http://{pairs[-1]}/{n}'}}\n"))
    vault = folder / "content" / "vault"
    vault.mkdir(parents=True)
    (folder / "site.yaml").write_text("title: Bounds\nurl: https://me.example/\ntoday: 2026-03-01\n")
    allowed = json.dumps(sorted(set(pairs)))
    (vault / "me.yaml").write_text(f"name: Alex Example\nsettings: {{allow_hosts: {allowed}}}\n")
    (vault / "feeds.yaml").write_text("".join(line for _, line in sorted(lines)))  # spread among each other


def measure(folder: Path) -> Cost:
    """One refresh."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true", "NO_COLOR": "1"}
    began = time.monotonic()
    with (folder / "out").open("w") as out, (folder / "err").open("w") as err:
        child = subprocess.Popen([sys.executable, "-c", _RUN], cwd=folder, stdout=out, stderr=err, env=environment)
        _, status, used = os.wait4(child.pid, 0)
    clock = time.monotonic() - began
    said = (folder / "err").read_text().split()
    assert status == 0, said
    rows = json.loads((folder / "out").read_text())
    fared = Counter(re.sub(r"^127[\d.:]+", "SERVER", row["problem"] or row["status"]) for row in rows)
    return Cost(clock, used.ru_utime + used.ru_stime, int(said[-2]) / 1024, int(said[-1]), fared)


def main() -> None:
    """All scenarios, or those that are named."""
    wanted = sys.argv[1:] or list(SCENARIOS)
    server = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        port = int(server.stdout.readline())
        print(f"{'':36} {'clock':>7} {'cpu':>7} {'MB':>5} {'threads':>7}")
        for name in wanted:
            with tempfile.TemporaryDirectory() as folder:
                make(Path(folder), SCENARIOS[name], port)
                cost = measure(Path(folder))
            row = f"{name:36} {cost.clock:>6.1f}s {cost.processor:>6.1f}s {cost.memory:>5.0f} {cost.threads:>7}"
            print(row, "; ".join(f"{count} {line}" for line, count in cost.fared.most_common()), flush=True)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    if "--serve" in sys.argv:
        asyncio.run(serve())
    else:
        main()
