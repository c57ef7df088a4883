"""What is copied, what is made of pictures, and the pictures for link previews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from brandkit.base.digest import Digester
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Page, Route
from brandkit.site.painting import painters
from brandkit.site.plans.planner import Planner
from brandkit.site.present import HOME_CARD, card_path, home_words
from brandkit.site.template_filters import span
from brandkit.site.views.outputs import FileView, SocialCardView


def plan(planner: Planner) -> Iterator[Route]:
    """Comes last: only then it is known which forms of pictures are asked for."""
    yield from planner.pictures.cleaned()
    for path, source in planner.site.files.items():
        yield Route(path, FileView(source.digest), copy=source.path, source=source.path)
    unused = set() if planner.config.search else {"search.js"}
    for path, source_path in planner.theme.static.items():
        if path in unused:
            continue
        yield Route(f"assets/{path}", FileView(planner.theme.static_digests[path]), copy=source_path)
    yield from _cards(planner)
    for page in (*planner.site.pages, *planner.site.intros.values()):
        planner.show.ask_for_pictures(page)
    yield from planner.pictures.routes()


def _cards(planner: Planner) -> Iterator[Route]:
    """A card for the site, and one for every page that names no picture of its own."""
    config, show = planner.config, planner.show
    home = config.url + HOME_CARD
    if show.head("", "", "").image == home:
        yield Route(HOME_CARD, _card(planner, home_words(config), ""), painter=painters.social_card)
    shared = Digester().of(_card(planner, "", ""))
    for page in planner.site.pages:
        path = card_path(page, planner.root)
        if show.draws(page) and path != HOME_CARD:
            yield Route(
                path,
                partial(_page_card, planner, page),
                painter=painters.social_card,
                made_of=partial(_made_of, planner, page, shared),
                origin=planner.made_of.origin(shared, [page]),
            )


def _made_of(planner: Planner, page: Page, shared: str) -> Mapping[str, Any]:
    return {"site": planner.show.site_for(page), "page": planner.made_of.shown(page), "card": shared}


def _page_card(planner: Planner, page: Page) -> SocialCardView:
    return _card(planner, page.document.title, _note(planner, page))


def _card(planner: Planner, title: str, note: str) -> SocialCardView:
    config, site = planner.config, planner.show.site
    source = f"content/static/{config.author.portrait}"
    image = planner.pictures.image(source) if config.author.portrait else None
    portrait = (source, image.digest) if image and image.format != "svg" else None
    fonts = tuple(sorted(planner.theme.fonts.items()))
    return SocialCardView(title, site.author.name, note, config.theme.accent, site.direction, portrait, fonts)


def _note(planner: Planner, page: Page) -> str:
    """What a card says beside the name: the kind and the day of what happens, else the site's address."""
    words = planner.show.site_for(page).words
    card = planner.show.card(page)
    kind = kind_named(page.document.kind)
    if kind.timed and card.starts:
        return f"{words['kinds'].get(kind.name, kind.name.capitalize())} · {span(card.starts, card.ends, words)}"
    return planner.config.url.partition("//")[2].strip("/")
