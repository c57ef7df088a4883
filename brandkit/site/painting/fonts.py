"""Font files: which characters one has, and how wide a text is in it. .woff, .ttf and .otf; loads Pillow late."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont


@lru_cache(maxsize=64)
def font_of(face: bytes, size: int) -> ImageFont.FreeTypeFont:
    """Opening a font is slow, so it is kept; the key is what it says, not where it came from."""
    from PIL import ImageFont

    return ImageFont.truetype(BytesIO(face), size)


@lru_cache(maxsize=8192)
def length(face: bytes, size: int, text: str) -> float:
    """In pixels, with kerning."""
    return font_of(face, size).getlength(text) if text else 0.0


@lru_cache(maxsize=64)
def letters_of(face: bytes) -> frozenset[str]:
    """The characters that a font has: its table "cmap". None for what is no .woff, .ttf or .otf."""
    try:
        return frozenset(map(chr, _read_cmap(_font_table(face, b"cmap"))))
    except (struct.error, zlib.error, ValueError):
        return frozenset()


def _font_table(face: bytes, name: bytes) -> bytes:
    woff = face.startswith(b"wOFF")
    count, at, each = struct.unpack_from(">H", face, 12 if woff else 4)[0], 44 if woff else 12, 20 if woff else 16
    for entry in range(at, at + count * each, each):
        if face[entry : entry + 4] == name and woff:
            start, packed, size = struct.unpack_from(">III", face, entry + 4)
            table = face[start : start + packed]
            return zlib.decompress(table) if packed < size else table
        if face[entry : entry + 4] == name:
            start, size = struct.unpack_from(">II", face, entry + 8)
            return face[start : start + size]
    raise ValueError("no such table")


def _read_cmap(cmap: bytes) -> Iterator[int]:
    """Formats 4 and 12 are the ones in use for Unicode."""
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, _, start = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        form = struct.unpack_from(">H", cmap, start)[0]
        if form == 12:
            for group in range(struct.unpack_from(">I", cmap, start + 12)[0]):
                first, last, _ = struct.unpack_from(">III", cmap, start + 16 + 12 * group)
                yield from range(first, min(last, 0x10FFFF) + 1)
        elif form == 4 and platform in (0, 3):
            count = struct.unpack_from(">H", cmap, start + 6)[0] // 2
            lasts = struct.unpack_from(f">{count}H", cmap, start + 14)
            firsts = struct.unpack_from(f">{count}H", cmap, start + 16 + 2 * count)
            for first, last in zip(firsts, lasts, strict=True):
                yield from range(first, min(last, 0xFFFE) + 1)
