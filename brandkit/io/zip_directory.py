"""How much a ZIP file says is in it, read from its last hundred bytes: before anything builds a list of it.

In: a file. Out: how many members its directory has, and of how many bytes it is. A directory that holds more than it
says is told as damaged; its bytes are read once, and never more of them than a caller allows.
"""

from __future__ import annotations

import struct
from typing import IO
from zipfile import BadZipFile

_END = struct.Struct("<4s4H2LH")
_END_64, _LOCATOR_64 = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_MEMBER = b"PK\x01\x02"


def count_members(file: IO[bytes], largest: int) -> int:
    """How many members the directory has. Raises BadZipFile for one that lies, is of more than `largest` bytes, or is
    not where brandkit puts it: at the very end, without a comment, where `zipfile` looks first."""
    size = file.seek(0, 2)
    at = size - _END.size
    sign, _, _, _, members, length, _, comment = _END.unpack(_read(file, at, _END.size))
    if sign != b"PK\x05\x06" or comment:
        raise BadZipFile("it does not end as a backup does")
    locator = _read(file, at - _LOCATOR_64.size, _LOCATOR_64.size) if at >= _LOCATOR_64.size else b""
    if locator.startswith(b"PK\x06\x07"):
        at -= _LOCATOR_64.size + _END_64.size
        sign, _, _, _, _, _, _, members, length, _ = _END_64.unpack(_read(file, at, _END_64.size))
        if sign != b"PK\x06\x06":
            raise BadZipFile("its directory cannot be found")
    if length > largest:
        raise BadZipFile(f"its directory is of {length:,} bytes")
    return max(int(members), _read(file, at - length, length).count(_MEMBER))


def _read(file: IO[bytes], at: int, length: int) -> bytes:
    if at < 0:
        raise BadZipFile("it is cut off")
    file.seek(at)
    data = file.read(length)
    if len(data) != length:
        raise BadZipFile("it is cut off")
    return data
