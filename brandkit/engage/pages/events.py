"""Events: the list, and for each a brief to be printed the night before, with the morning after. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from brandkit.engage.briefs import event_brief
from brandkit.engage.config import Event
from brandkit.engage.pages.page import Facts, PageView


def events(facts: Facts) -> Iterator[PageView]:
    """Those to come first, the soonest at the top; then those that are over, the last at the top."""
    yield PageView("events/index.html", "events.html", partial(_lists, facts))
    for event in facts.world.vault.events:
        yield PageView(f"events/{event.id}.html", "event.html", partial(_brief, facts, event))


def _lists(facts: Facts) -> dict[str, object]:
    briefs = [event_brief(event, facts.world, facts.advice) for event in facts.world.vault.events]
    today = facts.world.today
    coming = sorted((b for b in briefs if b.end >= today), key=lambda b: (b.start, b.event.id))
    past = sorted((b for b in briefs if b.end < today), key=lambda b: (b.start, b.event.id), reverse=True)
    return {"coming": coming, "past": past}


def _brief(facts: Facts, event: Event) -> dict[str, object]:
    return {"brief": event_brief(event, facts.world, facts.advice)}
