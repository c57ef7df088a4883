"""Events: the list, and for each a brief to be printed the night before, with the morning after. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.engage.briefs import event_brief
from brandkit.engage.pages.page import Facts, PageView


def events(facts: Facts) -> Iterator[PageView]:
    """Those to come first, the soonest at the top; then those that are over, the last at the top."""
    briefs = [event_brief(event, facts.world, facts.advice) for event in facts.world.vault.events]
    today = facts.world.today
    coming = sorted((b for b in briefs if b.end >= today), key=lambda b: (b.start, b.event.id))
    past = sorted((b for b in briefs if b.end < today), key=lambda b: (b.start, b.event.id), reverse=True)
    yield PageView("events/index.html", "events.html", {"coming": coming, "past": past})
    for brief in briefs:
        yield PageView(f"events/{brief.event.id}.html", "event.html", {"brief": brief})
