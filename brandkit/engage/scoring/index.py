"""An index of entries by term: who holds a word, how telling that is, how well a text fits. Pure.

BM25F (Zaragoza et al., TREC 2004): the frequency of a term is the sum over the fields title,
summary and text, each with its weight and divided by its relative length; then it saturates:

    weight(t, d) = idf(t) * tf / (K1 + tf),   idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5))

so that each term of a query adds at most its idf. The same weights, of words and of pairs of words (half as
heavy), divided by their length, are the features by which two entries are compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brandkit.engage.model import Entry
from brandkit.engage.scoring.counting import Counts, counted, counts_of, number
from brandkit.engage.scoring.numbering import order_of
from brandkit.engage.scoring.placing import Placed, placed_of

K1 = 1.5
FIELDS = {"title": (1.2, 0.75), "summary": (1.0, 0.75), "text": (1.0, 0.75)}  # weight, length normalisation
_PAIR = 0.5  # what a pair counts beside a word, as a feature
_SMALLEST = 1000  # entries below which rarity can not be told: a word counts as if there were so many

Floats = NDArray[np.float32]
Positions = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Index:
    """Entries by position; per term, in two orders, the saturated frequency in each entry that holds it."""

    entries: Sequence[Entry] = field(repr=False)
    terms: NDArray[np.uint64] = field(repr=False)  # their numbers, sorted; other arrays speak of places in this one
    weights: Floats = field(repr=False)  # the idf of each term
    rarities: Floats = field(repr=False)  # how rare each term is, from 0 to 1
    is_pair: NDArray[np.bool_] = field(repr=False)
    by_entry: Postings = field(repr=False)  # for each entry the terms that it holds
    by_term: Postings = field(repr=False)  # for each term the entries that hold it
    wider: Index | None = field(default=None, repr=False)  # one that knows how telling other words are

    @cached_property
    def _places(self) -> dict[str, int | None]:
        """What was asked for before: the same few thousand words are asked for by everybody."""
        return {}

    @cached_property
    def queries(self) -> dict[tuple[str, tuple[str, ...], bool], tuple[tuple[str, float], ...]]:
        """What the words of wishes came to, by text, languages and whether it is a need: several moves ask for it."""
        return {}

    @cached_property
    def known(self) -> dict[tuple[Any, ...], Any]:
        """What was worked out from it for somebody, and is wanted for others: by what it is, and of what."""
        return {}

    @cached_property
    def ideals(self) -> dict[tuple[tuple[str, float], ...], float]:
        """What wishes would come to at best, by their words."""
        return {}

    @cached_property
    def everything(self) -> Among:
        """All entries."""
        return Among(self)

    @cached_property
    def idf(self) -> Rarities:
        """How telling a term is, by its name."""
        return Rarities(self)

    @cached_property
    def rare(self) -> float:
        """The idf of a term that no entry holds."""
        return self.wider.rare if self.wider is not None else math.log(1 + (len(self.entries) + 0.5) / 0.5)

    def place(self, term: str) -> int | None:
        """Where a term stands in `terms`; None where no entry holds it."""
        try:
            return self._places[term]
        except KeyError:
            place = self._places[term] = self.place_of(number(term))
            return place

    def place_of(self, number: int) -> int | None:
        """The same by the number of a term, or of a pair."""
        at = int(self.terms.searchsorted(np.uint64(number)))
        return at if at < len(self.terms) and int(self.terms[at]) == number else None

    def holding(self, term: str) -> Positions:
        """The entries that hold a term, in their order."""
        place = self.place(term)
        return self.by_term.of(place)[0] if place is not None else np.empty(0, np.int32)

    def matches(self, query: Mapping[str, float], among: Among | None = None) -> Floats:
        """How well each entry holds the query's terms: the sum of weight x idf x saturated frequency."""
        among = among or self.everything
        places = [(place, weight) for term, weight in query.items() if (place := self.place(term)) is not None]
        found = np.zeros(len(among), np.float32)
        for place, weight in places:
            positions, held = among.holding(place)
            found[positions] += np.float32(weight * self.weights[place]) * held
        return found

    def ideal(self, query: Mapping[str, float]) -> float:
        """What an entry full of the query's terms would reach; words that no entry holds count as rare."""
        return math.fsum(weight * self.idf.get(term, self.rare) for term, weight in query.items())

    def rarity(self, term: str) -> float:
        """From 0 to 1 how rare a term is: its idf as a share of the highest. Among few entries, all are rather rare."""
        place = self.place(term)
        if place is None:
            return self.wider.rarity(term) if self.wider is not None else 1.0
        return float(self.rarities[place])

    @cached_property
    def lengths(self) -> Floats:
        """The length of each entry's features."""
        return np.maximum(np.sqrt(self.by_entry.sums(self._scaled(self.by_entry) ** 2)), 1e-9).astype(np.float32)

    @cached_property
    def factors(self) -> Floats:
        """What a term weighs as a feature: its idf, halved for a pair; a pair that one entry alone holds, nothing."""
        shared = np.diff(self.by_term.starts) > 1
        pairs = np.where(shared, np.float32(_PAIR), np.float32(0))
        return np.asarray(self.weights * np.where(self.is_pair, pairs, np.float32(1)), np.float32)

    def features(self, position: int) -> tuple[Positions, Floats]:
        """The features of one entry, of unit length: places of terms, and values."""
        known = self.known.get(("features", position))
        if known is None:
            places, held = self.by_entry.of(position)
            known = self.known["features", position] = places, held * self.factors[places] / self.lengths[position]
        found: tuple[Positions, Floats] = known
        return found

    def likeness(self, position: int, others: Sequence[int]) -> float:
        """The highest cosine of an entry with any of the others, from 0 to 1."""
        return max(self.likenesses(position, others), default=0.0)

    def likenesses(self, position: int, others: Sequence[int]) -> list[float]:
        """The cosine of an entry with each of the others, from 0 to 1."""
        own = np.zeros(len(self.terms) if others else 0, np.float32)
        if others:
            places, values = self.features(position)
            own[places] = values
        return [float(values @ own[places]) for places, values in map(self.features, others)]

    def along(self, places: NDArray[np.int64], values: Floats) -> Floats:
        """The product of each entry's features with a direction, given by its parts."""
        positions, held, sizes = self.by_term.rows(places)
        weights = np.repeat(values * self.factors[places], sizes) * held
        return (np.bincount(positions, weights=weights, minlength=len(self.entries)) / self.lengths).astype(np.float32)

    def _scaled(self, postings: Postings) -> Floats:
        return postings.held * self.factors[postings.places]


@dataclass(frozen=True, eq=False)
class Among:
    """Some entries of an index, by position in ascending order; without positions all of them."""

    index: Index
    positions: Positions | None = None

    def __len__(self) -> int:
        return len(self.index.entries) if self.positions is None else len(self.positions)

    @cached_property
    def _known(self) -> dict[int, tuple[Positions, Floats]]:
        return {}

    def holding(self, place: int) -> tuple[Positions, Floats]:
        """Which of these hold the term at a place, counted among these, and how much."""
        if self.positions is None:
            return self.index.by_term.of(place)
        if place not in self._known:
            positions, held = self.index.by_term.of(place)
            at = np.minimum(positions.searchsorted(self.positions), len(positions) - 1)
            found = np.flatnonzero(positions[at] == self.positions).astype(np.int32)
            self._known[place] = found, held[at[found]]
        return self._known[place]

    def look_up(self, places: Sequence[int]) -> None:
        """Find out at once what these hold of the terms at some places."""
        if self.positions is None or not places:
            return
        wanted = np.unique(np.array(places, np.int32))
        terms, held, sizes = self.index.by_entry.rows(self.positions.astype(np.int64))
        numbers = np.minimum(wanted.searchsorted(terms), len(wanted) - 1)
        found = np.flatnonzero(wanted[numbers] == terms)
        found = found[np.argsort(numbers[found], kind="stable")]
        owners = np.repeat(np.arange(len(self.positions), dtype=np.int32), sizes)[found]
        cuts = numbers[found].searchsorted(np.arange(len(wanted) + 1)).tolist()
        values = held[found]
        for place, start, stop in zip(wanted.tolist(), cuts, cuts[1:], strict=False):
            self._known[place] = owners[start:stop], values[start:stop]

    def only(self, wanted: NDArray[np.bool_]) -> Among:
        """Those of these that are wanted."""
        kept = np.flatnonzero(wanted).astype(np.int32)
        return Among(self.index, kept if self.positions is None else self.positions[kept])

    def taken(self, values: Floats) -> Floats:
        """Of values for all entries those of these."""
        return values if self.positions is None else values[self.positions]

    def number(self, position: int) -> int:
        """Which of these an entry is."""
        return position if self.positions is None else int(self.positions.searchsorted(position))


@dataclass(frozen=True, eq=False)
class Postings:
    """A sparse matrix by rows: row r holds `places[starts[r]:starts[r + 1]]`, with the values of `held` there."""

    starts: NDArray[np.int64]
    places: Positions
    held: Floats

    def of(self, row: int) -> tuple[Positions, Floats]:
        """One row."""
        part = slice(self.starts[row], self.starts[row + 1])
        return self.places[part], self.held[part]

    def rows(self, rows: NDArray[np.int64]) -> tuple[Positions, Floats, NDArray[np.int64]]:
        """Several rows, one after the other, and how long each is."""
        starts = self.starts[rows]
        sizes = self.starts[rows + 1] - starts
        offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        at = offsets + np.arange(len(offsets))
        return self.places[at], self.held[at], sizes

    def sums(self, values: Floats) -> NDArray[np.float64]:
        """The sum over each row of values that stand like `held`."""
        total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return np.asarray(total[self.starts[1:]] - total[self.starts[:-1]])


@dataclass(frozen=True, eq=False)
class Rarities(Mapping[str, float]):
    """The idf of each term that some entry holds."""

    index: Index

    def __getitem__(self, term: str) -> float:
        place = self.index.place(term)
        if place is None:
            raise KeyError(term)
        return float(self.index.weights[place])

    def get(self, term: str, default: Any = None) -> Any:
        """The same, or the default; without the price of an exception."""
        place = self.index.place(term)
        if place is None:
            return self.index.wider.idf.get(term, default) if self.index.wider is not None else default
        return float(self.index.weights[place])

    def __iter__(self) -> Iterator[str]:
        raise TypeError("terms are kept as numbers; ask for one by its name")

    def __len__(self) -> int:
        return len(self.index.terms)


def build_index(entries: Sequence[Entry], counts: Counts | None = None) -> Index:
    """Index these entries; all of them count for how rare a word is. `counts` are what `counted` says of each."""
    if counts is None:
        blobs = [counted(entry) for entry in entries]
        counts = counts_of(b"".join(blobs), [len(blob) for blob in blobs])
    return index_of(entries, placed_of(counts))


def index_of(entries: Sequence[Entry], found: Placed) -> Index:
    """The same of entries whose terms have their places already."""
    owners, held, count = found.owners, _saturated(found), len(entries)
    by_entry = Postings(_starts(found.sizes), found.places, held)
    order, holding = order_of(found.places), np.bincount(found.places, minlength=len(found.terms))
    by_term = Postings(_starts(holding), owners[order], held[order])
    weights, rarities = _idf(count, holding), _idf(max(count, _SMALLEST), holding)
    rarities /= math.log(1 + (max(count, _SMALLEST) + 0.5) / 0.5)
    return Index(entries, found.terms, weights, rarities, found.is_pair, by_entry, by_term)


def with_weights_of(index: Index, other: Index) -> Index:
    """The same index in which a word is as telling as in the other one, where that knows it."""
    if not len(other.terms):
        return index
    at = np.minimum(np.searchsorted(other.terms, index.terms), len(other.terms) - 1)
    known = other.terms[at] == index.terms
    weights = np.where(known, other.weights[at], index.weights).astype(np.float32)
    rarities = np.where(known, other.rarities[at], index.rarities).astype(np.float32)
    return replace(index, weights=weights, rarities=rarities, wider=other)


def _idf(count: int, holding: NDArray[np.int64]) -> Floats:
    return np.asarray(np.log(1 + (count - holding + 0.5) / (holding + 0.5)), np.float32)


def _saturated(found: Placed) -> Floats:
    """How much each entry holds each of its terms: more for one that stands there more often, to an end."""
    words, owners = ~found.is_pair[found.places], found.owners
    frequency = np.zeros(len(owners), np.float32)
    for often, (weight, slope) in zip(found.often, FIELDS.values(), strict=True):
        if not often.any():  # few feeds say anything in a summary that does not stand in the text
            continue
        lengths = np.bincount(owners, weights=often * words, minlength=len(found.sizes))
        average = lengths[lengths > 0].mean() if lengths.any() else 0.0  # a feed without titles makes none longer
        norms = 1 - slope + slope * lengths / average if average else np.ones(len(lengths))
        held = weight * often.astype(np.float32)
        frequency += held / np.where(words, norms.astype(np.float32)[owners], np.float32(1))
    return frequency / (np.float32(K1) + frequency)


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
