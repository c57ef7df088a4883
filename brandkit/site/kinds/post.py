"""Posts: dated writing, listed newest first, in the feed."""

from __future__ import annotations

from brandkit.site.kinds.kind import Kind, front


class Post(Kind):
    """A dated piece of writing."""

    name = "post"
    folder = "posts"
    template = "post.html"
    schema = "BlogPosting"

    def archetype(self, title: str, day: str) -> str:
        """A draft of today, with the keys that every post should have."""
        keys = ("tags: []", "description:      # one sentence, for lists, feeds and search engines")
        return front(title, f"date: {day}", "draft: true", *keys, body="Begin with what the reader gets.\n")
