"""Days as other tools write them, to `YYYY-MM-DD` or `--MM-DD`. Pure; a day that is none gives nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?\Z")
_YEARLESS = re.compile(r"--(\d{1,2})-?(\d{2})(?:T.*)?\Z")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[ ,].*)?\Z")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ ,].*)?\Z")
_WORDS = re.compile(
    r"(?:(\d{1,2})\.?[ -]([^\W\d_]{3,12})\.?,?[ -](\d{4})|([^\W\d_]{3,12})\.? (\d{1,2}),? (\d{4}))(?:[ ,].*)?\Z"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mär mrz", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"), 1
    )
    for name in names.split()
}


def read_day(text: str, day_first: bool | None = None) -> str:
    """The day, or nothing. `day_first` says how `3/4/2020` is meant; None, and it is not guessed."""
    text = text.strip()
    found = _YEARLESS.match(text)
    if found:
        return _valid(None, int(found[1]), int(found[2]))
    found = _ISO.match(text)
    if found:
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    found = _DOTS.match(text)
    if found:
        return _valid(int(found[3]), int(found[2]), int(found[1]))
    found = _WORDS.match(text)
    if found:
        month = _MONTHS.get((found[2] or found[4])[:3].lower(), 0)
        return _valid(int(found[3] or found[6]), month, int(found[1] or found[5]))
    return _slashed(text, day_first)


def day_comes_first(values: Iterable[str]) -> bool | None:
    """Whether days with slashes begin with the day, as far as a whole column tells."""
    pairs = [(int(found[1]), int(found[2])) for value in values if (found := _SLASHES.match(value.strip()))]
    first, second = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
    return None if first == second else first


def _slashed(text: str, day_first: bool | None) -> str:
    found = _SLASHES.match(text)
    if not found:
        return ""
    one, two = int(found[1]), int(found[2])
    if day_first is None and one <= 12 and two <= 12 and one != two:
        return ""
    day, month = (one, two) if day_first or one > 12 else (two, one)
    return _valid(int(found[3]), month, day)


def _valid(year: int | None, month: int, day: int) -> str:
    try:
        date(2000 if year is None else year, month, day)
    except ValueError:
        return ""
    return f"--{month:02d}-{day:02d}" if year is None else f"{year:04d}-{month:02d}-{day:02d}"
