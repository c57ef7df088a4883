"""What a component of a score is: a name, a weight, a value with evidence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from brandkit.engage.config import Feed, Settings
from brandkit.engage.contacts import Contact, Need
from brandkit.engage.model import Component, Entry, Evidence
from brandkit.engage.rhythm import day_of
from brandkit.engage.scoring.background import Background, background_of
from brandkit.engage.scoring.index import Among, Floats, Index
from brandkit.engage.scoring.rhythms import half_lives
from brandkit.engage.scoring.terms import primary
from brandkit.engage.scoring.vectors import Vectors

_UTC = ZoneInfo("UTC")
_LANGUAGES = 4  # that the words of somebody are looked for in, who did not say what they read


@dataclass(frozen=True, eq=False)
class Reader:
    """A contact as the scores see one: what they like to read, and what they were sent before."""

    contact: Contact
    liked: tuple[Entry, ...] = ()
    disliked: tuple[Entry, ...] = ()
    sent: tuple[Entry, ...] = ()
    dismissed: tuple[Entry, ...] = ()


@dataclass(frozen=True, eq=False)
class Setting:
    """What is the same for all contacts of one run."""

    index: Index
    feeds: Mapping[str, Feed]
    settings: Settings
    today: date
    zone: ZoneInfo = _UTC
    vectors: Vectors | None = field(default=None, repr=False)

    def is_current(self, need: Need) -> bool:
        """Whether a need is young enough to count; one without a day always is."""
        return need.since is None or need.since >= self.today - timedelta(days=self.settings.need_days)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each entry stands in the index, by canonical link."""
        return {entry.canonical: position for position, entry in reversed(list(enumerate(self.index.entries)))}

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """The day on which each entry came out, where you live, as an ordinal."""
        days = (day_of(entry.published, self.zone).toordinal() for entry in self.index.entries)
        return np.fromiter(days, np.int32, len(self.index.entries))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """What the entries are written in, the most common first: what somebody may read who did not say."""
        counts = Counter(primary(entry.language) for entry in self.index.entries)
        return tuple(language for language, _ in counts.most_common(_LANGUAGES))

    @cached_property
    def by_link(self) -> NDArray[np.int32]:
        """The positions in the order of canonical links: where two entries are worth the same, this decides."""
        entries = self.index.entries
        ordered = sorted(range(len(entries)), key=lambda at: (entries[at].canonical, entries[at].guid))
        return np.array(ordered, np.int32)

    @cached_property
    def link_order(self) -> NDArray[np.int32]:
        """Where each entry stands in that order."""
        order = np.empty(len(self.by_link), np.int32)
        order[self.by_link] = np.arange(len(order), dtype=np.int32)
        return order

    @cached_property
    def background(self) -> Background:
        """What entries usually say."""
        return background_of(self.index, self.vectors.entries if self.vectors else None)

    @cached_property
    def half_lives(self) -> Mapping[str, float]:
        """For each feed the days after which what it says is half as fresh."""
        return half_lives(self.index.entries)


class Fitting(ABC):
    """One component for one person: the value of every entry, and the evidence of any."""

    values: Floats  # of each entry that was asked for, in the order of the index

    @abstractmethod
    def evidence(self, position: int) -> Evidence | None:
        """What the value of one entry rests on."""


class FitScorer(Protocol):
    """A component that says how well entries fit a person; asked once for all entries."""

    @property
    def name(self) -> str:
        """The word under which it is shown."""

    def prepare(self, reader: Reader, setting: Setting, among: Among | None = None) -> Fitting | None:
        """The component for one person; None where nothing is known that it could rest on."""


class Scorer(Protocol):
    """A component that does not depend on fit: asked for the few entries that fit."""

    @property
    def name(self) -> str:
        """The word under which it is shown."""

    def score(self, reader: Reader, setting: Setting, position: int, chosen: Sequence[int]) -> Component:
        """The component of one entry; `chosen` are the positions of those that stand before it."""
