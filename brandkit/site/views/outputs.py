"""The views of what machines read: feeds, calendar, sitemap and the rest. Addresses are whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from brandkit.site.data import Blog
from brandkit.site.views.parts import Content


@dataclass(frozen=True)
class FeedEntryView:
    """A document in a feed, with absolute links."""

    title: str
    permalink: str
    published: datetime | None
    updated: datetime | None
    summary: str
    content: Content
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    language: str
    image: str | None


@dataclass(frozen=True)
class FeedView:
    """A feed of the site's own, in one format; `style` is what browsers show it with."""

    title: str
    subtitle: str
    site_url: str
    page_url: str
    feed_url: str
    author: str
    author_url: str
    language: str
    icon: str | None
    hub: str | None
    style: str
    updated: datetime | None
    entries: tuple[FeedEntryView, ...]


@dataclass(frozen=True)
class CalendarEntryView:
    """An event or talk in the calendar. `uid` is the same in every build."""

    uid: str
    title: str
    permalink: str
    starts: date
    ends: date | None
    location: str
    status: str
    repeats: str
    summary: str
    stamp: datetime


@dataclass(frozen=True)
class CalendarView:
    """calendar.ics."""

    title: str
    url: str
    timezone: str
    entries: tuple[CalendarEntryView, ...]


@dataclass(frozen=True)
class SitemapEntryView:
    """An address, when it last changed, and the same page in other languages."""

    url: str
    changed: datetime | None
    alternates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SitemapView:
    """sitemap.xml."""

    urls: tuple[SitemapEntryView, ...]


@dataclass(frozen=True)
class RobotsView:
    """robots.txt."""

    sitemap: str


@dataclass(frozen=True)
class OpmlView:
    """blogroll.opml."""

    title: str
    owner: str
    blogs: tuple[Blog, ...]


@dataclass(frozen=True)
class LlmsView:
    """llms.txt: the site in a page of plain text. `sections` maps a heading to (title, address, summary)."""

    title: str
    tagline: str
    bio: str
    sections: Mapping[str, tuple[tuple[str, str, str], ...]]


@dataclass(frozen=True)
class RedirectsView:
    """_redirects: (old path, new path), as Netlify and Cloudflare Pages read it."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FeedStyleView:
    """feed.css: what a feed looks like in a browser."""

    hint: str


@dataclass(frozen=True)
class FileView:
    """A file that is copied as it is: its digest is all that matters."""

    digest: str


@dataclass(frozen=True)
class ResizedView:
    """A picture in another size and format. (Not `digest`: what has one stands for itself by it alone.)"""

    source: str
    source_digest: str
    width: int
    format: str
    quality: int


@dataclass(frozen=True)
class CleanView:
    """A picture without what its camera wrote into it."""

    source: str
    source_digest: str


@dataclass(frozen=True)
class SocialCardView:
    """A picture for link previews. `fonts` and `portrait` are (source, digest)."""

    title: str
    name: str
    note: str
    accent: str
    direction: str
    portrait: tuple[str, str] | None
    fonts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SearchRecordView:
    """A page as the search index knows it; its text by digest, `more` what stands on it beside the text."""

    url: str
    title: str
    text_digest: str
    more: str
    language: str
