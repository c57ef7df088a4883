"""The calendar: the days of the coming months, as a list to print. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from brandkit.engage.days.agenda import in_order
from brandkit.engage.days.occasions import candidates, deadlines, occasion_items
from brandkit.engage.pages.page import Facts, PageView
from brandkit.engage.pages.week import coming_days

_DAYS = 120


def calendar(facts: Facts) -> Iterator[PageView]:
    """By month: days of people, events, meetings, sessions, promises, and what followed calendars offer."""
    yield PageView("calendar.html", "calendar.html", partial(_months, facts))


def _months(facts: Facts) -> dict[str, object]:
    world = facts.world
    offered = (
        *candidates(facts.occasions, world.today, _DAYS, world.zone),
        *deadlines(facts.occasions, world.today, _DAYS, world.zone),
    )
    items = in_order((*coming_days(world, _DAYS), *occasion_items(offered, world.zone)))
    months = [(key, list(days)) for key, days in groupby(items, key=lambda item: (item.day.year, item.day.month))]
    return {"months": months}
