"""What benchmarks share: one command timed as a whole, its memory watched, a server begun and ended, a post edited.

In: a command and the folder that it runs in. Out: seconds and mebibytes. Reads /proc for what other programs did
meanwhile, and for memory; so these two are there on Linux alone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BENCH = Path(os.environ.get("BRANDKIT_SHARED", REPOSITORY.parent / "shared")) / "bench"
PATIENCE = 900  # seconds for a first build
_PROC = Path("/proc")
_MARK = "\nMarker "


class FailedCommand(Exception):
    """A command that was to be measured did not end well."""


@dataclass(frozen=True)
class Run:
    """One run of a command: what it took, and what others took of the machine meanwhile."""

    seconds: float
    cpu: float
    others: float
    said: str = ""


def environment(tree: Path | None = None) -> dict[str, str]:
    """The surroundings of a command; with a tree, that of Python programs that find brandkit there."""
    foreign = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "BRANDKIT_VAULT")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | ({"PYTHONPATH": str(tree)} if tree else {})


def make_posts(posts: int, folder: Path, flavour: str) -> None:
    """The posts of the shared corpus, with the front matter of one generator."""
    command = [sys.executable, str(BENCH / "gen_corpus.py"), str(posts), str(folder), "--flavour", flavour]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def middle(folder: Path) -> Path:
    """The post that is edited: one from the middle."""
    found = sorted(path for path in folder.glob("*.md") if path.name[:5].isdigit())
    return found[len(found) // 2]


def edit(post: Path, mark: str) -> None:
    """Let a post end with a line that bears a mark; the line of the edit before goes."""
    text = post.read_text(encoding="utf-8").partition(_MARK)[0]
    post.write_text(f"{text}{_MARK}{mark}\n", encoding="utf-8")


def run(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Run:
    """Run a command from its beginning to its end. Raises FailedCommand with the last that it said."""
    with tempfile.TemporaryFile() as said:
        before, began = machine_cpu(), time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        with _ended_with_us(process):
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = used.ru_utime + used.ru_stime
        others = max(0.0, machine_cpu() - before - cpu)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    if process.returncode:
        raise FailedCommand(f"{' '.join(command)} ended with {process.returncode}: {text[-400:].strip()}")
    return Run(seconds, cpu, others, text)


@contextlib.contextmanager
def _ended_with_us(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """A command that is not waited for to its end, since somebody stopped the benchmark, is ended with all it began."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def machine_cpu() -> float:
    """Seconds that all processors together were busy since the machine began; not a number where nobody says so."""
    try:
        fields = [int(field) for field in (_PROC / "stat").read_text().split("\n")[0].split()[1:8]]
    except OSError:
        return float("nan")
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def peak_memory(command: Sequence[str], folder: Path, env: Mapping[str, str], pause: float = 0.02) -> float:
    """The most mebibytes that all processes of a command held at one moment, looked at every `pause` seconds.

    Pages that several processes share are counted once (PSS): workers that were forked share most of theirs.
    """
    process = _begun(command, folder, env)
    most = 0
    with _ended_with_us(process):
        while process.poll() is None:
            most = max(most, sum(map(_proportional, group(process.pid))))
            time.sleep(pause)
    if process.returncode:
        raise FailedCommand(f"{' '.join(command)} ended with {process.returncode}")
    return most / 1024


def _begun(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A command that nobody listens to, in a group of its own."""
    none = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, env=env, stdin=none, stdout=none, stderr=none, start_new_session=True)


def group(leader: int) -> list[int]:
    """The processes that began with the leader of their group, it included."""
    found = []
    for name in filter(str.isdigit, os.listdir(_PROC)):
        with contextlib.suppress(OSError):
            if os.getpgid(int(name)) == leader:
                found.append(int(name))
    return found


def _proportional(pid: int) -> int:
    """Kibibytes of a process; of a page that n processes share, a part of n."""
    with contextlib.suppress(OSError):  # it may have ended
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def group_cpu(leader: int) -> float:
    """Seconds of CPU that the processes of a group used until now."""
    ticks = 0
    for pid in group(leader):
        with contextlib.suppress(OSError):
            fields = (_PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextlib.contextmanager
def serving(command: Sequence[str], folder: Path, port: int, env: Mapping[str, str]) -> Iterator[int]:
    """A server in a group of its own, once its port answers; gives the leader of the group."""
    process = _begun(command, folder, env)
    try:
        _until_open(process, port)
        yield process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _until_open(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise FailedCommand(f"{process.args!r} does not answer at port {port}")
