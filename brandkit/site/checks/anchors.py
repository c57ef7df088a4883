"""Links to a place within a page that the page does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.checks.texts import texts
from brandkit.site.model import Page, Route, Site

NO_ANCHOR = Code(
    "BK172",
    "warning",
    "a link leads to a place that the page does not have",
    "What stands after # in the link is no heading and no anchor of the page that it leads to.",
    "look at the heading's anchor, or give it one: ## Title {#anchor}",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Links to other pages, and within a page."""
    by_path = {page.path: page for page in site.pages}
    for page, links in texts(site, routes):
        lines = {link.target: link.line for link in page.document.links}
        for link in page.document.inside.anchors:
            if link.target != "#" and not _has(page, link.target[1:]):
                yield _missing(page, link.line, link.target, page)
        for written, path in links:
            base, _, anchor = path.partition("#")
            other = by_path.get(base)
            if anchor and other is not None and not _has(other, anchor):
                yield _missing(page, lines[written], written.removeprefix("wiki:"), other)


def _missing(page: Page, line: int, written: str, other: Page) -> Diagnostic:
    place = Place(page.document.path, line, 1)
    return NO_ANCHOR.at(place, f"the link {written} leads to no place in {other.document.path}")


def _has(page: Page, anchor: str) -> bool:
    name = unquote(anchor)
    # `#main` is the frame's, `#:~:text=` is the browser's, `#fn1` are footnotes
    return name in page.document.inside.ids or name in ("main", "top") or name.startswith((":~:", "fn"))
