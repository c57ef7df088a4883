"""Pages that come for free when their data is there: speaking, work with me, thanks, blogroll.

A page of one's own at the same address gives its title, description and text to the page that is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brandkit.site.model import Route
from brandkit.site.plans.planner import Planner
from brandkit.site.views.pages import BlogrollView, SpeakingView, ThanksView, WorkView
from brandkit.site.views.parts import HeadView, PageDetail, PortraitView

_TALKS, _TESTIMONIALS = 10, 3


def plan(planner: Planner) -> Iterator[Route]:
    """A route for each page that has its data."""
    data = planner.site.data
    if data.speaking:
        yield _route(planner, "speaking", _speaking)
    if data.work:
        yield _route(planner, "work-with-me", _work)
    if data.thanks:
        yield _route(planner, "thanks", _thanks)
    if data.blogroll:
        yield _route(planner, "blogroll", _blogroll)


def _route(planner: Planner, name: str, make: Any) -> Route:
    page = planner.own_words(name)
    own = planner.page_at(f"{name}/")
    words = planner.show.site.words
    if own and page:
        head = planner.show.page_head(own, page)
    else:
        title = words["sections"][name]
        head = planner.show.head(title, f"{title} · {planner.config.title}", f"{name}/")
    source, links = (own.document.path, planner.links.on_page(own)) if own else (None, None)
    return Route(f"{name}/index.html", make(planner, head, page), f"{name}.html", source=source, links=links)


def _speaking(planner: Planner, head: HeadView, page: PageDetail | None) -> SpeakingView:
    kit = planner.site.data.speaking
    assert kit is not None
    cards = [planner.show.card(talk) for talk in planner.site.sections["talks"]]
    pictures = ((portrait, planner.pictures.view(f"content/static/{portrait.file}")) for portrait in kit.portraits)
    return SpeakingView(
        site=planner.show.site,
        head=head,
        page=page,
        kit=kit,
        portraits=tuple(PortraitView(view, view.path, p.credit, p.note) for p, view in pictures if view is not None),
        upcoming=tuple(reversed([card for card in cards if card.upcoming])),
        talks=tuple([card for card in cards if not card.upcoming][:_TALKS]),
    )


def _work(planner: Planner, head: HeadView, page: PageDetail | None) -> WorkView:
    work = planner.site.data.work
    assert work is not None
    said = tuple(planner.show.card(each) for each in planner.site.sections["testimonials"][:_TESTIMONIALS])
    return WorkView(planner.show.site, head, page, work, said)


def _thanks(planner: Planner, head: HeadView, page: PageDetail | None) -> ThanksView:
    return ThanksView(planner.show.site, head, page, planner.site.data.thanks)


def _blogroll(planner: Planner, head: HeadView, page: PageDetail | None) -> BlogrollView:
    return BlogrollView(planner.show.site, head, page, planner.site.data.blogroll, planner.root + "blogroll.opml")
