"""The plan of the site: every output path, with the template that fills it and all that it may see.

In: site, settings, theme. Out: routes in a stable order, no two with one path. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from brandkit.base import url
from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.spelling import did_you_mean
from brandkit.site import colour
from brandkit.site.assemble import BAD_ADDRESS, STATIC, is_unfit, output_path, written_path
from brandkit.site.config import Settings
from brandkit.site.kinds.registry import kind_named
from brandkit.site.links import Links
from brandkit.site.model import Page, Route, Site, Term
from brandkit.site.outputs.registry import OUTPUTS
from brandkit.site.present import Presenter
from brandkit.site.theme import Theme
from brandkit.site.views import (
    ArchiveView,
    FileView,
    HomeView,
    LinkView,
    ListView,
    NotFoundView,
    PagerView,
    PageView,
    RedirectView,
    StyleView,
    TermsView,
    TermView,
    YearView,
)

NO_MENU_TARGET = Code(
    "BK131",
    "error",
    "a menu item leads nowhere",
    "A word in the menu is neither a list of the site nor the slug of a page.",
    "use posts, archive, a taxonomy, the slug of a page, or {name: ..., url: ...}",
)
NO_TEMPLATE = Code(
    "BK161",
    "warning",
    "a page asks for a template that the theme lacks",
    "`template` or `layout` in front matter names a template that no theme of the chain has; the usual one is used.",
    "remove the key, or add the template to your theme",
)
TAKEN = Code(
    "BK152",
    "error",
    "a source claims an address that brandkit uses itself",
    "A page, alias or static file would be written where a list, feed or page of the theme stands.",
    "give it another slug, url or name",
)

HOME_POSTS = {"profile": 6, "journal": 10}


def plan_routes(site: Site, settings: Settings, theme: Theme) -> Outcome[tuple[Route, ...]]:
    """All routes. Where two want one path the page wins over the file, the planned over the claimed.

    A file cannot stand where a folder has to be, so a path within another path is taken too.
    """
    planner = _Planner(site, settings, theme)
    kept: dict[str, Route] = {}
    folders: dict[str, Route] = {}
    found = list(planner.found)
    for route in planner.routes():
        key = route.path.casefold()
        above = [parent.as_posix() for parent in PurePosixPath(key).parents][:-1]
        other = kept.get(key) or folders.get(key) or next((kept[path] for path in above if path in kept), None)
        if other is None:
            kept[key] = route
            folders.update((path, route) for path in above if path not in folders)
        elif route.source is not None:
            whose = other.source or "brandkit itself"
            what = "written" if other.path == route.path else f"taken by '{other.path}'"
            message = f"'{route.path}' is {what} from {whose} already"
            found.append(TAKEN.at(Place(route.source, 1, 1), message))
    found.extend(d for d in planner.found if d not in found)
    return Outcome(tuple(sorted(kept.values(), key=lambda route: route.path)), tuple(found))


class _Planner:
    """Holds what all routes of one site share: the presenter, the links, the findings."""

    def __init__(self, site: Site, settings: Settings, theme: Theme) -> None:
        self.site, self.settings, self.theme = site, settings, theme
        self.config = settings.config
        self.root = url.folder_of(self.config.url)
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(self.config.url))
        self.found: list[Diagnostic] = []
        by_source = {page.document.path: page for page in site.pages}
        self.links = Links(by_source, self.root, self.origin)
        self.show = Presenter(site, self.config, self.links, self._menu())

    def routes(self) -> Iterator[Route]:
        yield from self._home()
        yield from self._lists()
        yield from self._archive()
        yield from self._fixed()
        for output in OUTPUTS:
            yield from output(self.site, self.config, self.show)
        yield from self._pages()
        yield from self._aliases()
        yield from self._files()

    def _menu(self) -> tuple[LinkView, ...]:
        lists = {"posts": "posts/", "archive": "archive/", **{name: f"{name}/" for name in self.config.taxonomies}}
        pages = {page.document.slug: page for page in self.site.pages if not kind_named(page.document.kind).dated}
        items = []
        for index, item in enumerate(self.config.menu):
            label = item.name[:1].upper() + item.name[1:]
            if item.url:
                path = item.url if url.is_elsewhere(item.url) else self.root + item.url.lstrip("/")
                items.append(LinkView(item.name, path))
            elif item.name in pages:
                items.append(LinkView(pages[item.name].document.title, pages[item.name].path))
            elif item.name in lists:
                items.append(LinkView(label, self.root + lists[item.name]))
            else:
                hint = did_you_mean(item.name, [*lists, *pages])
                place = self.settings.place("menu", index)
                self.found.append(
                    NO_MENU_TARGET.at(place, f"the menu leads to '{item.name}', which is not there", hint)
                )
        return tuple(items)

    def _home(self) -> Iterator[Route]:
        config, posts = self.config, self.site.posts
        intro = next((p for p in self.site.pages if p.document.path.startswith("content/pages/index.")), None)
        count = HOME_POSTS[config.theme.home]
        more = LinkView("All posts", self.root + "posts/") if len(posts) > count else None
        tags = sorted(self.site.terms.get("tags", ()), key=lambda term: (-len(term.pages), term.slug))[:12]
        view = HomeView(
            site=self.show.site,
            head=self.show.head(config.title, config.tagline or self.show.site.author.bio, "", "website"),
            intro=self.show.content(intro) if intro else None,
            latest=tuple(self.show.card(page) for page in posts[:count]),
            more=more,
            topics=tuple(LinkView(term.name, self.show.term_path(term)) for term in tags),
        )
        yield Route("index.html", view, "home.html", source=intro.document.path if intro else None)

    def _lists(self) -> Iterator[Route]:
        yield from self._list("Posts", "posts/", self.site.posts, "")
        for name, terms in self.site.terms.items():
            yield from self._taxonomy(name, terms)

    def _taxonomy(self, name: str, terms: Sequence[Term]) -> Iterator[Route]:
        label = name[:1].upper() + name[1:]
        view = TermsView(
            site=self.show.site,
            head=self.show.head(label, f"{label} on {self.config.title}", f"{name}/"),
            heading=label,
            terms=tuple(TermView(term.name, self.show.term_path(term), len(term.pages)) for term in terms),
        )
        yield Route(f"{name}/index.html", view, "terms.html")
        for term in terms:
            yield from self._list(term.name, f"{name}/{term.slug}/", term.pages, label)

    def _list(self, heading: str, folder: str, posts: Sequence[Page], note: str) -> Iterator[Route]:
        """A list in pages of `lists.size`; the first stands at the folder itself."""
        size = self.config.lists.size
        total = max(1, -(-len(posts) // size))
        paths = [folder, *(f"{folder}page/{number}/" for number in range(2, total + 1))]
        for index, path in enumerate(paths):
            title = heading if index == 0 else f"{heading}, page {index + 1}"
            view = ListView(
                site=self.show.site,
                head=self.show.head(title, f"{heading} on {self.config.title}", path),
                heading=heading,
                note=note,
                cards=tuple(self.show.card(page) for page in posts[index * size : (index + 1) * size]),
                pager=PagerView(
                    index + 1,
                    total,
                    self.root + paths[index - 1] if index else None,
                    self.root + paths[index + 1] if index + 1 < total else None,
                ),
            )
            yield Route(path + "index.html", view, "list.html")

    def _pages(self) -> Iterator[Route]:
        place = {page.path: index for index, page in enumerate(self.site.posts)}
        for page in self.site.pages:
            if page.document.path.startswith("content/pages/index."):
                continue
            index = place.get(page.path)
            newer = self.site.posts[index - 1] if index else None
            older = self.site.posts[index + 1] if index is not None and index + 1 < len(self.site.posts) else None
            view = PageView(
                site=self.show.site,
                head=self.show.page_head(page),
                page=self.show.detail(page),
                newer=LinkView(newer.document.title, newer.path) if newer else None,
                older=LinkView(older.document.title, older.path) if older else None,
            )
            yield Route(self._file(page.path), view, self._template(page), source=page.document.path)

    def _template(self, page: Page) -> str:
        usual, wished = kind_named(page.document.kind).template, page.document.template
        if not wished:
            return usual
        name = wished if wished.endswith(".html") else f"{wished}.html"
        if self.theme.has(name):
            return name
        message = f"the theme has no template '{name}'; '{usual}' is used"
        self.found.append(NO_TEMPLATE.at(Place(page.document.path, 1, 1), message))
        return usual

    def _archive(self) -> Iterator[Route]:
        years: dict[int | None, list[Page]] = {}
        for page in self.site.posts:
            years.setdefault(self.show.local(page.document.date).year if page.document.date else None, []).append(page)
        view = ArchiveView(
            site=self.show.site,
            head=self.show.head("Archive", f"Everything on {self.config.title}, by year", "archive/"),
            count=len(self.site.posts),
            years=tuple(YearView(year, tuple(self.show.card(p) for p in pages)) for year, pages in years.items()),
        )
        yield Route("archive/index.html", view, "archive.html")

    def _fixed(self) -> Iterator[Route]:
        latest = tuple(self.show.card(page) for page in self.site.posts[:3])
        head = self.show.head("Page not found", "", "404.html", indexed=False)
        yield Route("404.html", NotFoundView(self.show.site, head, latest), "404.html")
        accent = self.config.theme.accent
        light, dark = colour.readable(accent, colour.PAPER), colour.readable(accent, colour.INK_PAPER)
        style = StyleView(light, dark, colour.text_on(light), colour.text_on(dark))
        yield Route("assets/style.css", style, "style.css")

    def _aliases(self) -> Iterator[Route]:
        for page in self.site.pages:
            for alias in map(written_path, page.document.aliases):
                if is_unfit(alias):
                    place = Place(page.document.path, 1, 1)
                    self.found.append(BAD_ADDRESS.at(place, f"the alias {alias!r} cannot be used"))
                    continue
                view = RedirectView(page.document.title, page.permalink, self.show.language(page))
                clean = alias if alias.endswith("/") or "." in alias.rpartition("/")[2] else alias + "/"
                yield Route(output_path(clean), view, "redirect.html", source=page.document.path)

    def _files(self) -> Iterator[Route]:
        for path, digest in self.site.static.items():
            yield Route(path, FileView(digest), copy=STATIC + path, source=STATIC + path)
        for path, source in self.theme.static.items():
            yield Route(f"assets/{path}", FileView(self.theme.static_digests[path]), copy=source)

    def _file(self, path: str) -> str:
        return output_path(unquote(path).removeprefix(self.root))
