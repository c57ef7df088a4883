"""The parts that views are made of. Frozen, complete, and the same for the same site.

Moments are in the zone of the site; paths begin at the root of the host; `None` or empty means absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from functools import cached_property
from typing import Any

from brandkit.base.digest import digest_text
from brandkit.site.markdown import marks
from brandkit.site.markdown.marks import PictureView
from brandkit.site.model import Body, Heading


@dataclass(frozen=True)
class Content:
    """The HTML of a document with its links and pictures in place; known by digest until a template prints it."""

    body: Body
    links: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, PictureView], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    apart: str = ""  # what its anchors begin with, where several texts stand on one page

    @cached_property
    def digest(self) -> str:
        """Stands for the text, where each of its links leads, and how its pictures are shown."""
        return digest_text(self.body.digest + repr((self.links, self.pictures, self.labels, self.apart)))

    def __html__(self) -> str:
        if self.digest not in _RECENT:  # a text stands in many feeds, one after the other
            if len(_RECENT) >= _MOST_RECENT:
                _RECENT.clear()
            resolved = marks.resolve(self.body.html(), dict(self.links), dict(self.pictures), dict(self.labels))
            _RECENT[self.digest] = marks.apart(resolved, self.apart) if self.apart else resolved
        return _RECENT[self.digest]


_RECENT: dict[str, str] = {}
_MOST_RECENT = 500


@dataclass(frozen=True)
class LinkView:
    """Words and where they lead."""

    label: str
    path: str


@dataclass(frozen=True)
class AlternateView:
    """The same text in another language."""

    language: str
    url: str
    title: str


@dataclass(frozen=True)
class FeedLinkView:
    """A feed that readers may find: its title, path and media type."""

    title: str
    path: str
    type: str


@dataclass(frozen=True)
class ProfileView:
    """An account elsewhere."""

    network: str
    handle: str
    url: str


@dataclass(frozen=True)
class ProofView:
    """A figure that speaks for the person; `path` where it is told."""

    figure: str
    text: str
    path: str


@dataclass(frozen=True)
class AuthorView:
    """The person, or organization, whose site it is."""

    name: str
    pronouns: str
    bio: str
    portrait: PictureView | None
    profiles: tuple[ProfileView, ...]
    email: str | None
    proof: tuple[ProofView, ...] = ()


@dataclass(frozen=True)
class PersonView:
    """Somebody who wrote a text: the owner of the site, a line of authors.yaml, or a name alone."""

    name: str
    url: str = ""
    bio: str = ""
    portrait: PictureView | None = None
    owner: bool = False


@dataclass(frozen=True)
class SiteView:
    """What every page knows about the site, in the page's own language."""

    title: str
    tagline: str
    url: str
    root: str
    language: str
    direction: str
    words: Mapping[str, Any]
    author: AuthorView
    owner: str
    home: str
    menu: tuple[LinkView, ...]
    footer: tuple[LinkView, ...]
    feed: str
    favicon: str | None
    wordmark: PictureView | None
    newsletter: str | None
    booking: str | None
    form: str | None
    search: str | None
    calendar: str | None
    webmention: str | None
    script: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class HeadView:
    """What search engines, link previews and feed readers are told about a page.

    `structured` is JSON-LD; `policy` the content security policy; `section` the folder that the page
    belongs to, for the menu.
    """

    title: str
    description: str
    permalink: str
    path: str
    kind: str = "website"
    published: datetime | None = None
    updated: datetime | None = None
    image: str | None = None
    image_alt: str = ""
    language: str = ""
    indexed: bool = True
    alternates: tuple[AlternateView, ...] = ()
    feeds: tuple[FeedLinkView, ...] = ()
    tags: tuple[str, ...] = ()
    structured: str = ""
    policy: str = ""


@dataclass(frozen=True)
class ReplyView:
    """What a text answers."""

    url: str
    host: str
    title: str
    author: str
    quote: str


@dataclass(frozen=True)
class CardView:
    """A document in a list. `content` is there for notes alone; `starts` and `ends` for what happens at a time."""

    title: str
    path: str
    kind: str
    date: datetime | None
    summary: str
    tags: tuple[LinkView, ...]
    minutes: int
    status: str
    language: str
    facts: Mapping[str, Any]
    starts: Day | None = None
    ends: Day | None = None
    upcoming: bool = False
    image: PictureView | None = None
    image_alt: str = ""
    content: Content | None = None
    reply: ReplyView | None = None


@dataclass(frozen=True)
class SeriesView:
    """The series that a text belongs to, in the order of reading; `number` counts from 1.

    `parts` are all, or of a long series those around the text; `first` is the number of the first of them.
    """

    name: str
    number: int
    total: int
    first: int
    parts: tuple[LinkView, ...]
    previous: LinkView | None
    following: LinkView | None


@dataclass(frozen=True)
class PageDetail:
    """A document, whole."""

    title: str
    path: str
    permalink: str
    kind: str
    date: datetime | None
    updated: datetime | None
    description: str
    content: Content
    section: LinkView | None
    tags: tuple[LinkView, ...]
    authors: tuple[PersonView, ...]
    series: SeriesView | None
    headings: tuple[Heading, ...]
    minutes: int
    language: str
    status: str
    facts: Mapping[str, Any]
    params: Mapping[str, Any]
    starts: Day | None = None
    ends: Day | None = None
    upcoming: bool = False
    image: PictureView | None = None
    image_alt: str = ""
    related: tuple[CardView, ...] = ()
    backlinks: tuple[LinkView, ...] = ()
    translations: tuple[AlternateView, ...] = ()
    syndication: tuple[str, ...] = ()
    reply: ReplyView | None = None


@dataclass(frozen=True)
class PagerView:
    """Where a page of a list stands among the others."""

    number: int
    total: int
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class TermView:
    """A term among the others of its taxonomy."""

    label: str
    path: str
    count: int


@dataclass(frozen=True)
class YearView:
    """A year of the archive; None gathers what bears no date."""

    year: int | None
    cards: tuple[CardView, ...]


@dataclass(frozen=True)
class PortraitView:
    """A portrait for the press, with the address of the file as it is."""

    picture: PictureView
    file: str
    credit: str
    note: str
