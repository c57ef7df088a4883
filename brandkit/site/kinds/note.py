"""Notes: a few sentences, with or without a title; shown whole in lists."""

from __future__ import annotations

from brandkit.site.kinds.kind import Kind


class Note(Kind):
    """A short dated text."""

    name = "note"
    folder = "notes"
    template = "note.html"
    titled = False
    shown_whole = True
    schema = "SocialMediaPosting"

    def archetype(self, title: str, day: str) -> str:
        """The words themselves: a note needs no title."""
        return f"---\ndate: {day}\ndraft: true\n---\n\n{title}\n"
