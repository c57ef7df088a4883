"""sitemap.xml (sitemaps.org 0.9): every page that search engines should know, with its translations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from brandkit.site.model import Page, Route
from brandkit.site.outputs.xml import escaped, moment
from brandkit.site.plans.planner import STANDING, Planner
from brandkit.site.views.outputs import SitemapEntryView, SitemapView

PATH = "sitemap.xml"
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def plan(planner: Planner) -> Iterator[Route]:
    """Home, lists, terms and pages; drafts shown by a flag stay out, and so does what is a copy."""
    site, base = planner.site, planner.config.url
    newest = _newest(site.posts)
    entries = [SitemapEntryView(base, newest), SitemapEntryView(f"{base}archive/", newest)]
    folders = [folder for folder in site.sections if planner.has_list(folder)]
    entries.extend(SitemapEntryView(f"{base}{folder}/", _newest(site.sections[folder])) for folder in folders)
    for name, terms in site.terms.items():
        entries.append(SitemapEntryView(f"{base}{name}/", newest))
        path = planner.show.term_path
        entries.extend(SitemapEntryView(planner.show.absolute(path(term)), _newest(term.pages)) for term in terms)
    entries.extend(SitemapEntryView(f"{base}{name}/", None) for name in STANDING if planner.standing(name))
    entries.extend(_entry(planner, page, newest) for page in site.pages if _is_original(page))
    yield Route(PATH, SitemapView(tuple({entry.url: entry for entry in entries}.values())), writer=write)


def _entry(planner: Planner, page: Page, newest: datetime | None) -> SitemapEntryView:
    others = planner.show.relations.translations(page)
    pairs = ((planner.show.language(page), page.permalink), *((other.language, other.url) for other in others))
    changed = page.document.updated or page.document.date or (newest if page.path == planner.root else None)
    return SitemapEntryView(page.permalink, changed, tuple(pairs) if others else ())


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
