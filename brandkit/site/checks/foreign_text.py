"""Shortcodes of another generator that nothing here stands for: they are left as text, said once a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.text import plural
from brandkit.site.model import Foreign, Page, Route, Site

SHORTCODE = Code(
    "BK179",
    "warning",
    "a shortcode is not known",
    "Hugo would replace it. brandkit knows figure, highlight, ref, relref, youtube, vimeo; others are left as text.",
    "write in Markdown or HTML what it stood for",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """One finding for each name, at its first use."""
    first: dict[str, tuple[Page, Foreign]] = {}
    uses: dict[str, int] = {}
    for page in sorted(site.pages, key=lambda page: page.document.path):
        for each in page.document.foreign:
            first.setdefault(each.name, (page, each))
            uses[each.name] = uses.get(each.name, 0) + each.count
    for name, (page, each) in first.items():
        place = Place(page.document.path, each.line, 1)
        yield SHORTCODE.at(
            place, f"the shortcode '{name}' is not known; it stays as text ({plural(uses[name], 'use')})"
        )
