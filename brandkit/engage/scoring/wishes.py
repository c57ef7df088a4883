"""The two components that look for words: what a person needs, and what interests them.

Each wish (a need, an interest) is a query of its own. Its fit is the share of its telling words
that an entry holds, between 0 and 1; wishes of one person add up with diminishing weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from brandkit.engage.contacts import Need
from brandkit.engage.model import Component, Entry
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import Index
from brandkit.engage.scoring.terms import primary, terms

_FADE = 0.5  # a second wish that fits adds half of its share, a third a quarter


@dataclass(frozen=True)
class Wish:
    """A field of the contact and the words that stand there."""

    field: str
    query: tuple[tuple[str, float], ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Wishes:
    """A component over one kind of wishes."""

    name: str
    weight: float

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """What the person wishes for; each kind reads its own field."""
        raise NotImplementedError

    def fit(self, reader: Reader, setting: Setting) -> Mapping[int, float]:
        """For each entry the best wish whole, the others fading."""
        shares: dict[int, list[float]] = {}
        for wish in self.wishes(reader, setting):
            for position, share in _shares(wish, setting.index).items():
                shares.setdefault(position, []).append(share * wish.weight)
        return {position: self.weight * _together(found) for position, found in shares.items()}

    def explain(self, reader: Reader, setting: Setting, entry: Entry, value: float) -> Component:
        """The wish that fits best, with a sentence of the entry that holds its words."""
        position = setting.positions[id(entry)]
        fits = [
            (_shares(w, setting.index, position).get(position, 0.0) * w.weight, w) for w in self.wishes(reader, setting)
        ]
        best = max(fits, key=lambda pair: pair[0], default=None)
        if best is None or best[0] == 0:
            return Component(self.name, 0.0)
        wanted = {word for word, _ in best[1].query}
        return Component(self.name, value, evidence(best[1].field, wanted, entry, setting.index))


class NeedWishes(Wishes):
    """What they look for; an old need weighs nothing."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """A need that still counts is a wish."""
        oldest = setting.today - timedelta(days=setting.settings.need_days)
        for number, need in enumerate(reader.contact.needs):
            if need.since is None or need.since >= oldest:
                yield Wish(f"needs[{number}]", _query(need.text, reader, setting.index))


class InterestWishes(Wishes):
    """What they like to read about."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """Each interest is a wish."""
        for number, interest in enumerate(reader.contact.interests):
            yield Wish(f"interests[{number}]", _query(interest, reader, setting.index))


def faded(need: Need, setting: Setting) -> bool:
    """Whether a need is so old that it should be renewed."""
    return need.since is not None and need.since < setting.today - timedelta(days=setting.settings.need_days)


def _query(text: str, reader: Reader, index: Index) -> tuple[tuple[str, float], ...]:
    """The words of a wish as terms, in whichever of the person's languages the entries hold them."""
    languages = [primary(language) for language in reader.contact.languages] or ["en"]
    by_language = [terms(text, language) for language in languages]
    best = max(by_language, key=lambda found: sum(1 for word in found if word in index.idf))
    return tuple(dict.fromkeys((word, 1.0) for word in best))


def _shares(wish: Wish, index: Index, only: int | None = None) -> dict[int, float]:
    query = dict(wish.query)
    ideal = index.ideal(query)
    if not ideal:
        return {}
    if only is not None:
        held = {word: {only: index.postings[word][only]} for word in query if only in index.postings.get(word, {})}
        return {only: sum(index.idf[word] * found[only] for word, found in held.items()) / ideal} if held else {}
    return {position: value / ideal for position, value in index.matches(query).items()}


def _together(shares: list[float]) -> float:
    total = sum(share * _FADE**rank for rank, share in enumerate(sorted(shares, reverse=True)))
    return min(1.0, total)
