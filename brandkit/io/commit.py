"""The commit: staged files take the place of old ones so that each is whole at every moment.

1. Every new file is written to a staging folder on the same disk, laid out as it is going to stand.
2. An intent log that names each removal is written and fsynced.
3. What was staged is moved into place, a folder that is new as a whole; removals happen.
4. The manifest takes its place, and the intent log goes.

A run that was stopped before 2 has changed nothing; one that was stopped later is rolled forward
by the next run. An output folder without our marker is refused unless it is empty.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brandkit.base.digest import digest_text
from brandkit.base.walls import Artifact, Committed, CopyOf, OutputDir, Refused, Staged
from brandkit.io.scan import LOST, Stamp
from brandkit.io.whole_file import environment_problem, fsync_folder, put, replace_file, scratch_of

MARKER = ".brandkit-output"
_MARKER_TEXT = (
    "brandkit made this folder and keeps it exactly as built:\n"
    "what else is put in here is removed by the next build. Dot files and dot folders are left alone.\n"
)
_INTENT, _NEW = "intent.json", "new"
Remember = Callable[[Mapping[str, Stamp]], Mapping[Path, bytes]]
_SCRATCH = 65536


def check_owned(out: OutputDir) -> None:
    """Refuse a folder that holds something and was not made by brandkit. Raises Refused."""
    if not out.path.exists():
        return
    if not out.path.is_dir():
        raise Refused(f"{out.path} is a file, and the output has to be a folder")
    if (out.path / MARKER).is_file() or all(out.keeps(path.name) for path in out.path.iterdir()):
        return
    raise Refused(
        f"{out.path} holds files that brandkit did not make, so nothing was written there.\n"
        "Choose another folder, or empty this one first."
    )


def claim(out: OutputDir) -> None:
    """Make the folder, if need be, and mark it as ours. Raises Refused for a foreign one."""
    check_owned(out)
    try:
        _mark(out)
    except OSError as error:
        raise environment_problem(error, out.path) from error


def _mark(out: OutputDir) -> None:
    out.path.mkdir(parents=True, exist_ok=True, mode=out.mode)
    if not (out.path / MARKER).exists():
        theirs = "".join(f"What stands in {name}/ is yours and stays.\n" for name in out.kept)
        put(out.path / MARKER, (_MARKER_TEXT + theirs).encode())


def is_unfinished(out: OutputDir) -> bool:
    """Whether a commit was stopped when nearly done: the folder may look finished, and is not put down as such."""
    return any(os.path.exists(stage / _INTENT) for stage in possible_stages(out))


def recover(out: OutputDir) -> bool:
    """Finish a commit that was interrupted, or clear away one that had not begun. True if one was finished."""
    finished = False
    for stage in possible_stages(out):
        if (stage / _INTENT).is_file():
            # What cannot be finished is let go: every file is whole, and the old manifest knows none of the new.
            with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
                _apply(out, stage, json.loads((stage / _INTENT).read_text(encoding="utf-8")))
                finished = True
        if stage.is_dir():
            shutil.rmtree(stage)
    return finished


@dataclass(frozen=True)
class DiskStage:
    """Files for an output folder as they are made, in any process. `before` is what stands in the folder now."""

    out: OutputDir
    folder: Path
    before: Mapping[str, Stamp]

    def put(self, made: Artifact | CopyOf) -> Staged:
        """Keep a file for its place. Raises EnvironmentProblem where the disk says no."""
        try:
            if made.path == MARKER or not _differs(self.out, made, self.before):
                return Staged(made.path, None)
            return Staged(made.path, _stage_one(os.path.join(self.folder, _NEW, made.path), made))
        except OSError as error:
            raise environment_problem(error, self.out.path) from error

    def place(self, path: str) -> Path:
        """Where a file that was put waits."""
        return self.folder / _NEW / path


def open_stage(out: OutputDir, before: Mapping[str, Stamp]) -> DiskStage:
    """An empty place beside the output. Raises Refused for a foreign folder, EnvironmentProblem for a bad disk."""
    claim(out)
    try:
        folder = _stage(out)
        if folder.is_dir():
            shutil.rmtree(folder)
        (folder / _NEW).mkdir(parents=True)
    except OSError as error:
        raise environment_problem(error, out.path) from error
    return DiskStage(out, folder, before)


def commit(
    out: OutputDir,
    keep: Iterable[str],
    artifacts: Sequence[Artifact | CopyOf],
    before: Mapping[str, Stamp],
    remember: Remember,
) -> Committed:
    """Make the folder hold exactly `keep`, with these files among it: `open_stage`, `put` and `finish` in one."""
    stage = open_stage(out, before)
    return finish(stage, keep, [stage.put(artifact) for artifact in artifacts if artifact.path != MARKER], remember)


def clear(stage: DiskStage) -> None:
    """Let go of what was staged."""
    shutil.rmtree(stage.folder, ignore_errors=True)


def finish(stage: DiskStage, keep: Iterable[str], made: Iterable[Staged], remember: Remember) -> Committed:
    """Make the folder hold exactly `keep`, with what was staged among it, and what people keep in it.

    `remember` turns the stamps of the finished folder into the files outside of it that change with it (the
    manifest). Raises EnvironmentProblem where the disk says no.
    """
    out, before, wanted = stage.out, stage.before, {*keep}
    new = {staged.path: staged.stamp for staged in made if staged.stamp is not None}
    removed = sorted(path for path in before if path not in wanted and path != MARKER and not out.keeps(path))
    stamps = {path: stamp for path, stamp in before.items() if path in wanted} | new
    try:
        _write(stage, bool(new), removed, remember(stamps))
    except OSError as error:
        raise environment_problem(error, out.path) from error
    gone = tuple(path for path in removed if before[path] != LOST)
    return Committed(tuple(sorted(new)), gone, len(wanted) - len(new))


def put_ahead(out: OutputDir, made: Artifact) -> Stamp:
    """Put one file in its place before its commit, whole. Raises EnvironmentProblem where the disk says no."""
    place = out.path / made.path
    scratch = scratch_of(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        stamp = put(scratch, made.data)
        os.replace(scratch, place)
    except OSError as error:
        raise environment_problem(error, out.path) from error
    return stamp


def _write(stage: DiskStage, new: bool, removed: Sequence[str], memory: Mapping[Path, bytes]) -> None:
    if not new and not removed:
        for path, data in memory.items():
            replace_file(path, data)
        shutil.rmtree(stage.folder)
        return
    for number, (path, data) in enumerate(memory.items()):
        put(stage.folder / f"m{number}", data)
        path.parent.mkdir(parents=True, exist_ok=True)
    memories = [[f"m{number}", os.fspath(path)] for number, path in enumerate(memory)]
    intent = {"out": os.fspath(stage.out.path), "removed": list(removed), "memories": memories}
    put(stage.folder / "intent.new", json.dumps(intent).encode(), durable=True)
    os.replace(stage.folder / "intent.new", stage.folder / _INTENT)
    fsync_folder(stage.folder)
    _apply(stage.out, stage.folder, intent)


def _apply(where: OutputDir, stage: Path, intent: Mapping[str, Any]) -> None:
    """Carry an intent out. Every step may already have been done, and can be done again.

    The log is a file that anybody could have put there: it may name nothing outside of the output
    and the cache. Raises ValueError for one that does.
    """
    out, removed = where.path, list(intent["removed"])
    for home, paths in ((where.cache, [path for _, path in intent["memories"]]), (out, [out / p for p in removed])):
        if not all(_lies_in(Path(path), home) for path in paths):
            raise ValueError("the intent log names something outside of the output")
    if (stage / _NEW).is_dir():
        _merge(os.fspath(stage / _NEW), os.fspath(out), "", set(removed))
    for path in removed:
        _remove(out / path)
    _remove_empty_folders(out, removed)
    for staged, target in intent["memories"]:
        if (stage / Path(staged).name).exists():
            os.replace(stage / Path(staged).name, target)
    (stage / _INTENT).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _merge(staged: str, target: str, below: str, gone: set[str]) -> None:
    """Move what a staged folder holds to where it belongs: a folder that is not there yet in one step.

    Only what goes anyway, by its path from the output, is put out of the way.
    """
    with os.scandir(staged) as listed:
        entries = list(listed)
    for entry in entries:
        path, place = below + entry.name, os.path.join(target, entry.name)
        folder = entry.is_dir(follow_symlinks=False)
        if folder and path in gone and (os.path.islink(place) or os.path.isfile(place)):
            os.unlink(place)
        if folder and os.path.isdir(place) and not os.path.islink(place):
            _merge(entry.path, place, f"{path}/", gone)
            continue
        if folder and not (os.path.lexists(place) or _is_alike(staged, target)):
            os.mkdir(place)  # with the mode and the group that this folder gives to what is made in it
            _merge(entry.path, place, f"{path}/", gone)
            continue
        if not folder and os.path.isdir(place) and not os.path.islink(place):
            _empty(place, f"{path}/", gone)
        os.replace(entry.path, place)


def _is_alike(one: str, other: str) -> bool:
    """Whether two folders have the same mode, owner and group."""
    a, b = os.stat(one), os.stat(other)
    return (a.st_mode, a.st_uid, a.st_gid) == (b.st_mode, b.st_uid, b.st_gid)


def _empty(folder: str, below: str, gone: set[str]) -> None:
    """Take away what goes anyway from a folder where a file is to stand, and what is empty then."""
    for path in [path for path in gone if path.startswith(below)]:
        _remove(Path(folder, path.removeprefix(below)))
    for inner, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(inner)


def _lies_in(path: Path, home: Path) -> bool:
    return Path(os.path.normpath(path)).is_relative_to(home) and path != home


def _remove(path: Path) -> None:
    """Remove a file, if it is still one: a folder may have taken its place, or its folder be a file now."""
    if path.is_symlink() or not path.is_dir():
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()


def _remove_empty_folders(out: Path, removed: Iterable[str]) -> None:
    folders = {folder for path in removed for folder in Path(path).parents if folder != Path()}
    for folder in sorted(folders, key=lambda f: len(f.parts), reverse=True):
        with contextlib.suppress(OSError):  # not empty, or gone already
            (out / folder).rmdir()


def _differs(out: OutputDir, artifact: Artifact | CopyOf, before: Mapping[str, Stamp]) -> bool:
    """Whether the file is not already there with these bytes: nothing equal is rewritten."""
    stamp = before.get(artifact.path)
    if stamp is None or stamp == LOST:
        return True
    existing = out.path / artifact.path
    if isinstance(artifact, CopyOf):
        return artifact.source.stat().st_size != stamp[1] or not _same_bytes(artifact.source, existing)
    return len(artifact.data) != stamp[1] or existing.read_bytes() != artifact.data


def _same_bytes(one: Path, other: Path) -> bool:
    with one.open("rb") as a, other.open("rb") as b:
        while True:
            left, right = a.read(_SCRATCH), b.read(_SCRATCH)
            if left != right:
                return False
            if not left:
                return True


def _stage_one(staged: str, made: Artifact | CopyOf) -> Stamp:
    os.makedirs(os.path.dirname(staged), exist_ok=True)
    if isinstance(made, Artifact):
        return put(staged, made.data)
    shutil.copyfile(made.source, staged)
    info = os.stat(staged)
    return info.st_mtime_ns, info.st_size


def possible_stages(out: OutputDir) -> tuple[Path, Path]:
    """Where files for this folder may be staged."""
    name = digest_text(os.path.realpath(out.path))[:8]
    return out.cache / f"stage-{name}", out.path.parent / f".{out.path.name}.brandkit-stage"


def _stage(out: OutputDir) -> Path:
    """A folder on the same disk as the output: below the cache, else beside the output."""
    below_cache, beside = possible_stages(out)
    out.cache.mkdir(parents=True, exist_ok=True, mode=out.mode)
    return below_cache if out.cache.stat().st_dev == out.path.stat().st_dev else beside
