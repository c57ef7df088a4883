"""The feeds of the site: for all, per section, per term; each as Atom, RSS and JSON, whole, with absolute links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from brandkit.site.model import Page, Route
from brandkit.site.outputs import atom, json_feed, rss
from brandkit.site.plans.planner import Planner
from brandkit.site.views.outputs import FeedStyleView, FeedView

FORMATS: tuple[tuple[str, Callable[[FeedView], str]], ...] = (
    ("feed.xml", atom.write),
    ("rss.xml", rss.write),
    ("feed.json", json_feed.write),
)
STYLE = "assets/feed.css"


def plan(planner: Planner) -> Iterator[Route]:
    """Every feed; `feeds.limit` says how many entries one holds, 0 means all."""
    yield Route(STYLE, FeedStyleView(planner.show.site.words["feed_hint"]), "feed.css")
    config = planner.config
    yield from _feed(planner, "", config.title, planner.site.posts)
    for folder, pages in planner.site.sections.items():
        dated = planner.feed_pages(pages)
        if planner.has_list(folder) and dated:
            yield from _feed(planner, f"{folder}/", f"{config.title}: {planner.show.section(folder).label}", dated)
    for name, terms in planner.site.terms.items():
        for term in terms:
            dated = planner.feed_pages(term.pages)
            if dated:
                yield from _feed(planner, f"{name}/{term.slug}/", f"{config.title}: {term.name}", dated)


def _feed(planner: Planner, folder: str, title: str, pages: Sequence[Page]) -> Iterator[Route]:
    config, show = planner.config, planner.show
    shown = pages[: config.feeds.limit] if config.feeds.limit else pages
    entries = tuple(show.feed_entry(page) for page in shown)
    for name, write in FORMATS:
        view = FeedView(
            title=title,
            subtitle=config.tagline,
            site_url=config.url,
            page_url=config.url + folder,
            feed_url=config.url + folder + name,
            author=show.site.author.name,
            author_url=config.url,
            language=config.language,
            icon=show.absolute(show.site.favicon) if show.site.favicon else None,
            hub=config.feeds.websub,
            style=planner.root + STYLE,
            updated=max((e.updated for e in entries if e.updated), default=None),
            entries=entries,
        )
        yield Route(folder + name, view, writer=write)
