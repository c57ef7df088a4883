"""The home page: who this is, and the best of everything."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.site import structured
from brandkit.site.addresses import HOME
from brandkit.site.model import Page, Route
from brandkit.site.plans.planner import Planner
from brandkit.site.views.pages import HomeView
from brandkit.site.views.parts import CardView, LinkView

POSTS = {"profile": 5, "journal": 10}
_TALKS, _PROJECTS, _TESTIMONIALS, _TOPICS = 3, 3, 2, 12


def plan(planner: Planner) -> Iterator[Route]:
    """One route."""
    config, site, show = planner.config, planner.site, planner.show
    intro = next((p for p in site.pages if is_home(planner, p)), None)
    profile = config.theme.home == "profile"
    posts = site.sections["posts"] if profile else site.posts
    tags = sorted(site.terms.get("tags", ()), key=lambda term: (-len(term.pages), term.slug))[:_TOPICS]
    portrait = show.site.author.portrait
    image = show.absolute(portrait.path) if portrait and not portrait.path.endswith(".svg") else None
    head = show.head(
        config.title,
        config.tagline or config.author.bio,
        "",
        structured=structured.home(show.site, image),
        kind="profile" if profile else "website",
    )
    view = HomeView(
        site=show.site,
        head=head,
        intro=show.content(intro) if intro else None,
        latest=_cards(planner, posts, POSTS[config.theme.home], whole=not profile),
        more=_more(planner, "posts" if profile else "archive", len(posts), POSTS[config.theme.home]),
        next_event=next_event(planner),
        talks=_cards(planner, site.sections["talks"], _TALKS) if profile else (),
        more_talks=_more(planner, "talks", len(site.sections["talks"]), _TALKS),
        projects=_cards(planner, site.sections["projects"], _PROJECTS) if profile else (),
        more_projects=_more(planner, "projects", len(site.sections["projects"]), _PROJECTS),
        testimonials=_cards(planner, site.sections["testimonials"], _TESTIMONIALS),
        topics=tuple(LinkView(term.name, show.term_path(term)) for term in tags),
    )
    source, links = (intro.document.path, planner.links.on_page(intro)) if intro else (None, None)
    yield Route("index.html", view, "home.html", source=source, links=links)


def is_home(planner: Planner, page: Page) -> bool:
    """Whether a page is the text of the home page, which has a route of its own."""
    return page.document.path.startswith(HOME) and page.path == planner.root


def next_event(planner: Planner) -> CardView | None:
    """The first event or talk that is still to come; of one day, what says its hour, and an event before a talk."""
    pages = (*planner.site.sections["events"], *planner.site.sections["talks"])
    cards = [card for card in map(planner.show.card, pages) if card.upcoming and card.starts]
    return min(cards, key=_when, default=None)


def _when(card: CardView) -> tuple[str, bool, str, bool, str]:
    day, _, hour = card.starts.isoformat().partition("T") if card.starts else ("", "", "")
    return day, not hour, hour, card.kind != "event", card.path


def _cards(planner: Planner, pages: tuple[Page, ...], count: int, whole: bool = False) -> tuple[CardView, ...]:
    return tuple(planner.show.card(page, whole and page.document.kind == "note") for page in pages[:count])


def _more(planner: Planner, name: str, total: int, shown: int) -> LinkView | None:
    words = planner.show.site.words["all"]
    return LinkView(words[name], f"{planner.root}{name}/") if total > shown else None
