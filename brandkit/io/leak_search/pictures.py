"""The parts of a picture file in which words can stand: comments, EXIF, XMP, IPTC, text chunks. No pixels.

In: the bytes of a file. Out: those parts, as they are or inflated. ValueError for what is damaged or no such picture:
then all of it has to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from brandkit.io.leak_search.inflating import Limits, inflate

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PIXELS = (b"IDAT", b"fdAT", b"PLTE", b"IHDR")
_WEBP_PIXELS = (b"VP8 ", b"VP8L", b"ALPH", b"ANMF")
_JPEG_MARK = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_JPEG_SIZELESS = (0xD8, 0xD9)


def begins_as_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture of a kind that can be taken apart."""
    return any(begins(head) for begins, _ in _KINDS)


def words_of_picture(data: bytes, limits: Limits) -> list[bytes] | None:
    """The parts of a picture that are no pixels; None for what is no picture of a kind that can be taken apart."""
    for begins, take_apart in _KINDS:
        if begins(data):
            try:
                return list(take_apart(data, limits))
            except (IndexError, ValueError):
                return None
    return None


def _png(data: bytes, limits: Limits) -> Iterator[bytes]:
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body, at = data[at + 8 : at + 8 + size], at + size + 12
        if at > len(data):
            raise ValueError("cut off")
        if kind not in _PNG_PIXELS:
            yield body
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            yield from _inflated(body, limits)
    yield data[at:]


def _inflated(body: bytes, limits: Limits) -> Iterator[bytes]:
    """What is packed begins behind one of the zeros: after the key word, or after language and translation too."""
    for start in [found.end() for found in re.finditer(rb"\0(?=\x78|.\x78)", body, re.DOTALL)][:8]:
        for first in (start, start + 1):
            if body[first : first + 1] == b"\x78" and (inner := inflate(body[first:], limits)):
                yield inner
                return


def _jpeg(data: bytes, _: Limits) -> Iterator[bytes]:
    at = 2
    while mark := _JPEG_MARK.search(data, at):
        kind, at = data[mark.start() + 1], mark.end()
        if kind in _JPEG_SIZELESS:
            break
        size = int.from_bytes(data[at : at + 2], "big")
        if size < 2 or at + size > len(data):
            raise ValueError("cut off")
        yield data[at + 2 : at + size]
        at += size
    yield data[at:]  # what follows the end: videos of phones, second pictures


def _webp(data: bytes, _: Limits) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind not in _WEBP_PIXELS:
            yield data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    yield data[at:]


def _gif(data: bytes, _: Limits) -> Iterator[bytes]:
    at = 13 + _gif_colours(data[10])
    while data[at] != 0x3B:
        is_picture = data[at] == 0x2C
        if not is_picture and data[at] != 0x21:
            raise ValueError("cut off")
        at += 11 + _gif_colours(data[at + 9]) if is_picture else 2
        blocks = []
        while size := data[at]:
            blocks.append(data[at + 1 : at + 1 + size])
            at += size + 1
        at += 1
        if not is_picture:
            yield b"".join(blocks)
            yield b"\n".join(blocks)
    yield data[at + 1 :]


def _gif_colours(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, Limits], Iterator[bytes]]], ...] = (
    (lambda data: data.startswith(_PNG), _png),
    (lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", _webp),
    (lambda data: data.startswith((b"GIF87a", b"GIF89a")), _gif),
)
