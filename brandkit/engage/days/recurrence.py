"""Rules of recurrence (RFC 5545), by days at the least: FREQ=MONTHLY;BYDAY=1TU.

In: a rule as calendars write it, and a window of days. Out: the days that it names. Pure, and bounded
whatever the rule says: only the window is looked at, so that a rule that fits no day ends too. A
general library would go on to the year 9999, which takes seconds for each such rule of a stranger's calendar.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

YEARS = range(1600, 2401)  # what lies outside is a slip of the pen, and dates end soon after
_MOST_DAYS = 12_000  # days that one rule is asked about: 32 years
_MOST_COUNTED = 6_000  # and where it counts from its start
_NEVER = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001  (the clock on the wall)
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?")
_LIMITS = {"BYMONTH": (1, 12, False), "BYMONTHDAY": (1, 31, True), "BYYEARDAY": (1, 366, True)}
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True)
class Rule:
    """A rule of recurrence by days at the least."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()  # (which of them, 0 for all; 0 for Monday)
    positions: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(written: str | None) -> Rule | None:
    """The rule in a text like FREQ=MONTHLY;BYDAY=1TU; None where it can not be read."""
    try:
        pairs = [part.split("=", 1) for part in (written or "").upper().removeprefix("RRULE:").strip(" ;").split(";")]
        parts = {name.strip(): value.strip() for name, value in pairs}
        return _rule(parts) if len(parts) == len(pairs) else None
    except (ValueError, KeyError):
        return None


def _rule(parts: dict[str, str]) -> Rule:
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYSETPOS", "WKST", *_LIMITS, *_TIMES}
    frequency = parts["FREQ"]
    if frequency not in _FREQUENCIES or not parts.keys() <= known or {"COUNT", "UNTIL"} <= parts.keys():
        raise ValueError
    if any("," in parts.get(name, "") for name in _TIMES):  # several times a day
        raise ValueError
    until = parts.get("UNTIL", "")
    if until:
        _moment(until)
    return Rule(
        frequency=frequency,
        interval=_number(parts.get("INTERVAL", "1"), 1, 9999),
        count=_number(parts["COUNT"], 1, 99_999) if "COUNT" in parts else None,
        until=until,
        months=_numbers(parts, "BYMONTH"),
        month_days=_numbers(parts, "BYMONTHDAY"),
        year_days=_numbers(parts, "BYYEARDAY"),
        weekdays=_weekdays(parts["BYDAY"], frequency) if "BYDAY" in parts else (),
        positions=tuple(_number(n, 1, 366, True) for n in parts["BYSETPOS"].split(",")) if "BYSETPOS" in parts else (),
        week_start=_WEEKDAYS.index(parts.get("WKST", "MO")),
    )


def _number(text: str, least: int, most: int, negative: bool = False) -> int:
    if not re.fullmatch(r"[+-]?\d{1,5}", text):
        raise ValueError
    number = int(text)
    if not least <= (abs(number) if negative else number) <= most:
        raise ValueError
    return number


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    return tuple(_number(text, *_LIMITS[name]) for text in parts[name].split(",")) if name in parts else ()


def _weekdays(text: str, frequency: str) -> tuple[tuple[int, int], ...]:
    found = [_BY_DAY.fullmatch(part.strip()) for part in text.split(",")]
    days = tuple((int(match[1] or 0), _WEEKDAYS.index(match[2])) for match in found if match)
    if len(days) < len(found) or (frequency in ("WEEKLY", "DAILY") and any(nth for nth, _ in days)):
        raise ValueError
    return days


def _moment(until: str) -> datetime:
    if not _UNTIL.fullmatch(until):
        raise ValueError
    whole = until if "T" in until else f"{until}T235959"
    return datetime.strptime(whole.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  (the clock on the wall)


def last_moment(rule: Rule | None, there: tzinfo | None) -> datetime:
    """The end of a rule by the clock on the wall; a day is meant to its end."""
    if rule is None or not rule.until:
        return _NEVER
    moment = _moment(rule.until)
    try:
        return moment.replace(tzinfo=UTC).astimezone(there).replace(tzinfo=None) if rule.until[-1] == "Z" else moment
    except OverflowError:
        return moment


def days_of(begin: datetime, rule: Rule | None, last: datetime, window: tuple[date, date]) -> Iterator[date]:
    """The days of a rule within the window, soonest first."""
    first, (since, until) = begin.date(), window
    if rule is None:
        yield from (day for day in (first,) if since <= day <= until)
        return
    rule, count = _filled(rule, first), 0
    for period in _affordable(_periods(rule, first, window), _MOST_COUNTED if rule.count else _MOST_DAYS):
        for day in (day for day in _chosen(rule, period) if day >= first):
            if day > until or datetime.combine(day, begin.time()) > last:
                return
            count += 1
            if day >= since:
                yield day
            if count == rule.count:
                return


def _affordable(periods: Iterator[list[date]], days: int) -> Iterator[list[date]]:
    """The first periods, of so many days together."""
    for period in periods:
        if days <= 0:
            return
        days -= max(len(period), 1)
        yield period


def _filled(rule: Rule, first: date) -> Rule:
    """A rule that does not say on which days it recurs means those that are like its first."""
    if rule.month_days or rule.year_days or rule.weekdays or rule.frequency == "DAILY":
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=((0, first.weekday()),))
    months = (first.month,) if rule.frequency == "YEARLY" and not rule.months else rule.months
    return replace(rule, months=months, month_days=(first.day,))


def _periods(rule: Rule, first: date, window: tuple[date, date]) -> Iterator[list[date]]:
    """The days of each period that counts, from the window's on; from the first where the rule counts them."""
    since = first if rule.count else max(window[0], first)
    try:
        for begin, days in _PERIODS[rule.frequency](rule, first, since):
            if begin > window[1]:
                return
            yield days
    except (ValueError, OverflowError):  # the last days of the calendar
        return


def _by_days(rule: Rule, first: date, since: date) -> Iterator[tuple[date, list[date]]]:
    step = timedelta(days=rule.interval)
    day = first + (since - first) // step * step
    while True:
        yield day, [day]
        day += step


def _by_weeks(rule: Rule, first: date, since: date) -> Iterator[tuple[date, list[date]]]:
    step = timedelta(weeks=rule.interval)
    monday = shifted(first, -((first.weekday() - rule.week_start) % 7))
    monday += (since - monday) // step * step
    while True:
        yield monday, [monday + timedelta(days=n) for n in range(7)]
        monday += step


def _by_months(rule: Rule, first: date, since: date) -> Iterator[tuple[date, list[date]]]:
    passed = (since.year - first.year) * 12 + since.month - first.month
    number = first.year * 12 + first.month - 1 + passed // rule.interval * rule.interval
    while True:
        year, month = number // 12, number % 12 + 1
        yield date(year, month, 1), _days_of(year, month)
        number += rule.interval


def _by_years(rule: Rule, first: date, since: date) -> Iterator[tuple[date, list[date]]]:
    year = first.year + (since.year - first.year) // rule.interval * rule.interval
    while True:
        months = rule.months or range(1, 13)
        yield date(year, 1, 1), [day for month in sorted(set(months)) for day in _days_of(year, month)]
        year += rule.interval


_PERIODS = {"DAILY": _by_days, "WEEKLY": _by_weeks, "MONTHLY": _by_months, "YEARLY": _by_years}


def _days_of(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def _chosen(rule: Rule, period: list[date]) -> list[date]:
    found = [day for day in period if _fits(rule, day)]
    if not rule.positions:
        return found
    size = len(found)
    places = {n - 1 if n > 0 else size + n for n in rule.positions}
    return [day for place, day in enumerate(found) if place in places]


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.weekdays and not _is_weekday(rule, day):
        return False
    if rule.month_days and not _counted(day.day, monthrange(day.year, day.month)[1], rule.month_days):
        return False
    return not rule.year_days or _counted(day.timetuple().tm_yday, 365 + isleap(day.year), rule.year_days)


def _counted(number: int, last: int, wanted: tuple[int, ...]) -> bool:
    """Whether a day's number, from the front or from the back, is among these."""
    return number in wanted or number - last - 1 in wanted


def _is_weekday(rule: Rule, day: date) -> bool:
    nths = [nth for nth, weekday in rule.weekdays if weekday == day.weekday()]
    if not nths or 0 in nths:
        return bool(nths)
    if rule.frequency == "YEARLY" and not rule.months:
        number, last = day.timetuple().tm_yday, 365 + isleap(day.year)
    else:
        number, last = day.day, monthrange(day.year, day.month)[1]
    return (number - 1) // 7 + 1 in nths or -((last - number) // 7 + 1) in nths


def shifted(day: date, days: int) -> date:
    """The day some days later, or the last or first of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def rule_text(written: str | None, there: tzinfo | None, timed: bool, last: date | None = None) -> str:
    """The rule for a calendar's file: UNTIL a moment in UTC for what has a time, else a day; not after `last`.

    Empty where the rule can not be read.
    """
    rule = read_rule(written)
    if rule is None:
        return ""
    parts = (written or "").upper().removeprefix("RRULE:").strip(" ;").split(";")
    kept = [part.replace(" ", "") for part in parts if part.partition("=")[0].strip() not in ("UNTIL", *_TIMES)]
    end = last_moment(rule, there)
    if last is not None and last < end.date():
        kept = [part for part in kept if not part.startswith("COUNT=")]  # one of the two may stand
        end = datetime.combine(last, _NEVER.time())
    if end.year not in YEARS:
        return ";".join(kept) if end.year > YEARS[-1] else ""
    until = f"{end.replace(tzinfo=there).astimezone(UTC):%Y%m%dT%H%M%SZ}" if timed else f"{end:%Y%m%d}"
    return ";".join([*kept, f"UNTIL={until}"])
