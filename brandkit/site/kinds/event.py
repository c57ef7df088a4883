"""Events: where the person can be met; the next one stands on the home page, all stand in the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.site.keys import SITE_KEY, Key, choice, text, when
from brandkit.site.kinds.kind import Facts, Kind, front

STATUSES = {
    "confirmed": "EventScheduled",
    "tentative": "EventScheduled",
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
}


def rule(value: Any, zone: ZoneInfo) -> str:
    """A rule of recurrence as calendars write it (RFC 5545), by days at the least, of days that there are."""
    from dateutil.rrule import rrule, rrulestr

    written = text(value, zone).removeprefix("RRULE:")
    parts = {name.upper(): what for name, _, what in (part.partition("=") for part in written.split(";"))}
    days = ";".join(f"{name}={what}" for name, what in parts.items() if name not in ("INTERVAL", "COUNT", "UNTIL"))
    begin = datetime(2026, 1, 1)  # noqa: DTZ001  (the clock on the wall)
    try:
        rrulestr(_wall_until(written, zone, timed=True), dtstart=begin)
        endless = rrulestr(days, dtstart=begin)
        if not isinstance(endless, rrule) or parts["FREQ"].upper() not in _FREQUENCIES:
            raise ValueError
        if int(parts.get("INTERVAL", "1")) < 1 or not any(endless.replace(until=begin + _SOME_YEARS)):
            raise ValueError
    except (ValueError, KeyError, AttributeError, TypeError):
        raise ValueError("should be a rule like FREQ=MONTHLY;BYDAY=1TU") from None
    return written


_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_SOME_YEARS = timedelta(days=28 * 366)  # then the days of the week fall on the same dates again


class Event(Kind):
    """A conference, a meetup, a workshop."""

    name = "event"
    folder = "events"
    template = "event.html"
    dated = False
    scheduled = False
    timed = True
    streamed = False
    schema = "Event"
    keys = (
        Key("start", (), when, "When it begins: a day or a moment.", True),
        Key("end", (), when, "When it ends; the day of its start if absent."),
        Key("location", ("venue",), text, "Where it is."),
        SITE_KEY,
        Key("status", (), choice(*STATUSES), "confirmed, tentative, cancelled or postponed."),
        Key("repeats", (), rule, "How it recurs, as calendars write it: FREQ=MONTHLY;BYDAY=1TU."),
        Key("role", (), text, "What you do there: speaker, host, attendee."),
    )

    def archetype(self, title: str, day: str) -> str:
        """The keys of an event, to be filled in."""
        keys = (f"start: {day}T09:00", f"end: {day}T17:00", "location:", "url:              # its web site")
        return front(title, *keys, "status: confirmed", "draft: true", "description:")

    def starts(self, facts: Facts, dated: datetime | None) -> date | None:
        """When it begins."""
        return facts["start"] or dated

    def ends(self, facts: Facts, dated: datetime | None) -> date | None:
        """When it is over: its end, else its start."""
        return facts["end"] or facts["start"] or dated

    def problem(self, facts: Facts) -> str | None:
        """Without a start nobody can come, and what ends before it begins was mistyped."""
        if not facts["start"]:
            return "an event needs a 'start'"
        start, end = str(facts["start"]), str(facts["end"] or "")
        shorter = min(len(start), len(end), len("2026-01-01"))
        return "an event ends before it begins" if end and end[:shorter] < start[:shorter] else None

    def structured(self, facts: Facts) -> Mapping[str, Any]:
        """Time, place, and whether it takes place."""
        return {
            "startDate": facts["start"],
            "endDate": facts["end"] or facts["start"],
            "location": {"@type": "Place", "name": facts["location"]} if facts["location"] else None,
            "eventStatus": f"https://schema.org/{STATUSES[facts['status'] or 'confirmed']}",
            "sameAs": facts["site"],
        }


def next_time(facts: Facts, after: datetime) -> tuple[date, date | None] | None:
    """The next (start, end) of an event that is not over at `after`; None where there is none, or it is called off.

    Times recur by the clock on the wall in the zone of `after`: seven in the evening stays seven in summer.
    """
    start = _local(facts["start"], after)
    end = _alike(_local(facts["end"], after), start)
    if start is None or facts["status"] in ("cancelled", "postponed"):
        return None
    length = end - start if end else timedelta(0)
    if not facts["repeats"]:
        return (start, end) if _over(end or start, after) else None
    from dateutil.rrule import rrulestr

    timed = isinstance(start, datetime)
    first = start.replace(tzinfo=None) if timed else datetime.combine(start, datetime.min.time())
    wall = after.replace(tzinfo=None)
    until = _wall_until(facts["repeats"], after.tzinfo, timed)
    begin = rrulestr(until, dtstart=first).after(wall - length - (timedelta(0) if timed else timedelta(days=1)))
    if begin is None:
        return None
    again = begin.replace(tzinfo=after.tzinfo) if timed else begin.date()
    return again, again + length if end else None


def rule_for_calendars(written: str, zone: tzinfo, timed: bool) -> str:
    """A rule whose UNTIL is as calendars want it: a moment in UTC for what begins at a time, else a day."""
    return ";".join(
        _calendar_until(part, zone, timed) if part.upper().startswith("UNTIL=") else part for part in written.split(";")
    )


def _calendar_until(part: str, zone: tzinfo, timed: bool) -> str:
    wall = _wall(part, zone, timed)
    if not timed:
        return wall[: len("UNTIL=20260101")]
    return f"UNTIL={datetime.strptime(wall, 'UNTIL=%Y%m%dT%H%M%S').replace(tzinfo=zone).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _local(value: date | None, at: datetime) -> Any:
    return value.astimezone(at.tzinfo) if isinstance(value, datetime) else value


def _over(end: date, after: datetime) -> bool:
    return end >= after if isinstance(end, datetime) else end >= after.date()


def _alike(end: date | None, start: date | None) -> Any:
    """An end of the sort that its start is: a day that ends what begins at a time is meant to its last second."""
    if end is None or isinstance(end, datetime) == isinstance(start, datetime):
        return end
    return end.date() if isinstance(end, datetime) else datetime.combine(end, time(23, 59, 59), _zone_of(start))


def _zone_of(start: date | None) -> tzinfo | None:
    return start.tzinfo if isinstance(start, datetime) else None


def _wall_until(written: str, zone: tzinfo | None, timed: bool) -> str:
    """A rule with its UNTIL by the clock on the wall, as is all that it is compared with; a day is meant to its end."""
    return ";".join(
        _wall(part, zone, timed) if part.upper().startswith("UNTIL=") else part for part in written.split(";")
    )


def _wall(part: str, zone: tzinfo | None, timed: bool) -> str:
    until = part.upper().removeprefix("UNTIL=")
    if until.endswith("Z"):
        moment = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return f"UNTIL={moment.astimezone(zone):%Y%m%dT%H%M%S}"
    return f"UNTIL={until}T235959" if timed and "T" not in until else f"UNTIL={until}"
