"""Projects and case studies: what was made, for whom, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brandkit.site.keys import SITE_KEY, Key, text, web
from brandkit.site.kinds.kind import Facts, Kind, front


class Project(Kind):
    """A project, open or for a client."""

    name = "project"
    folder = "projects"
    template = "project.html"
    dated = False
    streamed = False
    schema = "CreativeWork"
    keys = (
        Key("repo", ("repository", "source"), web, "Where its source stands."),
        SITE_KEY,
        Key("status", (), text, "In a word: active, done, archived."),
        Key("client", (), text, "For whom it was done."),
        Key("result", ("outcome",), text, "What came of it, in one line."),
    )

    def archetype(self, title: str, day: str) -> str:
        """The keys of a project, to be filled in."""
        keys = ("repo:", "client:", "status: active", "result:           # one line, with a number if there is one")
        return front(title, f"date: {day}", *keys, "draft: true", "tags: []", "description:")

    def structured(self, facts: Facts) -> Mapping[str, Any]:
        """Where its source stands, and what came of it."""
        return {"codeRepository": facts["repo"], "abstract": facts["result"], "sameAs": facts["site"]}
