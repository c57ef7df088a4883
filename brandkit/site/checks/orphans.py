"""Pages that no other page leads to: readers would have to guess their address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.checks.texts import texts
from brandkit.site.model import Route, Site
from brandkit.site.views.parts import PageDetail, SiteView

ORPHAN = Code(
    "BK177",
    "warning",
    "no page leads here",
    "The page stands in no list, not in the menu, and no text links to it.",
    "put it into `menu` in site.yaml, or link to it from a text",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Plain pages: everything else stands in a list."""
    led_to: set[str] = set()
    for route in routes:
        view = getattr(route.view, "site", None)
        if isinstance(view, SiteView):
            led_to.update(link.path for link in (*view.menu, *view.footer))
            led_to.update(proof.path for proof in view.author.proof)
        shown = getattr(route.view, "page", None)
        if isinstance(shown, PageDetail):
            led_to.update(urlsplit(other.url).path for other in shown.translations)
    for page, links in texts(site, routes):
        paths = (urlsplit(path).path for _, path in links)
        led_to.update(path for path in paths if path != page.path)
    for page in site.sections["pages"]:
        if page.path not in led_to and not page.document.path.startswith("content/pages/index."):
            yield ORPHAN.at(Place(page.document.path, 1, 1), f"no page leads to {page.path}")
