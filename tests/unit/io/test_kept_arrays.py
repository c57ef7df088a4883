"""Arrays that are kept: the same when they are read, nothing where anything is wrong, for their owner alone."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from brandkit.io import kept_arrays
from brandkit.io.forgetting import forget_kept
from brandkit.io.whole_file import scratch_of

ARRAYS: dict[str, NDArray[Any]] = {
    "numbers": np.array([1, 2**63, 3], np.uint64),
    "pairs": np.array([[1, 2, 3], [4, 5, 6]], np.uint8)[:, ::2],
    "flags": np.array([True, False]),
    "none": np.empty(0, np.int32),
}


def altered(data: bytes, at: int) -> bytes:
    """The same with one bit of another value, as an old disk gives it."""
    found = bytearray(data)
    found[at] ^= 1
    return bytes(found)


def test_what_is_kept_is_read_as_it_was_and_nobody_may_write_to_it(tmp_path: Path) -> None:
    kept_arrays.save(tmp_path / "state", "1", ARRAYS)
    found = kept_arrays.load(tmp_path / "state", "1")
    assert {name: (array.dtype, array.tolist()) for name, array in found.items()} == {
        name: (array.dtype, array.tolist()) for name, array in ARRAYS.items()
    }
    assert not any(array.flags.writeable for array in found.values())


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_it_is_for_its_owner_alone_even_where_a_killed_run_left_a_part(tmp_path: Path) -> None:
    scratch_of(tmp_path / kept_arrays.NAME).write_bytes(b"part")
    kept_arrays.save(tmp_path, "1", ARRAYS)
    assert stat.S_IMODE((tmp_path / kept_arrays.NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "broken",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: b"{}" + data[2:],
        lambda data: b"x" * 200_000,
        lambda data: data.replace(b"[2, 2]", b"[4, 1]"),
        *(partial(altered, at=at) for at in (-64, -128, -192, -1)),
    ],
)
def test_a_file_that_is_not_whole_is_as_good_as_none(tmp_path: Path, broken: Callable[[bytes], bytes]) -> None:
    kept_arrays.save(tmp_path, "1", ARRAYS)
    path = tmp_path / kept_arrays.NAME
    whole = path.read_bytes()
    path.write_bytes(broken(whole))
    assert path.read_bytes() != whole
    assert kept_arrays.load(tmp_path, "1") == {}


def test_another_version_is_as_good_as_none_and_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    assert kept_arrays.load(tmp_path, "1") == {}
    kept_arrays.save(tmp_path, "1", ARRAYS)
    assert kept_arrays.load(tmp_path, "2") == {}
    scratch_of(tmp_path / kept_arrays.NAME).write_bytes(b"part")
    kept_arrays.forget(tmp_path)
    forget_kept(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_written_to_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file stands in the way")
    kept_arrays.save(tmp_path / "state", "1", ARRAYS)
