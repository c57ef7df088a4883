"""Bytes of a calendar (RFC 5545) to harmless records.

In: bytes, and the content type that came with them. Out: a `ParsedCalendar`; never an exception, and
never much longer than `SECONDS`. Broken events are left out and counted. Knows no network and no store,
and not what a rule of recurrence means.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from brandkit.base.text import plural
from brandkit.io.feeds.calendar_lines import Lines, Properties, first, read_lines
from brandkit.io.feeds.calendar_times import Times, day_like, day_of, duration
from brandkit.io.feeds.feed_text import decode
from brandkit.io.feeds.sanitise import guessed, plain_text, web_address, without_controls

EVENT_LIMIT = 10_000
RULE_LIMIT = 200
SECONDS = 20.0
_TITLE_LIMIT = 300
_TEXT_LIMIT = 20_000
_RULE = re.compile(r"[A-Z0-9=;,+-]{1,500}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STATUSES = frozenset({"confirmed", "tentative", "cancelled"})


@dataclass(frozen=True)
class CalendarRecord:
    """An event of a calendar, harmless: plain text, a web address or none.

    `starts` is a day, or a moment: in `zone`, or without one by the clock on the wall. `ends` is of the
    same sort; of whole days it is the last. `skipped` are days on which the rule does not hold.
    """

    uid: str
    title: str
    starts: date
    ends: date | None = None
    all_day: bool = False
    location: str = ""
    url: str = ""
    text: str = ""
    rule: str = ""
    status: str = "confirmed"
    zone: str = ""
    skipped: tuple[date, ...] = ()


@dataclass(frozen=True)
class ParsedCalendar:
    """What bytes turned out to hold: events, or a `problem` in one line; `notes` tell what was left out.

    `ttl` is how many seconds the calendar asks us to wait before the next look.
    """

    title: str
    records: tuple[CalendarRecord, ...]
    problem: str | None = None
    notes: tuple[str, ...] = ()
    ttl: float | None = None


def parse_calendar(body: bytes, content_type: str | None = None) -> ParsedCalendar:
    """The events in these bytes."""
    try:
        return _parse(body, content_type)
    except Exception as error:  # whatever a stranger's bytes upset, the other calendars go on
        return _refused(f"this calendar could not be read ({type(error).__name__})")


def _parse(body: bytes, content_type: str | None) -> ParsedCalendar:
    end = time.monotonic() + SECONDS
    text = decode(body, content_type).lstrip("\ufeff \t\r\n")
    problem = _objection(text)
    if problem:
        return _refused(problem)
    found = read_lines(text, end)
    if not found.calendars and not found.events:
        return _refused("this is not a calendar that brandkit can read")
    return _finished(found, end)


def _refused(problem: str) -> ParsedCalendar:
    return ParsedCalendar("", (), problem)


def _objection(text: str) -> str | None:
    """Why this text is not read at all; None where it is."""
    if not text:
        return "the calendar is empty"
    if text.count("\0") > len(text) / 100:
        return "this is binary data, not a calendar"
    start = text[:1_000].lower()
    if start.startswith(("<!doctype html", "<html")):
        return "this is a web page, not a calendar"
    return "this is a feed, not a calendar" if start.startswith(("<?xml", "<rss", "<feed", "{")) else None


def _finished(found: Lines, end: float) -> ParsedCalendar:
    """Times first, so that of very many events the latest are kept; words last, as they take longest."""
    times = Times(found.whole.get("X-WR-TIMEZONE", ""))
    raw = [_timed(event, times) for event in found.events]
    timed = [one for one in raw if one is not None]
    notes = [
        f"{plural(count, 'event')} could not be read" for count in (found.broken + len(raw) - len(timed),) if count
    ]
    if len(timed) > EVENT_LIMIT:
        timed = sorted(timed, key=lambda one: (bool(one.record.rule), day_of(one.record.starts)))[-EVENT_LIMIT:]
        notes.append(f"the calendar is long: its latest {EVENT_LIMIT:,} events were kept")
    records = []
    for one in timed:
        if time.monotonic() > end:
            found.cut = True
            break
        records.append(_worded(one.record, one.event))
    if found.cut:
        notes.append(f"the calendar takes long to read: {len(records):,} of its events were kept")
    title = _line(found.whole.get("X-WR-CALNAME") or found.whole.get("NAME", ""))
    wait = duration(found.whole.get("REFRESH-INTERVAL") or found.whole.get("X-PUBLISHED-TTL", ""))
    told = tuple(_told_apart(_few_rules(records), _moved(timed)))[:EVENT_LIMIT]
    return ParsedCalendar(title, told, notes=tuple(notes), ttl=wait.total_seconds() if wait else None)


@dataclass(frozen=True)
class _Timed:
    """An event whose times are read; `series` and `again` say what it was moved out of."""

    record: CalendarRecord
    event: Properties
    series: str
    again: date | None


def _timed(event: Properties, times: Times) -> _Timed | None:
    """The record with its times, words still to come; None where there is no start that can be read."""
    start = times.first(event, "DTSTART")
    if start is None:
        return None
    all_day = not isinstance(start, datetime)
    skipped = tuple(sorted({day_like(when, start) for when in times.all(event, "EXDATE")}))
    uid, again = without_controls(first(event, "UID")).strip()[:500], times.first(event, "RECURRENCE-ID")
    record = CalendarRecord(
        uid=uid if again is None else f"{uid}#{again.isoformat()}",
        title="",
        starts=start,
        ends=times.end(event, start),
        all_day=all_day,
        rule=_rule(event, start),
        zone=start.tzinfo.key if isinstance(start, datetime) and isinstance(start.tzinfo, ZoneInfo) else "",
        skipped=skipped,
    )
    return _Timed(record, event, uid if again else "", day_of(again) if again else None)


def _rule(event: Properties, start: date) -> str:
    rule = re.sub(r"\s", "", first(event, "RRULE").upper())
    counted_from_long_ago = "COUNT=" in rule and start.year < 1900
    return rule if _RULE.fullmatch(rule) and not counted_from_long_ago else ""


def _worded(record: CalendarRecord, event: Properties) -> CalendarRecord:
    status = first(event, "STATUS").lower()
    title = _line(first(event, "SUMMARY"))
    return replace(
        record,
        uid=record.uid or _digest(f"{title}\n{record.starts.isoformat()}"),
        title=title or "An event without a name",
        location=_line(first(event, "LOCATION")),
        url=web_address(first(event, "URL")),
        text=_text(first(event, "DESCRIPTION")),
        status=status if status in _STATUSES else "confirmed",
    )


def _few_rules(records: list[CalendarRecord]) -> Iterator[CalendarRecord]:
    """The first so many rules are kept: to work them out takes time."""
    rules = 0
    for record in records:
        rules += bool(record.rule)
        yield record if rules <= RULE_LIMIT or not record.rule else replace(record, rule="", skipped=())


def _moved(timed: Iterable[_Timed]) -> dict[str, set[date]]:
    """The days of each series that stand for themselves."""
    found: dict[str, set[date]] = {}
    for one in timed:
        if one.series and one.again:
            found.setdefault(one.series, set()).add(one.again)
    return found


def _told_apart(records: Iterable[CalendarRecord], moved: Mapping[str, set[date]]) -> Iterator[CalendarRecord]:
    """Each with a UID of its own, the same ones once; a series leaves out what was moved out of it."""
    found: dict[str, CalendarRecord] = {}
    for record in records:
        known = found.setdefault(record.uid, record)
        if (known.title, known.starts) != (record.title, record.starts):
            uid = f"{record.uid}#{_digest(f'{record.title} {record.starts.isoformat()}')}"
            found.setdefault(uid, replace(record, uid=uid))
    for record in found.values():
        skipped = {*record.skipped, *moved.get(record.uid, ())} if record.rule else ()
        yield replace(record, skipped=tuple(sorted(skipped)))


def _line(value: str) -> str:
    line = " ".join(_text(value).split())
    return line if len(line) <= _TITLE_LIMIT else (line[: _TITLE_LIMIT - 1].rpartition(" ")[0] or line[:299]) + "…"


def _text(value: str) -> str:
    """A value of the calendar as plain text: its escapes resolved, markup and control characters gone."""
    text = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value[:_TEXT_LIMIT])
    text = _DIRECTION.sub("", text)
    if guessed(text).is_html or re.search(r"<[A-Za-z][^<>]*>", text):
        return plain_text(text.replace("\n", "<br>"))
    lines = (" ".join(line.split()) for line in without_controls(text).split("\n"))
    return "\n".join(filter(None, lines))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
