"""Pictures without words for who does not see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.model import Route, Site

NO_ALT = Code(
    "BK173",
    "warning",
    "a picture has no words",
    "Who does not see the picture, and search engines, learn nothing of it.",
    "write `![what it shows](picture.jpg)`, or mark decoration: `![](line.png){role=presentation}`",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Every picture of every text that is shown."""
    for page in site.pages:
        for link in page.document.inside.unnamed:
            place = Place(page.document.path, link.line, 1)
            yield NO_ALT.at(place, f"the picture {link.target or 'here'} has no words")
