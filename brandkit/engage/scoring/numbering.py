"""Giving each of many numbers its place among all that occur, in time that grows with how many there are. Pure.

The numbers are hashes, so that their highest bits are spread evenly: each falls into a slot of a table, and nearly
all slots hold one number alone. Sorting is left to those that share one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
_CHUNK = 1 << 20  # numbers that are looked at together: what they need beside themselves stays small
_FEWEST, _MOST = 10, 24  # bits of a slot


def placed(numbers: Numbers) -> tuple[Numbers, NDArray[np.int32]]:
    """The numbers that occur, sorted, and the place of each one among them."""
    shift = np.uint64(64 - _bits(len(numbers)))
    slots = np.zeros(1 << _bits(len(numbers)), np.uint64)
    for part in _parts(len(numbers)):
        slots[(numbers[part] >> shift).astype(np.intp)] = numbers[part]  # of several in one slot the last stays
    others = [numbers[part][_is_other(numbers[part], slots, shift)] for part in _parts(len(numbers))]
    known = np.union1d(slots[np.flatnonzero(slots)], np.concatenate([np.empty(0, np.uint64), *others]))
    ranks = np.zeros(len(slots), np.int32)
    taken = slots[(known >> shift).astype(np.intp)] == known
    ranks[(known[taken] >> shift).astype(np.intp)] = np.flatnonzero(taken)
    places = np.empty(len(numbers), np.int32)
    for part in _parts(len(numbers)):
        found = ranks[(numbers[part] >> shift).astype(np.intp)]
        other = _is_other(numbers[part], slots, shift)
        found[other] = known.searchsorted(numbers[part][other])
        places[part] = found
    return known, places


def may_repeat(numbers: Numbers) -> NDArray[np.bool_]:
    """Of each number whether it may occur more than once; not so for most of those that do not."""
    shift = np.uint64(64 - _bits(2 * len(numbers)))
    counts = np.zeros(1 << _bits(2 * len(numbers)), np.uint8)
    twice = np.zeros(len(numbers), np.bool_)
    for part in _parts(len(numbers)):
        slots = (numbers[part] >> shift).astype(np.intp)
        found, times = np.unique(slots, return_counts=True)
        counts[found] = np.minimum(counts[found] + times, 2)
    for part in _parts(len(numbers)):
        twice[part] = counts[(numbers[part] >> shift).astype(np.intp)] > 1
    return twice


def order_of(places: NDArray[np.int32]) -> NDArray[np.int64]:
    """The order that sorts places, equals as they stand: by their lower half, then by their upper."""
    lower = np.argsort((places & 0xFFFF).astype(np.uint16), kind="stable")
    if not len(places) or places.max() <= 0xFFFF:
        return lower
    upper = np.argsort((places >> 16).astype(np.uint16)[lower], kind="stable")
    return np.asarray(lower[upper])


def _bits(count: int) -> int:
    return max(_FEWEST, min(_MOST, (4 * count).bit_length()))


def _is_other(numbers: Numbers, slots: Numbers, shift: np.uint64) -> NDArray[np.bool_]:
    """Which of these do not stand in their slot; zero stands in none."""
    return np.asarray((slots[(numbers >> shift).astype(np.intp)] != numbers) | (numbers == 0))


def _parts(count: int) -> list[slice]:
    return [slice(first, first + _CHUNK) for first in range(0, count, _CHUNK)]
