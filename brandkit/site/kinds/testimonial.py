"""Testimonials: what others said, and agreed to have quoted. Without a consent none is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from brandkit.site.keys import SITE_KEY, Key, text
from brandkit.site.kinds.kind import Facts, Kind


class Testimonial(Kind):
    """A quote with a name under it."""

    name = "testimonial"
    folder = "testimonials"
    template = "testimonial.html"
    dated = False
    titled = False
    streamed = False
    schema = "Review"
    keys = (
        Key("quote", (), text, "What was said; else the text below."),
        Key("by", ("name",), text, "Who said it."),
        Key("role", (), text, "What they do, and where."),
        SITE_KEY,
        Key("consent", (), text, "When, or how, they agreed to be quoted."),
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
