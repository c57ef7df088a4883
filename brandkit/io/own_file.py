"""A file of what was worked out from private things: in a folder for its owner alone, written whole, and sealed.

In: bytes and a place. Out: the same bytes, or nothing where a letter was altered or cut off. Knows not what they say.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from brandkit.io.whole_file import scratch_of

_SEAL = 16  # bytes, before all others


def put(place: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write a file whole or not at all. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = scratch_of(place)
    scratch.unlink(missing_ok=True)  # one of a killed run keeps the mode that it has
    with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    os.replace(scratch, place)


def forget(place: Path) -> None:
    """Remove a file, and what a killed run left of one."""
    scratch_of(place).unlink(missing_ok=True)
    place.unlink(missing_ok=True)


def sealed(data: bytes) -> bytes:
    """Bytes behind their digest."""
    return _digest(data) + data


def unsealed(data: bytes) -> bytes | None:
    """The bytes behind a digest that is theirs, or None."""
    inner = data[_SEAL:]
    return inner if data[:_SEAL] == _digest(inner) else None


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SEAL).digest()
