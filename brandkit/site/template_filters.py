"""The filters that templates have. Pure: the same value gives the same text on every machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

_MONTHS = "January February March April May June July August September October November December".split()


def day(value: datetime) -> str:
    """`1 March 2026`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: datetime) -> str:
    """`1 Mar`: for lists that name the year elsewhere."""
    return f"{value.day} {_MONTHS[value.month - 1][:3]}"


def iso(value: datetime) -> str:
    """The machine's form, for `datetime` attributes."""
    return value.isoformat()


FILTERS: Mapping[str, Callable[..., Any]] = {"day": day, "short_day": short_day, "iso": iso}
