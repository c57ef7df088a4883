"""The texts of a plan: each that is shown, with its links as the view that shows it has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.site.model import Page, Route, Site
from brandkit.site.views.parts import Content, PageDetail


def texts(site: Site, routes: Sequence[Route]) -> Iterator[tuple[Page, Content, str]]:
    """(page, its text, the root of the site), by output path; also what introduces a list or the home page."""
    by_source = {page.document.path: page for page in (*site.pages, *site.intros.values())}
    for route in routes:
        shown = getattr(route.view, "page", None)
        content = shown.content if isinstance(shown, PageDetail) else getattr(route.view, "intro", None)
        if isinstance(content, Content) and route.source in by_source:
            yield by_source[route.source], content, route.view.site.root
