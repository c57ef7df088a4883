"""The filters that templates have. Pure: the same value gives the same text on every machine.

Those that speak take the words of the page's language, `site.words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

Words = Mapping[str, Any]


def filled(text: object, **values: object) -> str:
    """Each `{name}` by its value. Not `str.format`: a text of a theme must not reach into what it is given."""
    said = str(text)
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", str(value))
    return said


def day(value: date, words: Words) -> str:
    """`1 March 2026`."""
    return filled(words["day"], day=value.day, month=words["months"][value.month - 1], year=value.year)


def short_day(value: date, words: Words) -> str:
    """`1 Mar`: for lists that name the year elsewhere."""
    return filled(words["short_day"], day=value.day, month=words["short_months"][value.month - 1])


def iso(value: date) -> str:
    """The machine's form, for `datetime` attributes."""
    return value.isoformat()


def span(starts: date, ends: date | None, words: Words) -> str:
    """`10 March 2026, 19:00`, `10 March 2026 to 11 March 2026`: when something happens."""
    begin = day(starts, words) + (f", {starts:%H:%M}" if isinstance(starts, datetime) else "")
    if ends is None or _day_of(ends) == _day_of(starts):
        return begin
    return filled(words["span"], begin=day(starts, words), end=day(ends, words))


def counted(number: int, forms: Mapping[str, str]) -> str:
    """`1 post`, `13 posts`: the form that the words have for just this number, else the one for any."""
    return filled(forms.get(str(number)) or forms["any"], n=number)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text of data."""
    return tuple(part for part in (" ".join(part.split()) for part in text.split("\n\n")) if part)


def host(address: str) -> str:
    """`example.org` of `https://www.example.org/a`."""
    from brandkit.base.url import host_of

    return host_of(address)


def _day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "short_day": short_day,
    "iso": iso,
    "span": span,
    "counted": counted,
    "paragraphs": paragraphs,
    "host": host,
}
