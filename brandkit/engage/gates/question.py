"""The question that every gate is asked: may this person be offered this move, about this, today?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brandkit.engage.config import Community, Settings
from brandkit.engage.contacts import Contact
from brandkit.engage.ledger import Ledger
from brandkit.engage.model import Entry, Item
from brandkit.engage.people import Person
from brandkit.engage.world import World


@dataclass(frozen=True)
class Question:
    """Without a person it is about yourself. `entry` is what would be sent; `item` what it is about."""

    move: str
    world: World
    person: Person | None = None
    item: Item | None = None
    entry: Entry | None = None
    community: Community | None = None
    other: Person | None = None  # whom the person would be introduced to
    reveals: bool = False  # whether the words say who the other one is

    @property
    def contact(self) -> Contact | None:
        """The person as you wrote them down."""
        return self.person.contact if self.person else None

    @property
    def ledger(self) -> Ledger:
        """What happened: with the person, or with nobody but you."""
        return self.person.ledger if self.person else self.world.ledger

    @property
    def settings(self) -> Settings:
        """The thresholds."""
        return self.world.setting.settings

    @property
    def today(self) -> date:
        """The day."""
        return self.world.setting.today
