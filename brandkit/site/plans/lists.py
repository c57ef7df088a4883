"""Lists: of a section, of a taxonomy and its terms, of everything by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brandkit.site.kinds.registry import KINDS
from brandkit.site.model import Page, Route, Term
from brandkit.site.plans.planner import Planner
from brandkit.site.views.pages import ArchiveView, ListView, TermsView
from brandkit.site.views.parts import LinkView, PagerView, TermView, YearView


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
    cards = [show.card(page, whole=page.document.kind == "note") for page in pages]
    upcoming = tuple(sorted((card for card in cards if card.upcoming), key=lambda card: str(card.starts)))
    rest = [card for card in cards if not card.upcoming]
    total = max(1, -(-len(rest) // size))
    paths = [folder, *(f"{folder}page/{number}/" for number in range(2, total + 1))]
    words = show.site.words
    about = intro.document.description if intro else ""
    feeds = show.feeds(folder, f"{planner.config.title}: {heading}") if planner.feed_pages(pages) else ()
    for index, path in enumerate(paths):
        title = heading if index == 0 else f"{heading}, {words['page']} {index + 1}"
        view = ListView(
            site=show.site,
            head=show.head(
                title,
                about or f"{heading} · {planner.config.title}",
                path,
                feeds=(*show.feeds("", planner.config.title), *feeds),
            ),
            heading=heading,
            note=note,
            intro=show.content(intro) if intro and index == 0 else None,
            kind=kind,
            upcoming=upcoming if index == 0 else (),
            cards=tuple(rest[index * size : (index + 1) * size]),
            pager=PagerView(
                index + 1,
                total,
                planner.root + paths[index - 1] if index else None,
                planner.root + paths[index + 1] if index + 1 < total else None,
            ),
            feeds=feeds,
        )
        yield Route(path + "index.html", view, "list.html", source=intro.document.path if intro else None)


def _archive(planner: Planner) -> Iterator[Route]:
    show = planner.show
    years: dict[int | None, list[Page]] = {}
    for page in planner.site.posts:
        years.setdefault(show.local(page.document.date).year if page.document.date else None, []).append(page)
    title = show.site.words["sections"]["archive"]
    view = ArchiveView(
        site=show.site,
        head=show.head(title, f"{title} · {planner.config.title}", "archive/"),
        count=len(planner.site.posts),
        years=tuple(YearView(year, tuple(show.card(p) for p in pages)) for year, pages in years.items()),
    )
    yield Route("archive/index.html", view, "archive.html")
