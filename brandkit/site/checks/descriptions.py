"""Pages without a description: search engines and link previews take whatever stands first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Route, Site

NO_DESCRIPTION = Code(
    "BK176",
    "warning",
    "a page has no description",
    "Lists, feeds, search engines and link previews show the beginning of the text instead.",
    "add `description: one good sentence` to the front matter",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Every page of a kind that has a title."""
    for page in site.pages:
        document = page.document
        if kind_named(document.kind).titled and not document.description and not document.path.startswith(_HOME):
            yield NO_DESCRIPTION.at(Place(document.path, 1, 1), f"'{document.title}' has no description")


_HOME = "content/pages/index."
