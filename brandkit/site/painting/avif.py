"""AVIF without its metadata.

The file is a tree of boxes that point into one another by offset, so the metadata is not cut out but
overwritten in place with metadata that says nothing. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from brandkit.site.painting.picture import CUT_OFF


def is_avif(data: bytes) -> bool:
    brands = data[8 : min(int.from_bytes(data[:4]), 256)]
    return data[4:8] == b"ftyp" and (b"avif" in brands or b"avis" in brands)


def without_metadata(data: bytes) -> bytes:
    """The same file, its metadata overwritten."""
    out = bytearray(data)
    _blank_boxes(out, 0, len(out))
    return bytes(out)


def _blank_boxes(data: bytearray, start: int, end: int) -> None:
    for kind, body, stop in list(_boxes(data, start, end)):
        if kind in (b"moov", b"trak"):
            _blank_boxes(data, body, stop)
        elif kind == b"meta":
            _blank_items(data, body + 4, stop)
        elif kind in (b"uuid", b"udta", b"free", b"skip"):
            named = data.rindex(kind, 0, body)
            data[named : named + 4] = b"free"
            data[body:stop] = bytes(stop - body)


def _boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start of the contents, and end of each box."""
    while start < end:
        size, kind, body = int.from_bytes(data[start : start + 4]), bytes(data[start + 4 : start + 8]), start + 8
        if size == 1:
            size, body = int.from_bytes(data[body : body + 8]), body + 8
        stop = start + size if size else end
        if stop < body or stop > end:
            raise ValueError(CUT_OFF)
        yield kind, body, stop
        start = stop


def _blank_items(data: bytearray, start: int, end: int) -> None:
    inside = {kind: (body, stop) for kind, body, stop in _boxes(data, start, end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    told = _items_that_tell(data, *inside[b"iinf"])
    for item, (at, stop) in _places(data, *inside[b"iloc"], inside.get(b"idat", (0, 0))[0]):
        if item in told:
            if stop > len(data) or stop <= at:
                raise ValueError(CUT_OFF)
            data[at:stop] = _NOTHING[told[item]](stop - at)


_EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08" + bytes(6)

_NOTHING: Mapping[bytes, Callable[[int], bytes]] = {
    b"Exif": lambda size: _EMPTY_EXIF.ljust(size, b"\0")[:size],
    b"mime": lambda size: b" " * size,  # XMP
    b"uri ": lambda size: b" " * size,
}


def _items_that_tell(data: bytearray, body: int, stop: int) -> dict[int, bytes]:
    """The items that are metadata, with their kind."""
    told = {}
    for kind, at, _ in _boxes(data, body + (8 if data[body] else 6), stop):
        wide = 4 if data[at] == 3 else 2
        item, what = int.from_bytes(data[at + 4 : at + 4 + wide]), bytes(data[at + 6 + wide : at + 10 + wide])
        if kind == b"infe" and what in _NOTHING:
            told[item] = what
    return told


def _places(data: bytearray, at: int, stop: int, idat: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every item with where a piece of it starts and ends."""
    version, sizes = data[at], int.from_bytes(data[at + 4 : at + 6])
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    at += 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > stop:
            raise ValueError(CUT_OFF)
        at += size
        return int.from_bytes(data[at - size : at])

    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        inner = bool(version and number(2) & 15 == 1)
        number(2)
        base = number(base_size) + (idat if inner else 0)
        if (pieces := number(2)) > 64:
            raise ValueError(CUT_OFF)
        for _ in range(pieces):
            number(index_size)
            start = base + number(offset_size)
            yield item, (start, start + number(length_size))
