"""Where internal links of a text lead. Pure.

A text may say `other-post.md`, `../pages/about.md`, `[[a title]]`, `/about/`, `picture.png`, `page/#anchor`. A link to
a source becomes the address of its page, or of the file itself; a path from the root gets the path under which the
site lives; anything else is relative to the page.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from urllib.parse import quote, unquote, urljoin, urlsplit

from brandkit.base.text import slugify
from brandkit.base.walls import Source
from brandkit.site.addresses import as_folder
from brandkit.site.kinds.registry import TEXTS
from brandkit.site.model import Page

WIKI = "wiki:"


class Links:
    """Resolves links over one site: its pages, and the files that are copied, by output path."""

    def __init__(self, pages: Iterable[Page], files: Mapping[str, Source], root: str, origin: str) -> None:
        self._root, self._origin = root, origin
        self._by_path = {page.path: page for page in pages}
        self._files = {source.path: path for path, source in files.items()}
        self._by_name_of_file = {composed(source.path): source.path for source in files.values()}
        self._by_output = {composed(root + path): source.path for path, source in files.items()}

    @cached_property
    def _by_source(self) -> Mapping[str, Page]:
        return {composed(page.document.path): page for page in self._by_path.values()}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Page]]:
        found: dict[str, list[Page]] = {}
        for page in self._by_path.values():
            for name in _names(page):
                found.setdefault(name, []).append(page)
        return found

    def at(self, path: str) -> Page | None:
        """The page at a path from the root of the host."""
        return self._by_path.get(path)

    def on_page(self, page: Page) -> tuple[tuple[str, str], ...]:
        """(link as written, path) for every internal link of a page."""
        return tuple((link.target, self.path(link.target, page)) for link in page.document.links)

    def elsewhere(self, page: Page) -> tuple[tuple[str, str], ...]:
        """(link as written, absolute address): for feeds, which are read in other places."""
        paths = ((link.target, self.path(link.target, page)) for link in page.document.links)
        return tuple(
            (written, page.permalink if path.startswith(WIKI) else self._origin + path) for written, path in paths
        )

    def path(self, link: str, page: Page) -> str:
        """The path, from the root of the host, that `link` on `page` leads to. A wikilink to nobody stays as it is."""
        named, mark, anchor = link.partition("#")
        query = "".join(named.partition("?")[1:]) if not link.startswith(WIKI) else ""
        target = self.page(link, page)
        if target is not None:
            return target.path + query + (f"#{slugify(anchor) if link.startswith(WIKI) else anchor}" if anchor else "")
        if link.startswith(WIKI):
            return link
        source = self.source(named, page)
        if source is not None and source in self._files:
            return quote(self._root + self._files[source], safe="/:@!$&'()*+,;=~-._") + query + mark + anchor
        if link.startswith("/"):
            already = self._root != "/" and link.startswith(self._root)
            return link if already else self._root + link[1:]
        return urljoin(page.path, link)

    def page(self, link: str, page: Page) -> Page | None:
        """The page that `link` on `page` leads to, or None where it leads to a file, elsewhere or nowhere."""
        named = link.partition("#")[0]
        if named.startswith(WIKI):
            called = self._by_name.get(composed(unquote(named.removeprefix(WIKI))).strip().casefold(), [])
            alike = (other for other in called if other.document.language == page.document.language)
            return next(alike, called[0] if called else None)
        path = urlsplit(named).path
        if unquote(path).lower().endswith(TEXTS):
            beside = self._by_source.get(self._source_path(path, page))
            return beside or self._by_source.get(composed(f"content/{unquote(path)}"))  # as Hugo's ref says it
        if not path:
            return None
        whole = self._root + path.lstrip("/") if path.startswith("/") else urljoin(page.path, path)
        found = self._by_path.get(as_folder(whole))
        return found or (self._by_path.get(as_folder(path)) if path.startswith(self._root) else None)

    def source(self, link: str, page: Page) -> str | None:
        """The source of the file that `link` on `page` means, if one is copied: beside the text, or by its address."""
        link = link.partition("?")[0]
        beside = self._by_name_of_file.get(self._source_path(link, page))
        if beside is not None:
            return beside
        whole = self._root + link.lstrip("/") if link.startswith("/") else urljoin(page.path, link)
        return self._by_output.get(composed(unquote(whole))) or self._by_output.get(composed(unquote(link)))

    def _source_path(self, link: str, page: Page) -> str:
        written = unquote(link)
        base = "content" if written.startswith("/") else posixpath.dirname(page.document.path)
        return composed(posixpath.normpath(posixpath.join(base, written.lstrip("/"))))


def composed(name: str) -> str:
    """A name with its letters in one piece: `é` is one or two characters, as the system likes that wrote it."""
    return unicodedata.normalize("NFC", name)


def _names(page: Page) -> Iterable[str]:
    """How a wikilink may call a page: its slug, its title, the name of its file or of its bundle."""
    document = page.document
    folder, name = posixpath.split(document.path)
    stem = name.rpartition(".")[0]
    stem = posixpath.basename(folder) if stem.partition(".")[0] == "index" else stem
    return (document.slug, composed(document.title).casefold(), composed(stem).casefold())
