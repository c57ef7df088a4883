"""Files that hold others, or hold text in a form of their own: archives, packed files, documents, pictures.

In: the bytes of a file. Out: every part of it in which words can stand. Knows nothing of what is searched for.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from brandkit.io.leak_search.inflating import Limits, unpack
from brandkit.io.leak_search.pdf import parts_of_pdf
from brandkit.io.leak_search.pictures import begins_as_picture, words_of_picture

HEAD = 1024  # bytes that tell what a file is
_MOST_FILES = 10_000
_SEALED = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive cannot be opened"),
    (b"Rar!\x1a\x07", "a RAR archive cannot be opened"),
    (b"\x28\xb5\x2f\xfd", "zstd cannot be unpacked"),
    (b"wOF2", ""),  # a font: packed with brotli, and names nobody
)


def is_packed(head: bytes, name: str) -> bool:
    """Whether a file that begins so would have to be taken apart."""
    return parts_of(head, name, Limits(left=0)) is not None or begins_as_picture(head)


def parts_of(data: bytes, name: str, limits: Limits) -> Iterator[tuple[str, bytes]] | None:
    """(name, bytes) of what a file holds; None for one that is to be read as it is."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, limits)
    if (unpacked := unpack(data, limits)) is not None:
        return iter([("", unpacked)])
    if (found := words_of_picture(data, limits)) is not None:
        return iter([("", b"\n\n".join(found))])
    if data[:HEAD].lstrip().startswith(b"%PDF"):
        return parts_of_pdf(data, limits)
    if name.endswith(".br"):
        return _brotli(data, limits)
    for magic, why in _SEALED:
        if data.startswith(magic):
            if why:
                limits.give_up(why)
            return iter([("", data[len(magic) :])])
    return None


def _zip(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Each file of an archive, and its name; what stands around them (comments) as it is."""
    if data.count(b"PK\x01\x02") > 2 * _MOST_FILES:  # entries of its directory: a list of them would fill the memory
        limits.give_up(f"it holds more than {_MOST_FILES} files")
        yield "", data[4:]
        return
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        limits.give_up("it is an archive and damaged")
        yield "", data[4:]
        return
    yield "", b"\n".join([archive.comment, *(member.comment + b"\n" + member.extra for member in members)])
    if len(members) > _MOST_FILES:
        limits.give_up(f"it holds more than {_MOST_FILES} files")
    for member in members[:_MOST_FILES]:
        yield member.filename, _member(archive, member, limits)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bytes:
    if limits.left <= 0:
        limits.give_up("it unpacks to more than can be meant")
        return b""
    try:
        with archive.open(member) as file:
            content = file.read(limits.left + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error):
        limits.give_up(f"{member.filename} in it is locked or damaged")
        return b""
    limits.take(len(content))
    return content


def _brotli(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    try:
        import brotli  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        limits.give_up("brotli cannot be unpacked here: pip install brotli")
        return
    stream, out = brotli.Decompressor(), b""
    try:
        for start in range(0, len(data), 4096):
            part = stream.process(data[start : start + 4096])
            if not limits.take(len(part)):
                break
            out += part
    except brotli.error:
        limits.give_up("it is packed and damaged")
    yield "", out
