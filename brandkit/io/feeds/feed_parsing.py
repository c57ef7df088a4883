"""Bytes of a feed to harmless records.

In: bytes, where they came from, and the content type that came with them. Out: a `ParsedFeed`; never an
exception, and never much longer than `SECONDS`. RSS, Atom, RDF and CDF go through feedparser's parsers,
JSON Feed through our own. Knows no network and no store.
"""

from __future__ import annotations

import re
import time
import xml.sax
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax import expatreader

from feedparser import api  # type: ignore[import-untyped, unused-ignore]

from brandkit.io.feeds.feed_text import decode, mended, objection, without_forbidden, without_prolog, xml_objection
from brandkit.io.feeds.json_feed import Bounds, looks_like_json, read_json_feed
from brandkit.io.feeds.plain_rss import read_plain
from brandkit.io.feeds.sanitise import EntryRecord as EntryRecord
from brandkit.io.feeds.sanitise import ParsedFeed as ParsedFeed
from brandkit.io.feeds.sanitise import (
    RawEntry,
    Wording,
    clean_entries,
    cut_short,
    guessed,
    language_tag,
    plain_line,
    refused,
    web_address,
)

ENTRY_LIMIT = 5_000
# Of the processor, not of the clock: nothing is left out because others keep the machine busy.
SECONDS = 6.0
_DEPTH = 2_000
_TAG_LIMIT = 100
_NAME_LIMIT = 500

_COUNT = re.compile(r"[0-9]{1,7}")
_PERIODS = {
    "hourly": 3_600.0,
    "daily": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}


class _Enough(Exception):
    """The feed has given more than we are willing to read. The message says how it is too much."""


@dataclass(frozen=True)
class _Reading:
    """What feedparser's parser made of a text, and what is to be said about it."""

    feed: Mapping[str, Any]
    entries: list[Mapping[str, Any]]
    version: str
    notes: tuple[str, ...]


def parse_feed(body: bytes, url: str, content_type: str | None = None, now: datetime | None = None) -> ParsedFeed:
    """The feed in these bytes. `now` bounds how far ahead a date may lie."""
    try:
        return _parse(body, url, content_type, now)
    except Exception as error:  # whatever a stranger's bytes upset, the other feeds go on
        return refused(f"this feed could not be read ({type(error).__name__})")


def _parse(body: bytes, url: str, content_type: str | None, now: datetime | None) -> ParsedFeed:
    text = decode(body, content_type).lstrip("\ufeff \t\r\n")
    problem = objection(text)
    if problem:
        return refused(problem)
    end = time.thread_time() + SECONDS
    if looks_like_json(text):
        return read_json_feed(without_forbidden(text), url, Bounds(ENTRY_LIMIT, end), now)
    text = mended(text)
    problem = xml_objection(text)  # after mending, so that nothing taken out can have hidden something
    if problem:
        return refused(problem)
    base = web_address(url)
    reading = _read(without_prolog(text), base, end)
    if not (reading.version or reading.entries or _value(reading.feed, "title") or _value(reading.feed, "link")):
        return refused("this is not a feed that brandkit can read")
    return _finished(reading, base, end, now)


def _read(text: str, base: str, end: float) -> _Reading:
    """feedparser's strict parser, and its lenient one where the XML is broken; what is plain needs neither.

    `feedparser.parse` does the same but knows no bound: a list of keywords takes it minutes.
    """
    plain = read_plain(text, base, end, ENTRY_LIMIT)
    if plain is not None:
        note = cut_short("the feed is very long", len(plain.entries)) if plain.is_cut else ""
        return _Reading(plain.feed, plain.entries, "rss20", (note,) if note else ())
    strict = _Strict(base, None, "utf-8")
    note = _run(strict, text, end)
    if not note.startswith("the XML"):
        return _Reading(strict.feeddata, strict.entries, strict.version, (note,) if note else ())
    lenient = _Lenient(base, None, "utf-8", {})
    more = _run(lenient, text, end + SECONDS / 2)
    best = max((lenient, strict), key=lambda parser: len(parser.entries))
    notes = (note, more if more.startswith("the feed") else "")
    return _Reading(best.feeddata, best.entries, best.version or strict.version, tuple(filter(None, notes)))


def _run(parser: Any, text: str, end: float) -> str:
    """Parse, and say in one line what went wrong; empty if nothing did."""
    parser.sanitize_html = parser.resolve_relative_uris = False
    parser.end = end
    try:
        parser.consume(text)
    except _Enough as enough:
        return cut_short(f"the feed {enough}", len(parser.entries))
    except xml.sax.SAXParseException as error:
        return f"the XML is broken at line {error.getLineNumber()}; what could be read was kept"
    except Exception:  # feedparser stumbles over some feeds; its other parser may not
        return "the XML is broken; what could be read was kept"
    return ""


class _Bounded:
    """What keeps feedparser's parsers within bounds of time and size. Mixed in before them."""

    end: float
    depth = 0  # of elements since the last entry began: the lenient parser sees many that nobody closes
    entries: list[Mapping[str, Any]]
    feeddata: Mapping[str, Any]
    version: str

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> Any:
        self._hurry()
        self.depth += 1
        if self.depth > _DEPTH:
            raise _Enough("is nested too deeply")
        return super().unknown_starttag(tag, attrs)  # type: ignore[misc]

    def unknown_endtag(self, tag: str) -> None:
        self._hurry()
        self.depth -= 1
        super().unknown_endtag(tag)  # type: ignore[misc]

    def handle_data(self, text: str, escape: int = 1) -> None:
        self._hurry()
        super().handle_data(text, escape)  # type: ignore[misc]

    def _hurry(self) -> None:
        if time.thread_time() > self.end:
            raise _Enough("takes long to read")

    def _start_item(self, attrs_d: dict[str, str]) -> None:
        if len(self.entries) >= ENTRY_LIMIT:
            raise _Enough("is very long")
        self.depth = 0
        super()._start_item(attrs_d)  # type: ignore[misc]

    _start_entry = _start_item

    def _add_tag(self, term: str | None, scheme: str | None, label: str | None) -> None:
        # Each new tag is compared with all that the entry has.
        if len(self._get_context().get("tags", ())) < _TAG_LIMIT:  # type: ignore[attr-defined]
            super()._add_tag(term, scheme, label)  # type: ignore[misc]

    def _sync_author_detail(self, key: str = "author") -> None:
        # Searches the name for a mail address, in quadratic time.
        if len(_value(self._get_context(), key)) < _NAME_LIMIT:  # type: ignore[attr-defined]
            super()._sync_author_detail(key)  # type: ignore[misc]


class _Strict(_Bounded, api.StrictFeedParser):  # type: ignore[misc]
    def consume(self, text: str) -> None:
        reader = expatreader.create_parser(namespaceHandling=1)
        reader.setFeature(xml.sax.handler.feature_external_ges, False)
        reader.setContentHandler(self)
        reader.setErrorHandler(self)
        source = xml.sax.xmlreader.InputSource()
        source.setEncoding("utf-8")
        source.setByteStream(BytesIO(text.encode("utf-8", "replace")))
        reader.parse(source)


class _Lenient(_Bounded, api.LooseFeedParser):  # type: ignore[misc]
    def consume(self, text: str) -> None:
        self.feed(text)


def _finished(reading: _Reading, base: str, end: float, now: datetime | None) -> ParsedFeed:
    link = web_address(_value(reading.feed, "link"), (base,))
    raws = _raw_entries(reading, tuple(filter(None, (link, base))))
    entries, notes = clean_entries(raws, end + SECONDS / 2, now)
    return ParsedFeed(
        title=plain_line(_wording(reading.feed, "title")),
        link=link,
        language=language_tag(_value(reading.feed, "language")),
        entries=entries,
        problem=None,
        notes=tuple(dict.fromkeys((*reading.notes, *notes))),
        ttl=_ttl(reading.feed),
    )


def _ttl(feed: Mapping[str, Any]) -> float | None:
    """What RSS says in minutes, or the syndication module as so many times a period."""
    minutes, period = _value(feed, "ttl"), _PERIODS.get(_value(feed, "sy_updateperiod").strip().lower())
    if _COUNT.fullmatch(minutes):
        return int(minutes) * 60.0
    times = _value(feed, "sy_updatefrequency").strip() or "1"
    return period / max(1, int(times)) if period and _COUNT.fullmatch(times) else None


def _raw_entries(reading: _Reading, bases: tuple[str, ...]) -> Iterator[RawEntry]:
    author, language = _author(reading.feed), _value(reading.feed, "language")
    for entry in reading.entries:
        contents = [part for part in _list(entry, "content") if isinstance(part, Mapping)]
        yield RawEntry(
            guid=_value(entry, "id"),
            links=_links(entry),
            title=_wording(entry, "title"),
            bodies=tuple(_typed(part) for part in contents[:10] if _is_text(part)),
            summary=_wording(entry, "summary"),
            author=_author(entry) or author,
            published=_moment(entry, "published_parsed") or _moment(entry, "created_parsed"),
            updated=_moment(entry, "updated_parsed"),
            language=_entry_language(entry, contents) or language,
            tags=_terms(entry),
            base=_own_base(entry, contents, bases),
            bases=bases,
        )


def _value(thing: Mapping[str, Any], key: str) -> str:
    # dict.get: feedparser's own answers for keys that are not there, and warns.
    value = dict.get(thing, key)  # type: ignore[call-overload]
    return value if isinstance(value, str) else ""


def _list(thing: Mapping[str, Any], key: str) -> list[Any]:
    value = dict.get(thing, key)  # type: ignore[call-overload]
    return value if isinstance(value, list) else []


def _detail(thing: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = dict.get(thing, key + "_detail")  # type: ignore[call-overload]
    return value if isinstance(value, Mapping) else {}


def _wording(thing: Mapping[str, Any], key: str) -> Wording:
    detail = _detail(thing, key)
    value = _value(thing, key)
    return _typed(detail) if detail and _value(detail, "value") == value else guessed(value)


def _typed(part: Mapping[str, Any]) -> Wording:
    return Wording(_value(part, "value"), _value(part, "type") not in ("text/plain", "text/x-plain"))


def _is_text(part: Mapping[str, Any]) -> bool:
    kind = _value(part, "type")
    return not kind or kind.startswith("text/") or kind.endswith(("html", "html+xml"))


def _links(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses that an entry gives for itself, best first."""
    alternates = [_value(link, "href") for link in _list(entry, "links") if _value(link, "rel") in ("alternate", "")]
    guid = _value(entry, "id") if dict.get(entry, "guidislink") else ""  # type: ignore[call-overload]
    return (_value(entry, "feedburner_origlink"), _value(entry, "link"), *alternates[:10], guid)


def _author(thing: Mapping[str, Any]) -> str:
    people = [person for person in _list(thing, "authors")[:20] if isinstance(person, Mapping)]
    names = [_value(person, "name") or _value(person, "email") for person in people]
    return ", ".join(dict.fromkeys(filter(None, names))) or _value(thing, "author")


def _terms(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_value(tag, "label") or _value(tag, "term") for tag in _list(entry, "tags"))


def _entry_language(entry: Mapping[str, Any], contents: list[Mapping[str, Any]]) -> str:
    details = [*contents, _detail(entry, "title"), _detail(entry, "summary")]
    return next(filter(None, (_value(detail, "language") for detail in details)), "")


def _own_base(entry: Mapping[str, Any], contents: list[Mapping[str, Any]], known: tuple[str, ...]) -> str:
    """The xml:base of an entry's text, where it has one of its own."""
    details = [*contents, _detail(entry, "summary"), _detail(entry, "title")]
    bases = (web_address(_value(detail, "base")) for detail in details)
    return next((base for base in bases if base and base not in known), "")


def _moment(thing: Mapping[str, Any], key: str) -> datetime | None:
    parts = dict.get(thing, key)  # type: ignore[call-overload]
    try:
        year, month, day, hour, minute, second = parts[:6] if parts else (0,) * 6
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError):
        return None


__all__ = ["ENTRY_LIMIT", "EntryRecord", "ParsedFeed", "parse_feed"]
