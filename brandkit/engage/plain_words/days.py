"""Days as people name them, English and German: when it was, and by when it is due.

In: words and today. Out: a day and where it stands in the words; nothing for a day that does not
exist, or lies on the wrong side of today. Pure.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = (
    "monday|mon|montag|montags", "tuesday|tues|tue|dienstag|dienstags", "wednesday|wed|mittwoch|mittwochs",
    "thursday|thurs|thu|donnerstag", "friday|fri|freitag|freitags", "saturday|sat|samstag|sonnabend",
    "sunday|sun|sonntag",
)  # fmt: skip
_MONTHS = (
    "january|januar|jänner|jan", "february|februar|feber|feb", "march|märz|mar", "april|apr", "may|mai",
    "june|juni|jun", "july|juli|jul", "august|aug", "september|sept|sep", "october|oktober|oct|okt",
    "november|nov", "december|dezember|dec|dez",
)  # fmt: skip
_COUNTS = (
    "a|an|one|ein|einem|einer|eine", "two|zwei|a couple of|a few", "three|drei", "four|vier", "five|fünf", "six|sechs",
    "seven|sieben", "eight|acht", "nine|neun", "ten|zehn", "eleven|elf", "twelve|zwölf",
)  # fmt: skip


def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, several in enumerate(names) for name in several.split("|")}


_WEEKDAY, _MONTH, _COUNT = _numbered(_WEEKDAYS), _numbered(_MONTHS), _numbered(_COUNTS)


def _any(names: dict[str, int], shortest: int = 0) -> str:
    return "|".join(sorted((name for name in names if len(name) > shortest), key=lambda name: -len(name)))


# What stands for what in the patterns below.
_PARTS = {
    "weekday": rf"(?P<weekday>{_any(_WEEKDAY)})\b(?!['’]s)",
    "day-name": rf"(?P<weekday>{_any(_WEEKDAY, 5)})\b(?!['’]s)",
    "month": rf"(?P<month>{_any(_MONTH)})\b\.?",
    "count": rf"(?P<count>[0-9]{{1,3}}|{_any(_COUNT)})",
    "unit": r"(?P<unit>days?|tage?n?|weeks?|wochen?|months?|monat(?:e|en)?)\b",
    "day": r"(?P<day>[0-9]{1,2})",
    "numeric": r"(?P<day>[0-9]{1,2})\.(?P<number>[0-9]{1,2})(?:\.|$)",
    "year": r"(?P<year>[0-9]{4})\b",
}
_CALENDAR = (
    r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])",
    r"(?:the |de[mnr] )?@day(?:st|nd|rd|th|\.)? ?(?:of )?@month(?:,? @year)?",
    r"@month @day(?:st|nd|rd|th)?\b(?![.:][0-9])(?:,? @year)?",
    r"@numeric@year",
)


@dataclass(frozen=True)
class Found:
    """A day, and where its words begin and end."""

    day: date
    start: int
    end: int


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]


def _plus(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(today: date, months: int) -> date | None:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _day(year, month + 1, monthrange(year, month + 1)[1]) if 1 <= year <= 9999 else None


def _moved(match: re.Match[str], today: date, sign: int) -> date | None:
    """So many days, weeks or months from today."""
    count, unit = match["count"].casefold(), match["unit"].casefold()
    number = sign * (int(count) if count.isdigit() else _COUNT[count] + 1)
    if unit.startswith("m"):
        end = _month_end(today, number)
        return end and _day(end.year, end.month, min(today.day, end.day))
    return _plus(today, number * (7 if unit.startswith("w") else 1))


def _on_calendar(match: re.Match[str], today: date, sign: int) -> date | None:
    """A day by its number and month; without a year the nearest on that side of today, if it is not far."""
    parts = match.groupdict()
    number = parts.get("number") or parts.get("number_")
    month = int(number) if number else _MONTH[parts["month"].casefold()] + 1
    if parts.get("year"):
        return _day(int(parts["year"]), month, int(parts["day"]))
    near = (_day(today.year + add, month, int(parts["day"])) for add in (0, sign))
    return next((day for day in near if day and 0 <= sign * (day - today).days < 300), None)


def _number_alone(match: re.Match[str], today: date, sign: int) -> date | None:
    """`the 14th`, of this month or of the one before or after."""
    ends = (_month_end(today, add) for add in (0, sign))
    near = (_day(end.year, end.month, int(match["day"])) for end in ends if end)
    return next((day for day in near if day and sign * (day - today).days >= 0), None)


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAY[match["weekday"].casefold()]


def _last_weekday(match: re.Match[str], today: date) -> date | None:
    return _plus(today, -((today.weekday() - _weekday(match)) % 7))


def _weekday_before(match: re.Match[str], today: date) -> date | None:
    return _plus(today, -((today.weekday() - _weekday(match) - 1) % 7 + 1))


def _coming_weekday(match: re.Match[str], today: date) -> date | None:
    return _plus(today, (_weekday(match) - today.weekday()) % 7)


def _weekday_next_week(match: re.Match[str], today: date) -> date | None:
    return _plus(today, 7 - today.weekday() + _weekday(match))


def _friday(today: date, weeks: int) -> date | None:
    """The end of a week: its Friday, or its Sunday once that is over."""
    day = _plus(today, 4 - today.weekday() + 7 * weeks)
    return day if day is None or day >= today else _plus(today, 6 - today.weekday())


def _in_month(match: re.Match[str], today: date, at_end: bool) -> date | None:
    months = (_MONTH[match["month"].casefold()] + 1 - today.month) % 12
    end = _month_end(today, months)
    return end if at_end or end is None else end.replace(day=1)


def _rule(pattern: str, day: Callable[[re.Match[str], date], date | None]) -> Rule:
    filled = re.sub(r"@(day-name|\w+)", lambda name: _PARTS[name[1]], pattern)
    return re.compile(rf"(?<![\w.-])(?:{filled})(?!\w)", re.IGNORECASE), day


def _shift(days: int) -> Callable[[re.Match[str], date], date | None]:
    return lambda _, today: _plus(today, days)


_HAPPENED: tuple[Rule, ...] = (
    *(_rule(rf"(?:on |am |vom )?{form}", lambda m, t: _on_calendar(m, t, -1)) for form in _CALENDAR),
    _rule(r"(?:on|am|vom) @numeric(?![0-9])", lambda m, t: _on_calendar(m, t, -1)),
    _rule(r"on the @day(?:st|nd|rd|th)", lambda m, t: _number_alone(m, t, -1)),
    _rule(r"am @day(?:\.(?= (?-i:[a-zäöü]))|\.?(?=$|,))", lambda m, t: _number_alone(m, t, -1)),
    _rule(r"the day before yesterday|vorgestern", _shift(-2)),
    _rule(r"yesterday|last night|gestern", _shift(-1)),
    _rule(r"today|this (?:morning|afternoon|evening)|heute", _shift(0)),
    _rule(r"@count @unit ago", lambda m, t: _moved(m, t, -1)),
    _rule(r"vor @count @unit", lambda m, t: _moved(m, t, -1)),
    _rule(r"last week|(?:letzte|vorige|vergangene) woche", _shift(-7)),
    _rule(r"(?:last|this past|letzte[nrm]?|vorigen|vergangenen) @weekday", _weekday_before),
    _rule(r"(?:on|am) @weekday", _last_weekday),
    _rule(r"@day-name", _last_weekday),
)
_BEFORE = (
    r"(?:by|until|till|before|no later than|due(?: on)?|bis(?: zum| zur)?|spätestens(?: am| bis)?|vor)(?: the| dem| "
    r"der)?"
)
_MAYBE = rf"(?:(?:{_BEFORE}|on|am|at the|the) )?"
_NEXT_MONTH = r"next month|nächste[nrs]? monat\w*"
_DUE: tuple[Rule, ...] = (
    *(_rule(rf"{_MAYBE}{form}", lambda m, t: _on_calendar(m, t, 1)) for form in _CALENDAR),
    _rule(rf"(?:{_BEFORE}|on|am) @numeric(?![0-9])", lambda m, t: _on_calendar(m, t, 1)),
    _rule(rf"(?:{_BEFORE}|on the|am) @day(?:st|nd|rd|th|\.)(?! ?\w)", lambda m, t: _number_alone(m, t, 1)),
    _rule(rf"{_MAYBE}(?:day after tomorrow|übermorgen)", _shift(2)),
    _rule(rf"{_MAYBE}(?:tomorrow|morgen)(?: (?:morning|afternoon|evening|night|früh|abend|mittag))?", _shift(1)),
    _rule(rf"{_MAYBE}(?:today|tonight|this (?:afternoon|evening)|heute)(?: (?:abend|nachmittag|noch))?", _shift(0)),
    _rule(r"(?:with)?in (?:the next |den nächsten |der nächsten )?@count @unit(?:['’] time)?",
          lambda m, t: _moved(m, t, 1)),
    _rule(r"innerhalb (?:von )?@count @unit", lambda m, t: _moved(m, t, 1)),
    _rule(rf"{_MAYBE}(?:end of|ende) (?:{_NEXT_MONTH})", lambda _, t: _month_end(t, 1)),
    _rule(rf"{_MAYBE}(?:end of (?:the |this )?month|month['’]?s end|ende (?:des|diese[sn]) monats|ende des monats"
          r"|(?:zum )?monatsende)", lambda _, t: _month_end(t, 0)),
    _rule(rf"{_MAYBE}(?:end of(?: the)?|ende) @month", lambda m, t: _in_month(m, t, True)),
    _rule(rf"{_MAYBE}(?:end of (?:the |this )year|ende (?:des|dieses) jahres|jahresende)",
          lambda _, t: _day(t.year, 12, 31)),
    _rule(rf"{_MAYBE}(?:(?:end of|ende) )?(?:next week|nächste[nr]? woche)", lambda _, t: _friday(t, 1)),
    _rule(rf"{_MAYBE}(?:end of the week|ende der woche|wochenende|this week|diese[rn]? woche|weekend)",
          lambda _, t: _friday(t, 0)),
    _rule(rf"{_MAYBE}(?:{_NEXT_MONTH})", lambda _, t: _month_end(t, 1)),
    _rule(rf"{_MAYBE}(?:this month|diesen monat)", lambda _, t: _month_end(t, 0)),
    _rule(rf"{_MAYBE}(?:next|nächste[nrm]?) @weekday", _weekday_next_week),
    _rule(rf"(?:{_BEFORE}|on|am|this|this coming|diesen|kommenden) @weekday", _coming_weekday),
    _rule(rf"(?:{_MAYBE})@day-name", _coming_weekday),
    _rule(r"(?:in|im) @month", lambda m, t: _in_month(m, t, True)),
    _rule(rf"{_BEFORE} @month", lambda m, t: _in_month(m, t, False)),
)  # fmt: skip
_TO_COME = re.compile(rf"(?:\b(?:next|nächste[nrm]?|kommende[nrm]?|every|each|jede[nrm]?|{_BEFORE}|for|für)) $", re.I)
_PAST = re.compile(r"\b(?:last|letzte[nrms]?|of|from|vom|vorige[nr]?|since|seit|every|jeden) $", re.I)
_LIMIT = re.compile(rf"{_BEFORE}\b", re.IGNORECASE)
_FROM_NOW = re.compile(
    r"\b(?:today|tonight|this|tomorrow|next|heute|morgen|übermorgen|nächste\w*|diese\w*)\b", re.IGNORECASE
)


def _found(rules: tuple[Rule, ...], words: str, today: date, unless: re.Pattern[str]) -> Iterator[Found]:
    """Every day that is named, but for words inside of longer ones that name a day, and after words that forbid it."""
    taken: list[range] = []
    for pattern, day in rules:
        for match in pattern.finditer(words):
            if any(match.start() in span for span in taken) or unless.search(words[: match.start()]):
                continue
            taken.append(range(match.start(), match.end()))
            named = day(match, today)
            if named is not None:
                yield Found(named, match.start(), match.end())


def find_past(words: str, today: date) -> Found | None:
    """The first day named that is today or before."""
    found = (one for one in _found(_HAPPENED, words, today, _TO_COME) if one.day <= today)
    return min(found, key=lambda one: one.start, default=None)


def find_due_since(words: str, since: date, today: date) -> Found | None:
    """The due day of something said on an earlier day: `by Friday` counts from then, `tomorrow` from today."""
    if since >= today:
        return find_due(words, today)
    due = find_due(words, since)
    if due and _FROM_NOW.search(words, due.start, due.end):
        return find_due(words, today)
    return find_due(words, since + timedelta(days=1)) if due and due.day == since else due


def find_due(words: str, today: date) -> Found | None:
    """The first day named that is today or later; one that says `by` comes before others."""
    found = [one for one in _found(_DUE, words, today, _PAST) if one.day >= today]
    return min(found, key=lambda one: (not _LIMIT.match(words, one.start), one.start), default=None)
