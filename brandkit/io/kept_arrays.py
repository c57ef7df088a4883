"""Arrays of numbers, kept in one private file of the state until the next run, and read where they lie.

In: arrays by name, and the version of what they say. Out: the same arrays, which nobody may write to; they are read
from the disk as they are looked at. The file is written whole, for its owner alone, with a checksum. One that is
broken, cut off, or of another version is as good as none. Knows not what the numbers mean.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brandkit.io import own_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "index.kept"
_ALIGNED = 64  # bytes
_LONGEST = 65_536  # bytes of the first line


def load(state: Path, version: str) -> dict[str, NDArray[Any]]:
    """The arrays that the last run of this version kept; nothing where there is no such file."""
    import numpy as np

    try:
        with (state / NAME).open("rb") as file:
            head = file.readline(_LONGEST)
            view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        said = json.loads(head)
        if said["version"] != version or said["size"] != len(view):
            return {}
        if said["sum"] != _sum(said["arrays"], [memoryview(view)[_LONGEST:]]):
            return {}  # a number that was altered would lead elsewhere, or say something else of somebody
        return {
            name: np.frombuffer(view, np.dtype(kind), count, start).reshape(shape)
            for name, kind, shape, count, start in said["arrays"]
        }
    except Exception:  # a file that cannot be read may raise anything, and is only slower
        return {}


def save(state: Path, version: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep these and nothing else. A failure to keep is no failure of the run."""
    import numpy as np

    found = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    rows: list[object] = []
    parts: list[bytes | memoryview] = []
    end = _LONGEST
    for name, array in found.items():
        rows.append([name, array.dtype.str, list(array.shape), array.size, end])
        parts += [array.reshape(-1).view(np.uint8).data, bytes(-array.nbytes % _ALIGNED)]
        end += -(-array.nbytes // _ALIGNED) * _ALIGNED
    said = {"version": version, "size": end, "arrays": rows, "sum": _sum(rows, parts)}
    with contextlib.suppress(OSError):
        head = (json.dumps(said).encode() + b"\n").ljust(_LONGEST, b"\0")
        own_file.put(state / NAME, [head, *parts])


def _sum(rows: Sequence[object], parts: Iterable[bytes | memoryview]) -> int:
    """The checksum of arrays, and of where they lie."""
    found = zlib.crc32(json.dumps(rows).encode())
    for part in parts:
        found = zlib.crc32(part, found)
    return found


def forget(state: Path) -> None:
    """Remove the file, and what a killed run left of one."""
    own_file.forget(state / NAME)
