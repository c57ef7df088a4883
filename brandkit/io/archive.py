"""Folders in one file: written with a list of what is in it, taken for good only when every byte agrees with the list.

In: files and the names that they have in the archive. Out: the archive, its `Contents`, the files again. It is a ZIP
file: its directory says how large each member is before a byte is unpacked, and it has no links or devices to follow.
What is read may come from anywhere: nothing leaves the folder it is unpacked to. Knows no vault and no state.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from brandkit.base.walls import EnvironmentProblem, Refused, UsageProblem
from brandkit.io.vault import into_place
from brandkit.io.whole_file import environment_problem, fsync_folder
from brandkit.io.zip_directory import count_members

FORMAT = 1
CONTENTS = "contents.json"
_CHUNK = 1 << 20
_MOST_FILES = 200_000
_LARGEST_LIST = 64 << 20
_LARGEST_DIRECTORY = 64 << 20
_LONGEST_WORD = 80
_FLOOR, _GROWTH = 256 << 20, 60  # what unpacks to more than this, and than so many times its size, is no backup
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]" if os.name == "nt" else r"[\x00-\x1f\x7f]")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


@dataclass(frozen=True)
class Contents:
    """What an archive says of itself: who made it, when, and the size and SHA-256 digest of each file."""

    made_by: str
    made_at: str
    files: Mapping[str, tuple[int, str]]

    def below(self, folder: str) -> list[str]:
        """The names within one folder of the archive."""
        return [name for name in self.files if name.startswith(f"{folder}/")]


def may_be_called(name: str) -> bool:
    """Whether a file may have this name in an archive: below a folder, inside of it, and no part of a repository."""
    parts = name.split("/")
    fine = all(part not in ("", ".", "..") and part.casefold() != ".git" for part in parts)
    return fine and len(parts) > 1 and not _UNSAFE.search(name) and _is_text(name)


def _is_text(name: str) -> bool:
    """Whether it can be written as UTF-8; names that are not text come as lone surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def write(path: Path, members: Iterable[tuple[str, Path]], made_by: str, made_at: str) -> Contents:
    """Write the archive, read it back, and only then give it its name. For its owner alone from the first byte.

    Raises UsageProblem where something stands there already, EnvironmentProblem where the disk says no.
    """
    scratch = path.with_name(f".{path.name}.new")
    try:
        try:
            scratch.unlink(missing_ok=True)
            with os.fdopen(os.open(scratch, _NEW, 0o600), "wb") as file:
                _pack(file, members, {"format": FORMAT, "made_by": made_by, "made_at": made_at})
                file.flush()
                os.fsync(file.fileno())
            contents = read_contents(scratch)
            is_free = into_place(scratch, path)
        finally:
            scratch.unlink(missing_ok=True)
        fsync_folder(path.parent)
    except OSError as error:
        raise environment_problem(error, path) from error
    if not is_free:
        raise UsageProblem(f"{path} is there already; it was left as it is")
    return contents


def _pack(file: IO[bytes], members: Iterable[tuple[str, Path]], about: Mapping[str, object]) -> None:
    files: dict[str, tuple[int, str]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, path in members:
            with path.open("rb") as source, pack.open(_member(name), "w", force_zip64=True) as target:
                files[name] = _copy(source, target)
        pack.writestr(_member(CONTENTS), json.dumps({**about, "files": files}, ensure_ascii=True, indent=0))


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info


def _copy(source: IO[bytes], target: IO[bytes] | None) -> tuple[int, str]:
    """Everything from one to the other; how much that was, and its digest."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
    return size, digest.hexdigest()


def read_contents(path: Path) -> Contents:
    """Look at every byte of an archive. Raises UsageProblem where there is none, Refused where not all is sound."""
    with _opened(path) as pack:
        contents = _listed(pack, path)
        for name, expected in contents.files.items():
            with pack.open(name) as source:
                _agree(name, _copy(source, None), expected)
    return contents


def read_texts(path: Path, names: Sequence[str]) -> dict[str, str]:
    """Some files of an archive that was found sound, as text."""
    with _opened(path) as pack:
        return {name: pack.read(name).decode("utf-8-sig", "replace") for name in names}


def unpack(path: Path, contents: Contents, places: Mapping[str, Path]) -> None:
    """Write what lies in the folders of an archive to these places, which are new, and see it onto the disk.

    Raises Refused where the archive changed meanwhile, EnvironmentProblem where the disk says no.
    """
    for place in places.values():
        _make_folder(place)
    with _opened(path) as pack:
        for name, expected in contents.files.items():
            folder, _, rest = name.partition("/")
            if folder in places:
                with pack.open(name) as source:
                    _agree(name, _put(source, places[folder] / rest), expected)


def room_for(contents: Contents, places: Mapping[str, Path]) -> None:
    """Raises EnvironmentProblem where a disk has no room for what goes there. `places` as for `unpack`, each on its
    disk already, or in a folder that is."""
    needed: dict[int, int] = {}
    for folder, place in places.items():
        standing = next(path for path in (place, *place.parents) if path.is_dir())
        disk, free = _disk_of(standing)
        needed[disk] = needed.get(disk, 0) + sum(contents.files[name][0] for name in contents.below(folder))
        if needed[disk] > free:
            raise EnvironmentProblem(
                f"the backup unpacks to {needed[disk]:,} bytes or more on the disk of {standing}, and "
                f"{free:,} are free there; nothing was changed"
            )


def _disk_of(folder: Path) -> tuple[int, int]:
    """Which disk a folder is on, and how many bytes are free there."""
    return folder.stat().st_dev, shutil.disk_usage(folder).free


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise environment_problem(error, folder) from error


def _put(source: IO[bytes], path: Path) -> tuple[int, str]:
    _make_folder(path.parent)
    try:
        with os.fdopen(os.open(path, _NEW, 0o600), "wb") as file:
            found = _copy(source, file)
            file.flush()
            os.fsync(file.fileno())
        fsync_folder(path.parent)
    except FileExistsError as error:
        raise Refused(f"{path.name} is in the backup twice, as this disk tells names apart; nothing was changed") from (
            error
        )
    except OSError as error:
        raise environment_problem(error, path) from error
    return found


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file:
            if (count := count_members(file, _LARGEST_DIRECTORY)) > _MOST_FILES:
                raise Refused(f"that is no backup: it holds {count:,} files")
            with zipfile.ZipFile(file) as pack:
                yield pack
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UsageProblem(f"there is no backup at {path}") from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place that no file has
            raise
        raise Refused(f"{path} is no whole backup; nothing was changed") from error
    except _TORN as error:
        raise Refused(f"{path} is no whole backup ({error}); nothing was changed") from error


def _listed(pack: zipfile.ZipFile, path: Path) -> Contents:
    """What the list says, if the directory says the same: names, sizes, nothing more and nothing less."""
    members = pack.infolist()
    _bounded(members, path.stat().st_size)
    for member in members:
        if reason := _fault(member):
            raise Refused(f"{path} holds {member.filename!r}, {reason}; nothing was changed")
    contents = _read_list(pack, path)
    names = sorted(member.filename for member in members)
    if names != sorted((*contents.files, CONTENTS)):
        raise Refused(f"{path} does not hold what its own list says; nothing was changed")
    return contents


def _bounded(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES or unpacked > max(_FLOOR, _GROWTH * size):
        raise Refused(f"that is no backup: it would unpack to {unpacked:,} bytes in {len(members):,} files")


def _fault(member: zipfile.ZipInfo) -> str:
    """Why a member cannot come from a backup; empty for one that can."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or member.is_dir():
        return "which is no plain file"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or member.flag_bits & 1:
        return "which is packed as brandkit packs nothing"
    if member.orig_filename != member.filename:
        return "whose name is not what it seems"
    if member.filename != CONTENTS and not may_be_called(member.filename):
        return "a name that could lead elsewhere"
    return ""


def _read_list(pack: zipfile.ZipFile, path: Path) -> Contents:
    try:
        if pack.getinfo(CONTENTS).file_size > _LARGEST_LIST:
            raise ValueError("too long")
        data = json.loads(pack.read(CONTENTS))
        made_by, made_at = _said(data["made_by"]), _said(data["made_at"])
        if int(data["format"]) > FORMAT:
            raise Refused(f"{path} was made by brandkit {made_by}, which is newer than this one; update first")
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in data["files"].items()}
        return Contents(made_by, made_at, files)
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(f"{path} is no backup that brandkit made; nothing was changed") from error


def _said(value: object) -> str:
    """A word of the archive about itself, as it may be shown: a stranger's could steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(value))[:_LONGEST_WORD]


def _agree(name: str, found: tuple[int, str], expected: tuple[int, str]) -> None:
    if found != expected:
        raise Refused(f"{name} in the backup is not what was written there; nothing was changed")
