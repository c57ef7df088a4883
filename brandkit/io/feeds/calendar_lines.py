"""The lines of a calendar (RFC 5545): folded ones joined, and the properties of each event.

In: text. Out: `Lines`. Broken ones are passed over and counted; the time that it takes is bounded. Pure
but for the clock that bounds it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_DEPTH_LIMIT = 20
DAYS_LIMIT = 500
_MANY = frozenset({"EXDATE"})
_LINE = re.compile(r"[ \t]*([A-Za-z0-9-]{1,60})[ \t]*((?:;[^\":]*(?:\"[^\"]*\"[^\":]*)*)?):(.*)", re.DOTALL)
_ONE = frozenset("UID SUMMARY DTSTART DTEND DURATION LOCATION URL DESCRIPTION RRULE STATUS RECURRENCE-ID".split())
_OF_ALL = frozenset("X-WR-CALNAME NAME X-WR-TIMEZONE REFRESH-INTERVAL X-PUBLISHED-TTL".split())
_LONGEST_LINE = 80_000


@dataclass(frozen=True)
class Property:
    """The parameters of a line, and its value as it stands there."""

    parameters: str
    value: str


Properties = Mapping[str, list[Property]]


@dataclass
class Lines:
    """What lines have given so far."""

    events: list[dict[str, list[Property]]] = field(default_factory=list)
    whole: dict[str, str] = field(default_factory=dict)
    calendars: int = 0
    broken: int = 0
    cut: bool = False


def read_lines(text: str, end: float) -> Lines:
    """The properties of each event, and of the whole; what stands inside an event, such as alarms, is not read."""
    found, open_ = Lines(), list[str]()
    current: dict[str, list[Property]] | None = None
    for number, line in enumerate(_unfolded(text)):
        if number % 1_000 == 0 and time.monotonic() > end:
            found.cut = True
            break
        name, _, value = line.partition(":")
        mark = name.strip().upper()
        if mark == "BEGIN":
            kind = value.strip().upper()
            if kind == "VEVENT":
                found.broken += current is not None
                current, open_ = {}, []
            elif len(open_) < _DEPTH_LIMIT:
                open_.append(kind)
            found.calendars += kind == "VCALENDAR"
        elif mark == "END":
            kind = value.strip().upper()
            if kind == "VEVENT" and current is not None:
                found.events.append(current)
                current, open_ = None, []
            elif kind in open_:
                del open_[open_.index(kind) :]
        elif current is not None and not open_:
            _keep(current, line)
        elif current is None and open_[-1:] in ([], ["VCALENDAR"]):
            _keep_of_all(found.whole, line)
    found.broken += current is not None
    return found


def _unfolded(text: str) -> Iterator[str]:
    """The lines, long ones joined again."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n ", "").replace("\n\t", "")
    start = 0
    while start <= len(whole):
        stop = whole.find("\n", start)
        stop = len(whole) if stop < 0 else stop
        if stop > start:
            yield whole[start : min(stop, start + _LONGEST_LINE)]
        start = stop + 1


def _keep(current: dict[str, list[Property]], line: str) -> None:
    name = re.split("[;:]", line[:80], maxsplit=1)[0].strip().upper()
    if name not in _ONE and name not in _MANY:
        return
    match = _LINE.fullmatch(line)
    kept = current.setdefault(name, [])
    if match and len(kept) < (1 if name in _ONE else DAYS_LIMIT):
        kept.append(Property(match[2], match[3].strip()))


def _keep_of_all(whole: dict[str, str], line: str) -> None:
    match = _LINE.fullmatch(line)
    if match and match[1].upper() in _OF_ALL:
        whole.setdefault(match[1].upper(), match[3].strip())


def first(event: Properties, name: str) -> str:
    """The value of a property, empty where there is none."""
    return next((one.value for one in event.get(name, ())), "")
