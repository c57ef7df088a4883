"""Components that do not depend on fit: how fresh an entry is, how new to this person, whether it repeats. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brandkit.engage.model import Component, Evidence
from brandkit.engage.rhythm import day_of
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.rhythms import USUAL

_ALIKE = 0.1  # cosine from which somebody would say that two entries are alike


@dataclass(frozen=True)
class Freshness:
    """Halves with the rhythm of the feed: what a daily paper says grows old sooner than what a quarterly says."""

    name: str
    weight: float

    def score(self, reader: Reader, setting: Setting, position: int, chosen: Sequence[int]) -> Component:
        """Full for an entry of today."""
        entry = setting.index.entries[position]
        age = max(0, (setting.today - day_of(entry.published, setting.zone)).days)
        half_life = setting.half_lives.get(entry.feed, USUAL)
        return Component(self.name, self.weight * 0.5 ** (age / half_life), Evidence("published"))


@dataclass(frozen=True)
class Trust:
    """The weight that the feed was given in feeds.yaml; 1 is usual and adds nothing."""

    name: str
    weight: float

    def score(self, reader: Reader, setting: Setting, position: int, chosen: Sequence[int]) -> Component:
        """Between minus and plus its weight."""
        feed = setting.feeds.get(setting.index.entries[position].feed)
        lean = max(-1.0, min(1.0, (feed.weight if feed else 1.0) - 1.0))
        return Component(self.name, self.weight * lean, Evidence("feeds.weight") if lean else None)


@dataclass(frozen=True)
class Novelty:
    """Unlike what this person was sent before."""

    name: str
    weight: float

    def score(self, reader: Reader, setting: Setting, position: int, chosen: Sequence[int]) -> Component:
        """Full where nothing that was sent is like it."""
        sent = [setting.positions[e.canonical] for e in reader.sent if e.canonical in setting.positions]
        return Component(self.name, self.weight * (1 - setting.index.likeness(position, sent)))


@dataclass(frozen=True)
class Aside:
    """Like something that you set aside for this person: it comes later, and says why."""

    name: str
    weight: float

    def score(self, reader: Reader, setting: Setting, position: int, chosen: Sequence[int]) -> Component:
        """Minus the likeness to the nearest of them; what shares only a word or two is left alone."""
        places = {setting.positions[e.canonical]: e for e in reader.dismissed if e.canonical in setting.positions}
        likenesses = zip(setting.index.likenesses(position, list(places)), places, strict=True)
        likeness, nearest = max(likenesses, default=(0.0, -1))
        if likeness < _ALIKE:
            return Component(self.name, 0.0)
        return Component(self.name, -self.weight * likeness, Evidence(f"set aside: {places[nearest].title}"))


@dataclass(frozen=True)
class Redundancy:
    """Like something that already stands above it in the list."""

    name: str
    weight: float

    def score(self, reader: Reader, setting: Setting, position: int, chosen: Sequence[int]) -> Component:
        """Never above zero."""
        likeness = setting.index.likeness(position, chosen)
        return Component(self.name, -self.weight * likeness if likeness else 0.0)
