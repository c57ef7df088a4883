"""The plainest of feeds, RSS 2.0 with nothing in it but what everybody writes, read without feedparser.

In: the text of a feed. Out: the same values that feedparser gives for it (its quirks too), at a tenth of the price; or
None where anything stands there that is not quite plain: then feedparser reads it. Knows nothing of what is made of it.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from feedparser import mixin  # type: ignore[import-untyped, unused-ignore]
from feedparser.datetimes import _parse_date  # type: ignore[import-untyped, unused-ignore]
from feedparser.urls import _urljoin, make_safe_absolute_uri  # type: ignore[import-untyped, unused-ignore]

_ITEM = frozenset({"title", "link", "guid", "pubdate", "description"})
_CHANNEL = frozenset(
    {"title", "link", "description", "language", "pubdate", "lastbuilddate", "copyright", "docs", "ttl"}
)
_RELATIVE = frozenset({"link", "guid", "docs"})
_QUERY = re.compile("&([A-Za-z0-9_]+);")
_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"(\d\d):(\d\d):(\d\d) (?:GMT|[+-]0000)",
    re.ASCII,
)
_MONTHS = {name: n for n, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


@dataclass(frozen=True)
class Plain:
    """What stands in a feed, by feedparser's names."""

    feed: Mapping[str, Any]
    entries: list[Mapping[str, Any]]
    is_cut: bool = False  # whether there are more


class _Full(Exception):
    """As many entries as are to be read."""


class _Odd(Exception):
    """Something that is not quite plain."""


def read_plain(text: str, base: str, end: float, most: int) -> Plain | None:
    """The feed, if all of it is plain, up to `most` entries, and read before `end` (thread time)."""
    if not text.startswith("<rss"):
        return None
    safe = make_safe_absolute_uri(base, base) or base if base else base
    if safe and (make_safe_absolute_uri(safe, safe) or safe) != safe:
        return None
    reader = _Reader(safe, end, most)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.pieces.append
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except _Full:
        return Plain(reader.feed, reader.entries, is_cut=True)
    except (_Odd, expat.ExpatError):
        return None
    return Plain(reader.feed, reader.entries)


@dataclass
class _Reader:
    """Where in the feed we stand: `path` is empty, or rss, channel, item, and one element with nothing but text."""

    base: str
    limit: float
    most: int
    feed: dict[str, Any] = field(default_factory=dict)
    entries: list[Mapping[str, Any]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    depth: int = 0
    is_leaf: bool = False
    is_link: bool = False  # whether the guid that we stand in is an address
    seen: set[str] = field(default_factory=set)
    entry: dict[str, Any] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag, self.depth = name.lower(), self.depth + 1
        if self.is_leaf:
            raise _Odd
        if self.depth < 3:
            self._opened(tag, attributes)
        elif self.depth == 3 and tag == "item":
            self._begun(attributes)
        else:
            self._leaf(tag, attributes)

    def _opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag != ("rss", "channel")[self.depth - 1] or tag in self.seen:
            raise _Odd
        self.seen.add(tag)
        if tag == "rss":
            names = [name for name in attributes if not name.startswith("xmlns:")]
            if names != ["version"] or not attributes["version"].startswith("2."):
                raise _Odd
        elif attributes:
            raise _Odd

    def _begun(self, attributes: Mapping[str, str]) -> None:
        if attributes or time.thread_time() > self.limit:
            raise _Odd
        if len(self.entries) >= self.most:
            raise _Full
        self.entry = {}
        self.entries.append(self.entry)
        self.seen = {"item"}

    def _leaf(self, tag: str, attributes: Mapping[str, str]) -> None:
        known = _CHANNEL if self.entry is None else _ITEM
        # what stands after the items, or twice, or with attributes, feedparser has rules of its own for
        if tag not in known or tag in self.seen or self.depth != (3 if self.entry is None else 4):
            raise _Odd
        if self.depth == 3 and self.entries:
            raise _Odd
        if tag == "guid":
            given = {name.lower(): value for name, value in attributes.items()}
            self.is_link = given.pop("ispermalink", "true") == "true"
            attributes = given
        if attributes:
            raise _Odd
        self.seen.add(tag)
        self.is_leaf = True
        self.pieces.clear()

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        if self.is_leaf:
            self.is_leaf = False
            self._ended(name.lower(), "".join(self.pieces).strip())
        elif self.depth == 2:
            self.entry, self.seen = None, {"rss", "channel", *_CHANNEL}
        self.pieces.clear()

    def _ended(self, tag: str, value: str) -> None:
        if tag in _RELATIVE and value and (tag != "guid" or self.is_link):
            value = _urljoin(self.base, value)
        value = _mended(value)
        if self.entry is None:
            self._of_feed(tag, value)
        else:
            self._of_entry(self.entry, tag, value)

    def _of_feed(self, tag: str, value: str) -> None:
        if tag == "title":
            self.feed |= {"title": value, "title_detail": _detail(value, self.base)}
        elif tag in ("language", "ttl"):
            self.feed[tag] = value
        elif tag == "link":
            self.feed["link"] = _QUERY.sub(r"&\g<1>", value)

    def _of_entry(self, entry: dict[str, Any], tag: str, value: str) -> None:
        if tag == "title":
            entry |= {"title": value, "title_detail": _detail(value, self.base)}
        elif tag == "description":
            html = {"type": "text/html", "language": None, "base": self.base, "value": value}
            entry |= {"summary": value, "summary_detail": html}
        elif tag == "pubdate":
            entry |= {"published": value, "published_parsed": _moment(value)}
        elif tag == "guid":
            entry["id"] = value
            entry["guidislink"] = self.is_link and "link" not in entry
            if self.is_link:
                entry.setdefault("link", value)
        else:
            address = _QUERY.sub(r"&\g<1>", value.replace("&amp;", "&"))
            alternate = {"rel": "alternate", "type": "text/html"}
            entry |= {"link": address, "links": [{**alternate, "href": address} if address else alternate]}


def _detail(value: str, base: str) -> dict[str, Any]:
    """What feedparser says of a title; it guesses whether that is HTML."""
    is_html = ("<" in value or "&" in value) and mixin._FeedParserMixin.looks_like_html(value)
    return {"type": "text/html" if is_html else "text/plain", "language": None, "base": base, "value": value}


def _mended(value: str) -> str:
    """What was encoded twice, and the letters of Windows, put right."""
    if value.isascii():
        return value
    with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
        value = value.encode("iso-8859-1").decode("utf-8")
    return value.translate(mixin._cp1252)


@lru_cache(maxsize=64)
def _moment(value: str) -> Any:
    """The parts of a date, in UTC; of the most common form without trying all others."""
    found = _DATE.fullmatch(value)
    if found is None:
        return _parse_date(value)
    day, month, year, hour, minute, second = found.groups()
    try:
        at = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
    except ValueError:
        return _parse_date(value)
    return at.utctimetuple()
