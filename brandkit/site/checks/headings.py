"""Headings that jump over a level, and second titles: who listens to a page finds their way by headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.model import Page, Route, Site

JUMP = Code(
    "BK174",
    "warning",
    "a heading jumps over a level",
    "After a heading of one level comes one that is two or more levels deeper.",
    "use the next level; how large it looks is the theme's business",
)
SECOND_TITLE = Code(
    "BK175",
    "warning",
    "a text has a title of its own",
    "The page shows its title as the one heading of the first level; another one in the text is a second title.",
    "begin the headings of a text with ##",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """The headings of every text, below the title of its page."""
    for page in site.pages:
        yield from _page(page)


def _page(page: Page) -> Iterator[Diagnostic]:
    document, above = page.document, 1
    for index, (heading, line) in enumerate(zip(document.inside.headings, document.inside.heading_lines, strict=True)):
        place = Place(document.path, line, 1)
        if heading.level == 1 and (index or heading.text != document.title):
            yield SECOND_TITLE.at(place, f"the heading '{heading.text}' is of the first level")
        elif heading.level > above + 1:
            yield JUMP.at(place, f"'{heading.text}' is of level {heading.level}, and level {above} stands above it")
        above = heading.level
