"""One line of the journal from what was heard in plain words, and over it what was said beside them. No clock, no disk.

In: a `Table`. Out: the row, or UsageProblem for what does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from brandkit.app.advise import When
from brandkit.app.words.journaling import Desk
from brandkit.base.spelling import did_you_mean
from brandkit.base.url import is_web
from brandkit.base.walls import UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.days.occurrences import comings, day_in, length_of
from brandkit.engage.journal import TYPES
from brandkit.engage.ledger import HARD_TIMES
from brandkit.engage.plain_words.heard import Heard

# Who gave to whom, where only a type was named.
_DIRECTIONS = {
    "call": "mutual", "meeting": "mutual", "session": "mutual", "ask": "asked", "referral": "received",
    "feedback": "received", "favour": "received", "replied": "mutual", "promotion": "received", "life-event": None,
}  # fmt: skip
_LEARNED = ("needs", "interests", "facts")
_LATELY = 14  # days after an event in which its day is meant


@dataclass(frozen=True)
class Table:
    """What a line is made with: the vault, with whom it was, the moment, and what was said beside the words."""

    desk: Desk
    contacts: tuple[Contact, ...]
    when: When
    said: Mapping[str, Any]


def journal_row(table: Table, heard: Heard) -> dict[str, Any]:
    """The line of the journal: what was heard, and over it what was said beside it. Raises UsageProblem."""
    said = table.said
    type_ = _type(said, heard)
    reason = said["reason"] or (heard.reason if type_ == "life-event" else None)
    if type_ == "life-event":
        _check_reason(reason)
    return {
        **_moment(table, heard),
        "contacts": [contact.id for contact in table.contacts],
        "type": type_,
        "direction": _direction(said, heard, type_),
        "summary": heard.summary,
        "learned": _learned(table, heard) or None,
        "promises": _promises(table, heard) or None,
        "link": said["link"] or (heard.link if heard.link and is_web(heard.link) else None),
        "reaction": said["reaction"],
        "event": _event(table) or heard.event,
        "mentorship": _mentorship(table) if type_ == "session" else None,
        "reason": reason,
    }


def _type(said: Mapping[str, Any], heard: Heard) -> str:
    read = "share" if said["link"] and not heard.summary else heard.type
    if said["event"] and read == "message":  # at an event one meets
        read = "meeting"
    type_: str = said["type_"] or ("life-event" if said["reason"] else read)
    if type_ not in TYPES:
        raise UsageProblem(
            f"unknown type '{type_}'; {did_you_mean(type_, TYPES) or 'it is one of ' + ', '.join(TYPES)}"
        )
    return type_


def _direction(said: Mapping[str, Any], heard: Heard, type_: str) -> str | None:
    if said["received"]:
        return "received"
    if said["direction"]:
        return str(said["direction"])
    return heard.direction if heard.type == type_ else _DIRECTIONS.get(type_, "gave")


def _event(table: Table) -> str | None:
    event: str | None = table.said["event"]
    if event and event not in {known.id for known in table.desk.vault.events}:
        raise UsageProblem(f"there is no event '{event}' in events.yaml")
    return event


def _mentorship(table: Table) -> str | None:
    """The mentorship of a session, where there is one that it can be."""
    who, today = {contact.id for contact in table.contacts}, table.when.today
    theirs = [m for m in table.desk.vault.mentorships if m.with_ in who]
    running = [m.id for m in theirs if m.until is None or m.until >= today]
    return running[0] if len(running) == 1 else None


def _day_of_event(table: Table) -> date | None:
    """The last day of an event that has just been: where one writes down the morning after."""
    today, zone = table.when.today, table.when.zone
    event = next((one for one in table.desk.vault.events if one.id == table.said["event"]), None)
    if event is None:
        return None
    found = comings(event, today - timedelta(days=_LATELY), today, zone)
    last_days = (day_in(moment + length_of(event, zone), zone) for moment in found)
    return max((min(day, today) for day in last_days), default=None)


def _moment(table: Table, heard: Heard) -> dict[str, str]:
    """Noon of the day when it happened, where you live; nothing for today, which is now."""
    today = table.when.today
    day = table.said["day"] or (heard.on if heard.on != today else _day_of_event(table) or today)
    if day > today:
        raise UsageProblem(f"{day.isoformat()} is still to come; write down what has happened")
    if day.year < 1900 and table.said["day"]:
        raise UsageProblem(f"{day.isoformat()} is long ago; is the year right?")
    if day == today or day.year < 1900:
        return {}
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=table.when.zone).astimezone(UTC)
    return {"at": noon.isoformat(timespec="seconds").replace("+00:00", "Z")}


def _promises(table: Table, heard: Heard) -> list[dict[str, Any]]:
    """An option's promise stands for all that were read; what one of several people promised stays in the words."""
    said, them = table.said, table.contacts[0].id if len(table.contacts) == 1 else None
    if said["promise"]:
        return [_promise("me", said["promise"], said["due"])]
    mine = [promise for promise in heard.promises if promise.by == "me"]
    if said["due"] and len(mine) != 1:
        raise UsageProblem("--due says by when; say with --promise what you promised")
    who = {"me": "me", "them": them}
    return [
        _promise(by, promise.text, said["due"] if said["due"] and by == "me" else promise.due)
        for promise in heard.promises
        if (by := who[promise.by])
    ]


def _promise(by: str, text: str, due: date | None) -> dict[str, Any]:
    return {"by": by, "text": text, **({"due": due.isoformat()} if due else {})}


def _learned(table: Table, heard: Heard) -> dict[str, list[str]]:
    """An option's for all that was read; of which of several people it was learned, words do not tell."""
    if not table.said["learned"]:
        return {name: list(texts) for name, texts in heard.learned.items()} if len(table.contacts) == 1 else {}
    learned: dict[str, list[str]] = {}
    for one in table.said["learned"]:
        name, _, text = (part.strip() for part in one.partition(":"))
        if name not in _LEARNED or not text:
            raise UsageProblem(f"'{one}' does not say what was learned; write it like 'needs: a platform lead'")
        learned.setdefault(name, []).append(text)
    return learned


def _check_reason(reason: str | None) -> None:
    """A hard time that is misspelt, or not said at all, would hold nothing back."""
    known = ", ".join(sorted(HARD_TIMES))
    if not reason:
        raise UsageProblem(f"a life event wants --reason: {known}, or a word of your own like new-job")
    hint = did_you_mean(reason, HARD_TIMES) if reason not in HARD_TIMES else None
    if hint:
        raise UsageProblem(f"unknown reason '{reason}'; {hint}")
