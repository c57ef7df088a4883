"""What the mission's tests share: a tiny brand of invented people, with a feed made on the spot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

Journal = Iterable[str | Mapping[str, Any]]


@dataclass(frozen=True)
class Item:
    """An item of a feed: an address, a title, a text, and its day."""

    url: str
    title: str
    text: str
    day: str = "2026-02-20"


# Each from a host of its own. `lead` and `ledger` are both about platform leads; the others are about other things.
LIBRARY: dict[str, Item] = {
    "lead": Item(
        "https://hiring.example/lead",
        "How we found our platform lead",
        "We looked for a platform lead for a year. The platform lead whom we found came from the support desk. "
        "Nobody had thought of asking there.",
    ),
    "ledger": Item(
        "https://ledger.example/lead",
        "A platform lead for the crypto exchange",
        "The exchange wanted a platform lead who knows crypto. Every platform lead they met had left crypto before.",
    ),
    "signatures": Item(
        "https://signatures.example/keys",
        "Cryptography for release signatures",
        "Release signatures rest on cryptography. The cryptography behind release signatures fits on one page.",
    ),
    "rain": Item(
        "https://garden.example/rain",
        "Collecting rainwater on an allotment",
        "Rainwater for an allotment begins at the shed. Three barrels of rainwater are enough for a dry June.",
    ),
    "cache": Item(
        "https://build.example/cache",
        "Remote caching, measured",
        "Remote caching saves less than people say. We measured remote caching for a quarter and publish the numbers.",
    ),
    "bread": Item(
        "https://kitchen.example/bread",
        "Bread for three neighbours",
        "Sourdough rises slowly in winter. A warm shelf above the stove helps the sourdough along.",
    ),
    "ridge": Item(
        "https://mountain.example/ridge",
        "Weather on a ridge",
        "Clouds that build before noon mean thunder. Turn round early, and drink tea at the hut.",
    ),
}


def rss(items: Iterable[Item], language: str = "en", title: str = "Library") -> str:
    """A feed of these items."""
    entries = "".join(
        f"<item><title>{escape(i.title)}</title><link>{escape(i.url)}</link><guid>{escape(i.url)}</guid>"
        f"<pubDate>{_mail_date(i.day)}</pubDate><description>{escape(i.text)}</description></item>"
        for i in items
    )
    head = f"<title>{escape(title)}</title><link>https://library.example/</link><language>{language}</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'


def _mail_date(day: str) -> str:
    from datetime import datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(f"{day}T08:00:00+00:00"))


def lines(journal: Journal) -> str:
    """Lines of a journal; ids and hours are added where they are missing.

    A line may be told in short, `"2026-02-10 ada,bea referral received"`, alone or as the `did` of a mapping.
    """
    rows = ({"id": f"j{n:03}", **_told(row)} for n, row in enumerate(journal, 1))
    return "".join(json.dumps({**row, "at": _moment(row["at"])}) + "\n" for row in rows)


def _told(row: str | Mapping[str, Any]) -> dict[str, Any]:
    given = {"did": row} if isinstance(row, str) else dict(row)
    at, who, type_, *direction = given.pop("did").split() if "did" in given else ("", "", "")
    short = {"at": at, "contacts": who.split(","), "type": type_} if at else {}
    return {**short, **({"direction": direction[0]} if direction else {}), **given}


def _people(contacts: str | Mapping[str, str]) -> str:
    """Contacts as YAML; by id, `{"ada": "every: 30 days"}` is Ada Example with that rhythm."""
    if isinstance(contacts, str):
        return contacts
    return "".join(
        f"- {{id: {id}, name: {id.title()} Example{', ' if more else ''}{more}}}\n" for id, more in contacts.items()
    )


def _moment(at: str) -> str:
    return at if "T" in at else f"{at}T09:00:00Z"


@pytest.fixture
def brandkit(brandkit_process: Callable[..., Any]) -> Callable[..., Any]:
    """The command line, run as a person runs it."""
    return brandkit_process


@pytest.fixture
def library() -> dict[str, Item]:
    """The items of the feed that every brand follows unless it says otherwise."""
    return dict(LIBRARY)


@pytest.fixture
def brand(tmp_path: Path) -> Callable[..., Path]:
    """A project on 2026-03-01 with these contacts: `brand(contacts, journal, items, files)`."""

    def make(
        contacts: str | Mapping[str, str],
        journal: Journal = (),
        items: Iterable[Item] = tuple(LIBRARY.values()),
        files: Mapping[str, str] | None = None,
        name: str = "brand",
    ) -> Path:
        folder = tmp_path / name
        texts = {
            "site.yaml": "title: Test\nurl: https://me.example/\ntoday: 2026-03-01\n",
            "content/vault/me.yaml": "name: Alex Example\nlanguages: [en]\nvoice: {closing: Alex}\n",
            "content/vault/contacts.yaml": _people(contacts),
            "content/vault/feeds.yaml": "- {id: library, url: feeds/library.xml, title: Library}\n",
            "content/vault/feeds/library.xml": rss(items),
            "content/vault/journal/2026.jsonl": lines(journal),
            **(files or {}),
        }
        for path, text in texts.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def feed_of() -> Callable[..., str]:
    """The text of a feed: `feed_of(items, language)`."""
    return rss


@pytest.fixture
def item() -> type[Item]:
    """An item of a feed, to be made in a test."""
    return Item


@pytest.fixture
def posts() -> Callable[..., dict[str, str]]:
    """Files of own posts, by slug: `posts(cache=("2026-02-20", "Remote caching", "The text."))`."""

    def files(**given: tuple[str, str, str]) -> dict[str, str]:
        return {
            f"content/posts/{slug}.md": f"---\ntitle: {json.dumps(title)}\ndate: {day}\n---\n\n{text}\n"
            for slug, (day, title, text) in given.items()
        }

    return files


@pytest.fixture
def feeds() -> Callable[..., dict[str, str]]:
    """Files of feeds that contacts publish, by name: `feeds(ada=[item(...)])` is `feeds/ada.xml`."""
    return lambda **given: {f"content/vault/feeds/{name}.xml": rss(items) for name, items in given.items()}


@pytest.fixture
def answer(brandkit: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """The line that an answer left in the journal: `answer(folder, "done", suggestion)`."""

    def run(folder: Path, command: str, suggestion: Mapping[str, Any], *more: str) -> dict[str, Any]:
        said = brandkit(folder, command, suggestion["id"], *more)
        assert said.code == 0, said.err
        journal = folder / "content/vault/journal/2026.jsonl"
        line: dict[str, Any] = json.loads(journal.read_text(encoding="utf-8").splitlines()[-1])
        return line

    return run
