"""Templates in the form that they run in, kept between runs: compiling them takes longer than rendering a page.

In: the version of what compiles them. Out: a cache for jinja, or None where there is no safe place. Kept is code, so it
stands in a folder that is this person's alone and never within a project, which a stranger may have written. What was
altered or cut off is as good as none, and a failure to keep is no failure of the run.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from brandkit.io import own_file


class KeptTemplates(BytecodeCache):
    """One file for each template of a version, in a folder that nobody else may write to."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder, self._version = folder, version

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was kept, if it is whole and of the same text."""
        with contextlib.suppress(OSError):
            code = own_file.unsealed(self._path(bucket).read_bytes())
            if code is not None:  # altered code would run, and do something else
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds, whole or not at all."""
        data, path = bucket.bytecode_to_string(), self._path(bucket)
        scratch = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            scratch.write_bytes(own_file.sealed(data))
            os.replace(scratch, path)
        except OSError:
            with contextlib.suppress(OSError):
                scratch.unlink()

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{self._version}-{bucket.key}"


def kept_templates(version: str) -> KeptTemplates | None:
    """The cache of a version."""
    try:
        folder = _own_folder()
    except OSError:  # no place for temporary files, or not for us
        return None
    return KeptTemplates(folder, version) if folder else None


def _own_folder() -> Path | None:
    place = Path(tempfile.gettempdir())
    if place.resolve() == Path.cwd():  # what Python takes where it finds no other; it may be a project
        return None
    if not hasattr(os, "getuid"):  # on Windows the whole place is this person's
        return place
    folder = place / f"brandkit-templates-{os.getuid()}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()  # somebody else may have been there first
    is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if is_own else None
