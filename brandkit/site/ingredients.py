"""What views are made of, in a few words each, so that thousands need not be made to see that nothing changed. Pure.

In: a presenter. Out, for a route:

- its origin: one digest of the sources that it is planned from, and of the ground that all pages stand on. Where it
  is as it was, nothing else is asked: that is what makes a build fast in which one text of thousands changed.
- its parts by name, where the origin changed: equal parts make an equal view. A part stands for a page by digests
  that were taken when it was parsed (`Document.face`, `Document.inner`), and by what the site makes of it: where
  it stands, where its links lead, what is near it.

The property tests hold each view against its parts, and its parts against its origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from brandkit.base.digest import Digester, digest_text
from brandkit.site.config import SiteConfig
from brandkit.site.content_policy import policy
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Page, Site
from brandkit.site.present import Presenter

_BETWEEN = "\x1f"


class Ingredients:
    """The parts of one site; what pages share is worked out once."""

    def __init__(self, site: Site, show: Presenter, config: SiteConfig, fonts: Mapping[str, str]) -> None:
        self._show = show
        self._digester = Digester()
        views = _views(site, show, self._digester)
        self._ground = digest_text(repr((_ground(site, show), views, config, sorted(fonts.items()))))
        self._shown: dict[str, str] = {}
        self._people: dict[tuple[str, ...], str] = {}
        self.head = digest_text(
            repr((config.timezone, config.language, policy(config, show.site.script), show.head("", "", "").image))
        )

    def origin_of_page(self, page: Page, around: Sequence[Page | None], template: str) -> str:
        """What a document's own page is planned from: itself, its neighbours in time, what is related, and by which
        template it is shown, as another may be there one day."""
        near = [other.path for other in around if other is not None]
        related = [f"{other.path} {_face(other)}" for other in self._show.relations.related(page)]
        return digest_text(_BETWEEN.join([self._ground, template, page.document.key, *near, *related]))

    def origin(self, named: str, pages: Iterable[Page]) -> str:
        """What a list, or another view of these pages as lists show them, is planned from."""
        return digest_text(_BETWEEN.join([self._ground, named, *[f"{page.path} {_face(page)}" for page in pages]]))

    def shown(self, page: Page) -> str:
        """All that a list may show of a page, in a digest."""
        known = self._shown.get(page.path)
        if known is None:
            known = self._shown[page.path] = self._shown_anew(page)
        return known

    def _shown_anew(self, page: Page) -> str:
        document, kind = page.document, kind_named(page.document.kind)
        parts = [document.face, page.path, page.status, *(term.name for term in self._show.terms(page))]
        if kind.timed:
            parts.append(repr(self._show.times(page)))
        if document.image:
            parts.append(repr(self._show.picture(page)))
        if kind.shown_whole:
            parts.append(self._show.content(page).digest)
        return digest_text(_BETWEEN.join(parts))

    def all_shown(self, pages: Iterable[Page]) -> str:
        """All that lists may show of these pages, in their order, in one digest."""
        return digest_text(" ".join([self.shown(page) for page in pages]))

    def page(self, page: Page, around: Sequence[Page | None]) -> Mapping[str, Any]:
        """The parts of a document's own page; `around` are its neighbours in time."""
        show, document = self._show, page.document
        relations = show.relations
        newer, older = around
        content = show.content(page)
        parts: dict[str, Any] = {
            "site": show.site_for(page),
            "head": f"{self.head} {show.preview(page)} {show.section_of(page)}",
            "page": self.shown(page),
            "page.content": f"{document.inner} {content.digest}" if content.links else document.inner,
        }
        if newer is not None:
            parts["newer"] = f"{newer.path} {newer.document.title}"
        if older is not None:
            parts["older"] = f"{older.path} {older.document.title}"
        if document.authors:
            parts["page.authors"] = self._authors(page)
        if document.series:
            parts["page.series"] = self._digester.of(relations.series(page))
        if related := relations.related(page):
            parts["page.related"] = self.all_shown(related)
        if others := relations.backlinks(page):
            parts["page.backlinks"] = self._digester.of(others)
        if translated := relations.translations(page):
            parts["page.translations"] = self._digester.of(translated)
        return parts

    def _authors(self, page: Page) -> str:
        names = page.document.authors
        if names not in self._people:
            self._people[names] = self._digester.of(self._show.authors(page))
        return self._people[names]


def _face(page: Page) -> str:
    """What lists show of a page: of some kinds all of it."""
    return page.document.key if kind_named(page.document.kind).shown_whole else page.document.face


def _ground(site: Site, show: Presenter) -> list[Any]:
    """What any page may have to do with: how all are called and where they stand, what is copied, which terms there
    are, who links to whom, what happens when."""
    posts, pages = site.posts, site.pages
    named = ((page, page.document) for page in pages)
    names = [(p.path, p.status, d.path, d.title, d.slug, d.language, d.translation) for p, d in named]
    bound = [
        (page.path, page.document.series, [(link.target, link.picture) for link in page.document.links])
        for page in (*posts, *pages)
        if page.document.series or page.document.links
    ]
    timed = [(page.path, show.times(page)) for page in pages if kind_named(page.document.kind).timed]
    return [
        names,
        bound,
        timed,
        [(term.taxonomy, term.slug, term.name) for terms in site.terms.values() for term in terms],
        [(folder, page.document.key) for folder, page in site.intros.items()],
        [(path, source.path, source.digest) for path, source in site.files.items()],
    ]


def _views(site: Site, show: Presenter, digester: Digester) -> list[str]:
    """What all pages say of the site, in every language that one is written in."""
    languages = {show.language(page): page for page in (*site.pages, *site.intros.values())}
    views = [show.site, *(show.site_for(page) for page in languages.values())]
    return [digester.of(view) for view in views] + [digester.of(site.data.authors)]
