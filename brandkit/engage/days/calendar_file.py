"""The private calendar as one file (RFC 5545), to be subscribed to.

In: the entries, what is known of them from the last time, whose calendar it is, and today. Out: the
text, and what is to be known next time. Pure: the same in gives the same bytes. A UID stays the same for
good; SEQUENCE rises by one when the start, end, rule, place, title or status of an entry changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from brandkit.base.digest import digest_text
from brandkit.engage.days.calendar_entries import Alarm, CalendarEntry

_PASSING = ("candidate-", "deadline-")  # what strangers announce is forgotten after a while
_REMEMBERED = timedelta(days=400)


@dataclass(frozen=True)
class Revision:
    """What is known of one UID: how often it changed, what it was, and on which day that began."""

    sequence: int
    digest: str
    since: date


@dataclass(frozen=True)
class Written:
    """A calendar's text, and what to remember."""

    text: str
    sequences: Mapping[str, Revision]


def calendar_text(entries: Sequence[CalendarEntry], known: Mapping[str, Revision], owner: str, today: date) -> Written:
    """The file. `owner` is a mail address or the site's: it makes the UIDs unlike those of others.

    Once a UID is known, its ending stays, even where the owner's address changes.
    """
    ending = _ending(known, owner)
    kept = {
        uid: one for uid, one in known.items() if not (uid.startswith(_PASSING) and one.since + _REMEMBERED < today)
    }
    events = []
    for entry in entries:
        uid = f"{entry.key}{ending}"
        kept[uid] = _revised(known.get(uid), entry, today)
        events.append(_event(uid, entry, kept[uid]))
    return Written(_calendar(events), dict(sorted(kept.items())))


def _ending(known: Mapping[str, Revision], owner: str) -> str:
    own = (uid[uid.rindex("@") :] for uid in sorted(known) if "@" in uid)
    return next(own, f"@{digest_text(owner.strip().casefold())[:12]}.brandkit")


def _revised(known: Revision | None, entry: CalendarEntry, today: date) -> Revision:
    said = (_written(entry.starts), _written(entry.ends), entry.rule, entry.place, entry.title, entry.status)
    digest = digest_text("\n".join(said))
    if known is None:
        return Revision(0, digest, today)
    return known if known.digest == digest else Revision(known.sequence + 1, digest, today)


def _written(when: date | None) -> str:
    zone = when.tzinfo if isinstance(when, datetime) else ""
    return f"{when.isoformat()} {zone}" if when else ""


def revisions_json(known: Mapping[str, Revision]) -> dict[str, Any]:
    """What is to be remembered, as plain data."""
    return {
        uid: {"sequence": one.sequence, "digest": one.digest, "since": one.since.isoformat()}
        for uid, one in known.items()
    }


def revisions_from(data: Any) -> dict[str, Revision]:
    """What was remembered; lines that say nothing are left out."""
    found = {}
    for uid, one in data.items() if isinstance(data, dict) else ():
        try:
            found[str(uid)] = Revision(int(one["sequence"]), str(one["digest"]), date.fromisoformat(one["since"]))
        except (TypeError, KeyError, ValueError):
            continue
    return found


def _calendar(events: Sequence[Any]) -> str:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//brandkit//private//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "brandkit, private")
    calendar.add("x-wr-calname", "brandkit, private")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode("utf-8"))


def _event(uid: str, entry: CalendarEntry, revision: Revision) -> Any:
    from icalendar import Event, vRecur

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(revision.since, time(), UTC))
    event.add("sequence", revision.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts)
    ends = _end(entry)
    if ends is not None:
        event.add("dtend", ends)
    if entry.rule:
        event.add("rrule", vRecur.from_ical(entry.rule))
    for name, value in (("location", entry.place), ("url", entry.url)):
        if value:
            event.add(name, value)
    event.add("status", entry.status)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.alarm:
        event.add_component(_alarm(entry.alarm))
    return event


def _end(entry: CalendarEntry) -> date | None:
    """The end as calendars count: of whole days it is the day after the last; none where nothing lasts."""
    starts, ends = entry.starts, entry.ends
    if ends is None:
        return None
    if isinstance(starts, datetime):
        return ends if isinstance(ends, datetime) and ends > starts else None
    last = ends.date() if isinstance(ends, datetime) else ends
    return last + timedelta(days=1) if starts <= last < date.max else None


def _alarm(alarm: Alarm) -> Any:
    from icalendar import Alarm as Reminder

    reminder = Reminder()
    reminder.add("action", "DISPLAY")
    reminder.add("trigger", timedelta(days=-alarm.days))
    reminder.add("description", alarm.text)
    return reminder
