"""What views are made of, in a few words each, so that thousands need not be made to see that nothing changed. Pure.

In: a presenter. Out: named parts for a route: equal parts make an equal view. A part stands for a page by digests
that were taken when it was parsed (`Document.face`, `Document.inner`), and by what the site makes of it: where
it stands, where its links lead, what is near it. The property tests hold each view against its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from brandkit.base.digest import Digester, digest_text
from brandkit.site.config import SiteConfig
from brandkit.site.content_policy import policy
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Page
from brandkit.site.present import Presenter

_BETWEEN = "\x1f"


class Ingredients:
    """The parts of one site; what pages share is worked out once."""

    def __init__(self, show: Presenter, config: SiteConfig) -> None:
        self._show, self._config = show, config
        self._digester = Digester()
        self._shown: dict[str, str] = {}
        self._people: dict[tuple[str, ...], str] = {}
        self.head = digest_text(
            repr((config.timezone, config.language, policy(config, show.site.script), show.head("", "", "").image))
        )

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

    def pages_of_list(self, named: Sequence[object], intro: Page | None) -> Mapping[str, Any]:
        """What all pages of a list share; `named` is what it is called, and what stands beside it."""
        text = self._show.content(intro) if intro else None
        return {
            "site": self._show.site,
            "head": self.head,
            "heading": digest_text(repr(named)),
            "intro": f"{intro.document.face} {text.digest}" if intro and text else "",
        }
