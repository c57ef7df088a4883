"""When a thing that repeats takes place: events, meetings, days of the year.

In: a start, a rule as calendars write it, the days of interest. Out: days or moments, soonest first.
Pure. A rule that can not be read leaves the start alone.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from brandkit.engage.config import Event
from brandkit.engage.days.recurrence import YEARS, days_of, last_moment, read_rule, shifted
from brandkit.engage.values import DayOfYear

Leap = Literal["02-28", "03-01"]


def occurrences(start: date, rule: str | None, since: date, until: date, zone: ZoneInfo) -> tuple[date, ...]:
    """When it takes place from the day `since` to the day `until`: moments where the start is one, else days.

    Times recur by the clock on the wall: in the start's own zone where it names one, else in `zone`.
    """
    if start.year not in YEARS:
        return ()
    read = read_rule(rule)
    if not isinstance(start, datetime):
        begin = datetime.combine(start, time())
        return tuple(days_of(begin, read, last_moment(read, zone), (since, until)))
    placed = _placed(start, zone)
    window = (shifted(since, -2), shifted(until, 2))  # a zone of its own may be a day ahead or behind
    days = days_of(placed.replace(tzinfo=None), read, last_moment(read, placed.tzinfo), window)
    found = (datetime.combine(day, placed.timetz()) for day in days)
    return tuple(moment for moment in found if since <= day_in(moment, zone) <= until)


def next_occurrence(start: date, rule: str | None, today: date, zone: ZoneInfo) -> date | None:
    """The first time that it takes place today or later; None where there is none within thirty years."""
    for years in (1, 5, 30):
        found = occurrences(start, rule, today, shifted(today, 366 * years), zone)
        if found:
            return found[0]
    begin = day_in(start, zone)  # what begins later than that is not hidden
    found = occurrences(start, rule, begin, shifted(begin, 366), zone) if begin >= today else ()
    return found[0] if found else None


def last_occurrence(start: date, rule: str | None, today: date, zone: ZoneInfo) -> date | None:
    """The last time that it took place before today; None where it never did in thirty years."""
    for years in (1, 5, 30):
        found = occurrences(start, rule, shifted(today, -366 * years), shifted(today, -1), zone)
        if found:
            return found[-1]
    return None


def meetings(rule: str | None, today: date, since: date, until: date) -> tuple[date, ...]:
    """The days of a rule without a start: it is counted from January of the year before today's."""
    return occurrences(anchor(today), rule, since, until, ZoneInfo("UTC")) if read_rule(rule) else ()


def anchor(today: date) -> date:
    """Where a rule without a start begins."""
    return date(max(today.year - 1, 1), 1, 1)


def comings(event: Event, since: date, until: date, zone: ZoneInfo) -> tuple[datetime, ...]:
    """When an event takes place, begun or not, while `since` to `until`; never if it was called off or put off."""
    if event.status in ("cancelled", "postponed"):
        return ()
    days = min(max(length_of(event, zone).days + 1, 0), 366)
    found = occurrences(event.start, event.repeats, shifted(since, -days), until, zone)
    moments = (moment for moment in found if isinstance(moment, datetime))
    return tuple(moment for moment in moments if day_in(_end(moment, event, zone), zone) >= since)


def length_of(event: Event, zone: ZoneInfo) -> timedelta:
    """How long an event lasts; nothing where that is not said, or is less than nothing."""
    if event.end is None or event.end.year not in YEARS or event.start.year not in YEARS:
        return timedelta(0)
    start, end = _placed(event.start, zone), _placed(event.end, zone)
    # by the clock on the wall, as it recurs: the day that is an hour short is a day
    return max(_naive(end, start) - start.replace(tzinfo=None), timedelta(0))


def _naive(moment: datetime, like: datetime) -> datetime:
    return moment.astimezone(like.tzinfo).replace(tzinfo=None)


def _end(moment: datetime, event: Event, zone: ZoneInfo) -> datetime:
    try:
        return moment + length_of(event, zone)
    except OverflowError:
        return moment


def day_in(when: date, zone: ZoneInfo) -> date:
    """The day of a day or moment where you live; a moment without a zone is meant there."""
    if not isinstance(when, datetime):
        return when
    try:
        return (when.astimezone(zone) if when.tzinfo else when).date()
    except OverflowError:
        return when.date()


def on_day(day: DayOfYear, year: int, leap: Leap) -> date:
    """The day in that year; what falls on 29 February follows the setting in other years."""
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28) if leap == "02-28" else date(year, 3, 1)
    return date(year, day.month, day.day)


def next_day(day: DayOfYear, today: date, leap: Leap) -> date:
    """The day when it comes back: today or later, and not before it first came."""
    year = max(today.year, day.year or 0)
    this = on_day(day, year, leap)
    return this if this >= today or year == date.max.year else on_day(day, year + 1, leap)


def last_day(day: DayOfYear, today: date, leap: Leap) -> date | None:
    """The last time that it was, today included; None where it is still to come for the first time."""
    this = on_day(day, today.year, leap)
    before = this if this <= today else on_day(day, max(today.year - 1, 1), leap)
    return before if before <= today and before.year >= (day.year or 0) else None


def _placed(start: datetime, zone: ZoneInfo) -> datetime:
    """The start on the clock that it recurs by."""
    if start.tzinfo is None:
        return start.replace(tzinfo=zone)
    try:
        return start if isinstance(start.tzinfo, ZoneInfo) else start.astimezone(zone)
    except OverflowError:
        return start.replace(tzinfo=zone)
