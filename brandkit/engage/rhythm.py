"""Rhythm: when one last was in touch, and when it is time again. Pure arithmetic on days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from brandkit.engage.contacts import Contact
from brandkit.engage.model import Interaction

# Lines about a person that are no contact with the person.
SILENT = frozenset(
    {"imported", "sorted", "star", "done", "dismissed", "snoozed", "edited", "override", "life-event", "promise-kept"}
)
_SENT = frozenset({"message", "share", "update", "respond", "thank", "congratulate", "stand-by", "ask", "offer"})


@dataclass(frozen=True)
class Touch:
    """Where things stand with one person."""

    last: date | None
    clock: date | None  # what the rhythm counts from: the last touch, the import, or the day you met
    due: date | None
    days: int | None
    unanswered: int
    never: bool
    unreturned: int = 0  # the same, blind to what was asked for or received: gifts do not wait for a return

    def lateness(self, contact: Contact, today: date) -> float:
        """How many rhythms have passed since the clock started: 1.0 is due today, 1.5 comes first."""
        if contact.every is None or self.clock is None:
            return 0.0
        return (today - self.clock).days / contact.every.days


def touch_of(contact: Contact, journal: Sequence[Interaction], today: date, zone: ZoneInfo) -> Touch:
    """Where things stand on `today`, from the lines that name the contact. Lines to come do not count."""
    own = [line for line in journal if contact.id in line.contacts and day_of(line.at, zone) <= today]
    touches = [line for line in own if line.type not in SILENT]
    last = day_of(touches[-1].at, zone) if touches else None
    imported = next((day_of(line.at, zone) for line in reversed(own) if line.type == "imported"), None)
    met = contact.met.on if contact.met and contact.met.on and contact.met.on <= today else None
    clock = last or imported or met
    due = contact.every.after(clock) if contact.every and clock else None
    days = (today - clock).days if clock else None
    given = [line for line in touches if line.type == "replied" or line.direction not in ("received", "asked")]
    return Touch(last, clock, due, days, _unanswered(touches), last is None, _unanswered(given))


def _unanswered(touches: Sequence[Interaction]) -> int:
    """How many messages of ours stand at the end without an answer."""
    count = 0
    for line in reversed(touches):
        if line.type not in _SENT or line.direction not in ("gave", "asked") or line.reaction:
            break
        count += 1
    return count


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day of a moment where you live."""
    return moment.astimezone(zone).date()


_LENGTHS = (
    *((10, "about weekly"), (18, "about every two weeks"), (25, "about every three weeks"), (45, "about monthly")),
    *((75, "about every two months"), (120, "about every three months"), (250, "about twice a year")),
)


def in_words(days: float) -> str:
    """A length of time as people say it: `about monthly`."""
    return next((words for limit, words in _LENGTHS if days <= limit), "about once a year")


def spoken(day: date, today: date) -> str:
    """A day as people say it: `today`, `tomorrow`, `Tuesday 10 March`, `10 March 2025`."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    if near:
        return near
    if abs((day - today).days) < 120:
        return f"{day:%A} {day.day} {day:%B}"
    return f"{day.day} {day:%B} {day.year}"
