"""One contact with everything that is known of them today: what moves and gates ask. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from brandkit.base.url import canonical
from brandkit.engage.contacts import Contact
from brandkit.engage.ledger import Ledger, is_share, ledger_of
from brandkit.engage.life_events import LifeEvent, life_event_in
from brandkit.engage.model import Entry, Interaction, Vault
from brandkit.engage.rhythm import Touch, day_of, touch_of
from brandkit.engage.scoring.component import Reader

NEWS_DAYS = 14  # how long what somebody published is news


@dataclass(frozen=True)
class News:
    """Something that a person wrote that tells of a turn in their life. A guess, to be confirmed."""

    entry: Entry
    event: LifeEvent


@dataclass(frozen=True)
class Person:
    """A contact, what they like to read, what happened, where things stand, what they publish."""

    contact: Contact
    reader: Reader
    ledger: Ledger
    touch: Touch
    history: tuple[Interaction, ...] = ()
    received: Mapping[str, date] = field(default_factory=dict)  # the last day of each kind of thing they gave
    published: tuple[Entry, ...] = ()  # by them, in the last days, newest first
    news: tuple[News, ...] = ()

    @property
    def is_unsorted(self) -> bool:
        """Whether they came in with an import and nothing was said or chosen about them since."""
        kinds = {line.type for line in self.history}
        return "imported" in kinds and kinds <= {"imported"} and self.contact.every is None

    def held(self, today: date) -> bool:
        """Whether nothing but standing by is right: a hard time is written down, or they seem to tell of one."""
        hardship = self.ledger.hardship
        return (hardship is not None and hardship.lasts(today)) or self.grave_news is not None

    @property
    def grave_news(self) -> News | None:
        """What they seem to have written of a loss, unless you said that it is none."""
        grave = (news for news in self.news if news.event.is_hard)
        return next((news for news in grave if news.entry.canonical not in self.ledger.dismissed), None)


def people_of(
    vault: Vault, entries: Sequence[Entry], today: date, zone: ZoneInfo, published: Mapping[str, Sequence[Entry]]
) -> tuple[Person, ...]:
    """Every contact, in the order of the vault. Each sees only the lines that name them.

    `entries` are those of the followed feeds; `published` what each contact wrote, by id.
    """
    by_contact: dict[str, list[Interaction]] = {}
    for line in vault.journal:
        for contact in dict.fromkeys(line.contacts):
            by_contact.setdefault(contact, []).append(line)
    by_link: dict[str, Entry] = {}
    for entry in entries:
        by_link.setdefault(entry.canonical, entry)
    gathering = _Gathering(vault, by_link, today, zone)
    return tuple(
        gathering.person(contact, by_contact.get(contact.id, []), published.get(contact.id, ()))
        for contact in vault.contacts
    )


@dataclass(frozen=True)
class _Gathering:
    vault: Vault
    by_link: Mapping[str, Entry]
    today: date
    zone: ZoneInfo

    def person(self, contact: Contact, lines: Sequence[Interaction], published: Sequence[Entry]) -> Person:
        past = [line for line in lines if self._day(line) <= self.today]
        received = [line for line in past if line.direction == "received"]
        given = [line for line in past if line.direction not in ("received", "asked")]
        recent = self._recent(published)
        return Person(
            contact=contact,
            reader=Reader(
                contact,
                liked=self._entries(line for line in given if line.reaction == "liked"),
                disliked=self._entries(line for line in given if line.reaction == "disliked"),
                sent=self._entries(filter(is_share, given)),
                dismissed=self._entries(line for line in given if line.type == "dismissed"),
            ),
            ledger=ledger_of(contact, lines, self.today, self.zone, self.vault.me.settings),
            touch=touch_of(contact, lines, self.today, self.zone),
            history=tuple(lines),
            received={line.type: self._day(line) for line in received},
            published=recent,
            news=tuple(self._news(recent)),
        )

    def _day(self, line: Interaction) -> date:
        return day_of(line.at, self.zone)

    def _recent(self, published: Sequence[Entry]) -> tuple[Entry, ...]:
        since = self.today - timedelta(days=NEWS_DAYS)
        days = ((entry, day_of(entry.published, self.zone)) for entry in published)
        recent = [entry for entry, day in days if since <= day <= self.today]
        return tuple(sorted(recent, key=lambda e: (e.published, e.canonical), reverse=True))

    def _news(self, recent: Iterable[Entry]) -> Iterable[News]:
        for entry in recent:
            event = life_event_in(entry.title, entry.text or entry.summary, entry.language)
            if event is not None:
                yield News(entry, event)

    def _entries(self, lines: Iterable[Interaction]) -> tuple[Entry, ...]:
        """The entries that these lines are about."""
        links = (canonical(line.link) for line in lines if line.link)
        return tuple(self.by_link[link] for link in dict.fromkeys(links) if link in self.by_link)
