"""What the journal says about one contact, in the forms that moves and gates ask for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from brandkit.base.url import canonical
from brandkit.engage.config import Settings
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Interaction, Item
from brandkit.engage.rhythm import day_of

HARD_TIMES = frozenset({"bereavement", "illness", "job-loss", "hard-time"})
_ABOUT_THEIRS = frozenset({"respond", "congratulate", "stand-by", "thank"})
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_UNSAID = frozenset({"dismissed", "snoozed", "star", "done", "override", "edited", "sorted"})


@dataclass(frozen=True)
class Hardship:
    """A hard time: since when, as far as that is known, and until when nothing but kindness is offered."""

    reason: str
    began: date | None
    until: date | None

    def lasts(self, today: date) -> bool:
        """Whether it still holds everything else back. Without an end it lasts until somebody writes one."""
        return self.until is None or today <= self.until


@dataclass(frozen=True)
class Ledger:
    """The lines about one contact, or about nobody but you, gathered."""

    shared: frozenset[str] = frozenset()
    last: Mapping[str, date] = field(default_factory=dict)  # of each kind of giving or asking, by type or move
    dismissed: Mapping[str, date] = field(default_factory=dict)
    snoozed: Mapping[str, date] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    hardship: Hardship | None = None


def ledger_of(
    contact: Contact | None, lines: Sequence[Interaction], today: date, zone: ZoneInfo, settings: Settings
) -> Ledger:
    """Gather lines, oldest first, that are all about this contact, or about nobody. Lines to come do not count."""
    own = [(line, day) for line in lines if (day := day_of(line.at, zone)) <= today]
    last: dict[str, date] = {}
    for line, day in own:
        last.update(dict.fromkeys(_named(line), day))
    return Ledger(
        shared=frozenset(link for line, _ in own for link in _links(line)),
        last=last,
        dismissed={key_of_line(line): day for line, day in own if line.type == "dismissed"},
        snoozed={key_of_line(line): line.until for line, _ in own if line.type == "snoozed" and line.until},
        done=frozenset(key_of_line(line) for line, _ in own if line.move and line.type not in _ANSWERS),
        hardship=_hardship(contact, own, settings, today) if contact else None,
    )


_ANSWERS = frozenset({"dismissed", "snoozed", "override", "edited"})


def _named(line: Interaction) -> list[str]:
    """The names under which the last day of a line is remembered."""
    if line.direction == "received":
        return []
    found = ["ask" if line.direction == "asked" else line.type]
    if is_share(line) and line.type != "update":
        found.append("shared")
    if line.move and line.type not in _ANSWERS:
        found.append(line.move)
    return found


def _links(line: Interaction) -> Iterator[str]:
    """Every link that a line tells of: its own, and those in its words."""
    if knows_link(line):
        yield canonical(line.link)
    if "://" in line.summary and line.type not in _UNSAID:
        yield from (canonical(link.rstrip(".,;:!?)")) for link in _ADDRESS.findall(line.summary))


def is_share(line: Interaction) -> bool:
    """Whether a link was sent to the person; what you wrote about what they published is none."""
    if not knows_link(line) or line.type in _ABOUT_THEIRS or line.direction in ("received", "asked"):
        return False
    return line.type in ("share", "update") or line.direction == "gave"


def knows_link(line: Interaction) -> bool:
    """Whether the person knows a link already: it was sent to them, came from them, or was talked about."""
    return bool(line.link) and line.type not in _UNSAID


def key_of_line(line: Interaction) -> str:
    """What an answer was about: the link where there was one, else the move and its item, else the move."""
    if line.link:
        return canonical(line.link)
    return f"{line.move} {line.item}".strip()


def key_of(move: str, item: Item | None) -> str:
    """The same for a suggestion."""
    if item is None:
        return move
    return item.key if item.url else f"{move} {item.key}"


def _hardship(
    contact: Contact, own: Sequence[tuple[Interaction, date]], settings: Settings, today: date
) -> Hardship | None:
    """The hard time that lasts longest: a hold that is written down, or one that began with a life event.

    A written end also ends what began before it for the same reason, or for none that is known better.
    """
    found = [_begun(line, day, settings) for line, day in own if _tells_of_hardship(line)]
    hold = contact.hold
    if hold is not None:
        same = [one for one in found if one.reason == hold.reason and one.began and _before(one.began, hold.until)]
        recent = [one for one in same if one.began and (today - one.began).days <= 2 * settings.hold_days]
        found = [one for one in found if one not in same]
        found.append(Hardship(hold.reason, recent[-1].began if recent else None, hold.until))
    lasting = [one for one in found if one.lasts(today)]
    return max(lasting or found, key=lambda one: one.until or date.max, default=None)


def _tells_of_hardship(line: Interaction) -> bool:
    """A life event, or condolences for what was read in their feed."""
    return line.type in ("life-event", "stand-by") and line.reason in HARD_TIMES


def _begun(line: Interaction, day: date, settings: Settings) -> Hardship:
    until = line.until if line.until is not None and line.until >= day else day + timedelta(days=settings.hold_days)
    return Hardship(line.reason, day, until)


def _before(began: date, until: date | None) -> bool:
    return until is None or began <= until
