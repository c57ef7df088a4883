"""This week: the plan, and the days that are coming. What nobody should read over your shoulder is elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from brandkit.engage.days.agenda import AgendaItem, Span, agenda
from brandkit.engage.pages.page import Facts, PageView
from brandkit.engage.plan import headline
from brandkit.engage.world import World

_DAYS = 7


def week(facts: Facts) -> Iterator[PageView]:
    """Standing by is left to the person's own page; that there is something is said."""
    shown = [s for s in facts.plan.suggestions if s.minutes is not None]
    values = {
        "plan": facts.plan,
        "suggestions": shown,
        "quiet": len(facts.plan.suggestions) - len(shown),
        "names": {contact.id: contact for contact, _ in facts.shown()},
        "headline": headline(shown),
        "coming": coming_days(facts.world, _DAYS),
        "own": facts.own,
    }
    yield PageView("index.html", "week.html", values)


def coming_days(world: World, days: int) -> list[AgendaItem]:
    """What the next days bring, beside what the plan says; nothing that is discreet."""
    span = Span(world.today, world.zone, world.today, world.today + timedelta(days=days))
    held = {id_ for id_, person in world.people.items() if person.held(world.today)}
    items = agenda(world.vault, span, lambda contact: contact.id in held)
    return [item for item in items if not item.discreet]
