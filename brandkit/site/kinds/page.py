"""Pages: undated, at the root of the site: about, now, uses."""

from __future__ import annotations

from brandkit.site.kinds.kind import Kind, front


class PlainPage(Kind):
    """A page that stands for itself."""

    name = "page"
    folder = "pages"
    dated = False
    streamed = False
    schema = "WebPage"

    @property
    def permalink(self) -> str:
        """At the root of the site."""
        return "/:slug/"

    def archetype(self, title: str, day: str) -> str:
        """A page with a title and a description to fill in."""
        return front(title, "description:      # one sentence, for search engines")
