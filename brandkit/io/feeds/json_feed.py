"""JSON Feed 1 and 1.1. In: the text of a file that is JSON. Out: a `ParsedFeed`, be the text what it may."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from brandkit.io.feeds.sanitise import (
    ParsedFeed,
    RawEntry,
    Wording,
    clean_entries,
    cut_short,
    language_tag,
    plain_line,
    refused,
    web_address,
)

Json = Mapping[str, Any]
# Each of these may take a hundred times the memory of its letters.
_VALUES = 500_000


def looks_like_json(text: str) -> bool:
    """Whether this is meant to be JSON, which no XML feed can be."""
    return text.lstrip()[:1] in ("{", "[")


@dataclass(frozen=True)
class Bounds:
    """How much is read: so many entries, and none after `end` (thread time)."""

    entries: int
    end: float


def read_json_feed(text: str, url: str, bounds: Bounds, now: datetime | None = None) -> ParsedFeed:
    """The feed in this text; a problem where it is none."""
    if sum(map(text.count, ",[{")) > _VALUES:
        return refused("the JSON of this feed holds more values than brandkit reads")
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        return refused("the JSON of this feed is broken" + (f" at line {line}" if line else ""))
    if not isinstance(feed, dict) or not _is_feed(feed):
        return refused("this is JSON, but not a JSON Feed")
    bases = tuple(filter(None, (web_address(_text(feed, "home_page_url"), (url,)), url)))
    raws = islice(_raw_entries(feed, bases), bounds.entries)
    entries, notes = clean_entries(raws, bounds.end, now)
    return ParsedFeed(
        title=plain_line(Wording(_text(feed, "title"), is_html=False)),
        link=web_address(_text(feed, "home_page_url"), (url,)),
        language=language_tag(_text(feed, "language")),
        entries=entries,
        problem=None,
        notes=(*_notes(feed, bounds.entries), *notes),
    )


def _is_feed(feed: Json) -> bool:
    version = _text(feed, "version").lower()
    return "jsonfeed.org/version/" in version or (not version and isinstance(feed.get("items"), list))


def _notes(feed: Json, limit: int) -> tuple[str, ...]:
    items = _items(feed)
    unreadable = sum(not isinstance(item, dict) for item in items)
    notes = []
    if unreadable:
        notes.append(f"left out what is no entry: {unreadable} of {len(items)}")
    if len(items) > limit:
        notes.append(cut_short("the feed is very long", limit))
    return tuple(notes)


def _raw_entries(feed: Json, bases: tuple[str, ...]) -> Iterator[RawEntry]:
    for item in _items(feed):
        if isinstance(item, dict):
            yield _raw_entry(item, feed, bases)


def _raw_entry(item: Json, feed: Json, bases: tuple[str, ...]) -> RawEntry:
    guid = _text(item, "id")
    return RawEntry(
        guid=guid,
        links=(_text(item, "url"), _text(item, "external_url"), guid if "://" in guid else ""),
        title=Wording(_text(item, "title"), is_html=False),
        bodies=(Wording(_text(item, "content_html")), Wording(_text(item, "content_text"), is_html=False)),
        summary=Wording(_text(item, "summary"), is_html=False),
        author=_authors(item) or _authors(feed),
        published=_moment(_text(item, "date_published")),
        updated=_moment(_text(item, "date_modified")),
        language=_text(item, "language") or _text(feed, "language"),
        tags=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        bases=bases,
    )


def _items(feed: Json) -> list[Any]:
    return _list(feed, "items")


def _authors(thing: Json) -> str:
    people = [*_list(thing, "authors"), thing.get("author")]
    names = [_text(person, "name") for person in people[:20] if isinstance(person, dict)]
    return ", ".join(dict.fromkeys(filter(None, names)))


def _list(thing: Json, key: str) -> list[Any]:
    value = thing.get(key)
    return value if isinstance(value, list) else []


def _text(thing: Json, key: str) -> str:
    """A value as text: numbers too, as some feeds number their entries; else empty."""
    value = thing.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    try:
        return str(value).strip()
    except ValueError:  # an integer of thousands of digits
        return ""


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError:
        return None
