"""Moving every date in a text by some days: how the example stays young. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import format_datetime, parsedate_to_datetime

_ISO = re.compile(r"(?<![\d-])(20\d{2}|19\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d|-\d)")
_CALENDAR = re.compile(r"(?<=:)(?:20|19)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=T\d{6}|\s*$)", re.MULTILINE)
_MAIL = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} \w{3} \d{4} \d{2}:\d{2}:\d{2} (?:[+-]\d{4}|GMT|UTC|Z)")


def moved(text: str, days: int) -> str:
    """The text with every date like 2026-03-01, as in mail and RSS, or as calendars write it, moved by `days`."""
    delta = timedelta(days=days)
    text = _MAIL.sub(lambda match: _mail(match[0], delta), _ISO.sub(lambda match: _iso(match[0], delta), text))
    return _CALENDAR.sub(lambda match: _basic(match[0], delta), text) if "BEGIN:VCALENDAR" in text else text


def _iso(text: str, delta: timedelta) -> str:
    try:
        return (date.fromisoformat(text) + delta).isoformat()
    except ValueError:  # not a day at all, like 2023-02-30
        return text


def _basic(text: str, delta: timedelta) -> str:
    return _iso(f"{text[:4]}-{text[4:6]}-{text[6:]}", delta).replace("-", "")


def _mail(text: str, delta: timedelta) -> str:
    return format_datetime(parsedate_to_datetime(text) + delta)
