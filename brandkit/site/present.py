"""Pages and settings as views: the one place where the model turns into what templates see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from brandkit.base import url
from brandkit.base.digest import digest_text
from brandkit.site import structured
from brandkit.site.addresses import term_slug
from brandkit.site.assemble import ends_at, starts_at
from brandkit.site.config import SiteConfig
from brandkit.site.content_policy import policy
from brandkit.site.kinds.event import next_time
from brandkit.site.kinds.registry import kind_named
from brandkit.site.links import Links
from brandkit.site.markdown.marks import PictureView
from brandkit.site.model import Page, Site, Term
from brandkit.site.relations import Relations
from brandkit.site.site_views import SiteViews
from brandkit.site.views.outputs import FeedEntryView
from brandkit.site.views.parts import (
    AlternateView,
    CardView,
    Content,
    FeedLinkView,
    HeadView,
    LinkView,
    PageDetail,
    PersonView,
    ReplyView,
    SiteView,
)

FEED_TYPES = (
    ("feed.xml", "application/atom+xml"),
    ("rss.xml", "application/rss+xml"),
    ("feed.json", "application/feed+json"),
)
HOME_CARD = "assets/cards/index.png"
_LONGEST_NAME = 240  # bytes; with its ending what disks take


class Presenter:
    """Makes views over one site; a card that stands on ten pages is one object."""

    def __init__(self, site: Site, config: SiteConfig, relations: Relations, links: Links, sites: SiteViews) -> None:
        self._model, self._config, self._links, self._sites = site, config, links, sites
        self.relations = relations
        self.pictures = sites.pictures
        self.root = url.folder_of(config.url)
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(config.url))
        self._entries: dict[str, FeedEntryView] = {}
        self._cards: dict[tuple[str, bool], CardView] = {}
        self._term = {(t.taxonomy, t.slug): t for terms in site.terms.values() for t in terms}

    @property
    def site(self) -> SiteView:
        """The site in its own language."""
        return self._sites.view(self._config.language)

    def site_for(self, page: Page) -> SiteView:
        """The site in the language of a page."""
        return self._sites.view(self.language(page))

    def local(self, moment: datetime) -> datetime:
        """A moment in the zone of the site."""
        return moment.astimezone(self._config.zone)

    def language(self, page: Page) -> str:
        """The language of a page."""
        return self.relations.language(page)

    def term_path(self, term: Term) -> str:
        """Where the list of a term stands."""
        return quote(f"{self.root}{term.taxonomy}/{term.slug}/", safe="/:@!$&'()*+,;=~-._")

    def section(self, folder: str) -> LinkView:
        """The list of a section, called as its `_index.md` or the theme's words call it."""
        intro = self._model.intros.get(folder)
        label = intro.document.title if intro else self.site.words["sections"].get(folder, folder.capitalize())
        return LinkView(label, f"{self.root}{folder}/")

    def section_of(self, page: Page) -> LinkView | None:
        """The list that a page stands in; plain pages stand in none."""
        folder = kind_named(page.document.kind).folder
        return self.section(folder) if folder != "pages" else None

    def absolute(self, path: str) -> str:
        """A path of the site as a whole address."""
        return self.origin + path

    def content(self, page: Page) -> Content:
        """The text of a page with its links and pictures in place."""
        document = page.document
        pictures = ((link.target, self._picture(link.target, page)) for link in document.links if link.picture)
        shown = tuple((target, view) for target, view in pictures if view is not None)
        return Content(document.body, self._links.on_page(page), shown, self._sites.labels(self.language(page)))

    def ask_for_pictures(self, page: Page) -> None:
        """Ask for every picture that a page is going to show, so that its forms are planned: views are made later."""
        self.picture(page)
        for link in page.document.links:
            if link.picture:
                self._picture(link.target, page)

    def picture(self, page: Page) -> PictureView | None:
        """The picture that stands for a page."""
        return self._picture(page.document.image, page) if page.document.image else None

    def _picture(self, link: str, page: Page) -> PictureView | None:
        source = self._links.source(link, page)
        return self.pictures.view(source) if source else None

    def head(self, title: str, description: str, path: str, *, indexed: bool = True, **more: Any) -> HeadView:
        """The head of a page that is no document. `path` is relative to the site's root."""
        trail = (LinkView(self._config.title, self._config.url), LinkView(title, self._config.url + path))
        return HeadView(
            title=title,
            description=description,
            permalink=self._config.url + path,
            path=self.root + path,
            image=self._config.url + HOME_CARD if self._sites.has_card(home_words(self._config)) else None,
            language=self._config.language,
            indexed=indexed,
            **{
                "feeds": self.feeds("", self._config.title),
                "structured": structured.listing(trail),
                "policy": policy(self._config, self._sites.script),
                **more,
            },
        )

    def feeds(self, folder: str, title: str) -> tuple[FeedLinkView, ...]:
        """The feeds that stand in a folder of the site, in every format."""
        return tuple(FeedLinkView(title, f"{self.root}{folder}{name}", kind) for name, kind in FEED_TYPES)

    def page_head(self, page: Page, detail: PageDetail) -> HeadView:
        """The head of a document."""
        document, site = page.document, self.site_for(page)
        picture = self.preview(page)
        trail = [LinkView(self._config.title, self._config.url)]
        if detail.section:
            trail.append(LinkView(detail.section.label, self.absolute(detail.section.path)))
        trail.append(LinkView(document.title, page.permalink))
        own = AlternateView(self.language(page), page.permalink, document.title)
        return HeadView(
            title=document.title,
            description=document.description or document.excerpt,
            permalink=document.canonical or page.permalink,
            path=page.path,
            kind="article" if document.kind in ("post", "note") else "website",
            published=document.date,
            updated=document.updated,
            image=picture,
            image_alt=document.image_alt,
            language=self.language(page),
            indexed=page.status == "published",
            alternates=(own, *detail.translations) if detail.translations else (),
            feeds=self.feeds("", self._config.title),
            tags=tuple(tag.label for tag in detail.tags),
            structured=structured.page(site, detail, trail, picture),
            policy=policy(self._config, self._sites.script),
        )

    def preview(self, page: Page) -> str | None:
        """The address of the picture for link previews: the page's own, else the card that is drawn for it."""
        if self.draws(page):
            return self._config.url + quote(card_path(page, self.root), safe="/:@!$&'()*+,;=~-._")
        return self._own_preview(page)

    def draws(self, page: Page) -> bool:
        """Whether a card is drawn for a page: it has no picture of its own, and its title can be drawn."""
        return self._own_preview(page) is None and self._sites.has_card(page.document.title)

    def _own_preview(self, page: Page) -> str | None:
        """The picture that a page names, if link previews show its sort: they show no SVG."""
        image, own = page.document.image, self.picture(page)
        if image and url.is_elsewhere(image):
            return image
        return self.absolute(own.path) if own is not None and not own.path.endswith(".svg") else None

    def detail(self, page: Page) -> PageDetail:
        """A document, whole."""
        document = page.document
        starts, ends, upcoming = self.times(page)
        return PageDetail(
            title=document.title,
            path=page.path,
            permalink=page.permalink,
            kind=document.kind,
            date=self.local(document.date) if document.date else None,
            updated=self.local(document.updated) if document.updated else None,
            description=document.description,
            content=self.content(page),
            section=self.section_of(page),
            tags=self._tags(page),
            authors=self.authors(page),
            series=self.relations.series(page),
            headings=document.inside.headings,
            minutes=document.minutes,
            language=self.language(page),
            status=page.status,
            facts=_frozen(document.facts),
            params=_frozen(document.inside.params),
            starts=starts,
            ends=ends,
            upcoming=upcoming,
            image=self.picture(page),
            image_alt=document.image_alt,
            related=tuple(map(self.card, self.relations.related(page))),
            backlinks=self.relations.backlinks(page),
            translations=self.relations.translations(page),
            syndication=document.inside.syndication,
            reply=_reply(document.reply_to),
        )

    def authors(self, page: Page) -> tuple[PersonView, ...]:
        """Who wrote a page: those that it names, else the owner of the site."""
        author = self.site.author
        mine = PersonView(author.name, self._config.url, author.bio, author.portrait, owner=True)
        known = {key: person for person in self._model.data.authors for key in (person.id, person.name) if key}
        found = []
        for name in page.document.authors:
            person = known.get(name)
            if name == author.name:
                found.append(mine)
            elif person is None:
                found.append(PersonView(name))
            else:
                portrait = self.pictures.view(f"content/static/{person.portrait}") if person.portrait else None
                found.append(PersonView(person.name, person.url or "", person.bio, portrait))
        return tuple(found) or (mine,)

    def feed_entry(self, page: Page) -> FeedEntryView:
        """A document as a feed carries it: whole, with absolute links; one object for all its feeds."""
        if page.path not in self._entries:
            self._entries[page.path] = self._feed_entry(page)
        return self._entries[page.path]

    def _feed_entry(self, page: Page) -> FeedEntryView:
        document = page.document
        pictures = ((link.target, self._picture(link.target, page)) for link in document.links if link.picture)
        plain = tuple(
            (target, PictureView(self.absolute(view.path), view.width, view.height))
            for target, view in pictures
            if view
        )
        labels = self._sites.labels(self.language(page))
        return FeedEntryView(
            title=document.title,
            permalink=page.permalink,
            published=document.date,
            updated=document.updated or document.date,
            summary=document.description or document.excerpt,
            content=Content(document.body, self._links.elsewhere(page), plain, labels),
            tags=document.terms.get("tags", ()),
            authors=tuple(person.name for person in self.authors(page)),
            language=self.language(page),
            image=self.preview(page) if document.image else None,
        )

    def card(self, page: Page, whole: bool = False) -> CardView:
        """A page in a list; a note that is shown `whole` brings its text."""
        if (page.path, whole) not in self._cards:
            self._cards[(page.path, whole)] = self._card(page, whole)
        return self._cards[(page.path, whole)]

    def _card(self, page: Page, whole: bool) -> CardView:
        document = page.document
        starts, ends, upcoming = self.times(page)
        return CardView(
            title=document.title,
            path=page.path,
            kind=document.kind,
            date=self.local(document.date) if document.date else None,
            summary=document.description or document.excerpt,
            tags=self._tags(page),
            minutes=document.minutes,
            status=page.status,
            language=self.language(page),
            facts=_frozen(document.facts),
            starts=starts,
            ends=ends,
            upcoming=upcoming,
            image=self.picture(page),
            image_alt=document.image_alt,
            content=replace(self.content(page), apart=document.slug)
            if whole or document.kind == "testimonial"
            else None,
            reply=_reply(document.reply_to),
        )

    def times(self, page: Page) -> tuple[date | None, date | None, bool]:
        """(start, end, still to come) of what happens at a time; of what recurs, the next time."""
        kind, facts, at = kind_named(page.document.kind), page.document.facts, self._model.moment
        if not kind.timed:
            return None, None, False
        if facts.get("repeats"):
            following = next_time(facts, at)
            if following:
                return self._zoned(following[0]), self._zoned(following[1]), True
        start, end = starts_at(page, self._config), ends_at(page, self._config)
        coming = end is not None and end >= at and facts.get("status") not in ("cancelled", "postponed")
        written = (
            kind.starts(facts, page.document.date) if not kind.dated else self.local(start).date() if start else None
        )
        return self._zoned(written), self._zoned(facts.get("end")), coming

    def _zoned(self, value: date | None) -> date | None:
        return self.local(value) if isinstance(value, datetime) else value

    def terms(self, page: Page) -> list[Term]:
        """The tags of a page, as the site calls them."""
        if "tags" not in self._config.taxonomies:
            return []
        slugs = dict.fromkeys(term_slug(name) for name in page.document.terms.get("tags", ()))
        return [self._term[("tags", slug)] for slug in slugs if ("tags", slug) in self._term]

    def _tags(self, page: Page) -> tuple[LinkView, ...]:
        return tuple(LinkView(term.name, self.term_path(term)) for term in self.terms(page))


def home_words(config: SiteConfig) -> str:
    """What the card of the home page says, and of every list."""
    return config.tagline or config.title


def card_path(page: Page, root: str) -> str:
    """The output path of the card that is drawn for a page."""
    relative = unquote(page.path.removeprefix(root)).strip("/") or "index"
    if len(relative.rpartition("/")[2].encode("utf-8", "replace")) > _LONGEST_NAME:
        relative = digest_text(relative)
    return f"assets/cards/{relative}.png"


def _reply(written: Mapping[str, str] | None) -> ReplyView | None:
    if not written:
        return None
    return ReplyView(written["url"], url.host_of(written["url"]), written["title"], written["author"], written["quote"])


def _frozen(value: Any) -> Any:
    """Values of one's own as a view holds them: its lists are tuples."""
    if isinstance(value, Mapping):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
