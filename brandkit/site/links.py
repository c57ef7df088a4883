"""Where internal links of a text lead. Pure.

A text may say `other-post.md`, `../pages/about.md`, `/about/`, `picture.png`, `page/#anchor`. A link to a source
becomes the address of its page; a path from the root gets the path under which the site lives;
anything else is relative to the page.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urljoin, urlsplit

from brandkit.site.model import Page


class Links:
    """Resolves links over one site. `by_source` maps the path of a source to its page."""

    def __init__(self, by_source: Mapping[str, Page], root: str, origin: str) -> None:
        self._by_source = by_source
        self._root = root
        self._origin = origin

    def on_page(self, page: Page) -> tuple[tuple[str, str], ...]:
        """(link as written, path) for every internal link of a page."""
        return tuple((link, self.path(link, page)) for link in page.document.links)

    def elsewhere(self, page: Page) -> tuple[tuple[str, str], ...]:
        """(link as written, absolute address): for feeds, which are read in other places."""
        return tuple((link, self._origin + self.path(link, page)) for link in page.document.links)

    def path(self, link: str, page: Page) -> str:
        """The path, from the root of the host, that `link` on `page` leads to."""
        parts = urlsplit(link)
        target = self.page(parts.path, page)
        suffix = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        if target is not None:
            return target.path + suffix
        if link.startswith("/"):
            already = self._root != "/" and parts.path.startswith(self._root)
            return link if already else self._root + link[1:]
        return urljoin(page.path, link)

    def page(self, path: str, page: Page) -> Page | None:
        """The page whose source `path` names, seen from the source of `page`."""
        written = unquote(path)
        if not written.lower().endswith((".md", ".markdown")):
            return None
        folder = posixpath.dirname(page.document.path)
        base = "content" if written.startswith("/") else folder
        return self._by_source.get(posixpath.normpath(posixpath.join(base, written.lstrip("/"))))
