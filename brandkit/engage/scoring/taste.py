"""What was liked and disliked before: entries that share telling words with those. Pure.

Rocchio's idea (1971): the words of liked entries pull, those of disliked ones push a quarter as hard.
Each entry of the history counts the same, whatever its length.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from brandkit.engage.model import Component, Entry, Evidence
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import Index
from brandkit.engage.scoring.terms import primary, terms

_WORDS = 60  # of the liked entries, the most telling; the rest is noise
_PUSH = 0.25
_SENT, _DISMISSED = 0.25, 0.1  # what you sent is a weak yes, what you set aside a weak no


@dataclass(frozen=True)
class Taste:
    """The component of the history."""

    name: str = "liked"
    weight: float = 0.25

    def fit(self, reader: Reader, setting: Setting, at: Collection[int] | None = None) -> Mapping[int, float]:
        """Similarity to the words of the history, below zero for what is like things set aside; nothing without it."""
        query = taste_of(reader, setting.index)
        if not query:
            return {}
        length, index, sure = _length(query, setting.index), setting.index, self.weight * _sureness(reader)
        found = index.matches(query) if at is None else {position: index.value(query, position) for position in at}
        # divided by its own length, and saturating: much in common is enough
        return {position: sure * math.tanh(value / length) for position, value in found.items() if value}

    def reach(self, reader: Reader, setting: Setting, floor: float) -> Mapping[int, float]:
        """The similarity itself."""
        query, sure = taste_of(reader, setting.index), _sureness(reader)
        if not query or floor >= sure:
            return {}
        length = _length(query, setting.index)
        found = setting.index.reaching(query, math.atanh(floor / sure) * length)
        return {position: sure * math.tanh(value / length) for position, value in found.items()}

    def explain(self, reader: Reader, setting: Setting, entry: Entry, value: float) -> Component:
        """The liked entry that has most in common with this one, named in the field."""
        said, history = ("liked", reader.liked) if reader.liked else ("sent", reader.sent)
        if value <= 0:
            said, history = ("set aside", (*reader.disliked, *reader.dismissed))
        words = set(terms(f"{entry.title} {entry.summary} {entry.text}", primary(entry.language)))
        closest = max(history, key=lambda past: _common(past, words, setting.index), default=None)
        field = f"{said}: {closest.title if closest else 'before'}"
        if value <= 0:
            return Component(self.name, value, Evidence(field))
        wanted = {word for word, weight in taste_of(reader, setting.index).items() if weight > 0}
        return Component(self.name, value, evidence(field, wanted, entry, setting.index))


def _sureness(reader: Reader) -> float:
    """How much the history can be trusted: their own reaction wholly, your choices a little."""
    if reader.liked or reader.disliked:
        return 1.0
    return _SENT if reader.sent else _DISMISSED


def _length(query: Mapping[str, float], index: Index) -> float:
    return math.sqrt(sum((weight * index.idf.get(word, 0.0)) ** 2 for word, weight in query.items()))


def taste_of(reader: Reader, index: Index) -> dict[str, float]:
    """Weighted terms of the history."""
    weights: dict[str, float] = {}
    answered = {entry.guid for entry in (*reader.liked, *reader.disliked)}
    _add(weights, reader.liked, index, 1.0)
    _add(weights, [entry for entry in reader.sent if entry.guid not in answered], index, _SENT)
    _add(weights, reader.disliked, index, -_PUSH)
    _add(weights, reader.dismissed, index, -_DISMISSED)
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
