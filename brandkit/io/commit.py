"""The commit: staged files take the place of old ones so that each is whole at every moment.

1. Every new file is written to a staging folder on the same disk.
2. An intent log that names each rename and removal is written and fsynced.
3. The renames and removals happen.
4. The manifest takes its place, and the intent log goes.

A run that was stopped before 2 has changed nothing; one that was stopped later is rolled forward
by the next run. An output folder without our marker is refused unless it is empty.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from brandkit.base.digest import digest_text
from brandkit.base.walls import Artifact, Committed, CopyOf, EnvironmentProblem, OutputDir, Refused
from brandkit.io.scan import LOST, Stamp

MARKER = ".brandkit-output"
_MARKER_TEXT = (
    "brandkit made this folder and keeps it exactly as built:\n"
    "what else is put in here is removed by the next build. Dot files and dot folders are left alone.\n"
)
_INTENT = "intent.json"
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
        "Choose another folder with --output, or empty this one first."
    )


def claim(out: OutputDir) -> None:
    """Make the folder, if need be, and mark it as ours. Raises Refused for a foreign one."""
    check_owned(out)
    try:
        _mark(out)
    except OSError as error:
        raise environment_problem(error, out.path) from error


def _mark(out: OutputDir) -> None:
    out.path.mkdir(parents=True, exist_ok=True)
    if not (out.path / MARKER).exists():
        theirs = "".join(f"What stands in {name}/ is yours and stays.\n" for name in out.kept)
        _put(out.path / MARKER, (_MARKER_TEXT + theirs).encode())


def recover(out: OutputDir) -> bool:
    """Finish a commit that was interrupted, or clear away one that had not begun. True if one was finished."""
    finished = False
    for stage in _possible_stages(out):
        if (stage / _INTENT).is_file():
            # What cannot be finished is let go: every file is whole, and the old manifest knows none of the new.
            with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
                _apply(out, stage, json.loads((stage / _INTENT).read_text(encoding="utf-8")))
                finished = True
        if stage.is_dir():
            shutil.rmtree(stage)
    return finished


def commit(
    out: OutputDir,
    keep: Iterable[str],
    artifacts: Sequence[Artifact | CopyOf],
    before: Mapping[str, Stamp],
    remember: Remember,
) -> Committed:
    """Make the folder hold exactly `keep`, with these new files among them, and what people keep in it.

    `before` is what stands there now. `remember` turns the stamps of the finished folder into the
    files outside of it that change with it (the manifest). Raises Refused for a foreign folder,
    EnvironmentProblem where the disk says no.
    """
    check_owned(out)
    wanted = set(keep)
    new = [a for a in artifacts if a.path != MARKER and _differs(out, a, before)]
    removed = sorted(path for path in before if path not in wanted and path != MARKER and not out.keeps(path))
    same = len(wanted) - len(new)
    try:
        _write(out, new, removed, {path: before[path] for path in before if path in wanted}, remember)
    except OSError as error:
        raise environment_problem(error, out.path) from error
    gone = tuple(path for path in removed if before[path] != LOST)
    return Committed(tuple(sorted(artifact.path for artifact in new)), gone, same)


def environment_problem(error: OSError, path: Path) -> EnvironmentProblem:
    """An error of the operating system in words."""
    words = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EACCES: "permission was denied",
        errno.EPERM: "permission was denied",
        errno.EROFS: "the disk is read-only",
        errno.ENAMETOOLONG: "a file name is too long for this disk",
    }
    reason = words.get(error.errno or 0, error.strerror or str(error))
    where = error.filename if isinstance(error.filename, str) else path
    return EnvironmentProblem(f"could not write {where}: {reason}. What stood there before is untouched or whole.")


def _write(
    out: OutputDir,
    new: Sequence[Artifact | CopyOf],
    removed: Sequence[str],
    staying: Mapping[str, Stamp],
    remember: Remember,
) -> None:
    _mark(out)
    if not new and not removed:
        for path, data in remember(staying).items():
            replace_file(path, data)
        return
    stage = _stage(out)
    stage.mkdir(parents=True, exist_ok=True)
    stamps, renames = dict(staying), []
    for number, artifact in enumerate(new):
        stamps[artifact.path] = _stage_one(stage / str(number), artifact)  # a rename keeps size and mtime
        renames.append([str(number), os.fspath(out.path / artifact.path)])
    for number, (path, data) in enumerate(remember(stamps).items()):
        _put(stage / f"m{number}", data)
        path.parent.mkdir(parents=True, exist_ok=True)
        renames.append([f"m{number}", os.fspath(path)])
    intent = {"out": os.fspath(out.path), "removed": list(removed), "renames": renames}
    _put(stage / "intent.new", json.dumps(intent).encode(), durable=True)
    os.replace(stage / "intent.new", stage / _INTENT)
    _fsync_folder(stage)
    _apply(out, stage, intent)


def _apply(where: OutputDir, stage: Path, intent: Mapping[str, Any]) -> None:
    """Carry an intent out. Every step may already have been done, and can be done again.

    The log is a file that anybody could have put there: it may name nothing outside of the output
    and the cache. Raises ValueError for one that does.
    """
    out, removed = where.path, list(intent["removed"])
    homes = (out, where.cache)
    targets = [*(target for _, target in intent["renames"]), *(os.fspath(out / path) for path in removed)]
    if not all(any(_lies_in(Path(target), home) for home in homes) for target in targets):
        raise ValueError("the intent log names something outside of the output")
    gone = set(removed)
    for staged, target in intent["renames"]:
        if (stage / Path(staged).name).exists():
            _make_way(Path(target), out, gone)
            os.replace(stage / Path(staged).name, target)
    for path in removed:
        _remove(out / path)
    _remove_empty_folders(out, removed)
    (stage / _INTENT).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _lies_in(path: Path, home: Path) -> bool:
    return Path(os.path.normpath(path)).is_relative_to(home) and path != home


def _make_way(target: Path, out: Path, gone: set[str]) -> None:
    """Folders for the target; a removed file or link where a folder must be goes first, and the other way round."""
    for folder in target.parents:
        blocks = out in folder.parents and (folder.is_symlink() or folder.is_file())
        if blocks and folder.relative_to(out).as_posix() in gone:
            folder.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        prefix = target.relative_to(out).as_posix() + "/"
        for path in [path for path in gone if path.startswith(prefix)]:
            _remove(out / path)
        for inner, _, _ in os.walk(target, topdown=False):  # only what is empty goes
            with contextlib.suppress(OSError):
                os.rmdir(inner)


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


def _stage_one(staged: Path, artifact: Artifact | CopyOf) -> Stamp:
    if isinstance(artifact, Artifact):
        _put(staged, artifact.data)
    else:
        shutil.copyfile(artifact.source, staged)
    info = staged.stat()
    return info.st_mtime_ns, info.st_size


def _put(path: Path, data: bytes, durable: bool = False, mode: int = 0o644) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write one file whole: the old bytes or the new ones, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    _put(temporary, data, durable=True, mode=mode)
    os.replace(temporary, path)


def _fsync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some file systems refuse to sync a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _possible_stages(out: OutputDir) -> tuple[Path, Path]:
    name = digest_text(os.path.realpath(out.path))[:8]
    return out.cache / f"stage-{name}", out.path.parent / f".{out.path.name}.brandkit-stage"


def _stage(out: OutputDir) -> Path:
    """A folder on the same disk as the output: below the cache, else beside the output."""
    below_cache, beside = _possible_stages(out)
    out.cache.mkdir(parents=True, exist_ok=True)
    return below_cache if out.cache.stat().st_dev == out.path.stat().st_dev else beside
