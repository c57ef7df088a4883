"""Links between pages that lead nowhere, or to what is not shown. A finding names the line of the link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.url import is_elsewhere
from brandkit.site.addresses import output_path
from brandkit.site.checks.texts import texts
from brandkit.site.links import Links
from brandkit.site.model import Page, Route, Site
from brandkit.site.views.parts import PageDetail

DEAD_LINK = Code(
    "BK170",
    "warning",
    "an internal link leads nowhere",
    "A page links to a path of the same site, or to a picture, that the site does not have.",
    "correct the link, or add what it leads to",
)
HIDDEN = Code(
    "BK171",
    "warning",
    "a link leads to a page that is not shown",
    "A published page links to a draft, or to something scheduled or expired: readers would find nothing there.",
    "publish the page, or take the link out for now",
)


def check(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """Every internal link and picture of every text."""
    paths = {route.path for route in routes}
    yield from _images(site, routes)
    held_back: Links | None = None
    for page, links in texts(site, routes):
        lines = {link.target: link.line for link in page.document.links} if links else {}
        for written, path in links:
            if _exists(path, site.root, paths):
                continue
            held_back = held_back or Links(site.held_back, {}, site.root, "")
            place = Place(page.document.path, lines[written], 1)
            other = held_back.page(written, page)
            if other:
                yield HIDDEN.at(place, f"the link {written} leads to {other.document.path}, which is {_state(other)}")
            else:
                yield DEAD_LINK.at(place, f"the link {written.removeprefix('wiki:')} leads to nothing on this site")


def _images(site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """The picture that stands for a page, named in its front matter."""
    named = {page.document.path: page for page in site.pages if page.document.image}
    for route in routes if named else ():
        page = named.get(route.source or "")
        image = page.document.image if page else None
        if page is None or image is None or is_elsewhere(image):
            continue
        shown = getattr(route.view, "page", None)
        if isinstance(shown, PageDetail) and shown.image is None:
            yield DEAD_LINK.at(Place(page.document.path, 1, 1), f"the image {image} is no picture on this site")


def _state(page: Page) -> str:
    return {"draft": "a draft"}.get(page.status, page.status)


def _exists(path: str, root: str, paths: set[str]) -> bool:
    target = unquote(urlsplit(path).path)
    if not target.startswith(root):
        return False
    relative = target.removeprefix(root)
    return output_path(relative) in paths or output_path(relative + "/") in paths
