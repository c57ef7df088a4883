"""The times of a calendar's events: days, moments in a zone, lengths.

In: properties as they stand in the lines. Out: dates, moments in a named zone or by the clock on the wall.
What can not be read is passed over. Knows the zones of this machine, and nothing else outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from brandkit.io.feeds.calendar_lines import DAYS_LIMIT, Properties, first

_ZONE = re.compile(r";[ \t]*TZID[ \t]*=[ \t]*\"?([^\";:]{1,200})", re.IGNORECASE)
_TIME = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z)?)?")
_DURATION = re.compile(r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+-]{1,40}(/[A-Za-z0-9_+-]{1,40}){0,2}")


class Times:
    """The times of one calendar; zones that it names are looked up once."""

    def __init__(self, default_zone: str) -> None:
        self._zones: dict[str, ZoneInfo | None] = {}
        self._default = self._zone(default_zone)

    def end(self, event: Properties, start: date) -> date | None:
        """Of the sort that the start is; of whole days the last. None where there is none, or it lies before."""
        given = self.first(event, "DTEND")
        length = duration(first(event, "DURATION"))
        try:
            end = start + length if given is None and length else given
            if end is None:
                return None
            if not isinstance(start, datetime):
                last = day_of(end) - timedelta(days=1)
                return last if last > start else None
            if not isinstance(end, datetime):
                return None
            there = start.tzinfo
            end = end.astimezone(there) if end.tzinfo and there else end.replace(tzinfo=there)
            return end if end > start else None
        except (OverflowError, ValueError):
            return None

    def first(self, event: Properties, name: str) -> date | None:
        """The first time that a property names."""
        return next(self.all(event, name), None)

    def all(self, event: Properties, name: str) -> Iterator[date]:
        """Every time that a property names; what can not be read is passed over."""
        for property_ in event.get(name, ()):
            match = _ZONE.search(property_.parameters)
            zone = self._zone(match[1]) if match else self._default
            for text in property_.value.split(",")[:DAYS_LIMIT]:
                when = read_time(text.partition("/")[0].strip(), zone)
                if when is not None:
                    yield when

    def _zone(self, name: str) -> ZoneInfo | None:
        if name not in self._zones:
            self._zones[name] = _zone_named(name.strip())
        return self._zones[name]


def _zone_named(name: str) -> ZoneInfo | None:
    """A zone by its name, by the end of a longer name, or by what Windows calls it."""
    parts = name.strip("/").split("/")
    written = ("/".join(parts[-3:]), "/".join(parts[-2:]))
    found = next(filter(None, map(_zone, written)), None)
    return found or (_zone(_windows(name)) if name else None)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if _ZONE_NAME.fullmatch(name) else None
    except (KeyError, ValueError, OSError):  # no such zone, or a folder of zones
        return None


def _windows(name: str) -> str:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return str(WINDOWS_TO_OLSON.get(name, ""))


def read_time(text: str, zone: ZoneInfo | None) -> date | None:
    """A day, or a moment in UTC or in the zone; None for what is none, or lies far out."""
    match = _TIME.fullmatch(text.upper())
    if not match or not 1600 <= int(match[1]) <= 2400:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        there = ZoneInfo("UTC") if match[7] else zone
        return datetime(
            day.year, day.month, day.day, int(match[4]), int(match[5]), min(int(match[6]), 59), tzinfo=there
        )
    except ValueError:
        return None


def day_of(when: date) -> date:
    """The day of a day or moment, on its own clock."""
    return when.date() if isinstance(when, datetime) else when


def day_like(when: date, start: date) -> date:
    """The day of a moment on the clock of the start."""
    if isinstance(when, datetime) and isinstance(start, datetime) and when.tzinfo and start.tzinfo:
        return when.astimezone(start.tzinfo).date()
    return day_of(when)


def duration(text: str) -> timedelta | None:
    """A length of time as calendars write it: PT1H30M."""
    match = _DURATION.fullmatch(text.strip().upper())
    if not match:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
