"""A full disk, a disk that may not be written, and two runs at once: one plain line, exit 4, and the old state whole.

Run on purpose: python tests/trials/hard_times.py [full] [denied] [twice]. `full` mounts a small tmpfs, so it needs root
on Linux. Each command meets a disk with so many bytes left that it fails at another place each time; then room is
made, and the next run has to end well and make what a run makes that had room from the beginning. Prints one row a
command, and every fault.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests"), str(REPOSITORY / "tests" / "trials")]

import ready_processes  # noqa: E402
import small_brand  # noqa: E402
from ground import Ground, Snapshot  # noqa: E402

_LEFT = (0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024)  # kilobytes
_SIZE = 24  # megabytes of the disk
_PAGE = 4096


@dataclass
class Trial:
    """One command, and how it fared."""

    name: str
    arguments: tuple[str, ...]
    code: int = 0  # of the last run
    every: int = 1  # every so many ways to hinder it are tried
    runs: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def trials(base: Path) -> list[Trial]:
    """All that writes the vault, the state, or an output."""
    return [
        Trial("log", ("log", "p0", "call about hiring " * 300, "--yes")),  # more than a page of the disk
        Trial("log 2027", ("log", "p0", "call about it", "--yes", "--today", "2027-01-02")),
        Trial("refresh", ("feeds", "refresh")),
        Trial("suggest", ("suggest",)),
        Trial("build", ("build",)),
        Trial("deploy", ("deploy", "--example", "folder", str(base / "www"))),
        Trial("contact", ("new", "contact", "Robin Example")),
        Trial("backup", ("backup", str(base / "b.zip"))),
        Trial("restore", ("restore", str(base / "old.zip"))),
        Trial("erase", ("person", "erase", "p1", "--yes", "--remember")),
        Trial("repair", ("doctor", "--repair")),
    ]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, kilobytes: int) -> Path:
    """Take all room but this much."""
    ballast, free = folder / "ballast", os.statvfs(folder)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free.f_bavail * free.f_bsize - kilobytes * 1024, _PAGE))
    return ballast


def wholly(ground: Ground, trial: Trial) -> tuple[Snapshot, Snapshot]:
    """What stands before the command, and after one that nothing hinders."""
    ground.reset()
    (ground.base / "b.zip").unlink(missing_ok=True)
    old = ground.look()
    if ground.run(trial.arguments)[0] != 0:
        raise SystemExit(f"{trial.name} fails by itself: {ground.said()}")
    return old, ground.look()


def judge(ground: Ground, trial: Trial, here: str, old: Snapshot, new: Snapshot) -> None:
    """A run that was hindered: one line and exit 4, nothing half done."""
    trial.runs += 1
    code, lines = trial.code, [line for line in ground.err().splitlines() if line]
    if code == 4:
        trial.refused += 1
        if len([line for line in lines if line.startswith("brandkit:")]) != 1:
            trial.faults.append(f"{here}: it said {lines}")
    elif code != 0 and not (trial.name == "repair" and code == 1 and re.search("BK3(09|12)", ground.err())):
        trial.faults.append(f"{here}: it ended with {code}: {ground.said()[-1500:]}")
    if "Traceback" in ground.said():
        trial.faults.append(f"{here}: {ground.said()[-1500:]}")
    left = ground.look()
    for part in ("public", "private", "www", "vault"):
        for path, data in left[part].items():
            by_chance = path == "erased.txt" or path.split("/")[-1].startswith(".")  # salted; scratch
            if data not in (old[part].get(path), new[part].get(path)) and not by_chance:
                trial.faults.append(f"{here}: {part}/{path} is neither old nor new")
    if "damaged" in left["store"]:
        trial.faults.append(f"{here}: the store is damaged")
    try:
        count = len(small_brand.journal(ground.project))
    except ValueError:
        trial.faults.append(f"{here}: a line of the journal is not whole")
    else:
        if "Written down" in ground.out() and count != small_brand.TALKED + 1:
            trial.faults.append(f"{here}: an acknowledged line is not in the journal")


def again(ground: Ground, trial: Trial, here: str, new: Snapshot) -> None:
    """With nothing in the way, the same command makes what it would have made."""
    if trial.code != 0:
        (ground.base / "b.zip").unlink(missing_ok=True)
        code, _ = ground.run(trial.arguments)
        if code != 0:
            trial.faults.append(f"{here}: the next run ended with {code}: {ground.said()[-500:]}")
    after = ground.look()
    for part in new:
        same = {name: data for name, data in after[part].items() if name != "erased.txt"}
        if same != {name: data for name, data in new[part].items() if name != "erased.txt"}:
            trial.faults.append(f"{here}: after the next run {part} is not as it has to be")


def full(ground: Ground, trial: Trial) -> None:
    """The disk has room for a part of what the command writes."""
    old, new = wholly(ground, trial)
    for kilobytes in _LEFT[:: trial.every]:
        ground.reset()
        (ground.base / "b.zip").unlink(missing_ok=True)
        here = f"{trial.name}, {kilobytes} kB left"
        ballast = fill(ground.base.parent, kilobytes)
        trial.code, _ = ground.run(trial.arguments)
        ballast.unlink()
        judge(ground, trial, here, old, new)
        again(ground, trial, here, new)


def as_anybody() -> None:
    """Take from root the right to write where modes say no; who is not root has no such right."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)
        none = (ctypes.c_uint32 * 6)(0, 0, 0, 0, 0, 0)
        if libc.capset(header, none):
            raise OSError(ctypes.get_errno(), "capset")


def denied(ground: Ground, trial: Trial) -> None:
    """Each folder in turn may not be written, then not be read."""
    old, new = wholly(ground, trial)
    ground.first = as_anybody
    places = ("content/vault", "content/vault/journal", ".brandkit", ".brandkit/state", "private", "public", "../www")
    for name in (*places, "..", ".")[:: trial.every]:
        for mode in (0o500, 0o000):
            ground.reset()
            (ground.base / "b.zip").unlink(missing_ok=True)
            here, folder = f"{trial.name}, {name} {mode:o}", (ground.project / name).resolve()
            inner = [folder, *(path for path in folder.rglob("*") if path.is_dir())] if mode == 0o500 else [folder]
            if name in (".", "..") and mode == 0:
                continue
            for path in inner:
                path.chmod(mode)
            trial.code, _ = ground.run(trial.arguments)
            for path in inner:
                path.chmod(0o755)
            judge(ground, trial, here, old, new)
            again(ground, trial, here, new)
    ground.first = lambda: None


def twice(ground: Ground, trial: Trial) -> None:
    """Two of the same at once: both end well, or one says in a line that it is not its turn."""
    _, new = wholly(ground, trial)
    for round_ in range(4):
        ground.reset()
        (ground.base / "b.zip").unlink(missing_ok=True)
        children = [ground.start(trial.arguments) for _ in range(2)]
        for child in children:
            os.kill(child, signal.SIGCONT)
            time.sleep(0.05 * round_)
        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
        here = f"{trial.name}, two at once"
        trial.code = codes[0]
        allowed = {"backup": ([0, 2],), "contact": ([0, 2],)}.get(trial.name, ([0, 0], [0, 4]))
        if codes not in allowed:
            trial.faults.append(f"{here}: they ended with {codes}: {ground.said()[-800:]}")
        logged = len(small_brand.journal(ground.project)) - small_brand.TALKED
        if trial.name.startswith("log") and logged != codes.count(0):
            trial.faults.append(f"{here}: {codes.count(0)} were acknowledged, {logged} are there")
        trial.runs += 1
        trial.refused += codes.count(4)
        if trial.name in ("log", "log 2027"):
            continue
        after = ground.look()
        for part in new:
            names = {*after[part], *new[part]} - {"erased.txt"}
            wrong = [name for name in names if after[part].get(name) != new[part].get(name)]
            if wrong:
                trial.faults.append(f"{here}: {part} is not as one run leaves it: {wrong[:3]}")


KINDS = {"full": full, "denied": denied, "twice": twice}


def main() -> None:
    """Read the arguments, run, print the figures; exit 1 where there is a fault."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("kinds", nargs="*", help="full, denied, twice; all of them if absent")
    asked.add_argument("--only", nargs="*", default=(), help="these commands")
    asked.add_argument("--every", type=int, default=1, help="try every so many ways to hinder a command")
    said = asked.parse_args()
    ready_processes.load()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in said.kinds or KINDS:
            faults += _all_of(kind, Path(folder, kind), said.only, said.every)
    for fault in faults:
        print(fault)
    raise SystemExit(1 if faults else 0)


def _all_of(kind: str, folder: Path, only: Sequence[str], every: int) -> list[str]:
    faults = []
    folder.mkdir()
    with small_disk(folder / "disk") as disk:
        ground = Ground(disk / "at", folder / "saved")
        ground.back_up()
        print(f"{kind:10} {'runs':>6} {'refused':>8} {'faults':>7} {'s':>5}")
        for trial in trials(ground.base):
            if only and trial.name not in only:
                continue
            began, trial.every = time.perf_counter(), every
            KINDS[kind](ground, trial)
            seconds = time.perf_counter() - began
            print(f"{trial.name:10} {trial.runs:6} {trial.refused:8} {len(trial.faults):7} {seconds:5.0f}", flush=True)
            faults += trial.faults
    shutil.rmtree(folder)
    return faults


if __name__ == "__main__":
    main()
