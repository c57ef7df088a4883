"""kill -9 at every system call that changes a disk, and at random moments, of the commands that write.

Run on purpose: python tests/trials/kill_everywhere.py [--stride N] [--random N] [COMMAND...]. Needs Linux and strace.
A run that is killed as it enters call N has made all calls before it: so each N is "before N" and "after N - 1" at
once, and the end of the run is after the last. What is left is looked at (each file old or new, the store sound, each
line of the journal that was acknowledged there), the same command runs again, and must end well and make exactly what
a run that nobody stopped makes. Prints one row a command, and every fault.

The folder is in memory (/dev/shm), since a killed process loses nothing that it gave to the system; what a power cut
would lose is no part of this.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests"), str(REPOSITORY / "tests" / "trials")]

import ready_processes  # noqa: E402
import small_brand  # noqa: E402
from ground import Ground, Snapshot  # noqa: E402

CHANGING = (
    *("write", "writev", "pwrite64", "sendfile", "copy_file_range", "ftruncate", "fallocate", "fsync", "fdatasync"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "unlink", "unlinkat", "mkdir", "mkdirat"),
    *("rmdir", "chmod", "fchmod", "fchmodat", "utimensat"),
)
_TRACED = (*CHANGING, "openat")
_CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)$")
_PATIENCE = 120


@dataclass
class Trial:
    """One command: what it is called with, and what is looked at when it was killed."""

    name: str
    arguments: tuple[str, ...]
    again: tuple[str, ...]
    calls: int = 0
    points: int = 0
    moments: int = 0
    half: int = 0  # how often neither the old nor the new state stood there as a whole
    acknowledged: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def trace(ground: Ground, arguments: Sequence[str], *options: str) -> tuple[int, str]:
    """Run a command below strace; its exit code (negative: the signal), and what was traced."""
    log = ground.saved / "trace"
    child = ground.start(arguments)
    command = ["strace", "-qq", "-f", "-s", "0", "-o", str(log), "-e", f"trace={','.join(_TRACED)}"]
    tracer = subprocess.Popen([*command, *options, "-p", str(child)], stderr=subprocess.DEVNULL)
    until = time.monotonic() + _PATIENCE
    while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text() and time.monotonic() < until:
        time.sleep(0.001)
    os.kill(child, signal.SIGCONT)
    status = os.waitpid(child, 0)[1]
    tracer.wait(_PATIENCE)
    return os.waitstatus_to_exitcode(status), log.read_text(errors="replace")


def kill_points(log: str) -> list[tuple[str, int]]:
    """(call, which one) of every call that may change the disk, by the counts that strace keeps for each process."""
    first = ""
    counts: Counter[str] = Counter()
    found = []
    for line in log.splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        first = first or match[1]
        if match[1] != first:  # other threads only ask servers
            continue
        counts[match[2]] += 1
        if match[2] != "openat" or "O_CREAT" in match[3] or "O_TRUNC" in match[3]:
            found.append((match[2], counts[match[2]]))
    return found


def check(ground: Ground, trial: Trial, here: str, old: Snapshot, new: Snapshot) -> None:
    """Look at what a killed run left, run again, and compare with a run that nobody stopped."""
    left, said = ground.look(), ground.said()
    for part in ("public", "private", "www", "vault"):
        for path, data in left[part].items():
            if data not in (old[part].get(path), new[part].get(path)) and not path.split("/")[-1].startswith("."):
                trial.faults.append(f"{here}: {part}/{path} is neither old nor new")
    trial.half += any(left[part] not in (old[part], new[part]) for part in ("public", "private", "www"))
    if "damaged" in left["store"]:
        trial.faults.append(f"{here}: the store is damaged: {left['store']['damaged']}")
    try:
        lines = small_brand.journal(ground.project)
    except ValueError:
        lines = []
        trial.faults.append(f"{here}: the journal holds a line that is not whole")
    if len(lines) < small_brand.TALKED and trial.name != "restore":  # the next run puts the whole vault in place
        trial.faults.append(f"{here}: the journal lost a line")
    if "Written down" in said:
        trial.acknowledged += 1
        if len(lines) != small_brand.TALKED + 1:
            trial.faults.append(f"{here}: an acknowledged line is not in the journal")
    torn = trial.name == "backup" and not whole(ground.base / "b.zip")
    if torn:
        trial.faults.append(f"{here}: half a backup bears the name of a whole one")
    for name in ("b.zip", "c.zip"):
        (ground.base / name).unlink(missing_ok=True)
    code, _ = ground.run(trial.again)
    if code != 0 or "Traceback" in ground.said():
        trial.faults.append(f"{here}: the next run ended with {code}: {ground.said()[-300:]}")
    after = ground.look()
    for part in new:
        if after[part] != new[part]:
            trial.faults.append(f"{here}: after the next run {part} is not as it has to be: {_first(after, new, part)}")
    if trial.name.startswith("log") and len(small_brand.journal(ground.project)) != len(lines) + 1:
        trial.faults.append(f"{here}: the next line was not logged")
    unfinished = [p.parent.name for p in (ground.project / ".brandkit").rglob("stage-*/intent.json")]
    if unfinished:  # an empty stage may stay until a build has something to do
        trial.faults.append(f"{here}: the next run did not finish {unfinished}")


def whole(path: Path) -> bool:
    """Whether a backup is whole, or not there."""
    from brandkit.io.archive import read_contents

    return not path.exists() or bool(read_contents(path).files)


def _first(after: Snapshot, new: Snapshot, part: str) -> str:
    names = {*after[part], *new[part]}
    return next((str(name) for name in sorted(names) if after[part].get(name) != new[part].get(name)), "")


def carry_out(ground: Ground, trial: Trial, stride: int, moments: int, tell: Callable[[str], None]) -> None:
    """All kill points of one command, or every `stride`th, then random moments."""
    began = time.perf_counter()
    ground.reset()
    old = ground.look()
    code, log = trace(ground, trial.arguments)
    if code != 0:
        raise SystemExit(f"{trial.name} fails by itself: {ground.said()}")
    points = kill_points(log)
    trial.calls = len(points)
    tell(f"{trial.name}: {len(points)} calls")
    for name in ("b.zip", "c.zip"):
        (ground.base / name).unlink(missing_ok=True)
    ground.reset()
    if ground.run(trial.arguments)[0] != 0 or ground.run(trial.again)[0] != 0:
        raise SystemExit(f"{trial.name} fails by itself: {ground.said()}")
    new = ground.look()
    (ground.base / "c.zip").unlink(missing_ok=True)
    (ground.base / "b.zip").unlink(missing_ok=True)
    ground.reset()
    took = ground.run(trial.arguments)[1]
    (ground.base / "b.zip").unlink(missing_ok=True)
    for call, number in points[::stride]:
        ground.reset()
        code, _ = trace(ground, trial.arguments, "-e", f"inject={call}:signal=KILL:when={number}")
        here = f"{trial.name}, {call} {number}"
        if code == -signal.SIGKILL:
            trial.points += 1
        elif code != 0:
            trial.faults.append(f"{here}: it was not killed and ended with {code}")
        check(ground, trial, here, old, new)
        tell(here)
    for moment in _moments(moments, took):
        ground.reset()
        child = ground.start(trial.arguments)
        os.kill(child, signal.SIGCONT)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        trial.moments += 1
        check(ground, trial, f"{trial.name}, after {moment * 1000:.1f} ms", old, new)
    trial.seconds = time.perf_counter() - began


def _moments(count: int, whole: float) -> Iterator[float]:
    chance = random.Random(count)
    for _ in range(count):
        yield chance.uniform(0.0, whole)


def trials(base: Path) -> list[Trial]:
    """The commands, and the first line of a year."""
    build, deploy = ("build",), ("deploy", "--example", "folder", str(base / "www"))
    restore = ("restore", str(base / "old.zip"))
    new_year = ("--yes", "--today", "2027-01-02")  # a file of the journal that is not there yet
    return [
        Trial("log", ("log", "p0", "call about hiring", "--yes"), ("log", "p1", "call about nothing", "--yes")),
        Trial("log 2027", ("log", "p0", "call about hiring", *new_year), ("log", "p1", "call about it", *new_year)),
        Trial("refresh", ("feeds", "refresh"), ("feeds", "refresh")),
        Trial("build", build, build),
        Trial("deploy", deploy, deploy),
        Trial("restore", restore, restore),
        Trial("backup", ("backup", str(base / "b.zip")), ("backup", str(base / "c.zip"))),
    ]


def main() -> None:
    """Read the arguments, run, print the figures; exit 1 where there is a fault."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("commands", nargs="*", help="like log, refresh, build; all of them if absent")
    asked.add_argument("--stride", type=int, default=1, help="take every so many calls, of log every fourth at least")
    asked.add_argument("--random", type=int, default=100, help="random moments of each")
    asked.add_argument("--verbose", action="store_true")
    said = asked.parse_args()
    ready_processes.load()
    faults = []
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        ground = Ground(Path(folder, "at"), Path(folder, "saved"))
        ground.back_up()
        heads = ("command", "calls", "killed at", "moments", "between", "acked", "faults", "s")
        print("{:8} {:>6} {:>9} {:>8} {:>8} {:>6} {:>7} {:>6}".format(*heads))
        for trial in trials(ground.base):
            if said.commands and trial.name.partition(" ")[0] not in said.commands:
                continue
            stride = min(said.stride, 4) if trial.name.startswith("log") else said.stride
            tell = (lambda here: print(here, file=sys.stderr)) if said.verbose else (lambda _: None)
            carry_out(ground, trial, stride, said.random, tell)
            print(
                f"{trial.name:8} {trial.calls:6} {trial.points:9} {trial.moments:8} {trial.half:8} "
                f"{trial.acknowledged:6} {len(trial.faults):7} {trial.seconds:6.0f}",
                flush=True,
            )
            faults += trial.faults
    for fault in faults:
        print(fault)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
