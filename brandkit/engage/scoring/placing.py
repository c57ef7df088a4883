"""The terms of many entries, each given its place among all that occur. Pure.

In: what entries say, counted; or what was placed before, and the counts of what is new since. Out: the same either
way, to the last byte, so that a day's news are placed among many entries without counting those again.

A pair of words that one entry alone holds is set aside with the number of that entry: most pairs are such, and they
tell nothing. What is new may hold one of them too; then the entry that had it alone has to be counted anew.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brandkit.engage.scoring.counting import Counts
from brandkit.engage.scoring.numbering import Numbers, may_repeat, placed

FEW = 5000  # entries up to which every pair is kept
FIELDS = ("title", "summary", "text")

Bytes = NDArray[np.uint8]
Places = NDArray[np.int32]
Sizes = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Placed:
    """The rows of all entries, one after the other: for each term its place, and how often it stands in each field."""

    terms: Numbers  # that some entry holds, sorted
    is_pair: Flags  # of each term
    sizes: Sizes  # rows of each entry
    places: Places  # of the term of each row
    often: Bytes  # a line for each field, in the order of FIELDS
    lone: Numbers  # pairs that one entry alone holds, sorted
    lone_of: Places  # and which entry that is

    @property
    def owners(self) -> Places:
        """The entry of each row."""
        return np.repeat(np.arange(len(self.sizes), dtype=np.int32), self.sizes)


COLUMNS = tuple(field.name for field in fields(Placed))


def placed_of(counts: Counts) -> Placed:
    """Everything, from the beginning."""
    rows, owners = counts.rows, np.repeat(np.arange(len(counts.sizes), dtype=np.int32), counts.sizes)
    none = rows["term"][:0].copy(), owners[:0]
    if len(counts.sizes) < FEW:
        terms, places = placed(np.ascontiguousarray(rows["term"]))
        return Placed(terms, _pairs_of(terms, places, rows), counts.sizes, places, _often(rows), *none)
    alone = np.flatnonzero(rows["pair"] == 1)  # found before terms are placed, as it is these that cost most room
    alone = alone[~may_repeat(rows["term"][alone])]
    others = np.ones(len(rows), np.bool_)
    others[alone] = False
    lone = _in_order(rows["term"][alone], owners[alone])
    rows, owners = rows[others], owners[others]
    terms, places = placed(np.ascontiguousarray(rows["term"]))
    sizes = np.bincount(owners, minlength=len(counts.sizes))
    return _set_aside(Placed(terms, _pairs_of(terms, places, rows), sizes, places, _often(rows), *lone))


def had_alone(before: Placed, fresh: Counts) -> Places:
    """Which entries held alone, until now, a pair that stands in one of these."""
    numbers = fresh.rows["term"][fresh.rows["pair"] == 1]
    at = np.minimum(before.lone.searchsorted(numbers), max(0, len(before.lone) - 1))
    found = before.lone[at] == numbers if len(before.lone) else np.zeros(len(numbers), np.bool_)
    return np.unique(before.lone_of[at[found]])


def extended(before: Placed, order: Sizes, fresh: Counts) -> Placed:
    """Many entries, most of which were placed before: `order` says which each was there, or -1 for the next of `fresh`.

    None that `had_alone` what stands in these may be among those that were placed.
    """
    was = order >= 0
    numbers = np.ascontiguousarray(fresh.rows["term"])
    new = _unknown(numbers, before.terms)
    terms = np.insert(before.terms, before.terms.searchsorted(new), new)
    moved = (np.arange(len(before.terms)) + new.searchsorted(before.terms)).astype(np.int32)
    is_pair = np.zeros(len(terms), np.bool_)
    is_pair[moved] = before.is_pair
    found = terms.searchsorted(numbers).astype(np.int32)
    is_pair[found] = fresh.rows["pair"] == 1
    sizes = np.empty(len(order), np.int64)
    sizes[was], sizes[~was] = before.sizes[order[was]], fresh.sizes
    source, here = _runs(before.sizes, order[was]), np.repeat(was, sizes)
    places = _joined(moved[before.places[source]], found, here)
    often = [_joined(line[source], fresh.rows[name], here) for name, line in zip(FIELDS, before.often, strict=True)]
    now = np.full(len(before.sizes), -1, np.int32)
    now[order[was]] = np.flatnonzero(was)
    lone_of = now[before.lone_of]
    lone = before.lone[lone_of >= 0], lone_of[lone_of >= 0]
    return _set_aside(Placed(terms, is_pair, sizes, places, np.array(often), *lone))


def _set_aside(found: Placed) -> Placed:
    """Without the terms that no entry holds any more, and the pairs that one alone holds among those set aside."""
    holding = np.bincount(found.places, minlength=len(found.terms))
    kept = (holding > 1) | (~found.is_pair & (holding > 0))
    if kept.all():
        return found
    here, owners = kept[found.places], found.owners
    numbers = np.concatenate((found.lone, found.terms[found.places[~here]]))
    lone = _in_order(numbers, np.concatenate((found.lone_of, owners[~here])))
    places = (np.cumsum(kept) - 1).astype(np.int32)[found.places[here]]
    sizes = np.bincount(owners[here], minlength=len(found.sizes))
    return Placed(found.terms[kept], found.is_pair[kept], sizes, places, found.often[:, here], *lone)


def _pairs_of(terms: Numbers, places: Places, rows: NDArray[Any]) -> Flags:
    is_pair = np.zeros(len(terms), np.bool_)
    is_pair[places] = rows["pair"] == 1
    return is_pair


def _often(rows: NDArray[Any]) -> Bytes:
    return np.array([rows[name] for name in FIELDS], np.uint8)


def _in_order(numbers: Numbers, owners: Places) -> tuple[Numbers, Places]:
    order = np.argsort(numbers, kind="stable")  # quick where most stand in order already
    return numbers[order], owners[order]


def _unknown(numbers: Numbers, known: Numbers) -> Numbers:
    """Those that do not occur among the known, sorted, each once."""
    if not len(known):
        return np.unique(numbers)
    at = np.minimum(known.searchsorted(numbers), len(known) - 1)
    return np.unique(numbers[known[at] != numbers])


def _runs(sizes: Sizes, chosen: Sizes) -> slice | Sizes:
    """The rows of some entries, one after the other."""
    if len(chosen) == len(sizes) and (chosen == np.arange(len(sizes))).all():
        return slice(None)
    starts = (np.cumsum(sizes) - sizes)[chosen]
    behind = np.cumsum(sizes[chosen])
    return np.repeat(starts - behind + sizes[chosen], sizes[chosen]) + np.arange(behind[-1] if len(behind) else 0)


def _joined(old: NDArray[Any], new: NDArray[Any], is_old: Flags) -> NDArray[Any]:
    """The values of rows, some of which were there."""
    found = np.empty(len(is_old), old.dtype)
    found[is_old], found[~is_old] = old, new
    return found
