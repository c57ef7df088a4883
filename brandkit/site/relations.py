"""What belongs together: series, related texts, who mentions whom, the same page in other languages. Pure.

Everything is bounded, so that one new text changes what stands on a few other pages and not on all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from brandkit.base.walls import Memo
from brandkit.site.config import SiteConfig
from brandkit.site.kinds.registry import kind_named
from brandkit.site.links import Links
from brandkit.site.model import Page, Site
from brandkit.site.related import find_related
from brandkit.site.views.parts import AlternateView, LinkView, SeriesView

_MOST_BACKLINKS = 20
_LONGEST_SERIES, _AROUND = 12, 4  # parts that a box lists; of a longer one those around the page


class Relations:
    """The relations of one site; each sort is worked out when it is first asked for."""

    def __init__(self, site: Site, config: SiteConfig, links: Links, memo: Memo) -> None:
        self._site, self._config, self._links, self._memo = site, config, links, memo

    def language(self, page: Page) -> str:
        """The language of a page."""
        return page.document.language or self._config.language

    def series(self, page: Page) -> SeriesView | None:
        """The series that a page belongs to."""
        name = page.document.series
        places, links = self._in_series.get((name or "").casefold(), ({}, ()))
        at = places.get(page.path)
        if not name or at is None:
            return None
        total = len(links)
        low, high = (0, total) if total <= _LONGEST_SERIES else (max(0, at - _AROUND), at + _AROUND + 1)
        following = links[at + 1] if at + 1 < total else None
        return SeriesView(name, at + 1, total, low + 1, links[low:high], links[at - 1] if at else None, following)

    def related(self, page: Page) -> tuple[Page, ...]:
        """The texts that are closest to a page."""
        return self._related.get(page.path, ())

    def backlinks(self, page: Page) -> tuple[LinkView, ...]:
        """Who links to a page, newest first."""
        return tuple(LinkView(other.document.title, other.path) for other in self._backlinks.get(page.path, ()))

    def translations(self, page: Page) -> tuple[AlternateView, ...]:
        """The same page in other languages."""
        others = self.translated.get(_translation_key(page), {})
        return tuple(
            AlternateView(language, other.permalink, other.document.title)
            for language, other in others.items()
            if other.path != page.path and language != self.language(page)
        )

    def translation_of(self, page: Page, language: str) -> Page:
        """A page in a language, or the page itself where it was not translated."""
        return self.translated.get(_translation_key(page), {}).get(language, page)

    @cached_property
    def _in_series(self) -> Mapping[str, tuple[Mapping[str, int], tuple[LinkView, ...]]]:
        """For each series where each of its pages stands, and the links to all, in the order of reading."""
        found: dict[str, list[Page]] = defaultdict(list)
        for page in reversed(self._site.posts):
            if page.document.series:
                found[page.document.series.casefold()].append(page)
        return {
            name: (
                {page.path: at for at, page in enumerate(pages)},
                tuple(LinkView(page.document.title, page.path) for page in pages),
            )
            for name, pages in found.items()
        }

    @cached_property
    def _related(self) -> Mapping[str, tuple[Page, ...]]:
        titled = [page for page in self._site.posts if kind_named(page.document.kind).titled]
        return find_related(titled, self._config, self._memo)

    @cached_property
    def _backlinks(self) -> Mapping[str, Sequence[Page]]:
        """Who links to a page, by its path, newest first."""
        found: dict[str, dict[str, Page]] = defaultdict(dict)
        for page in (*self._site.posts, *self._site.pages):
            for link in page.document.links:
                target = None if link.picture else self._links.page(link.target, page)
                if target is not None and target.path != page.path:
                    found[target.path].setdefault(page.path, page)
        return {path: tuple(pages.values())[:_MOST_BACKLINKS] for path, pages in found.items()}

    @cached_property
    def translated(self) -> Mapping[str, Mapping[str, Page]]:
        """Pages that share a translation key, one for each language."""
        found: dict[str, dict[str, Page]] = defaultdict(dict)
        for page in self._site.pages:
            found[_translation_key(page)].setdefault(self.language(page), page)
        return {key: pages for key, pages in found.items() if len(pages) > 1}


def _translation_key(page: Page) -> str:
    document = page.document
    return document.translation or document.path.removeprefix("content/").rpartition(".")[0]
