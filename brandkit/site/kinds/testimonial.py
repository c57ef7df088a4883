"""Testimonials: what others said, and agreed to have quoted. Without a consent none is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.site.keys import SITE_KEY, Key, text
from brandkit.site.kinds.kind import Facts, Kind


def consent(value: Any, zone: ZoneInfo) -> str:
    """A consent that was given: a day, or words; a no is none."""
    written = text(value, zone)
    if value is False or written.lower() in _NO:
        raise ValueError(f"is '{written}': without a consent nobody is quoted")
    return written


_NO = ("no", "none", "never", "false", "pending", "asked", "waiting", "not yet", "n/a", "-", "?")


class Testimonial(Kind):
    """A quote with a name under it."""

    name = "testimonial"
    folder = "testimonials"
    template = "testimonial.html"
    dated = False
    titled = False
    streamed = False
    shown_whole = True
    schema = "Review"
    keys = (
        Key("quote", (), text, "What was said; else the text below."),
        Key("by", ("name",), text, "Who said it."),
        Key("role", (), text, "What they do, and where."),
        SITE_KEY,
        Key("consent", (), consent, "When, or how, they agreed to be quoted.", True),
    )

    def archetype(self, title: str, day: str) -> str:
        """A quote that waits for its consent."""
        consent = "consent:          # the day on which they agreed; none is shown without"
        return f"---\nby: {json.dumps(title, ensure_ascii=False)}\nrole:\nquote:\n{consent}\ndraft: true\n---\n"

    def problem(self, facts: Facts) -> str | None:
        """A name or a consent that is not there."""
        missing = next((key for key in ("consent", "by") if not facts[key]), None)
        return f"a testimonial needs '{missing}' before it is shown" if missing else None

    def structured(self, facts: Facts) -> Mapping[str, Any]:
        """Who said it, and what."""
        return {"reviewBody": facts["quote"], "author": {"@type": "Person", "name": facts["by"]}}
