"""A route for every document that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from urllib.parse import unquote

from brandkit.base.diagnostics import Code, Place
from brandkit.site.addresses import output_path, permalink_path
from brandkit.site.assemble import status_of
from brandkit.site.config import SiteConfig
from brandkit.site.kinds.registry import KINDS, kind_named
from brandkit.site.model import Document, Page, Route
from brandkit.site.plans.home import is_home
from brandkit.site.plans.planner import STANDING, Planner
from brandkit.site.present import Presenter
from brandkit.site.views.pages import PageView
from brandkit.site.views.parts import LinkView

NO_TEMPLATE = Code(
    "BK161",
    "warning",
    "a page asks for a template that the theme lacks",
    "`template` or `layout` in front matter names a template that no theme of the chain has; the usual one is used.",
    "remove the key, or add the template to your theme",
)


# templates that are given something else than a document; `layout: home` is what Jekyll writes
_OTHERS = frozenset(
    f"{name}.html"
    for name in (
        *("base", "home", "list", "terms", "archive", "404", "redirect", "search", "standing"),
        *STANDING,
    )
)


def plan(planner: Planner) -> Iterator[Route]:
    """Pages whose text stands on a page of another plan have no route of their own."""
    elsewhere = {f"{planner.root}{name}/" for name in STANDING if planner.standing(name)}
    for kind in KINDS:
        pages = planner.site.sections[kind.folder]
        for index, page in enumerate(pages):
            if is_home(planner, page) or page.path in elsewhere:
                continue
            around = kind.dated and kind.titled
            newer = pages[index - 1] if around and index else None
            older = pages[index + 1] if around and index + 1 < len(pages) else None
            yield _route(planner, page, newer, older)


def _route(planner: Planner, page: Page, newer: Page | None, older: Page | None) -> Route:
    template = _template(planner, page)
    return Route(
        output_path(unquote(page.path).removeprefix(planner.root)),
        partial(_view, planner.show, page, newer, older),
        template,
        source=page.document.path,
        made_of=partial(planner.made_of.page, page, (newer, older)),
        origin=planner.made_of.origin_of_page(page, (newer, older), template),
        links=planner.links.on_page(page) if page.document.links else (),
    )


def again(route: Route, document: Document, config: SiteConfig, at: datetime) -> Route | None:
    """The route of a page whose text is now `document`; None where it is another page now, or none of its own."""
    if not isinstance(route.seen, partial) or route.seen.func is not _view:
        return None
    show, page, newer, older = route.seen.args
    same = permalink_path(document, config) == page.path and status_of(document, at) == page.status
    if not same or document.template != page.document.template:
        return None
    return replace(route, seen=partial(_view, show, replace(page, document=document), newer, older))


def _view(show: Presenter, page: Page, newer: Page | None, older: Page | None) -> PageView:
    detail = show.detail(page)
    return PageView(show.site_for(page), show.page_head(page, detail), detail, _link(newer), _link(older))


def _link(page: Page | None) -> LinkView | None:
    return LinkView(page.document.title, page.path) if page else None


def _template(planner: Planner, page: Page) -> str:
    usual, wished = kind_named(page.document.kind).template, page.document.template
    if not planner.theme.has(usual):
        usual = "page.html"
    if not wished:
        return usual
    name = wished if wished.endswith(".html") else f"{wished}.html"
    if planner.theme.has(name) and name not in _OTHERS and not name.startswith("_"):
        return name
    message = f"the theme has no template '{name}'; '{usual}' is used"
    planner.found.append(NO_TEMPLATE.at(Place(page.document.path, 1, 1), message))
    return usual
