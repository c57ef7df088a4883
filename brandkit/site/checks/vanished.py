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


_SHOWN = 5  # lists


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """A finding for each address that is lost; lists that went with the last of their texts are one, by taxonomy."""
    lost = [(_taxonomy(site, path), path, line) for path, line in vanished(site, routes)]
    for taxonomy, path, line in lost:
        if taxonomy is None:
            yield VANISHED.at(Place(PUBLISHED, line, 1), f"{path} was published once, and nothing is there now")
    for name in site.terms:
        lists = [(path, line) for taxonomy, path, line in lost if taxonomy == name]
        if lists:
            paths = ", ".join(path for path, _ in lists[:_SHOWN])
            more = f" and {len(lists) - _SHOWN} more" if len(lists) > _SHOWN else ""
            message = f"no text has these {name} any more, so their lists are gone: {paths}{more}"
            yield VANISHED.at(Place(PUBLISHED, lists[0][1], 1), message)


def _taxonomy(site: Site, path: str) -> str | None:
    """The taxonomy whose list stood at an address."""
    return next((name for name in site.terms if path.startswith(f"/{name}/")), None)


def vanished(site: Site, routes: Sequence[Route]) -> list[tuple[str, int]]:
    """The lines of the list of published addresses that lead to nothing now: path and number."""
    if not site.once_published:
        return []
    paths = {route.path.casefold() for route in routes}
    return [
        (path, line)
        for path, line in site.once_published
        if output_path(as_folder(unquote(path))).casefold() not in paths
    ]
