"""This week: the plan, and the days that are coming. What nobody should read over your shoulder is elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from brandkit.engage.days.agenda import AgendaItem, Span, agenda
from brandkit.engage.pages.live import lately
from brandkit.engage.pages.page import Facts, PageView
from brandkit.engage.plan import Plan, headline, plan
from brandkit.engage.world import World

_DAYS = 7


def week(facts: Facts) -> Iterator[PageView]:
    """Standing by is left to the person's own page; that there is something is said."""
    yield PageView("index.html", "week.html", partial(_week, facts))


def _week(facts: Facts) -> dict[str, object]:
    planned = _planned(facts)
    shown = [s for s in planned.suggestions if s.minutes is not None]
    return {
        "plan": planned,
        "suggestions": shown,
        "quiet": len(planned.suggestions) - len(shown),
        "names": {contact.id: contact for contact, _ in facts.shown()},
        "headline": headline(shown),
        "coming": coming_days(facts.world, _DAYS),
        "own": facts.own,
        "lately": lately(facts) if facts.live else (),
    }


def _planned(facts: Facts) -> Plan:
    """The plan; for as many minutes as somebody asks about, where they do."""
    asked = facts.live.asked.get("minutes", "") if facts.live else ""
    is_number = asked.isascii() and asked.isdigit() and 0 < len(asked) < 6
    return plan(facts.advice, int(asked)) if is_number and int(asked) else facts.plan


def coming_days(world: World, days: int) -> list[AgendaItem]:
    """What the next days bring, beside what the plan says; nothing that is discreet."""
    span = Span(world.today, world.zone, world.today, world.today + timedelta(days=days))
    held = {id_ for id_, person in world.people.items() if person.held(world.today)}
    items = agenda(world.vault, span, lambda contact: contact.id in held)
    return [item for item in items if not item.discreet]
