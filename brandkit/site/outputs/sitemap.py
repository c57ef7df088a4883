"""sitemap.xml (sitemaps.org 0.9): every page that search engines should know, with its translations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from brandkit.base.digest import Digester, digest_text
from brandkit.site.model import Page, Route
from brandkit.site.outputs.xml import escaped, moment
from brandkit.site.plans.planner import STANDING, Planner
from brandkit.site.views.outputs import SitemapEntryView, SitemapView

PATH = "sitemap.xml"
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def plan(planner: Planner) -> Iterator[Route]:
    """Home, lists, terms and pages; drafts shown by a flag stay out, and so does what is a copy."""
    lists = tuple(_lists(planner))
    pages = [page for page in planner.site.pages if _is_original(page)]
    pairs = ((planner.show.language(page), page.permalink, _others(planner, page)) for page in pages)
    parts = {
        "lists": Digester().of(lists),
        "pages": digest_text(
            repr([(page.permalink, str(page.document.updated or page.document.date)) for page in pages])
        ),
        "translations": digest_text(repr([pair for pair in pairs if pair[-1]])),
    }
    yield Route(PATH, partial(_view, planner, lists, pages), writer=write, made_of=lambda: parts)


def _view(planner: Planner, lists: Sequence[SitemapEntryView], pages: Sequence[Page]) -> SitemapView:
    entries = [*lists, *(_entry(planner, page, lists[0].changed) for page in pages)]
    return SitemapView(tuple({entry.url: entry for entry in entries}.values()))


def _lists(planner: Planner) -> Iterator[SitemapEntryView]:
    site, base = planner.site, planner.config.url
    newest = _newest(site.posts)
    yield SitemapEntryView(base, newest)
    yield SitemapEntryView(f"{base}archive/", newest)
    for folder in (folder for folder in site.sections if planner.has_list(folder)):
        yield SitemapEntryView(f"{base}{folder}/", _newest(site.sections[folder]))
    for name, terms in site.terms.items():
        yield SitemapEntryView(f"{base}{name}/", newest)
        for term in terms:
            yield SitemapEntryView(planner.show.absolute(planner.show.term_path(term)), _newest(term.pages))
    for name in STANDING:
        if planner.standing(name):
            yield SitemapEntryView(f"{base}{name}/", None)


def _entry(planner: Planner, page: Page, newest: datetime | None) -> SitemapEntryView:
    others = _others(planner, page)
    pairs = ((planner.show.language(page), page.permalink), *others)
    changed = page.document.updated or page.document.date or (newest if page.path == planner.root else None)
    return SitemapEntryView(page.permalink, changed, pairs if others else ())


def _others(planner: Planner, page: Page) -> tuple[tuple[str, str], ...]:
    """The same page in other languages: language and address."""
    return tuple((other.language, other.url) for other in planner.show.relations.translations(page))


def _is_original(page: Page) -> bool:
    return page.status == "published" and not page.document.canonical


def _newest(pages: Sequence[Page]) -> datetime | None:
    """When one of them last changed; what is still to come does not count as a change."""
    return max((page.document.updated or page.document.date for page in pages if page.document.date), default=None)


def write(view: SitemapView) -> str:
    """The sitemap as XML."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<urlset {_NAMESPACES}>"]
    for entry in view.urls:
        when = f"<lastmod>{moment(entry.changed)}</lastmod>" if entry.changed else ""
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{escaped(language)}" href="{escaped(address)}"/>'
            for language, address in entry.alternates
        )
        lines.append(f"<url><loc>{escaped(entry.url)}</loc>{when}{others}</url>")
    return "\n".join([*lines, "</urlset>", ""])
