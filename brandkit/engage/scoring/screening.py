"""Which entries may be strong enough for a person, without looking at all of them. Pure; it leaves out none that is.

What a wish may at most add to the sum of silence.py is known for each entry that holds much of it, from the words
alone, and is the same for everybody who wishes for it. Whatever holds little of each wish stays below
the floor of each, so that floors which come to less than is needed leave only what stands above one of them (the
threshold algorithm of Fagin, Lotem & Naor, PODS 2001, with all lists cut at once).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brandkit.engage.scoring.component import Fitting, Setting
from brandkit.engage.scoring.index import Among, Floats, Index, Positions
from brandkit.engage.scoring.meaning import MeaningFitting
from brandkit.engage.scoring.silence import LIKED, MEANT, UNMEANT, alone_at_most, needed, plan_of, reached
from brandkit.engage.scoring.taste import TasteFitting
from brandkit.engage.scoring.wishes import Wish

_FLOOR = 0.15  # what a wish that is met by half, in two words that are not rare, comes to
_SAFE = 0.999  # sums are rounded
_MOST = 4_000_000  # entries above the floor of some wish that are remembered


@dataclass(frozen=True, eq=False)
class Reach:
    """The entries for which a wish may add more than a floor, and the most that it adds to any other."""

    floor: float
    positions: Positions
    values: Floats
    rest: float


def may_be_strong(
    wishes: Sequence[tuple[float, Wish]], others: Sequence[Fitting], setting: Setting, strength: float
) -> Among:
    """The entries whose evidence may be so strong; `others` are the components that are no wishes."""
    index, least = setting.index, needed(strength) * _SAFE
    if least <= 0 or not len(index.entries):
        return index.everything
    added: list[Floats] = [values for values in map(_added, others) if values is not None]
    weight = sum(weight for weight, _ in wishes) + len(added)
    if not weight:
        return Among(index, np.empty(0, np.int32))
    floor = min(_FLOOR, least / weight * _SAFE)
    reaches: _Reaches = index.known.get(("reaches",)) or _Reaches(index)
    index.known["reaches",] = reaches
    known = [(weight, reaches.of(wish, floor)) for weight, wish in wishes]
    rest = sum(weight * reach.rest for weight, reach in known)
    found = [reach.positions for _, reach in known] + [np.flatnonzero(values > floor) for values in added]
    rest += sum(floor for _ in added)
    every = np.concatenate(found).astype(np.int32)
    if not len(every):
        return Among(index, every)
    positions = _distinct(every)
    numbers = positions.searchsorted(every)
    above = [np.float32(weight) * (reach.values - np.float32(reach.rest)) for weight, reach in known]
    above += [values[values > floor] - np.float32(floor) for values in added]
    sums = np.bincount(numbers, weights=np.concatenate(above), minlength=len(positions)) + rest
    return Among(index, positions[sums >= least])


def _distinct(positions: Positions) -> Positions:
    """Each once, in order; for the few that there are quicker than what is made for many."""
    ordered = np.sort(positions)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _added(fitting: Fitting) -> Floats | None:
    """What a component that is no wish adds for each entry."""
    if isinstance(fitting, TasteFitting):
        return np.asarray(fitting.likeness / LIKED, np.float32)
    if isinstance(fitting, MeaningFitting):
        return np.asarray((fitting.cosines - UNMEANT) / MEANT, np.float32)
    return None


class _Reaches:
    """What many people wish for is looked for once; what would take too much room is forgotten."""

    def __init__(self, index: Index) -> None:
        self._index, self._size = index, 0
        self._words = np.zeros(len(index.entries), np.uint16)  # that an entry holds, while a wish is looked for
        self._known: dict[tuple[tuple[str, float], ...], Reach] = {}

    def of(self, wish: Wish, floor: float) -> Reach:
        """The reach of a wish, down to a floor or further."""
        found = self._known.get(wish.query)
        if found is None or found.floor > floor:
            found = self._found(wish, floor)
            self._size += len(found.positions)
            if self._size > _MOST:
                self._known.clear()
                self._size = len(found.positions)
            self._known[wish.query] = found
        return found

    def _found(self, wish: Wish, floor: float) -> Reach:
        """Whoever holds one word alone is looked at only where that word may be enough."""
        plan, postings = plan_of(wish, self._index), self._index.by_term
        alone = [alone_at_most(plan, self._index, number) for number in range(len(plan.parts))]
        self._words.fill(0)
        for (place, _), most in zip(plan.parts, alone, strict=True):
            self._words[postings.of(place)[0]] += np.uint16(2 if most > floor else 1)
        among = Among(self._index, np.flatnonzero(self._words > 1).astype(np.int32))
        if not len(among):
            return Reach(floor, np.empty(0, np.int32), np.empty(0, np.float32), max(alone, default=0.0))
        values = reached(wish, among)
        high = values > floor
        rest = max(values[~high].max(initial=0.0), *(most for most in alone if most <= floor), 0.0)
        positions = among.positions if among.positions is not None else np.arange(len(among), dtype=np.int32)
        return Reach(floor, positions[high], values[high], float(rest))
