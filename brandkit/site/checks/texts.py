"""The texts of a plan: each that is shown, with where its links lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.site.model import Page, Route, Site


def texts(site: Site, routes: Sequence[Route]) -> Iterator[tuple[Page, tuple[tuple[str, str], ...]]]:
    """(page, (link as written, path) for each internal link of its text), by output path.

    Also what introduces a list or the home page.
    """
    by_source = {page.document.path: page for page in (*site.pages, *site.intros.values())}
    for route in routes:
        if route.links is not None and route.source in by_source:
            yield by_source[route.source], route.links
