"""What every plan of routes shares: the site, its settings and theme, the presenter, and what is found on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from brandkit.base import url
from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.spelling import did_you_mean
from brandkit.base.walls import Memo
from brandkit.site.assemble import newest_first
from brandkit.site.config import Settings
from brandkit.site.ingredients import Ingredients
from brandkit.site.kinds.registry import KINDS
from brandkit.site.links import Links
from brandkit.site.model import Page, Site
from brandkit.site.pictures import Pictures
from brandkit.site.present import Presenter
from brandkit.site.relations import Relations
from brandkit.site.site_views import SiteViews
from brandkit.site.theme import Theme
from brandkit.site.views.parts import LinkView, PageDetail

NO_MENU_TARGET = Code(
    "BK131",
    "error",
    "a menu item leads nowhere",
    "A word in the menu is neither a list of the site nor the slug of a page.",
    "use posts, archive, a taxonomy, the slug of a page, or {name: ..., url: ...}",
)
NO_PICTURE = Code(
    "BK132",
    "warning",
    "a picture that is named is not there",
    "site.yaml or a file of data names a picture that does not stand below content/static/, or that is none.",
    "put the picture there, or correct its name",
)
# pages that come for free when their data is there: slug, and the field of `Data`
STANDING = {"speaking": "speaking", "work-with-me": "work", "thanks": "thanks", "blogroll": "blogroll"}


class Planner:
    """Holds what all routes of one site share."""

    def __init__(self, site: Site, settings: Settings, theme: Theme, memo: Memo) -> None:
        self.site, self.settings, self.theme = site, settings, theme
        self.config = settings.config
        self.root = url.folder_of(self.config.url)
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.config.url))
        self.found: list[Diagnostic] = []
        self.links = Links(site.pages, site.files, self.root, self.origin)
        self.pictures = Pictures(site.images, site.files, self.config.images, self.root)
        sites = SiteViews(site, self.config, theme, self.pictures, self._menu, self._footer)
        relations = Relations(site, self.config, self.links, memo)
        self.show = Presenter(site, self.config, relations, self.links, sites)
        self._reported: set[str] = set()
        self._check_pictures()
        self.made_of = Ingredients(site, self.show, self.config, theme.fonts)

    def _check_pictures(self) -> None:
        """Every picture that is named outside of texts; a finding for one that is not there."""
        config = self.config
        named = [(config.author.portrait, self.settings.place("author", "portrait"))]
        named.append((config.theme.wordmark, self.settings.place("theme", "wordmark")))
        kit = self.site.data.speaking
        named += (
            [(portrait.file, Place("content/data/speaking.yaml", 1, 1)) for portrait in kit.portraits] if kit else []
        )
        people = self.site.data.authors
        named += [(person.portrait, Place("content/data/authors.yaml", 1, 1)) for person in people]
        for file, place in named:
            if file and self.pictures.view(f"content/static/{file}") is None:
                self.found.append(NO_PICTURE.at(place, f"there is no picture content/static/{file}"))

    def standing(self, name: str) -> Any:
        """The data of a page that comes for free, or None."""
        return getattr(self.site.data, STANDING[name]) or None

    def has_list(self, folder: str) -> bool:
        """Whether a section has a list of its own: posts always, others when there is something in it."""
        return folder == "posts" or (folder != "pages" and bool(self.site.sections[folder]))

    def feed_pages(self, pages: Sequence[Page]) -> tuple[Page, ...]:
        """What of these pages is news, newest first: dated, with a text, and not still to come."""
        return tuple(sorted(filter(self._is_news, pages), key=lambda page: self._places[page.path]))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each page stands among all of them, newest first."""
        return {page.path: place for place, page in enumerate(sorted(self.site.pages, key=newest_first))}

    def has_news(self, pages: Sequence[Page]) -> bool:
        """Whether a feed of these pages would hold anything."""
        return any(self._is_news(page) for page in pages)

    def _is_news(self, page: Page) -> bool:
        document = page.document
        return document.date is not None and document.date <= self.site.moment and document.word_count > 0

    def page_at(self, path: str) -> Page | None:
        """The page of one's own at a path below the site's root."""
        return self.links.at(self.root + path)

    def own_words(self, name: str) -> PageDetail | None:
        """The page that was written for a place where brandkit puts something too: its text stands above."""
        page = self.page_at(f"{name}/")
        return self.show.detail(page) if page else None

    def _menu(self, language: str) -> tuple[LinkView, ...]:
        words = self.theme.words_in(language)
        lists = self._lists()
        items = []
        for index, item in enumerate(self.config.menu):
            page = self._page_called(item.name, language)
            if item.url:
                path = item.url if url.is_elsewhere(item.url) else self.root + item.url.lstrip("/")
                items.append(LinkView(item.name, path))
            elif page is not None:
                items.append(LinkView(page.document.title, page.path))
            elif item.name in lists:
                intro = self.site.intros.get(item.name)
                usual = words["sections"].get(item.name) or item.name[:1].upper() + item.name[1:]
                items.append(LinkView(intro.document.title if intro else usual, self.root + lists[item.name]))
            else:
                self._no_target(item.name, index)
        return tuple(items)

    def _no_target(self, name: str, index: int) -> None:
        if name in self._reported:
            return
        self._reported.add(name)
        hint = did_you_mean(name, [*self._lists(), *(p.document.slug for p in self.site.sections["pages"])])
        place = self.settings.place("menu", index)
        self.found.append(NO_MENU_TARGET.at(place, f"the menu leads to '{name}', which is not there", hint))

    def _lists(self) -> dict[str, str]:
        folders = [kind.folder for kind in KINDS if self.has_list(kind.folder)]
        names = ["archive", *folders, *self.config.taxonomies, *(name for name in STANDING if self.standing(name))]
        return {name: f"{name}/" for name in (*names, *(["search"] if self.config.search else []))}

    def _page_called(self, slug: str, language: str) -> Page | None:
        page = next((page for page in self.site.sections["pages"] if page.document.slug == slug), None)
        return self.show.relations.translation_of(page, language) if page else None

    def _footer(self, language: str) -> tuple[LinkView, ...]:
        """What is there and not in the menu."""
        words = self.theme.words_in(language)["sections"]
        taken = {*(item.name for item in self.config.menu), *self.config.taxonomies, "posts", "search"}
        lists = self._lists()
        names = [name for name in lists if name not in taken]
        return tuple(LinkView(words.get(name, name.capitalize()), self.root + lists[name]) for name in names)
