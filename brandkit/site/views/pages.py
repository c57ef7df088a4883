"""The views of pages: all that a template may see. A view's fields are the names that its template is given."""

from __future__ import annotations

from dataclasses import dataclass

from brandkit.site.data import Blog, Speaking, Thank, Work
from brandkit.site.views.parts import (
    CardView,
    Content,
    FeedLinkView,
    HeadView,
    LinkView,
    PageDetail,
    PagerView,
    PortraitView,
    SiteView,
    TermView,
    YearView,
)


@dataclass(frozen=True)
class PageView:
    """post.html, page.html, talk.html and every template that shows one document."""

    site: SiteView
    head: HeadView
    page: PageDetail
    newer: LinkView | None
    older: LinkView | None


@dataclass(frozen=True)
class HomeView:
    """home.html. `intro` is the text of content/pages/index.md."""

    site: SiteView
    head: HeadView
    intro: Content | None
    latest: tuple[CardView, ...]
    more: LinkView | None
    next_event: CardView | None
    talks: tuple[CardView, ...]
    more_talks: LinkView | None
    projects: tuple[CardView, ...]
    more_projects: LinkView | None
    testimonials: tuple[CardView, ...]
    topics: tuple[LinkView, ...]


@dataclass(frozen=True)
class ListView:
    """list.html: a section, a term or a part of them, page by page. `kind` is empty where kinds are mixed.

    `upcoming` holds what is still to come, on the first page alone.
    """

    site: SiteView
    head: HeadView
    heading: str
    note: LinkView | None
    intro: Content | None
    kind: str
    upcoming: tuple[CardView, ...]
    cards: tuple[CardView, ...]
    pager: PagerView
    feeds: tuple[FeedLinkView, ...]


@dataclass(frozen=True)
class TermsView:
    """terms.html: all terms of a taxonomy."""

    site: SiteView
    head: HeadView
    heading: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True)
class ArchiveView:
    """archive.html: everything that the site streams, by year."""

    site: SiteView
    head: HeadView
    count: int
    years: tuple[YearView, ...]


@dataclass(frozen=True)
class SpeakingView:
    """speaking.html: the press kit, from content/data/speaking.yaml. `page` is content/pages/speaking.md, if there."""

    site: SiteView
    head: HeadView
    page: PageDetail | None
    kit: Speaking
    portraits: tuple[PortraitView, ...]
    upcoming: tuple[CardView, ...]
    talks: tuple[CardView, ...]


@dataclass(frozen=True)
class WorkView:
    """work-with-me.html, from content/data/work.yaml."""

    site: SiteView
    head: HeadView
    page: PageDetail | None
    work: Work
    testimonials: tuple[CardView, ...]


@dataclass(frozen=True)
class ThanksView:
    """thanks.html, from content/data/thanks.yaml."""

    site: SiteView
    head: HeadView
    page: PageDetail | None
    thanks: tuple[Thank, ...]


@dataclass(frozen=True)
class BlogrollView:
    """blogroll.html, from content/data/blogroll.yaml; `opml` is the path of the same list for feed readers."""

    site: SiteView
    head: HeadView
    page: PageDetail | None
    blogs: tuple[Blog, ...]
    opml: str


@dataclass(frozen=True)
class SearchView:
    """search.html: the one page with a script; `bundle` is the path of the index."""

    site: SiteView
    head: HeadView
    bundle: str


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
    path: str
    permalink: str
    language: str
    moved: str


@dataclass(frozen=True)
class StyleView:
    """style.css: the tokens of the brand, each readable on the background that it stands on."""

    accent: str
    accent_dark: str
    on_accent: str
    on_accent_dark: str
    font: str
    toggle: bool
