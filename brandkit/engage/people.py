"""One contact with everything that is known of them today: what moves and gates ask. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from brandkit.base.url import canonical
from brandkit.engage.contacts import Contact
from brandkit.engage.gates import Ledger, Question, gates, is_share, ledger_of
from brandkit.engage.model import Entry, Gate, Interaction, Vault
from brandkit.engage.rhythm import Touch, touch_of
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.index import Index


@dataclass(frozen=True)
class Person:
    """A contact, what they like to read, what happened, where things stand."""

    contact: Contact
    reader: Reader
    ledger: Ledger
    touch: Touch
    history: tuple[Interaction, ...]

    def gates(self, move: str, entry: Entry | None, setting: Setting) -> tuple[Gate, ...]:
        """Ask every gate about one move."""
        feeds = dict(setting.feeds)
        return gates(
            Question(self.contact, move, entry, self.ledger, self.touch, feeds, setting.settings, setting.today)
        )


def setting_of(vault: Vault, index: Index, today: date) -> Setting:
    """What is the same for everybody."""
    positions = {id(entry): position for position, entry in enumerate(index.entries)}
    return Setting(index, {feed.id: feed for feed in vault.feeds}, vault.me.settings, today, positions)


def people_of(vault: Vault, index: Index, today: date, zone: ZoneInfo) -> tuple[Person, ...]:
    """Every contact, in the order of the vault. Each sees only the lines that name them."""
    by_contact: dict[str, list[Interaction]] = {}
    for line in vault.journal:
        for contact in line.contacts:
            by_contact.setdefault(contact, []).append(line)
    by_link: dict[str, Entry] = {}
    for entry in index.entries:
        by_link.setdefault(entry.canonical, entry)
    return tuple(_person(c, by_contact.get(c.id, []), by_link, today, zone) for c in vault.contacts)


def _person(
    contact: Contact, lines: Sequence[Interaction], by_link: Mapping[str, Entry], today: date, zone: ZoneInfo
) -> Person:
    return Person(
        contact=contact,
        reader=Reader(
            contact,
            liked=_entries((line for line in lines if line.reaction == "liked"), by_link),
            disliked=_entries((line for line in lines if line.reaction == "disliked"), by_link),
            sent=_entries(filter(is_share, lines), by_link),
        ),
        ledger=ledger_of(contact, lines, today, zone),
        touch=touch_of(contact, lines, today, zone),
        history=tuple(lines),
    )


def _entries(lines: Iterable[Interaction], by_link: Mapping[str, Entry]) -> tuple[Entry, ...]:
    """The entries that these lines are about."""
    links = (canonical(line.link) for line in lines if line.link)
    return tuple(by_link[link] for link in dict.fromkeys(links) if link in by_link)
