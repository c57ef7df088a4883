"""Whether there is enough to speak: how strong the evidence is that an entry is meant for a person. Pure.

Counted in rare words: one that is as rare as can be, standing once in the title, is 1; a commoner one less; one that
stands again in the text more. A word counts as much as the wish that it belongs to is met; words of one wish that do
not stand side by side meet APART of it. Where all that is only a small part of what they look for, it counts less,
since among many words some are always met by chance; a wish that is there with all its words is at least WHOLE of a
part. A liked past and a language model add to it:

    S = (words x sqrt(min(1, part / PART)) + liked / LIKED + meaning / MEANT) / ENOUGH,   strength = S / (1 + S)

so that a strength of 0.5 is enough. How the numbers were found: docs/ranking.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from brandkit.engage.scoring.component import Fitting
from brandkit.engage.scoring.counting import number, pairs
from brandkit.engage.scoring.index import FIELDS, K1, Among, Floats, Index
from brandkit.engage.scoring.meaning import MeaningFitting
from brandkit.engage.scoring.taste import TasteFitting
from brandkit.engage.scoring.wishes import Kind, Wish

ENOUGH, PART, WHOLE, APART, LIKED, MEANT = 0.9, 0.9, 0.56, 0.6, 1.2, 0.4
OFTEN = 1.4  # what a word counts at most, however often it stands there
_ALL = 0.999  # of a wish
_PHRASE = range(2, 4)  # words of a wish that belong together; what is longer is a sentence
UNMEANT = 0.45  # a cosine that two texts about different things may well have
_ONCE = FIELDS["title"][0] / (K1 + FIELDS["title"][0])  # the saturated frequency of a word that stands in a title


def strength_of(wishes: Mapping[Kind, Sequence[Wish]], others: Iterable[Fitting], among: Among) -> Floats:
    """How strong the evidence is for each of these entries, from 0 to 1; `others` are the components beyond words."""
    counted = weighed(wishes)
    plans = [plan_of(wish, among.index) for _, wish in counted]
    among.look_up([place for plan in plans for place in (*(at for at, _ in plan.parts), *(plan.beside or ()))])
    total = _words(counted, among)
    for fitting in others:
        if isinstance(fitting, TasteFitting):
            total += fitting.likeness / LIKED  # what was disliked takes away
        if isinstance(fitting, MeaningFitting):
            total += ((fitting.cosines - UNMEANT) / MEANT).clip(min=0)
    return _strength(total.clip(min=0))


def weighed(wishes: Mapping[Kind, Sequence[Wish]]) -> list[tuple[float, Wish]]:
    """What each wish counts; of whom nothing is known but what counts little, it counts."""
    most = max((kind.weight for kind, found in wishes.items() if found), default=1.0)
    return [(kind.weight / most, wish) for kind, found in wishes.items() for wish in found]


def strength_of_wish(wish: Wish, index: Index) -> Floats:
    """The same for one wish alone, as if it were all that they look for."""
    return _strength(_words([(1.0, wish)], index.everything))


def needed(strength: float) -> float:
    """The sum that gives a strength."""
    return ENOUGH * strength / (1 - strength) if strength < 1 else np.inf


def reached(wish: Wish, among: Among) -> Floats:
    """What the words of a wish may at most add to the sum for each of these entries."""
    met, found = _met(1.0, wish, among), np.zeros(len(among), np.float32)
    for place, _ in met.plan.parts:
        positions, held = among.holding(place)
        found[positions] += _heft(among.index, place, held)
    return found * met.coverage


def alone_at_most(plan: Plan, index: Index, number: int) -> float:
    """What one word of a wish may add for an entry that holds no other word of it."""
    place, part = plan.parts[number]
    beside = 1.0 if plan.beside is None else APART
    return float(index.rarities[place]) * OFTEN * float(part) * beside * 1.0001  # sums are rounded


def _words(wishes: Sequence[tuple[float, Wish]], among: Among) -> Floats:
    """How much of the words each entry holds, in rare ones; half a wish makes its words count half."""
    index, met = among.index, [_met(weight, wish, among) for weight, wish in wishes]
    where: dict[str, list[_Met]] = {}
    for one in met:
        for word, _ in one.wish.query:
            where.setdefault(word, []).append(one)
    found, mass, whole = np.zeros(len(among), np.float32), np.zeros(len(among), np.float32), 0.0
    for word, holders in where.items():
        place, most = index.place(word), max(one.weight for one in holders)
        whole += most * (index.idf.get(word, index.rare) if place is None else float(index.weights[place]))
        if place is not None:
            positions, held = among.holding(place)
            counts = [np.float32(one.weight) * one.coverage[positions] for one in holders]
            count = counts[0] if len(counts) == 1 else np.maximum.reduce(counts)
            found[positions] += _heft(index, place, held) * count
            mass[positions] += np.float32(most * index.weights[place])
    part = mass / np.float32(max(whole, 1e-9))
    complete = np.logical_or.reduce([one.coverage > _ALL for one in met]) if met else np.zeros(len(among), np.bool_)
    part[complete] = np.maximum(part[complete], np.float32(WHOLE))
    return np.asarray(found * np.sqrt(np.minimum(part / PART, np.float32(1))), np.float32)


def _heft(index: Index, place: int, held: Floats) -> Floats:
    """What a word that is held so much counts, in rare ones."""
    return np.asarray(index.rarities[place] * np.minimum(held / np.float32(_ONCE), np.float32(OFTEN)))


@dataclass(frozen=True, eq=False)
class Plan:
    """Where the words of a wish stand in an index, and which part of it each is; the pairs that they make."""

    parts: tuple[tuple[int, np.float32], ...]
    beside: tuple[int, ...] | None


def plan_of(wish: Wish, index: Index) -> Plan:
    """Where the words of a wish stand in an index; many wish for the same."""
    known = index.known.get(("plan", wish.query))
    if known is None:
        known = index.known["plan", wish.query] = _plan(wish.query, index)
    found: Plan = known
    return found


def _plan(query: tuple[tuple[str, float], ...], index: Index) -> Plan:
    words = [word for word, _ in query]
    whole = np.float32(sum(index.idf.get(word, index.rare) for word in words))
    places = [place for word in words if (place := index.place(word)) is not None]
    parts = tuple((place, np.float32(index.weights[place] / whole)) for place in places)
    if len(words) not in _PHRASE:
        return Plan(parts, None)
    beside = [index.place_of(pair) for pair in pairs([number(word) for word in words])]
    return Plan(parts, tuple(place for place in beside if place is not None))


@dataclass(frozen=True, eq=False)
class _Met:
    """A wish, what its kind counts, and which part of it each entry holds."""

    wish: Wish
    weight: float
    plan: Plan
    coverage: Floats


def _met(weight: float, wish: Wish, among: Among) -> _Met:
    plan, coverage = plan_of(wish, among.index), np.zeros(len(among), np.float32)
    for place, part in plan.parts:
        coverage[among.holding(place)[0]] += part
    if plan.beside is not None:
        apart = np.full(len(coverage), np.float32(APART))
        for place in plan.beside:
            apart[among.holding(place)[0]] = 1
        coverage *= apart
    return _Met(wish, weight, plan, coverage)


def _strength(total: Floats) -> Floats:
    return np.asarray(total / (ENOUGH + total), np.float32)
