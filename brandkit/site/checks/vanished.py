"""Addresses that were published once and are not there any more: every link that others made to them is dead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.addresses import as_folder, output_path
from brandkit.site.assemble import PUBLISHED
from brandkit.site.model import Route, Site

VANISHED = Code(
    "BK178",
    "error",
    "an address that was published is gone",
    "content/published-urls.txt lists it, and no page, file or alias has it now: links and bookmarks break.",
    "add the old path to `aliases` of the page that took its place, or run 'brandkit check --accept-urls'",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Every line of the list of published addresses."""
    if not site.once_published:
        return
    paths = {route.path.casefold() for route in routes}
    for path, line in site.once_published:
        if output_path(as_folder(unquote(path))).casefold() not in paths:
            yield VANISHED.at(Place(PUBLISHED, line, 1), f"{path} was published once, and nothing is there now")
