"""Picture files without their metadata. Only parts that are known to be needed are kept. Pure.

The metadata is dropped from the file itself, part by part, so the pixels of a cleaned picture are the very
ones that came in, and the decoder never meets a hostile comment.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from brandkit.site.painting import avif
from brandkit.site.painting.picture import CUT_OFF

_PNG = b"\x89PNG\r\n\x1a\n"
UPRIGHT = 1  # of the eight orientations of EXIF


@dataclass(frozen=True)
class Bare:
    """A picture without metadata, and how it has to be turned."""

    format: str
    data: bytes
    orientation: int = UPRIGHT


def strip(data: bytes) -> Bare:
    """ValueError for what is damaged or no picture."""
    for format, (begins, strip) in _FORMATS.items():
        if begins(data):
            try:
                return replace(strip(data), format=format)
            except IndexError as wrong:
                raise ValueError(CUT_OFF) from wrong
    raise ValueError("this is no picture that brandkit knows")


def _strip_jpeg(data: bytes) -> Bare:
    """What follows the end (videos of phones, second pictures) goes too."""
    out, orientation, at = [data[:2]], 0, 2
    while (mark := _JPEG_MARK.search(data, at)) and (kind := data[mark.start() + 1]) != 0xD9:
        at = mark.end() + int.from_bytes(data[mark.end() : mark.end() + 2])
        if at < mark.end() + 2 or at > len(data):
            raise ValueError(CUT_OFF)
        body = data[mark.end() + 2 : at]
        if kind == 0xDA and not body:  # pixels that nothing describes
            raise ValueError(CUT_OFF)
        if kind == 0xE1 and body.startswith(b"Exif\0\0") and not orientation:
            body, orientation = _only_orientation(body)
        elif kind == 0xE0 and body.startswith(b"JFIF\0"):
            body = body[:12] + b"\0\0"  # it may have a thumbnail
        elif not _jpeg_needs(kind, body):
            body = b""
        if body:
            out.append(bytes((0xFF, kind)) + (len(body) + 2).to_bytes(2) + body)
        if kind == 0xDA:  # the pixels, up to the next mark
            end = _JPEG_MARK.search(data, at)
            out.append(data[at : end.start() if end else len(data)])
            at = end.start() if end else len(data)
    if len(out) == 1:
        raise ValueError(CUT_OFF)
    return Bare("", b"".join(out) + (b"\xff\xd9" if mark else b""), orientation or UPRIGHT)


_JPEG_MARK = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")


def _jpeg_needs(kind: int, body: bytes) -> bool:
    if kind == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    return kind == 0xEE or 0xC0 <= kind <= 0xDF  # 0xEE says what the channels are


def _strip_png(data: bytes) -> Bare:
    out, orientation, at, kind = [_PNG], UPRIGHT, len(_PNG), b""
    while kind != b"IEND":
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        chunk = data[at : at + size + 12]
        if len(chunk) < size + 12:
            raise ValueError(CUT_OFF)
        at += len(chunk)
        if kind == b"eXIf":
            body, orientation = _only_orientation(chunk[8:-4])
            sum_ = zlib.crc32(kind + body).to_bytes(4)
            out.append(len(body).to_bytes(4) + kind + body + sum_ if body else b"")
        elif kind in _PNG_NEEDS:
            out.append(chunk)
    return Bare("", b"".join(out), orientation)


_PNG_NEEDS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split()
)


def _strip_webp(data: bytes) -> Bare:
    out, orientation, at, end = [b""], UPRIGHT, 12, 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise ValueError(CUT_OFF)
    while at < end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
        if len(body) < size:
            raise ValueError(CUT_OFF)
        if kind == b"EXIF":
            body, orientation = _only_orientation(body)
        if kind in _WEBP_NEEDS and body:
            out.append(kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2))
    if len(out) > 1 and out[1].startswith(b"VP8X"):  # its flags tell which parts follow
        flags = out[1][8] & ~0x0C | (0x08 if any(part.startswith(b"EXIF") for part in out) else 0)
        out[1] = out[1][:8] + bytes((flags,)) + out[1][9:]
    inside = b"WEBP" + b"".join(out)
    return Bare("", b"RIFF" + len(inside).to_bytes(4, "little") + inside, orientation)


_WEBP_NEEDS = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF", b"EXIF"))


def _strip_gif(data: bytes) -> Bare:
    at = 13 + _gif_colours(data[10])
    out = [data[:at]]
    while at < len(data) and (kind := data[at]) != 0x3B:
        if kind == 0x2C:
            blocks = at + 11 + _gif_colours(data[at + 9])
        elif kind == 0x21:
            blocks = at + 2
        else:
            raise ValueError(CUT_OFF)
        end = _gif_end(data, blocks)
        if kind == 0x2C or data[at + 1] == 0xF9 or data[at + 1 : at + 14] in _GIF_NEEDS:
            out.append(data[at:end])
        at = end
    return Bare("", b"".join(out) + b"\x3b")


_GIF_NEEDS = frozenset(b"\xff\x0b" + name for name in (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"))


def _gif_colours(flags: int) -> int:
    """How many bytes of colours follow."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _gif_end(data: bytes, at: int) -> int:
    """Where a chain of blocks ends."""
    while data[at]:
        at += data[at] + 1
    return at + 1


def _only_orientation(exif: bytes) -> tuple[bytes, int]:
    """EXIF that tells only how the picture is turned (nothing for an upright one), and that orientation."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"

    def number(at: int, size: int = 2) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    first = number(4, 4)
    entries = range(first + 2, first + 2 + 12 * number(first), 12)
    found = next((number(entry + 8) for entry in entries if number(entry) == 0x0112), UPRIGHT)
    orientation = found if 1 <= found <= 8 else UPRIGHT
    if len(tiff) <= 26 and len(entries) == 1 and number(first + 2) == 0x0112:
        return exif, orientation  # it tells nothing else as it is
    if orientation == UPRIGHT:
        return b"", orientation
    prefix = exif[: len(exif) - len(tiff)]
    entry = b"\x01\x12\0\x03\0\0\0\x01" + orientation.to_bytes(2) + b"\0\0"
    return prefix + b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4), orientation


_FORMATS: Mapping[str, tuple[Callable[[bytes], bool], Callable[[bytes], Bare]]] = {
    "jpeg": (lambda data: data.startswith(b"\xff\xd8\xff"), _strip_jpeg),
    "png": (lambda data: data.startswith(_PNG), _strip_png),
    "webp": (lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", _strip_webp),
    "gif": (lambda data: data.startswith((b"GIF87a", b"GIF89a")), _strip_gif),
    "avif": (avif.is_avif, lambda data: Bare("", avif.without_metadata(data))),
}
