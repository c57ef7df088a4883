"""What was liked and disliked before: entries that share telling words with those. Pure.

Rocchio's idea (1971): the words of liked entries pull, those of disliked ones push a quarter as hard.
Each entry of the history counts the same, whatever its length.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brandkit.engage.model import Component, Entry
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import Index
from brandkit.engage.scoring.terms import primary, terms

_WORDS = 60  # of the liked entries, the most telling; the rest is noise
_PUSH = 0.25


@dataclass(frozen=True)
class Taste:
    """The component of the history."""

    name: str = "liked"
    weight: float = 0.25

    def fit(self, reader: Reader, setting: Setting) -> Mapping[int, float]:
        """Similarity to the words of the history; nothing without history."""
        query = taste_of(reader, setting.index)
        if not query:
            return {}
        length = math.sqrt(sum((weight * setting.index.idf.get(word, 0.0)) ** 2 for word, weight in query.items()))
        found = setting.index.matches(query)
        # divided by its own length, and saturating: much in common is enough
        return {position: self.weight * math.tanh(value / length) for position, value in found.items() if value > 0}

    def strength(self, reader: Reader, setting: Setting, position: int) -> float:
        """The similarity itself."""
        return self.fit(reader, setting).get(position, 0.0) / self.weight

    def explain(self, reader: Reader, setting: Setting, entry: Entry, value: float) -> Component:
        """The liked entry that has most in common with this one, named in the field."""
        if value <= 0:
            return Component(self.name, 0.0)
        words = set(terms(f"{entry.title} {entry.summary} {entry.text}", primary(entry.language)))
        closest = max(reader.liked, key=lambda liked: _common(liked, words, setting.index), default=None)
        query = taste_of(reader, setting.index)
        wanted = {word for word, weight in query.items() if weight > 0}
        title = closest.title if closest else "what was liked before"
        return Component(self.name, value, evidence(f"liked: {title}", wanted, entry, setting.index))


def taste_of(reader: Reader, index: Index) -> dict[str, float]:
    """Weighted terms of the history."""
    weights: dict[str, float] = {}
    _add(weights, reader.liked, index, 1.0)
    _add(weights, reader.disliked, index, -_PUSH)
    telling = sorted(weights, key=lambda word: (-abs(weights[word]) * index.idf.get(word, 0.0), word))
    return {word: weights[word] for word in telling[:_WORDS] if word in index.idf}


def _add(weights: dict[str, float], entries: Sequence[Entry], index: Index, sign: float) -> None:
    for entry in entries:
        words = set(terms(f"{entry.title} {entry.summary} {entry.text}", primary(entry.language)))
        length = math.sqrt(sum(index.idf.get(word, 0.0) ** 2 for word in words)) or 1.0
        for word in sorted(words):
            weights[word] = weights.get(word, 0.0) + sign * index.idf.get(word, 0.0) / length / len(entries)


def _common(liked: Entry, words: set[str], index: Index) -> float:
    held = words.intersection(terms(f"{liked.title} {liked.summary} {liked.text}", primary(liked.language)))
    return sum(index.idf.get(word, 0.0) for word in sorted(held))
