"""Views: all that a template may see. Frozen, complete, and the same for the same site.

The fields of a view are the names that its template is given; docs/themes.md lists them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from brandkit.base.digest import digest_text
from brandkit.site import markdown
from brandkit.site.model import Body, Heading


@dataclass(frozen=True)
class Content:
    """The HTML of a document with its links in place; known by digest until a template prints it."""

    body: Body
    links: tuple[tuple[str, str], ...]

    @cached_property
    def digest(self) -> str:
        """Stands for the text and where each of its links leads."""
        return digest_text(self.body.digest + repr(self.links))

    def __html__(self) -> str:
        return markdown.resolve(self.body.html(), dict(self.links))


@dataclass(frozen=True)
class LinkView:
    """Words and where they lead."""

    label: str
    path: str


@dataclass(frozen=True)
class ProfileView:
    """An account elsewhere."""

    network: str
    handle: str
    url: str


@dataclass(frozen=True)
class AuthorView:
    """The person whose site it is."""

    name: str
    pronouns: str
    bio: str
    portrait: str | None
    profiles: tuple[ProfileView, ...]
    email: str | None


@dataclass(frozen=True)
class SiteView:
    """What every page knows about the site."""

    title: str
    tagline: str
    url: str
    root: str
    language: str
    author: AuthorView
    owner: str
    home: str
    menu: tuple[LinkView, ...]
    feed: str
    favicon: str | None
    newsletter: str | None
    booking: str | None


@dataclass(frozen=True)
class HeadView:
    """What search engines and link previews are told about a page."""

    title: str
    description: str
    permalink: str
    kind: str = "website"
    published: datetime | None = None
    updated: datetime | None = None
    image: str | None = None
    language: str | None = None
    indexed: bool = True


@dataclass(frozen=True)
class CardView:
    """A post in a list."""

    title: str
    path: str
    date: datetime | None
    summary: str
    tags: tuple[LinkView, ...]
    minutes: int
    status: str


@dataclass(frozen=True)
class PageDetail:
    """A page or post, whole."""

    title: str
    path: str
    permalink: str
    kind: str
    date: datetime | None
    updated: datetime | None
    description: str
    content: Content
    tags: tuple[LinkView, ...]
    authors: tuple[str, ...]
    series: str | None
    headings: tuple[Heading, ...]
    minutes: int
    language: str
    status: str
    params: dict[str, object]


@dataclass(frozen=True)
class PageView:
    """post.html, page.html, and every template that shows one document."""

    site: SiteView
    head: HeadView
    page: PageDetail
    newer: LinkView | None
    older: LinkView | None


@dataclass(frozen=True)
class HomeView:
    """home.html."""

    site: SiteView
    head: HeadView
    intro: Content | None
    latest: tuple[CardView, ...]
    more: LinkView | None
    topics: tuple[LinkView, ...]


@dataclass(frozen=True)
class PagerView:
    """Where a page of a list stands among the others."""

    number: int
    total: int
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class ListView:
    """list.html: posts, page by page; of a section or of a term."""

    site: SiteView
    head: HeadView
    heading: str
    note: str
    cards: tuple[CardView, ...]
    pager: PagerView


@dataclass(frozen=True)
class TermView:
    """A term among the others of its taxonomy."""

    label: str
    path: str
    count: int


@dataclass(frozen=True)
class TermsView:
    """terms.html: all terms of a taxonomy."""

    site: SiteView
    head: HeadView
    heading: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True)
class YearView:
    """A year of the archive; None gathers what bears no date."""

    year: int | None
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class ArchiveView:
    """archive.html: everything, by year."""

    site: SiteView
    head: HeadView
    count: int
    years: tuple[YearView, ...]


@dataclass(frozen=True)
class NotFoundView:
    """404.html."""

    site: SiteView
    head: HeadView
    latest: tuple[CardView, ...]


@dataclass(frozen=True)
class RedirectView:
    """redirect.html: an old path that leads to a page."""

    title: str
    permalink: str
    language: str


@dataclass(frozen=True)
class StyleView:
    """style.css: the tokens of the brand, each readable on the background that it stands on."""

    accent: str
    accent_dark: str
    on_accent: str
    on_accent_dark: str


@dataclass(frozen=True)
class FeedEntryView:
    """A post in a feed, with absolute links."""

    title: str
    permalink: str
    published: datetime | None
    updated: datetime | None
    summary: str
    content: Content
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class FeedView:
    """A feed of the site's own."""

    title: str
    subtitle: str
    site_url: str
    feed_url: str
    author: str
    language: str
    updated: datetime | None
    entries: tuple[FeedEntryView, ...]


@dataclass(frozen=True)
class SitemapView:
    """Each address and when it last changed."""

    urls: tuple[tuple[str, datetime | None], ...]


@dataclass(frozen=True)
class RobotsView:
    """What crawlers are told."""

    sitemap: str


@dataclass(frozen=True)
class FileView:
    """A file that is copied as it is: its digest is all that matters."""

    digest: str
