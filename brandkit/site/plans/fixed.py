"""What every site has: the page for missing pages, the style sheet, and the search page where it is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.site import colour
from brandkit.site.content_policy import policy
from brandkit.site.model import Route
from brandkit.site.plans.planner import Planner
from brandkit.site.views.pages import NotFoundView, SearchView, StyleView

SEARCH_BUNDLE = "assets/search/"


def plan(planner: Planner) -> Iterator[Route]:
    """Two or three routes."""
    show, config = planner.show, planner.config
    words = show.site.words
    latest = tuple(show.card(page) for page in planner.site.sections["posts"][:3])
    head = show.head(words["not_found"], "", "404.html", indexed=False)
    yield Route("404.html", NotFoundView(show.site, head, latest), "404.html")
    accent = config.theme.accent
    light, dark = colour.readable(accent, colour.PAPER), colour.readable(accent, colour.INK_PAPER)
    inks = (colour.text_on(light), colour.text_on(dark))
    style = StyleView(light, dark, *inks, config.theme.font, config.theme.toggle)
    yield Route("assets/style.css", style, "style.css")
    if config.search:
        allowed = policy(config, show.site.script, searches=True)
        head = show.head(words["sections"]["search"], words["search_hint"], "search/", policy=allowed)
        yield Route("search/index.html", SearchView(show.site, head, planner.root + SEARCH_BUNDLE), "search.html")
