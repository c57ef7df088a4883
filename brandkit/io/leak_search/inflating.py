"""Packed bytes, unpacked within limits: what would grow beyond them is given up, and that is said."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MOST = 64_000_000  # bytes out of one file of the site, all that is packed in it together
_STEP = 1 << 20


@dataclass
class Limits:
    """How much may still be unpacked, and what was not searched, with the reason."""

    left: int = field(default_factory=lambda: MOST)
    given_up: list[str] = field(default_factory=list)

    def give_up(self, why: str) -> None:
        """Say that something was not searched."""
        if why not in self.given_up:
            self.given_up.append(why)

    def take(self, size: int) -> bool:
        """Whether so many bytes may still be unpacked."""
        self.left -= size
        if self.left < 0:
            self.give_up("it unpacks to more than can be meant")
        return self.left >= 0


def inflate(data: bytes, limits: Limits) -> bytes:
    """A zlib stream, and whatever of it can be read."""
    return _unpack(zlib.decompressobj, data, limits)[0]


def unpack(data: bytes, limits: Limits) -> bytes | None:
    """What a .gz, .bz2 or .xz holds, one member after the other; None for what is none of them."""
    for magic, opener in _KINDS:
        if data.startswith(magic):
            parts = []
            while data.startswith(magic) and limits.left > 0:
                part, data = _unpack(opener, data, limits)
                parts.append(part)
            return b"".join([*parts, data])
    return None


def _unpack(opener: Callable[[], Any], data: bytes, limits: Limits) -> tuple[bytes, bytes]:
    """What comes out of one stream, and what stands behind it."""
    stream, out = opener(), bytearray()
    try:
        while not stream.eof and limits.left > 0:
            part = stream.decompress(data, _STEP)
            data = getattr(stream, "unconsumed_tail", b"")
            if not part and not data:
                break
            out += part
            limits.take(len(part))
    except (zlib.error, OSError, lzma.LZMAError, EOFError, MemoryError):
        if not out:
            limits.give_up("it is packed and damaged")
    return bytes(out), stream.unused_data


_KINDS: tuple[tuple[bytes, Callable[[], Any]], ...] = (
    (b"\x1f\x8b", lambda: zlib.decompressobj(31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(memlimit=300_000_000)),
)
