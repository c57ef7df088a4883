"""Many needles in many texts, in one pass over each.

A text is reduced to its letters and digits alone, in a row. Each needle is known by a few of its own (those that it
shares with the fewest others), and one look into a table for each place of the text tells where a needle may stand;
there its pattern decides. So the time hangs on the length of the texts, hardly on how many needles there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from brandkit.io.leak_search.folding import fold
from brandkit.io.leak_search.patterns import FEWEST, Needle, Pattern, patterns_of

_LONG = 16  # letters: by so many a needle is known that has them, by FEWEST a shorter one
_STRETCH = 1 << 18  # letters that are looked at together
_BITS = 22
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_Array = Any


class Matcher:
    """Finds needles by their numbers."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        owners: dict[Pattern, list[int]] = defaultdict(list)
        for number, pattern in patterns_of(list(needles)):
            owners[pattern].append(number)
        self.searched = frozenset(number for numbers in owners.values() for number in numbers)
        self._owners = dict(owners)
        self._tables = (
            _Table(FEWEST, [pattern for pattern in owners if len(pattern.flat) < _LONG]),
            _Table(_LONG, [pattern for pattern in owners if len(pattern.flat) >= _LONG]),
        )

    def find(self, text: str) -> set[int]:
        """The numbers of the needles that stand in a text."""
        cased = fold(text)
        codes = np.frombuffer(cased.lower(), np.uint8)
        places = np.flatnonzero(_LETTERS[codes])
        flat = codes[places]
        letters = flat.tobytes()
        found: set[Pattern] = set()
        for begin in range(0, max(0, len(flat) - FEWEST + 1), _STRETCH):
            stretch = flat[begin : begin + _STRETCH + _LONG - 1]
            grams = _grams(stretch)
            for table in self._tables:
                for start, pattern in table.candidates(grams, begin):
                    if pattern in found or start < 0 or not letters.startswith(pattern.flat, start):
                        continue  # what was found once is not looked at again
                    if pattern.stands_at(cased, int(places[start])):
                        found.add(pattern)
        return {number for pattern in found for number in self._owners[pattern]}


class _Table:
    """Which patterns may stand where a few letters stand."""

    def __init__(self, width: int, patterns: Sequence[Pattern]) -> None:
        self.width = width
        self._known: dict[int, list[tuple[int, Pattern]]] = defaultdict(list)
        self._marked = np.zeros(1 << _BITS, np.bool_)
        keys = [self._keys(pattern.flat) for pattern in patterns]
        common = Counter(key for own in keys for key in set(own))
        for pattern, own in zip(patterns, keys, strict=True):
            offset = min(range(len(own)), key=lambda at: common[own[at]])
            self._known[own[offset]].append((offset, pattern))
        if self._known:
            self._marked[_slots(np.fromiter(self._known, np.uint64))] = True

    def _keys(self, flat: bytes) -> list[int]:
        keys: list[int] = _grams(np.frombuffer(flat, np.uint8))[self.width].tolist()
        return keys

    def candidates(self, grams: dict[int, _Array], begin: int) -> Iterator[tuple[int, Pattern]]:
        """Where a pattern may begin, and which."""
        keys = grams[self.width]
        if not self._known or not len(keys):
            return
        at = np.flatnonzero(self._marked[_slots(keys)])
        for place, key in zip(at.tolist(), keys[at].tolist(), strict=True):
            for offset, pattern in self._known.get(key, ()):
                yield begin + place - offset, pattern


def _slots(keys: _Array) -> _Array:
    return (keys * _SPREAD) >> np.uint64(64 - _BITS)


def _grams(codes: _Array) -> dict[int, _Array]:
    """For each place a number for the letters from there on: six of them whole, and sixteen mixed into one."""
    one = codes.astype(np.uint64)
    two = one[:-1] | one[1:] << np.uint64(8)
    four = two[:-2] | two[2:] << np.uint64(16)
    eight = four[:-4] | four[4:] << np.uint64(32)
    six = four[:-2] | two[4:] << np.uint64(32)
    return {FEWEST: six, _LONG: eight[:-8] * _SPREAD ^ eight[8:] * _SECOND}


def _letters() -> _Array:
    table = np.zeros(256, np.bool_)
    table[0x80:] = True
    for first, last in (b"09", b"AZ", b"az"):
        table[first : last + 1] = True
    return table


_LETTERS = _letters()
