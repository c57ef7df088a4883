"""What a component of a score is: a name, a weight, a value with evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from brandkit.engage.config import Feed, Settings
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Component, Entry
from brandkit.engage.scoring.index import Index

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Reader:
    """A contact as the scores see one: what they like to read, and what they were sent before."""

    contact: Contact
    liked: tuple[Entry, ...] = ()
    disliked: tuple[Entry, ...] = ()
    sent: tuple[Entry, ...] = ()
    dismissed: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What is the same for all contacts of one run."""

    index: Index
    feeds: Mapping[str, Feed]
    settings: Settings
    today: date
    positions: Mapping[int, int] = field(default_factory=dict)
    zone: ZoneInfo = _UTC


class FitScorer(Protocol):
    """A component that says how well entries fit a person; asked once for all entries."""

    @property
    def name(self) -> str:
        """The word under which it is shown."""

    def fit(self, reader: Reader, setting: Setting, at: Collection[int] | None = None) -> Mapping[int, float]:
        """The value of each entry that has one, by position in the index; of those `at` some positions alone."""

    def reach(self, reader: Reader, setting: Setting, floor: float) -> Mapping[int, float]:
        """The entries that meet some one thing at least so well, from 0 to 1: what silence is decided by."""

    def explain(self, reader: Reader, setting: Setting, entry: Entry, value: float) -> Component:
        """The same value as a component, with its evidence."""


class Scorer(Protocol):
    """A component that does not depend on fit: asked for the few entries that fit."""

    @property
    def name(self) -> str:
        """The word under which it is shown."""

    def score(self, reader: Reader, setting: Setting, entry: Entry, chosen: Sequence[Entry]) -> Component:
        """The component of one entry; `chosen` are those that stand before it."""
