"""One file, written so that it is whole at every moment; and what the disk says, in words for people."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from brandkit.base.walls import EnvironmentProblem
from brandkit.io.scan import Stamp


def put(path: Path | str, data: bytes, durable: bool = False, mode: int = 0o644) -> Stamp:
    """Write a file where it stands; `durable`: it is on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if durable:
            os.fsync(descriptor)
        info = os.fstat(descriptor)
        return info.st_mtime_ns, info.st_size
    finally:
        os.close(descriptor)


def scratch_of(path: Path) -> Path:
    """Where a file is written before it takes the place of another."""
    return path.with_name(f".{path.name}.new")


def replace_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write one file whole: the old bytes or the new ones, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = scratch_of(path)
    put(temporary, data, durable=True, mode=mode)
    os.replace(temporary, path)


def fsync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk: a file that was synced may still have none there."""
    with contextlib.suppress(OSError):  # some file systems refuse to sync a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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
