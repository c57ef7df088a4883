"""Values that people write in the vault, and how each is read: rhythms, days of the year, addresses.

In: text. Out: small frozen values, or ValueError("what is wrong | a hint"). Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

from brandkit.base import url

_UNIT_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
_LONGEST_RHYTHM = 36525  # days
_WORDS = {"weekly": (1, "week"), "monthly": (1, "month"), "quarterly": (3, "month"), "yearly": (1, "year")}
_RHYTHM = re.compile(r"(\d{1,4})\s*(day|week|month|year)s?\Z", re.IGNORECASE)
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH_DAY = re.compile(r"--(\d{2})-?(\d{2})\Z")


@dataclass(frozen=True)
class Rhythm:
    """How often one wants to be in touch: `30 days`, `1 month`."""

    count: int
    unit: str

    @property
    def days(self) -> float:
        """Its length in days, on average."""
        return self.count * _UNIT_DAYS[self.unit]

    def after(self, day: date) -> date:
        """The day that is one rhythm later; the last day of a shorter month stands for a missing one."""
        if self.unit == "day":
            return day + timedelta(days=self.count)
        if self.unit == "week":
            return day + timedelta(weeks=self.count)
        return add_months(day, self.count * (12 if self.unit == "year" else 1))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True)
class DayOfYear:
    """A day that comes back each year; the year may be unknown."""

    month: int
    day: int
    year: int | None = None


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where there is none: 01-31 gives 02-28."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for candidate in (day.day, 30, 29, 28):
        if candidate <= day.day:
            try:
                return date(year, month + 1, candidate)
            except ValueError:
                continue
    raise AssertionError("every month has a 28th")


def read_rhythm(value: Any) -> Any:
    """`30 days`, `2 weeks`, `1 month`, `yearly`."""
    if not isinstance(value, str):
        raise ValueError("should be a rhythm like 30 days or 1 month")
    word = _WORDS.get(value.strip().lower())
    if word:
        return Rhythm(*word)
    match = _RHYTHM.match(value.strip())
    if not match or int(match[1]) == 0:
        raise ValueError(f"is not a rhythm: {value} | write it like 30 days, 2 weeks, 1 month, or monthly")
    rhythm = Rhythm(int(match[1]), match[2].lower())
    if rhythm.days > _LONGEST_RHYTHM:
        raise ValueError(f"is longer than a life: {value} | leave it out for no nudge")
    return rhythm


def read_day(value: Any) -> Any:
    """A date like 2026-03-01. Raises ValueError that names the reason."""
    if isinstance(value, date) or value is None:
        return value
    if not isinstance(value, str) or not _WHOLE_DAY.fullmatch(value.strip()):
        raise ValueError(f"is not a date: {value} | write it like 2026-03-01")
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(_no_such_day(*(int(part) for part in value.strip().split("-")))) from None


def read_day_of_year(value: Any) -> Any:
    """`1971-11-03`, or `--11-03` where the year is unknown."""
    if isinstance(value, DayOfYear) or value is None:
        return value
    match = _MONTH_DAY.match(str(value).strip())
    if match:
        month, day = int(match[1]), int(match[2])
        try:
            date(2000, month, day)  # a leap year: without a year, 29 February is a day
        except ValueError:
            raise ValueError(_no_such_day(None, month, day)) from None
        return DayOfYear(month, day)
    if not isinstance(value, date) and not _WHOLE_DAY.fullmatch(str(value).strip()):
        raise ValueError(f"is not a day: {value} | write it like 1971-11-03, or --11-03 without the year")
    whole = read_day(value)
    return DayOfYear(whole.month, whole.day, whole.year)


def _no_such_day(year: int | None, month: int, day: int) -> str:
    if (month, day) == (2, 29):
        return f"is not a date: {year} has no 29 February | leave the year out, as --02-29, or correct it"
    return f"is not a date: there is no day {day} in month {month} | correct the day or the month"


def read_address(value: Any) -> Any:
    """A mail address, just enough to catch a slip."""
    if not isinstance(value, str) or not re.fullmatch(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.]+", value):
        raise ValueError(f"is not a mail address: {value} | write it like ada@example.org")
    return value


def read_web(value: Any) -> Any:
    """An http or https address."""
    if not isinstance(value, str) or not url.is_web(value):
        raise ValueError(f"is not a web address: {value} | write it whole, like https://example.org/")
    return value


def read_feed_place(value: Any) -> Any:
    """A feed's address, or a path beside the vault's files."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("should be a web address, or a path beside this file")
    first = value.split("/")[0].lower()
    if "://" in value or value.startswith(("//", "www.")) or ":" in first or first in ("http", "https"):
        return read_web(value)
    if value.startswith(("/", "~")) or ".." in value.split("/"):
        raise ValueError(f"leads out of the vault: {value} | name a file beside this one")
    return value


def read_host_port(value: Any) -> Any:
    """An exact `host:port`."""
    if not isinstance(value, str) or not re.fullmatch(r"[^\s/:]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}", value):
        raise ValueError(f"should be a host and a port, like 192.168.1.5:8080: {value}")
    return value.lower()


def read_language(value: Any) -> Any:
    """A language tag like `en` or `pt-BR`."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"is not a language tag: {value} | languages look like en or pt-BR")
    return value


def read_id(value: Any) -> Any:
    """A name for the machine: letters, digits, `-`, `_` and `.`."""
    if not isinstance(value, str) or not re.fullmatch(r"[^\W_][\w.-]{0,79}", value):
        raise ValueError(f"should be a short name without spaces, like ada: {value}")
    if value == "index":
        raise ValueError("cannot be index, which is the page of all people | choose another name")
    return value


Every = Annotated[Rhythm, BeforeValidator(read_rhythm)]
Day = Annotated[date, BeforeValidator(read_day)]
YearDay = Annotated[DayOfYear, BeforeValidator(read_day_of_year)]
MailAddress = Annotated[str, BeforeValidator(read_address)]
WebAddress = Annotated[str, BeforeValidator(read_web)]
FeedPlace = Annotated[str, BeforeValidator(read_feed_place)]
LanguageTag = Annotated[str, BeforeValidator(read_language)]
Id = Annotated[str, BeforeValidator(read_id)]
