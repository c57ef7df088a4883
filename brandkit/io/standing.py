"""What stands in an output folder, in the time that it takes to ask for what we know.

In: an output folder and the paths that are ours. Out: stamps by path. In a site of ten thousand pages most folders
hold one file, and to list them takes longer than all else that a run with nothing to do does. So of folders that rest
the time is remembered below the cache, once there are many: a folder's own time changes when something is put into it
or taken away (POSIX; a disk that does not keep such times, like FAT, would hide a stranger's file until its folder
changes). What is ours is asked for its stamp each time. Losing the memory costs time. Imports nothing heavy.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from brandkit.base.walls import OutputDir
from brandkit.io.scan import DOUBT_NS, Stamp

NOT_OURS: Stamp = (0, -1)  # of a link or a socket: never ours
_MANY = 256  # folders that had to be listed: below it, remembering is not worth a file
_FORMAT = 1
_LISTED_ALWAYS = -1  # the time of a folder that has to be known, since the one above may rest, and does not rest itself
Times = Mapping[str, int]  # of folders, by path from the output, in nanoseconds


def present(out: OutputDir, ours: Collection[str] = ()) -> dict[str, Stamp]:
    """What stands in the output folder; of dot files and dot folders at its top only what is `ours`.

    Folders in which people write are theirs.
    """
    return _Walk(out, ours).below("").found if out.path.is_dir() else {}


def present_again(out: OutputDir, ours: Collection[str], memory: Path) -> dict[str, Stamp]:
    """The same, where nearly all of it is ours; `memory` is the file in which folders that rest are remembered."""
    if not out.path.is_dir():
        return {}
    began, times = time.time_ns(), _load(memory)
    walk = _Walk(out, ours)
    dotted = {path.rpartition("/")[0] for path in ours if path.startswith(".")}  # theirs until something there is ours
    resting = walk.resting(times) if {"", *dotted} <= times.keys() else None
    if resting is None:
        walk.below("")
    else:
        walk.ask(path for path in ours if path.rpartition("/")[0] in resting)
        for folder in times.keys() - resting.keys():
            for new in walk.list(folder):
                if new not in times:
                    walk.below(new)
    rest = walk.remembered(began)
    if sum(then != _LISTED_ALWAYS for then in rest.values()) >= _MANY:
        _save(memory, {**(resting or {}), **rest})
    return walk.found


class _Walk:
    """One look at the folder: stamps by path, and the times of the folders that were listed."""

    def __init__(self, out: OutputDir, ours: Collection[str]) -> None:
        self.out, self.ours = out, ours
        self.root = f"{os.fspath(out.path)}/"
        self.dotted = {path.split("/", 1)[0] for path in ours if path.startswith(".")}
        self.found: dict[str, Stamp] = {}
        self.times: dict[str, int] = {}

    def resting(self, times: Times) -> Times | None:
        """The folders that hold the names that they held; None where one is no folder any more."""
        root, lstat, is_folder, same = self.root, os.lstat, stat.S_ISDIR, {}
        try:
            for folder, then in times.items():
                info = lstat(root + folder)
                if not is_folder(info.st_mode):
                    return None
                if info.st_mtime_ns == then:
                    same[folder] = then
        except OSError:
            return None
        return same

    def remembered(self, began: int) -> dict[str, int]:
        """The times of what was listed: none of a folder that is too young to tell, or that holds what is not ours."""
        mixed = {path.rpartition("/")[0] for path in self.found.keys() - self.ours}
        return {
            folder: then if then + DOUBT_NS < began and folder not in mixed else _LISTED_ALWAYS
            for folder, then in self.times.items()
        }

    def ask(self, paths: Iterable[str]) -> None:
        """Take the stamps of files in folders that rest."""
        root, lstat, is_file, found = self.root, os.lstat, stat.S_ISREG, self.found
        for path in paths:
            try:
                info = lstat(root + path)
            except FileNotFoundError:
                continue
            if is_file(info.st_mode):
                found[path] = (info.st_mtime_ns, info.st_size)
            elif not stat.S_ISDIR(info.st_mode):
                found[path] = NOT_OURS

    def below(self, folder: str) -> _Walk:
        """List a folder and all below it; links are not followed."""
        waiting = [folder]
        while waiting:
            waiting += self.list(waiting.pop())
        return self

    def list(self, folder: str) -> list[str]:
        """List a folder alone. Returns the folders in it."""
        self.times[folder] = os.lstat(self.root + folder).st_mtime_ns
        inside, prefix = [], f"{folder}/" if folder else ""
        with os.scandir(self.root + folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    inside += [path] if folder or not self._is_their_folder(path) else []
                elif path.startswith(".") and path not in self.ours:
                    continue
                elif entry.is_file(follow_symlinks=False):
                    info = entry.stat(follow_symlinks=False)
                    self.found[path] = (info.st_mtime_ns, info.st_size)
                else:
                    self.found[path] = NOT_OURS
        return inside

    def _is_their_folder(self, name: str) -> bool:
        return self.out.keeps(name) or (name.startswith(".") and name not in self.dotted)


def _load(memory: Path) -> Times:
    try:
        data = json.loads(memory.read_bytes())
        folders = data["folders"] if data["format"] == _FORMAT else []
        named = f"/{'/'.join(folders)}/"
        within = "\0" not in named and "/../" not in named  # the file may have come with a stranger's folder
        return dict(zip(folders, map(int, data["times"]), strict=True)) if within else {}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _save(memory: Path, times: Times) -> None:
    data = {"format": _FORMAT, "folders": list(times), "times": list(times.values())}
    scratch = memory.with_name(f".{memory.name}.new")
    with suppress(OSError):  # it is only for speed
        scratch.write_text(json.dumps(data, separators=(",", ":")), encoding="ascii")
        os.replace(scratch, memory)
