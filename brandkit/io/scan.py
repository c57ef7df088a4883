"""Which files there are, by digest, without reading what cannot have changed.

In: folders, and what the last scan saw. Out: `Scan`. A file is trusted by size and mtime only when
its mtime is older than the last scan; anything younger is hashed. Imports nothing heavy: a run
with nothing to do ends here.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from brandkit.base.digest import digest_stream
from brandkit.base.walls import EnvironmentProblem

# Clocks of file systems tick coarsely, and network disks disagree with ours.
DOUBT_NS = 2_000_000_000
_IGNORED = (".DS_Store", "Thumbs.db")
_TOLD = 5  # files that could not be read, by name; of the rest only how many

Stamp = tuple[int, int]  # mtime in nanoseconds, size in bytes
LOST: Stamp = (0, -2)  # of a file that we wrote and that somebody took away: its folder may still be there


class Seen(NamedTuple):
    """A file as a scan saw it."""

    stamp: Stamp
    digest: str


@dataclass(frozen=True)
class Scan:
    """All files by path; `at` is when the scan began, in nanoseconds of the machine's clock."""

    files: Mapping[str, Seen] = field(default_factory=dict)
    at: int = 0
    leaving: tuple[str, ...] = ()


def scan(places: Iterable[tuple[str, Path]], inside: Path, skip: Callable[[str], bool], before: Scan) -> Scan:
    """Look at each (name, file or folder). Names use forward slashes.

    `skip` names what must not even be listed. A symbolic link that leads out of `inside`, to
    something skipped, to nothing, or back to a folder that it stands in is not followed; `leaving` lists it, and
    what is neither file nor folder: nobody opens a pipe, which would wait for ever.
    Raises EnvironmentProblem, once all is looked at, where something cannot be read: a site without it would be
    another one. FileNotFoundError is left to who asked: somebody is saving.
    """
    began = time.time_ns()
    found: dict[str, Seen] = {}
    guard = _Guard(inside, skip)
    for name, path in places:
        for file, entry in _files(name, path, guard):
            try:
                found[file] = _seen(entry, before.files.get(file), before.at)
            except OSError as error:
                guard.note(file, error)
    guard.complain()
    return Scan(dict(sorted(found.items())), began, tuple(sorted(guard.leaving)))


class _Guard:
    """Says which paths may be read, and notes those that may not, or cannot."""

    def __init__(self, inside: Path, skip: Callable[[str], bool]) -> None:
        self.inside = os.path.realpath(inside)
        self.skip = skip
        self.leaving: list[str] = []
        self.unreadable: list[str] = []

    def note(self, name: str, error: OSError) -> None:
        """What the system refuses is noted, and the rest is still looked at. Raises FileNotFoundError on."""
        if isinstance(error, FileNotFoundError):
            raise error
        reason = "permission was denied" if isinstance(error, PermissionError) else error.strerror or str(error)
        self.unreadable.append(f"{name} ({reason})")

    def complain(self) -> None:
        """All that could not be read, in one line."""
        if self.unreadable:
            more = len(self.unreadable) - _TOLD
            named = ", ".join(sorted(self.unreadable)[:_TOLD]) + (f" and {more} more" if more > 0 else "")
            raise EnvironmentProblem(f"could not read {named}")

    def leads_out(self, target: str) -> bool:
        """Whether a link to this real path must not be followed."""
        if target != self.inside and not target.startswith(self.inside + os.sep):
            return True
        return self.skip(os.path.relpath(target, self.inside).replace(os.sep, "/"))


def _files(name: str, path: Path, guard: _Guard) -> Iterator[tuple[str, str]]:
    """(name, path on disk) of each file below, without entering what is skipped."""
    text = os.fspath(path)
    if guard.skip(name) or not os.path.lexists(text):
        return
    real = os.path.realpath(text)
    if os.path.islink(text) and (guard.leads_out(real) or not os.path.exists(text)):
        guard.leaving.append(name)
        return
    if os.path.isdir(text):
        yield from _below(name, text, (real,), guard)
    elif os.path.isfile(text):
        yield name, text
    else:
        guard.leaving.append(name)


def _below(name: str, folder: str, within: tuple[str, ...], guard: _Guard) -> Iterator[tuple[str, str]]:
    """`within` are the real paths of the folders that we stand in, outermost first."""
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError as error:
        return guard.note(name, error)
    for entry in entries:
        child = f"{name}/{entry.name}"
        if _is_scratch(entry.name):
            continue
        if not entry.is_symlink() and entry.is_file():  # nearly all: what may not be listed is a folder, or led to
            yield child, entry.path
            continue
        if guard.skip(child):
            continue
        link = entry.is_symlink()
        real = os.path.realpath(entry.path) if link else os.path.join(within[-1], entry.name)
        if link and (guard.leads_out(real) or real in within or not os.path.exists(entry.path)):
            guard.leaving.append(child)
        elif entry.is_dir():
            yield from _below(child, entry.path, (*within, real), guard)
        elif entry.is_file():
            yield child, entry.path
        else:
            guard.leaving.append(child)


def _is_scratch(name: str) -> bool:
    """Whether a name is the system's, or that of an editor's backup or lock (Emacs's is a link to nothing)."""
    return name in _IGNORED or name.endswith(("~", ".swp", ".tmp")) or name.startswith(".#")


def _seen(path: str, before: Seen | None, scanned_at: int) -> Seen:
    info = os.stat(path)
    stamp = (info.st_mtime_ns, info.st_size)
    if before is not None and before.stamp == stamp and info.st_mtime_ns + DOUBT_NS < scanned_at:
        return before
    with open(path, "rb") as file:
        return Seen(stamp, digest_stream(file))


def stamp_of(path: Path | str) -> Stamp | None:
    """Size and mtime of a regular file, or None."""
    try:
        info = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    return (info.st_mtime_ns, info.st_size) if stat.S_ISREG(info.st_mode) else None
