"""Scripts in texts: the content policy of the pages lets none run, so the author should know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.model import Route, Site

SCRIPT = Code(
    "BK180",
    "warning",
    "a text holds a script, and the page lets none run",
    "Pages are published with a content policy that lets nothing foreign run.",
    "take it out, or set `content_policy` in site.yaml to one that allows it ('' for none at all)",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Every script in the raw HTML of a text, where a policy forbids it."""
    bearers = {page.document.path: page for page in (*site.pages, *site.intros.values()) if page.document.scripts}
    for route in routes if bearers else ():
        page = bearers.get(route.source or "")
        if page and route.links is not None and "script-src" in route.view.head.policy:
            for line in page.document.scripts:
                yield SCRIPT.at(Place(page.document.path, line, 1), "this script will not run")
