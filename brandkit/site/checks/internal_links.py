"""Links between pages that lead nowhere. A finding names the source of the page that has the link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.site.assemble import output_path
from brandkit.site.model import Route, Site
from brandkit.site.views import PageView

DEAD_LINK = Code(
    "BK170",
    "warning",
    "an internal link leads nowhere",
    "A page links to a path of the same site, or to a picture, that the site does not have.",
    "correct the link, or add what it leads to",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Every internal link and picture of every text."""
    paths = {route.path for route in routes}
    lines = {page.document.path: page.document.link_lines for page in site.pages}
    for route in routes:
        view = route.view
        if isinstance(view, PageView) and route.source:
            links = zip(view.page.content.links, lines[route.source], strict=True)
            for (written, path), line in links:
                if not _exists(path, view.site.root, paths):
                    place = Place(route.source, line, 1)
                    yield DEAD_LINK.at(place, f"the link {written} leads to nothing on this site")


def _exists(path: str, root: str, paths: set[str]) -> bool:
    target = unquote(urlsplit(path).path)
    if not target.startswith(root):
        return False
    relative = target.removeprefix(root)
    return output_path(relative) in paths or output_path(relative + "/") in paths
