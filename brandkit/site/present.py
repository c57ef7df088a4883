"""Pages and settings as views: the one place where the model turns into what templates see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from brandkit.base import url
from brandkit.base.text import slugify
from brandkit.site.config import SiteConfig
from brandkit.site.links import Links
from brandkit.site.model import Page, Site, Term
from brandkit.site.views import (
    AuthorView,
    CardView,
    Content,
    FeedEntryView,
    HeadView,
    LinkView,
    PageDetail,
    ProfileView,
    SiteView,
)

WORDS_A_MINUTE = 230  # silent reading of non-fiction in English: Brysbaert 2019, 238 words a minute

_ICONS = ("favicon.svg", "favicon.ico", "favicon.png")
_NETWORKS = {
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "codeberg": "https://codeberg.org/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "youtube": "https://www.youtube.com/@{}",
    "orcid": "https://orcid.org/{}",
}


class Presenter:
    """Makes views over one site; a card that stands on ten pages is one object."""

    def __init__(self, site: Site, config: SiteConfig, links: Links, menu: Sequence[LinkView]) -> None:
        self._config, self._links = config, links
        self.root = url.folder_of(config.url)
        self.site = _site_view(site, config, tuple(menu), self.root)
        self._cards: dict[str, CardView] = {}
        self._term = {(t.taxonomy, t.slug): t for terms in site.terms.values() for t in terms}

    def local(self, moment: datetime) -> datetime:
        """A moment in the zone of the site."""
        return moment.astimezone(self._config.zone)

    def language(self, page: Page) -> str:
        """The language of a page."""
        return page.document.language or self._config.language

    def term_path(self, term: Term) -> str:
        """Where the list of a term stands."""
        return f"{self.root}{term.taxonomy}/{term.slug}/"

    def absolute(self, path: str) -> str:
        """A path of the site as a whole address."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self._config.url)) + path

    def content(self, page: Page) -> Content:
        """The text of a page with its links in place."""
        return Content(page.document.body, self._links.on_page(page))

    def head(self, title: str, description: str, path: str, kind: str = "website", indexed: bool = True) -> HeadView:
        """The head of a page that is no document. `path` is relative to the site's root."""
        return HeadView(title, description, self._config.url + path, kind, indexed=indexed)

    def page_head(self, page: Page) -> HeadView:
        """The head of a document."""
        document = page.document
        image = self.absolute(self._links.path(document.image, page)) if document.image else None
        return HeadView(
            title=document.title,
            description=document.description or document.excerpt,
            permalink=document.canonical or page.permalink,
            kind="article" if document.date else "website",
            published=document.date,
            updated=document.updated,
            image=document.image if document.image and url.is_elsewhere(document.image) else image,
            language=document.language,
            indexed=page.status == "published",
        )

    def detail(self, page: Page) -> PageDetail:
        """A document, whole."""
        document = page.document
        return PageDetail(
            title=document.title,
            path=page.path,
            permalink=page.permalink,
            kind=document.kind,
            date=self.local(document.date) if document.date else None,
            updated=self.local(document.updated) if document.updated else None,
            description=document.description,
            content=self.content(page),
            tags=self._tags(page),
            authors=document.authors,
            series=document.series,
            headings=document.headings,
            minutes=_minutes(document.word_count),
            language=self.language(page),
            status=page.status,
            params=_frozen(document.params),
        )

    def feed_entry(self, page: Page) -> FeedEntryView:
        """A post as a feed carries it: whole, with absolute links."""
        document = page.document
        return FeedEntryView(
            title=document.title,
            permalink=page.permalink,
            published=document.date,
            updated=document.updated or document.date,
            summary=document.description or document.excerpt,
            content=Content(document.body, self._links.elsewhere(page)),
            tags=document.terms.get("tags", ()),
            authors=document.authors,
            language=self.language(page),
        )

    def card(self, page: Page) -> CardView:
        """A page in a list."""
        if page.path not in self._cards:
            self._cards[page.path] = self._card(page)
        return self._cards[page.path]

    def _card(self, page: Page) -> CardView:
        document = page.document
        return CardView(
            title=document.title,
            path=page.path,
            date=self.local(document.date) if document.date else None,
            summary=document.description or document.excerpt,
            tags=self._tags(page),
            minutes=_minutes(document.word_count),
            status=page.status,
        )

    def _tags(self, page: Page) -> tuple[LinkView, ...]:
        if "tags" not in self._config.taxonomies:
            return ()
        slugs = dict.fromkeys(slugify(name, "term") for name in page.document.terms.get("tags", ()))
        terms = [self._term[("tags", slug)] for slug in slugs if ("tags", slug) in self._term]
        return tuple(LinkView(term.name, self.term_path(term)) for term in terms)


def _frozen(value: Any) -> Any:
    """Values of one's own as a view holds them: its lists are tuples."""
    if isinstance(value, Mapping):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _minutes(word_count: int) -> int:
    return max(1, round(word_count / WORDS_A_MINUTE))


def _site_view(site: Site, config: SiteConfig, menu: tuple[LinkView, ...], root: str) -> SiteView:
    author = config.author
    portrait = root + author.portrait if author.portrait in site.static else None
    return SiteView(
        title=config.title,
        tagline=config.tagline,
        url=config.url,
        root=root,
        language=config.language,
        author=AuthorView(
            name=author.name or config.title,
            pronouns=author.pronouns,
            bio=author.bio,
            portrait=portrait,
            profiles=tuple(_profile(network, handle) for network, handle in author.profiles.items()),
            email=config.contact.email,
        ),
        owner=config.owner,
        home=config.theme.home,
        menu=menu,
        feed=root + "feed.xml",
        favicon=next((root + name for name in _ICONS if name in site.static), None),
        newsletter=config.newsletter.action if config.newsletter else None,
        booking=config.contact.booking,
    )


def _profile(network: str, handle: str) -> ProfileView:
    name = handle.lstrip("@")
    if url.is_web(handle):
        return ProfileView(network, url.host_of(handle), handle)
    if network == "mastodon" and "@" in name:
        user, _, host = name.partition("@")
        return ProfileView(network, handle, f"https://{host}/@{user}")
    pattern = _NETWORKS.get(network.lower())
    return ProfileView(network, handle, pattern.format(name) if pattern else handle)
