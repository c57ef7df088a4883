"""A route for every document that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from brandkit.base.diagnostics import Code, Place
from brandkit.site.addresses import output_path
from brandkit.site.kinds.registry import KINDS, kind_named
from brandkit.site.model import Page, Route
from brandkit.site.plans.home import is_home
from brandkit.site.plans.planner import STANDING, Planner
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
            yield _route(
                planner,
                page,
                _link(pages[index - 1]) if around and index else None,
                _link(pages[index + 1]) if around and index + 1 < len(pages) else None,
            )


def _route(planner: Planner, page: Page, newer: LinkView | None, older: LinkView | None) -> Route:
    detail = planner.show.detail(page)
    view = PageView(planner.show.site_for(page), planner.show.page_head(page, detail), detail, newer, older)
    where = output_path(unquote(page.path).removeprefix(planner.root))
    return Route(where, view, _template(planner, page), source=page.document.path)


def _link(page: Page) -> LinkView:
    return LinkView(page.document.title, page.path)


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
