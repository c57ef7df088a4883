"""Lists: of a section, of a taxonomy and its terms, of everything by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from brandkit.base.digest import digest_text
from brandkit.site.kinds.registry import KINDS
from brandkit.site.model import Page, Route, Term
from brandkit.site.plans.planner import Planner
from brandkit.site.views.pages import ArchiveView, ListView, TermsView
from brandkit.site.views.parts import CardView, LinkView, PagerView, TermView, YearView


def plan(planner: Planner) -> Iterator[Route]:
    """Every list."""
    for kind in KINDS:
        if planner.has_list(kind.folder):
            yield from _section(planner, kind.folder, kind.name)
    for name, terms in planner.site.terms.items():
        yield from _taxonomy(planner, name, terms)
    yield from _archive(planner)


def _section(planner: Planner, folder: str, kind: str) -> Iterator[Route]:
    link = planner.show.section(folder)
    pages = planner.site.sections[folder]
    intro = planner.site.intros.get(folder)
    yield from _list(planner, link.label, f"{folder}/", pages, kind=kind, intro=intro)


def _taxonomy(planner: Planner, name: str, terms: Sequence[Term]) -> Iterator[Route]:
    show = planner.show
    label = show.site.words["sections"].get(name) or name[:1].upper() + name[1:]
    view = TermsView(
        site=show.site,
        head=show.head(label, f"{label} · {planner.config.title}", f"{name}/"),
        heading=label,
        terms=tuple(TermView(term.name, show.term_path(term), len(term.pages)) for term in terms),
    )
    yield Route(f"{name}/index.html", view, "terms.html")
    back = LinkView(label, f"{planner.root}{name}/")
    for term in terms:
        yield from _list(planner, term.name, f"{name}/{term.slug}/", term.pages, note=back)


def _list(
    planner: Planner,
    heading: str,
    folder: str,
    pages: Sequence[Page],
    kind: str = "",
    note: LinkView | None = None,
    intro: Page | None = None,
) -> Iterator[Route]:
    """A list in pages of `lists.size`; the first stands at the folder itself, with what is still to come."""
    show, size = planner.show, planner.config.lists.size
    upcoming = [page for page in pages if show.times(page)[2]]
    upcoming.sort(key=lambda page: str(show.times(page)[0]))
    to_come = {page.path for page in upcoming}
    rest = [page for page in pages if page.path not in to_come] if upcoming else pages
    total = max(1, -(-len(rest) // size))
    feeds, about = planner.has_news(pages), _about(planner, intro)
    for index in range(total):
        part = _Part(heading, folder, kind, note, feeds, index, total)
        first, here = index == 0, rest[index * size : (index + 1) * size]
        above = upcoming if first else ()
        yield Route(
            part.path(index) + "index.html",
            partial(_view, planner, part, intro, above, here),
            "list.html",
            source=intro.document.path if intro else None,
            made_of=partial(_made_of, planner, part, about, above, here),
            origin=planner.made_of.origin(f"{part} {about}", (*above, *here)),
            links=planner.links.on_page(intro) if intro and first else None,
        )


def _about(planner: Planner, intro: Page | None) -> str:
    """All that a list may show of the text that introduces it."""
    return f"{intro.document.face} {planner.show.content(intro).digest}" if intro else ""


def _made_of(
    planner: Planner, part: _Part, about: str, upcoming: Sequence[Page], pages: Sequence[Page]
) -> Mapping[str, Any]:
    return {
        "site": planner.show.site,
        "head": planner.made_of.head,
        "heading": digest_text(repr(part)),
        "intro": about,
        "upcoming": planner.made_of.all_shown(upcoming),
        "cards": planner.made_of.all_shown(pages),
    }


@dataclass(frozen=True)
class _Part:
    """A page of a list: which list it is of, and where in it, counted from 0."""

    heading: str
    folder: str
    kind: str
    note: LinkView | None
    feeds: bool
    index: int
    total: int

    def path(self, index: int) -> str:
        """Where a page of this list stands, below the site's root."""
        return f"{self.folder}page/{index + 1}/" if index else self.folder


def _view(
    planner: Planner, part: _Part, intro: Page | None, upcoming: Sequence[Page], pages: Sequence[Page]
) -> ListView:
    show, config, words = planner.show, planner.config, planner.show.site.words
    first, last = part.index == 0, part.index + 1 == part.total
    title = part.heading if first else f"{part.heading}, {words['page']} {part.index + 1}"
    feeds = show.feeds(part.folder, f"{config.title}: {part.heading}") if part.feeds else ()
    about = intro.document.description if intro else ""
    return ListView(
        site=show.site,
        head=show.head(
            title,
            about or f"{part.heading} · {config.title}",
            part.path(part.index),
            feeds=(*show.feeds("", config.title), *feeds),
        ),
        heading=part.heading,
        note=part.note,
        intro=show.content(intro) if intro and first else None,
        kind=part.kind,
        upcoming=_cards(planner, upcoming),
        cards=_cards(planner, pages),
        pager=PagerView(
            part.index + 1,
            part.total,
            planner.root + part.path(part.index - 1) if not first else None,
            planner.root + part.path(part.index + 1) if not last else None,
        ),
        feeds=feeds,
    )


def _cards(planner: Planner, pages: Sequence[Page]) -> tuple[CardView, ...]:
    return tuple(planner.show.card(page, whole=page.document.kind == "note") for page in pages)


def _archive(planner: Planner) -> Iterator[Route]:
    yield Route(
        "archive/index.html",
        partial(_years, planner),
        "archive.html",
        made_of=partial(_years_made_of, planner),
        origin=planner.made_of.origin("archive", planner.site.posts),
    )


def _years_made_of(planner: Planner) -> Mapping[str, Any]:
    years = planner.made_of.all_shown(planner.site.posts)
    return {"site": planner.show.site, "head": planner.made_of.head, "years": years}


def _years(planner: Planner) -> ArchiveView:
    show = planner.show
    years: dict[int | None, list[Page]] = {}
    for page in planner.site.posts:
        years.setdefault(show.local(page.document.date).year if page.document.date else None, []).append(page)
    title = show.site.words["sections"]["archive"]
    return ArchiveView(
        site=show.site,
        head=show.head(title, f"{title} · {planner.config.title}", "archive/"),
        count=len(planner.site.posts),
        years=tuple(YearView(year, tuple(show.card(p) for p in pages)) for year, pages in years.items()),
    )
