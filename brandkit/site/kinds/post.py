"""Posts: dated writing, listed newest first, in the feed."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Post:
    """A dated piece of writing."""

    name: str = "post"
    folder: str = "posts"
    template: str = "post.html"
    permalink: str = "/posts/:slug/"
    dated: bool = True

    def archetype(self, title: str, day: str) -> str:
        """A draft of today, with the keys that every post should have."""
        quoted = json.dumps(title, ensure_ascii=False)
        return (
            f"---\ntitle: {quoted}\ndate: {day}\ndraft: true\ntags: []\n"
            "description:      # one sentence, for lists, feeds and search engines\n---\n\n"
            "Begin with what the reader gets.\n"
        )
