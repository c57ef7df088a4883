"""Pages: undated, at the root of the site: about, now, uses."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class PlainPage:
    """A page that stands for itself."""

    name: str = "page"
    folder: str = "pages"
    template: str = "page.html"
    permalink: str = "/:slug/"
    dated: bool = False

    def archetype(self, title: str, day: str) -> str:
        """A page with a title and a description to fill in."""
        quoted = json.dumps(title, ensure_ascii=False)
        return f"---\ntitle: {quoted}\ndescription:      # one sentence, for search engines\n---\n\n"
