"""What followed calendars offer: events that one might go to, and deadlines such as calls for papers.

In: `Occasion`s as they were read, harmless already; today. Out: those that are coming, each once,
soonest first. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from brandkit.base.digest import digest_text
from brandkit.base.text import clip, sentences
from brandkit.base.url import canonical
from brandkit.engage.config import Feed
from brandkit.engage.days.agenda import AgendaItem, in_order
from brandkit.engage.days.occurrences import day_in, occurrences
from brandkit.engage.days.recurrence import shifted

_UTC = ZoneInfo("UTC")
_MOST_PER_CALENDAR = 200
_CALL = re.compile(
    r"\b(?:calls?[ -]for[ -](?:papers|proposals|speakers|talks|participation|presentations|abstracts|submissions)"
    r"|cfps?|cfs|deadlines?|submissions?|submit|einreich\w*|\w{0,40}fristen|\w{0,40}frist|abgabe\w*)\b",
    re.IGNORECASE,
)
_CALLS_READ = 4
_NEAR = 200
_YEAR = re.compile(r"\d{4}")  # quick to look for, and every day has one
_MONTHS = (
    *("jan feb mar apr may jun jul aug sep oct nov dec".split()),
    *("jan feb mär apr mai jun jul aug sep okt nov dez".split()),
)
_DAY_OF_MONTH = re.compile(r"\b(\d{1,2})\.\s+(?=[A-ZÄ][a-zä]{2,8}\b)")  # 1. März is no end of a sentence
_DAY = re.compile(
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
    r"|\b(?P<d1>\d{1,2})(?:\.|st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>[a-zä]{3,9})\.?,?\s+(?P<y1>\d{4})\b"
    r"|\b(?P<m2>[a-zä]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})\b"
    r"|\b(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.\s?(?P<y3>\d{4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Occasion:
    """Something that a followed calendar announces. `ends` is a moment, or the last day of whole days.

    A moment without a zone is meant where you live. `skipped` are days on which a rule does not hold.
    """

    feed: str
    uid: str
    title: str
    starts: date
    ends: date | None = None
    place: str = ""
    url: str = ""
    text: str = ""
    rule: str = ""
    status: str = "confirmed"
    skipped: tuple[date, ...] = ()
    kind: Literal["candidate", "deadline"] = "candidate"

    @property
    def key(self) -> str:
        """The same for the same thing in every run; says nothing about who follows what."""
        return f"{self.kind}-{digest_text(f'{self.feed} {self.uid}')}"

    def day(self, zone: ZoneInfo) -> date:
        """The day when it begins, where you live."""
        return day_in(self.starts, zone)

    def last_day(self, zone: ZoneInfo) -> date:
        """The day when it ends."""
        return max(day_in(self.ends, zone), self.day(zone)) if self.ends else self.day(zone)


def followed(found: Iterable[Occasion], feeds: Sequence[Feed]) -> tuple[Occasion, ...]:
    """Those of calendars that feeds.yaml names, with the words that it asks for and without those it excludes."""
    by_id = {feed.id: feed for feed in feeds if feed.kind == "calendar"}
    return tuple(one for one in found if one.feed in by_id and _wanted(one, by_id[one.feed]))


def _wanted(one: Occasion, feed: Feed) -> bool:
    text = f"{one.title} {one.text} {one.place}".casefold()
    if feed.include and not any(word.casefold() in text for word in feed.include):
        return False
    return not any(word.casefold() in text for word in feed.exclude)


def candidates(found: Iterable[Occasion], today: date, days: int = 120, zone: ZoneInfo = _UTC) -> tuple[Occasion, ...]:
    """Events that begin within so many days, each with its next time, and once; none that was called off."""
    coming = (_next(one, today, days, zone) for one in found if not _CALL.search(one.title))
    return _once((one for one in coming if one), zone)


def deadlines(found: Iterable[Occasion], today: date, days: int = 120, zone: ZoneInfo = _UTC) -> tuple[Occasion, ...]:
    """Calls and deadlines that end within so many days: what a title calls one, and days that a text names."""
    until = shifted(today, days)
    standing = (one for one in found if one.status != "cancelled" and (one.rule or one.last_day(zone) >= today))
    calls = (call for one in standing for call in _calls(one, today, days, zone))
    return _once((call for call in calls if today <= call.day(zone) <= until), zone)


def occasion_items(found: Iterable[Occasion], zone: ZoneInfo) -> tuple[AgendaItem, ...]:
    """Candidates and deadlines as items of the agenda."""
    return in_order(_item(one, zone) for one in found)


def _item(one: Occasion, zone: ZoneInfo) -> AgendaItem:
    start = one.starts if isinstance(one.starts, datetime) else None
    if start and start.tzinfo is None:
        start = start.replace(tzinfo=zone)
    end = one.ends.replace(tzinfo=one.ends.tzinfo or zone) if isinstance(one.ends, datetime) else one.ends
    return AgendaItem(one.kind, one.key, one.title, one.day(zone), start, end, one.feed)


def _next(one: Occasion, today: date, days: int, zone: ZoneInfo) -> Occasion | None:
    """The occasion at its next time, begun or not; None where there is none soon enough."""
    if one.status == "cancelled":
        return None
    length = _length(one)
    back = min(length.days + 1, 366) if length else 0
    for start in occurrences(one.starts, one.rule, shifted(today, -back), shifted(today, days), zone):
        uid = f"{one.uid}/{_own_day(start).isoformat()}" if one.rule else one.uid
        again = replace(one, uid=uid, starts=start, ends=_plus(start, length) if one.ends else None, rule="")
        if again.last_day(zone) >= today and _own_day(start) not in one.skipped:
            return again
    return None


def _own_day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


def _length(one: Occasion) -> timedelta:
    start, end = one.starts, one.ends
    if isinstance(start, datetime) and isinstance(end, datetime):
        if (start.tzinfo is None) != (end.tzinfo is None):
            return timedelta(0)
        return max(end - start, timedelta(0))
    return max(_own_day(end) - _own_day(start), timedelta(0)) if end else timedelta(0)


def _plus(start: date, length: timedelta) -> date:
    try:
        return start + length
    except OverflowError:
        return start


def _calls(one: Occasion, today: date, days: int, zone: ZoneInfo) -> Iterator[Occasion]:
    if _CALL.search(one.title):
        coming = _next(one, today, days, zone)
        if coming:  # a call that is open for weeks is due on its last day
            last = coming.last_day(zone)
            alone = last == coming.day(zone)
            when = coming.starts if alone else last
            yield replace(coming, starts=when, ends=coming.ends if alone else None, kind="deadline")
        return
    for sentence in _calling(one):
        said = _CALL.search(sentence)
        day = said and _day_after(sentence, said.end())
        if said and day and day >= today:
            title = clip(f"{one.title}: {said[0]}", 120)
            yield replace(one, title=title, starts=day, ends=None, rule="", kind="deadline")
            return


def _calling(one: Occasion) -> Iterator[str]:
    """The sentences of a text that call, the first few; only what stands near the words is looked at."""
    for said in islice(_CALL.finditer(one.text), _CALLS_READ):
        near = one.text[max(said.start() - _NEAR, 0) : said.end() + _NEAR]
        if _YEAR.search(near) and _DAY.search(near):
            yield from (line for line in sentences(_DAY_OF_MONTH.sub(r"\1 ", near)) if _CALL.search(line))


def _day_after(text: str, start: int) -> date | None:
    """The first day that a sentence names after the word, else the last before it."""
    found = [(match.start(), day) for match in _DAY.finditer(text) if (day := _read_day(match))]
    after = [day for place, day in found if place >= start]
    return after[0] if after else found[-1][1] if found else None


def _read_day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["d3"]:
            return date(int(match["y3"]), int(match["m3"]), int(match["d3"]))
        day, month, year = match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"]
        return date(int(year), _MONTHS.index(month[:3].lower()) % 12 + 1, int(day))
    except ValueError:
        return None


def _once(found: Iterable[Occasion], zone: ZoneInfo) -> tuple[Occasion, ...]:
    """Soonest first; what two calendars announce for one day is one, and no calendar drowns the others."""
    seen: set[tuple[date, str]] = set()
    counts: dict[str, int] = {}
    kept = []
    for one in sorted(found, key=lambda one: (one.day(zone), one.title, one.feed, one.uid)):
        day = one.day(zone)
        names = {(day, one.title.casefold())} | ({(day, canonical(one.url))} if one.url else set())
        if not names & seen and counts.get(one.feed, 0) < _MOST_PER_CALENDAR:
            seen |= names
            counts[one.feed] = counts.get(one.feed, 0) + 1
            kept.append(one)
    return tuple(kept)
