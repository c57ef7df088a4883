"""The texts of a plan: each page that is shown, as the view that shows it has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.site.model import Page, Route, Site
from brandkit.site.views.parts import PageDetail


def texts(site: Site, routes: Sequence[Route]) -> Iterator[tuple[Page, PageDetail, str]]:
    """(page, its view, the root of the site), in order of output paths."""
    by_source = {page.document.path: page for page in site.pages}
    for route in routes:
        detail = getattr(route.view, "page", None)
        if isinstance(detail, PageDetail) and route.source in by_source:
            yield by_source[route.source], detail, route.view.site.root
