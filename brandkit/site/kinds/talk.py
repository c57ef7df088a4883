"""Talks: what was said where; one to come is shown as upcoming."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from brandkit.site.keys import SITE_KEY, Key, text, web
from brandkit.site.kinds.kind import Facts, Kind, front


class Talk(Kind):
    """A talk, a workshop, a panel. `date` is the day on which it is given."""

    name = "talk"
    folder = "talks"
    template = "talk.html"
    scheduled = False
    timed = True
    schema = "Event"
    keys = (
        Key("event", (), text, "The event at which it is given."),
        SITE_KEY,
        Key("venue", ("location",), text, "Where it is given."),
        Key("slides", (), web, "The address of the slides."),
        Key("video", ("recording",), web, "The address of the recording."),
    )

    def archetype(self, title: str, day: str) -> str:
        """The keys of a talk, to be filled in."""
        keys = ("event:", "venue:", "slides:           # an address, once there is one", "video:", "tags: []")
        return front(title, f"date: {day}", "draft: true", *keys, "description:", body="What people take home.\n")

    def ends(self, facts: Facts, dated: datetime | None) -> date | None:
        """The day on which it is given is still to come until it is over."""
        return dated.date() if dated else None

    def structured(self, facts: Facts) -> Mapping[str, Any]:
        """The place and the event around it."""
        place = facts["venue"] or facts["event"]
        return {
            "location": {"@type": "Place", "name": place} if place else None,
            "superEvent": {"@type": "Event", "name": facts["event"], "url": facts["site"]} if facts["event"] else None,
        }
