"""What the tests of the private wing share: entries, contacts and whole people, made without a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from brandkit.base.url import canonical
from brandkit.base.walls import OwnPage
from brandkit.engage.config import Feed, Me, Settings
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Entry, Interaction, Vault
from brandkit.engage.people import Person
from brandkit.engage.scoring.component import Setting
from brandkit.engage.world import Own, Read, World, world_of

TODAY = date(2026, 3, 1)


def make_entry(title: str = "A title", text: str = "", url: str = "https://news.example/1", **more: Any) -> Entry:
    given = {"guid": url or title, "feed": "news", "summary": "", "language": "en", "day": "2026-02-20", **more}
    published = datetime.fromisoformat(f"{given.pop('day')}T12:00:00+00:00")
    return Entry(url=url, canonical=canonical(url), title=title, text=text, published=published, **given)


def make_line(type: str, at: str = "2026-02-01", contacts: tuple[str, ...] = ("ada",), **more: Any) -> Interaction:
    moment = datetime.fromisoformat(at if "T" in at else f"{at}T09:00:00+00:00").astimezone(UTC)
    given = {"id": f"{type}-{at}", "direction": "gave", **more}
    return Interaction(at=moment, type=type, contacts=contacts, **given)


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """An entry: `entry(title, text, url, ...)`."""
    return make_entry


@pytest.fixture
def line() -> Callable[..., Interaction]:
    """A line of the journal about ada: `line(type, at, ...)`."""
    return make_line


@pytest.fixture
def ada() -> Callable[..., Contact]:
    """A contact: `ada(interests=...)`."""
    return lambda **fields: Contact(**{"id": "ada", "name": "Ada Example", **fields})


def make_world(
    contacts: Contact | Iterable[Contact],
    entries: Iterable[Entry] = (),
    journal: Iterable[Interaction] = (),
    feeds: Iterable[Feed] = (),
    settings: Settings | None = None,
    today: date = TODAY,
    pages: Iterable[OwnPage] = (),
    me: Me | None = None,
    published: Mapping[str, Sequence[Entry]] | None = None,
    threads: Mapping[str, Sequence[Entry]] | None = None,
    **vault: Any,
) -> World:
    people = (contacts,) if isinstance(contacts, Contact) else tuple(contacts)
    lines = tuple(sorted(journal, key=lambda one: (one.at, one.id)))
    you = me or Me(name="Alex Example", settings=settings or Settings())
    whole = Vault(you, contacts=people, feeds=tuple(feeds), journal=lines, **vault)
    read = Read(tuple(entries), published or {}, threads or {})
    return world_of(whole, read, Own(tuple(pages), "https://me.example/"), today, ZoneInfo("UTC"))


@pytest.fixture
def whole() -> Callable[..., World]:
    """All that moves and gates look at: `whole(contacts, entries, journal, feeds, settings, pages=..., me=...)`."""
    return make_world


@pytest.fixture
def world() -> Callable[..., tuple[tuple[Person, ...], Setting]]:
    """People and setting of a small vault: `world(contacts, entries, journal, feeds, settings)`."""

    def make(*given: Any, **more: Any) -> tuple[tuple[Person, ...], Setting]:
        made = make_world(*given, **more)
        return tuple(made.people.values()), made.setting

    return make


@dataclass(frozen=True)
class Markup:
    """HTML, as a page of one's own brings it."""

    text: str

    def __html__(self) -> str:
        return self.text


@pytest.fixture
def own_page() -> Callable[..., OwnPage]:
    """A post of one's own, with what is given."""
    return make_own_page


def make_own_page(html: str = "<p>Text.</p>", **more: Any) -> OwnPage:
    given = {
        "url": "https://t.example/posts/one/",
        "title": "One",
        "summary": "A summary.",
        "text": "Text.",
        "tags": (),
        "date": datetime(2026, 3, 1, tzinfo=UTC),
        "language": "en",
        "status": "published",
        "slug": "one",
        "author": "Alex",
    }
    return OwnPage(**{**given, **more, "html": Markup(html)})
