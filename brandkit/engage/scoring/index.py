"""An index of entries by term: who holds a word, how telling that is, how well a text fits. Pure.

BM25F (Zaragoza et al., TREC 2004): the frequency of a term is the sum over the fields title,
summary and text, each with its weight and divided by its relative length; then it saturates:

    weight(t, d) = idf(t) * tf / (K1 + tf),   idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5))

so that each term of a query adds at most its idf.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from brandkit.engage.model import Entry
from brandkit.engage.scoring.terms import primary, terms

K1 = 1.5
FIELDS = {"title": (1.2, 0.75), "summary": (1.0, 0.75), "text": (1.0, 0.75)}  # weight, length normalisation
_LEAST_TEXT = 400  # characters of an entry's text beyond which its summary is only a repetition


@dataclass(frozen=True, eq=False)
class Index:
    """Entries by position, and for each term the saturated frequency in each entry that holds it."""

    entries: Sequence[Entry]
    postings: Mapping[str, Mapping[int, float]] = field(repr=False)
    idf: Mapping[str, float] = field(repr=False)
    most: Mapping[str, float] = field(repr=False)  # the highest frequency of each term

    def reaching(self, query: Mapping[str, float], floor: float) -> dict[int, float]:
        """The entries that match at least so well, and how well: the same values as `matches`.

        Only the postings of terms without which the floor can not be reached are walked through (MaxScore,
        Turtle & Flood 1995), so that a common word costs nothing.
        """
        factors = {word: weight * self.idf.get(word, 0.0) for word, weight in query.items()}
        bounds = {word: factor * self.most.get(word, 0.0) for word, factor in factors.items()}
        rest = sum(bound for bound in bounds.values() if bound > 0)
        found: dict[int, float] = {}
        for word in sorted(factors, key=lambda word: (-bounds[word], word)):
            factor, held = factors[word], self.postings.get(word, {})
            if rest >= floor and bounds[word] > 0:
                for position, frequency in held.items():
                    found[position] = found.get(position, 0.0) + factor * frequency
            else:  # what was not found so far can not reach the floor any more
                found = {at: value for at, value in found.items() if value + rest >= floor}
                for position in found.keys() & held.keys():
                    found[position] += factor * held[position]
            rest -= max(bounds[word], 0.0)
        return {position: value for position, value in found.items() if value >= floor}

    def value(self, query: Mapping[str, float], position: int) -> float:
        """How well one entry holds the query's terms."""
        idf, postings = self.idf, self.postings
        return sum(
            weight * idf[word] * held
            for word, weight in query.items()
            if (held := postings.get(word, {}).get(position)) is not None
        )

    def matches(self, query: Mapping[str, float]) -> dict[int, float]:
        """How well each entry holds the query's terms: the sum of weight x idf x saturated frequency."""
        found: dict[int, float] = {}
        for word, weight in query.items():
            factor = weight * self.idf.get(word, 0.0)
            for position, frequency in self.postings.get(word, {}).items():
                found[position] = found.get(position, 0.0) + factor * frequency
        return found

    def ideal(self, query: Mapping[str, float]) -> float:
        """What an entry full of the query's terms would reach; words that no entry holds count as rare."""
        rare = math.log(1 + (len(self.entries) + 0.5) / 0.5)
        return sum(weight * self.idf.get(word, rare) for word, weight in query.items())


def build_index(entries: Sequence[Entry]) -> Index:
    """Index these entries; all of them count for how rare a word is."""
    bags = [_bags(entry) for entry in entries]
    average = {name: _mean(sum(bag[name].values()) for bag in bags) for name in FIELDS}
    postings: dict[str, dict[int, float]] = {}
    for position, bag in enumerate(bags):
        for word, frequency in _frequencies(bag, average).items():
            postings.setdefault(word, {})[position] = frequency / (K1 + frequency)
    count = len(entries)
    idf = {word: math.log(1 + (count - len(held) + 0.5) / (len(held) + 0.5)) for word, held in postings.items()}
    most = {word: max(held.values()) for word, held in postings.items()}
    return Index(entries, postings, idf, most)


def _bags(entry: Entry) -> dict[str, Counter[str]]:
    language = primary(entry.language)
    texts = {"title": entry.title, "summary": entry.summary, "text": entry.text}
    if entry.summary and (entry.summary == entry.text or len(entry.text) > _LEAST_TEXT):
        texts["summary"] = ""
    return {name: Counter(terms(text, language)) for name, text in texts.items()}


def _frequencies(bags: Mapping[str, Counter[str]], average: Mapping[str, float]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, (weight, slope) in FIELDS.items():
        length = sum(bags[name].values())
        norm = 1 - slope + slope * length / average[name] if average[name] else 1.0
        for word, count in bags[name].items():
            found[word] += weight * count / norm  # type: ignore[assignment]
    return found


def _mean(values: Iterable[int]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
