"""Bytes that are no text: whatever in them could be read, found a window at a time.

In: bytes, or a file. Out: windows of it, and rows of bytes that are printed somewhere. Knows of no form of file. Masks
over all bytes at once take a tenth of the time, and of the memory, that an expression needs which looks at each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np

WINDOW = 4 << 20  # bytes that are looked at together
_OVERLAP = 1 << 16  # farther than anything reaches that is searched for
_FEWEST = 6  # bytes, or letters of two
_FEW = 4096  # bytes: for so few an expression is faster
_PRINTED = re.compile(rb"(?:[\t\n\r\x20-\x7e]++|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xf4][\x80-\xbf]{2,3})++")
_GOES_ON = bytes(range(0x80, 0xC0))  # within a letter of UTF-8
_Mask = Any  # an array


def windows(file: BinaryIO, wide: bool = False) -> Iterator[bytes]:
    """A file in parts that overlap. `wide`: its letters have two bytes each."""
    before = b""
    while part := file.read(WINDOW):
        yield before + part
        before = part[-_OVERLAP:] if wide else part[-_OVERLAP:].lstrip(_GOES_ON)


def rows(mask: _Mask, fewest: int) -> Iterator[tuple[int, int]]:
    """Where enough in a row are marked: begin and end."""
    begins, ends = _edges(mask, fewest)
    return zip(begins.tolist(), ends.tolist(), strict=True)


def printed(data: bytes) -> list[bytes]:
    """What can be read as ASCII and UTF-8."""
    if len(data) < _FEW:
        return [run for run in _PRINTED.findall(data) if _has_letters(run)]
    goes_on = _mark(data, _GOING_ON)
    two = np.append(goes_on[1:], False)
    three = two & np.append(goes_on[2:], (False, False))
    four = three & np.append(goes_on[3:], (False, False, False))
    marked, of_more = _mark(data, _ASCII), _mark(data, _OF_MORE)
    for begins, length in ((_mark(data, _OF_TWO) & two, 2), (of_more & three, 3), (of_more & four, 4)):
        for at in range(length):
            marked[at:] |= begins[: len(begins) - at]
    return [run for begin, end in rows(marked, _FEWEST) if _has_letters(run := data[begin:end])]


def printed_before(data: bytes) -> list[bytes]:
    """What can be read as it was written before UTF-8, a byte a letter: of three at least two are plain ones, as in
    any language that was written so. Noise has as many of both."""
    begins, ends = _edges(_mark(data, _OLD), _FEWEST)
    plain, foreign = (_count(_mark(data, table), begins, ends) for table in (_PLAIN, _FOREIGN))
    likely = (foreign > 0) & (plain >= 2 * foreign) & (plain + foreign >= _FEWEST)
    return [data[begin:end] for begin, end in zip(begins[likely].tolist(), ends[likely].tolist(), strict=True)]


def printed_wide(data: bytes, high: int) -> list[bytes]:
    """What can be read as UTF-16, as EXIF has it. `high`: which byte of two is the higher one."""
    low, top = (data[:-1], data[1:]) if high else (data[1:], data[:-1])
    marked = _mark(top, _ZERO) & _mark(low, _LATIN) | _mark(top, _HIGH)
    return [
        data[first + 2 * begin : first + 2 * end] for first in (0, 1) for begin, end in rows(marked[first::2], _FEWEST)
    ]


def _has_letters(run: bytes) -> bool:
    """Whether enough of it are no signs: nothing with fewer letters is searched for."""
    return len(run.translate(None, _SIGNS)) >= _FEWEST


def _edges(mask: _Mask, fewest: int) -> tuple[_Mask, _Mask]:
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    long = ends - begins >= fewest
    return begins[long], ends[long]


def _count(mask: _Mask, begins: _Mask, ends: _Mask) -> _Mask:
    """How many are marked in each row."""
    total = np.concatenate(((0,), np.cumsum(mask, dtype=np.int32)))
    return total[ends] - total[begins]


def _mark(data: bytes, table: bytes) -> _Mask:
    return np.frombuffer(data.translate(table), np.bool_).copy()


def _table(*ranges: tuple[int, int]) -> bytes:
    return bytes(any(first <= code <= last for first, last in ranges) for code in range(256))


_WHITE = ((9, 10), (13, 13))
_ASCII, _LATIN = _table(*_WHITE, (0x20, 0x7E)), _table(*_WHITE, (0x20, 0xFF))
_GOING_ON, _OF_TWO, _OF_MORE = _table((0x80, 0xBF)), _table((0xC2, 0xDF)), _table((0xE0, 0xF4))
_OLD, _HIGH, _ZERO = _table((0x20, 0x7E), (0xC0, 0xFF)), _table((1, 6), (0x20, 0x20)), _table((0, 0))
_PLAIN, _FOREIGN = _table((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)), _table((0xC0, 0xFF))
_SIGNS = bytes(code for code in range(0x80) if not _PLAIN[code])
