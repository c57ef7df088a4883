"""Components that do not depend on fit: how fresh an entry is, how new to this person, whether it repeats. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brandkit.engage.model import Component, Entry, Evidence
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.terms import primary, terms


@dataclass(frozen=True)
class Freshness:
    """Halves every `half_life` days."""

    name: str = "freshness"
    weight: float = 0.08
    half_life: float = 21.0

    def score(self, reader: Reader, setting: Setting, entry: Entry, chosen: Sequence[Entry]) -> Component:
        """Full for an entry of today."""
        age = max(0, (setting.today - entry.published.date()).days)
        return Component(self.name, self.weight * 0.5 ** (age / self.half_life), Evidence("published"))


@dataclass(frozen=True)
class Trust:
    """The weight that the feed was given in feeds.yaml; 1 is usual and adds nothing."""

    name: str = "trust"
    weight: float = 0.05

    def score(self, reader: Reader, setting: Setting, entry: Entry, chosen: Sequence[Entry]) -> Component:
        """Between minus and plus its weight."""
        feed = setting.feeds.get(entry.feed)
        lean = max(-1.0, min(1.0, (feed.weight if feed else 1.0) - 1.0))
        return Component(self.name, self.weight * lean, Evidence("feeds.weight") if lean else None)


@dataclass(frozen=True)
class Novelty:
    """Unlike what this person was sent before."""

    name: str = "novelty"
    weight: float = 0.07

    def score(self, reader: Reader, setting: Setting, entry: Entry, chosen: Sequence[Entry]) -> Component:
        """Full where nothing that was sent is like it."""
        return Component(self.name, self.weight * (1 - _likeness(entry, reader.sent)))


@dataclass(frozen=True)
class Redundancy:
    """Like something that already stands above it in the list."""

    name: str = "redundancy"
    weight: float = 0.10

    def score(self, reader: Reader, setting: Setting, entry: Entry, chosen: Sequence[Entry]) -> Component:
        """Never above zero."""
        likeness = _likeness(entry, chosen)
        return Component(self.name, -self.weight * likeness if likeness else 0.0)


def _likeness(entry: Entry, others: Sequence[Entry]) -> float:
    """The highest share of common terms (Jaccard) with any of the others."""
    own = vocabulary(entry)
    return max((len(own & other) / len(own | other) for other in map(vocabulary, others) if own | other), default=0.0)


def vocabulary(entry: Entry) -> frozenset[str]:
    """The terms of an entry."""
    return frozenset(terms(f"{entry.title} {entry.text or entry.summary}", primary(entry.language)))
