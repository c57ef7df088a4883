"""What is the same for everybody in one run: you, the entries, your own pages, the people. Frozen; no advice. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from brandkit.base.url import canonical, host_of, same_site
from brandkit.base.walls import OwnPage, UsageProblem
from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact
from brandkit.engage.introductions import Introduction, introductions_of
from brandkit.engage.ledger import Ledger, ledger_of
from brandkit.engage.model import Entry, Vault
from brandkit.engage.people import Person, people_of
from brandkit.engage.scoring.component import Setting
from brandkit.engage.scoring.index import Index, build_index, index_of, with_weights_of
from brandkit.engage.scoring.placing import Placed
from brandkit.engage.scoring.vectors import Vectors


@dataclass(frozen=True)
class Read:
    """What was read in one run: entries of followed feeds, what contacts wrote, what is asked in communities."""

    entries: Sequence[Entry] = ()
    published: Mapping[str, Sequence[Entry]] = field(default_factory=dict)  # by contact
    threads: Mapping[str, Sequence[Entry]] = field(default_factory=dict)  # by community
    placed: Placed | None = None  # the terms of each entry (scoring/placing.py)
    vectors: Vectors | None = None  # what each entry means, where a language model is there


@dataclass(frozen=True)
class Own:
    """What you publish yourself, drafts too, and the address of your site."""

    pages: Sequence[OwnPage] = ()
    site: str = ""


@dataclass(frozen=True)
class World:
    """Everything that moves and gates may look at beside the person in question."""

    vault: Vault
    setting: Setting
    zone: ZoneInfo
    people: Mapping[str, Person]
    own: Mapping[str, OwnPage]  # own pages by canonical link
    pages: Setting  # the same as entries, ready to be searched
    threads: Mapping[str, Sequence[Entry]]
    introductions: Mapping[frozenset[str], Introduction]
    ledger: Ledger  # of the lines that are about nobody but you
    site: str = ""  # the address of one's own site

    @property
    def me(self) -> Me:
        """You."""
        return self.vault.me

    @property
    def today(self) -> date:
        """The day."""
        return self.setting.today

    def person(self, contact: Contact) -> Person:
        """One of the people. Raises UsageProblem for somebody who was sorted out."""
        found = self.people.get(contact.id)
        if found is None:
            raise UsageProblem(f"{contact.name} was sorted out; to take that back, supersede that line of the journal")
        return found

    def is_own_link(self, link: str) -> bool:
        """Whether a link leads to one's own site."""
        return bool(link and self.site) and same_site(host_of(link), host_of(self.site))


def world_of(vault: Vault, read: Read, own: Own, today: date, zone: ZoneInfo) -> World:
    """Index what was read, and gather what is known of everybody."""
    index = build_index(read.entries) if read.placed is None else index_of(read.entries, read.placed)
    setting = _setting(vault, index, today, zone, read.vectors)
    people = people_of(vault, read.entries, today, zone, read.published)
    pages = {canonical(page.url): page for page in own.pages}
    mine = [line for line in vault.journal if not line.contacts]
    return World(
        vault=vault,
        setting=setting,
        zone=zone,
        people={person.contact.id: person for person in people},
        own=pages,
        pages=_setting(vault, _own_index(pages, index), today, zone),
        threads=read.threads,
        introductions=introductions_of(vault.journal),
        ledger=ledger_of(None, mine, today, zone, vault.me.settings),
        site=own.site,
    )


def _setting(vault: Vault, index: Index, today: date, zone: ZoneInfo, vectors: Vectors | None = None) -> Setting:
    return Setting(index, {feed.id: feed for feed in vault.feeds}, vault.me.settings, today, zone, vectors)


def _own_index(pages: Mapping[str, OwnPage], entries: Index) -> Index:
    """An index of own pages in which a word is as rare as in the followed feeds: a few pages can not say."""
    return with_weights_of(build_index([_as_entry(link, page) for link, page in pages.items()]), entries)


def _as_entry(link: str, page: OwnPage) -> Entry:
    return Entry(
        guid=page.url,
        feed="",
        url=page.url,
        canonical=link,
        title=page.title,
        summary=page.summary,
        text=page.text,
        published=page.date or datetime(1970, 1, 1, tzinfo=UTC),
        language=page.language,
        author=page.author,
    )
