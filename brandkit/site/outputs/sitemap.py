"""sitemap.xml (sitemaps.org 0.9): every page that search engines should know."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.site.config import SiteConfig
from brandkit.site.model import Route, Site
from brandkit.site.outputs.xml import escaped, moment
from brandkit.site.present import Presenter
from brandkit.site.views import SitemapView

PATH = "sitemap.xml"


def plan(site: Site, config: SiteConfig, show: Presenter) -> Iterator[Route]:
    """Home, lists, terms and pages; drafts shown by a flag stay out."""
    newest = max((p.document.updated or p.document.date for p in site.posts if p.document.date), default=None)
    urls = [(config.url, newest), (config.url + "posts/", newest), (config.url + "archive/", newest)]
    for name, terms in site.terms.items():
        urls.append((f"{config.url}{name}/", newest))
        urls.extend((show.absolute(show.term_path(term)), None) for term in terms)
    shown = (page for page in site.pages if page.status == "published" and not page.document.canonical)
    urls.extend((page.permalink, page.document.updated or page.document.date) for page in shown)
    yield Route(PATH, SitemapView(tuple(dict.fromkeys(urls))), writer=write)


def write(view: SitemapView) -> str:
    """The sitemap as XML."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, changed in view.urls:
        when = f"<lastmod>{moment(changed)}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escaped(address)}</loc>{when}</url>")
    return "\n".join([*lines, "</urlset>", ""])
