"""Where a web page keeps its feed: what its links say, what the usual places hold.

In: an address, or the answer that it gave. Out: an `Answer`: the feed or calendar that it is, or those that the
page offers, main ones first, or one line that says why neither. Text of strangers comes out harmless. Each request
goes through `fetch`, with its checks and limits; knows nothing of who follows what.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from brandkit.base.url import canonical
from brandkit.io.feeds.calendar_parsing import parse_calendar
from brandkit.io.feeds.feed_parsing import ParsedFeed, parse_feed
from brandkit.io.feeds.feed_text import decode
from brandkit.io.feeds.sanitise import guessed, plain_line, web_address
from brandkit.io.net.fetch import Limits, Request, Response, fetch_all

Kind = Literal["feed", "calendar"]
NEWEST = 3
_PAGE_READ = 500_000
_OFFERS = 30
_PLACES = ("feed", "feed.xml", "atom.xml", "rss.xml", "index.xml")
_MOST_PLACES = 6
_BUSY = (401, 403, 429, 503)
_TITLE_LIMIT = 120

# What is left open swallows the rest of the page, as in browsers; so no part is looked at twice.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|template|textarea|title|noframes)\b.*?(?:</(?P=raw)\b|\Z)"
    r"|<(?P<name>link|base)\s(?P<inside>(?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,4000}+)>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)\Z")
_FEED_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|channel)\b")
_PAGE_START = re.compile(r"\s*(?:<!--.*?-->\s*)*<!doctype\s+html", re.IGNORECASE | re.DOTALL)
_COMMENTS = re.compile(r"comment|kommentar|coment[aá]rio|commenti|replies", re.IGNORECASE)
# Signs that turn the direction of a line would make it read as something else.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Offer:
    """A feed that a page names, not looked at yet."""

    url: str
    title: str = ""
    kind: Kind = "feed"
    comments: bool = False


@dataclass(frozen=True)
class Find:
    """A feed or a calendar that was read: where, what it calls itself, its newest titles and its entries' addresses."""

    url: str
    title: str
    kind: Kind = "feed"
    language: str = ""
    newest: tuple[str, ...] = ()
    links: frozenset[str] = frozenset()
    count: int = 0


@dataclass(frozen=True)
class Answer:
    """What an address turned out to be. `status` is the server's, None where it could not be asked."""

    url: str
    find: Find | None = None
    offers: tuple[Offer, ...] = ()
    problem: str = ""
    status: int | None = None
    reached: bool = True


def look(url: str, limits: Limits) -> Answer:
    """Ask this address, once."""
    (response,) = fetch_all([Request(url)], limits)
    return read_answer(response)


def look_in_usual_places(url: str, limits: Limits) -> Find | None:
    """The first feed in a place where feeds often are; a server that is busy or away is not asked on."""
    for place in usual_places(url):
        answer = look(place, limits)
        if answer.find or (not answer.reached and (answer.status is None or answer.status in _BUSY)):
            return answer.find
    return None


def usual_places(url: str) -> tuple[str, ...]:
    """Addresses to try where a page names no feed: in its folder and at the top of its site, a few."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0]
    bases = dict.fromkeys((folder, ""))
    paths = (f"{base}/{place}" for place in _PLACES for base in bases)
    return tuple(urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in paths)[:_MOST_PLACES]


def read_answer(response: Response) -> Answer:
    """What an answer holds."""
    if response.problem:
        return Answer(response.url, problem=response.problem, status=response.status, reached=False)
    url = urldefrag(response.moved_to or response.url).url
    find, problem = _find(response, url)
    offers = () if find else _offers(response)
    return Answer(response.final_url, find, offers, "" if find or offers else problem, response.status)


def _find(response: Response, url: str) -> tuple[Find | None, str]:
    text = decode(response.body[: 2 * _PAGE_READ], response.content_type).lstrip("\ufeff \t\r\n")
    kind = (response.content_type or "").partition(";")[0].strip().lower()
    if text[:15].upper() == "BEGIN:VCALENDAR" or kind == "text/calendar":
        calendar = parse_calendar(response.body, response.content_type)
        titles = tuple(_line(record.title) for record in calendar.records)
        found = Find(url, _line(calendar.title), "calendar", newest=titles[:NEWEST], count=len(titles))
        return (None, calendar.problem) if calendar.problem else (found, "")
    if _is_page(text, kind):
        return None, "this page names no feed"
    parsed = parse_feed(response.body, response.final_url, response.content_type)
    return (None, parsed.problem) if parsed.problem else (_read(parsed, url), "")


def _is_page(text: str, kind: str) -> bool:
    """Whether this is for browsers, also where a parser would find a title in it; servers often mislabel feeds."""
    if _PAGE_START.match(text[:5_000]):
        return True
    return kind in ("text/html", "application/xhtml+xml") and not _FEED_ROOT.search(text[:5_000])


def _read(parsed: ParsedFeed, url: str) -> Find:
    oldest = datetime.min.replace(tzinfo=UTC)
    entries = sorted(parsed.entries, key=lambda e: e.published or e.updated or oldest, reverse=True)
    titles = (_line(e.title or e.summary) for e in entries)
    return Find(
        url,
        _line(parsed.title),
        language=parsed.language or "",
        newest=tuple(filter(None, titles))[:NEWEST],
        links=frozenset(canonical(e.url) for e in entries if e.url),
        count=len(entries),
    )


def _offers(response: Response) -> tuple[Offer, ...]:
    """What the links of a page name, each address once: feeds, then calendars, then feeds of comments."""
    text = decode(response.body, response.content_type)[:_PAGE_READ]
    found: dict[str, Offer] = {}
    for offer in _linked(text, response.final_url):
        found.setdefault(canonical(offer.url), offer)
        if len(found) >= _OFFERS:
            break
    return tuple(sorted(found.values(), key=lambda offer: (offer.comments, offer.kind == "calendar")))


def _linked(text: str, url: str) -> Iterator[Offer]:
    bases: Sequence[str] = (url,)
    for tag in _TAG.finditer(text):
        values = _attributes(tag["inside"] or "")
        if (tag["name"] or "").lower() == "base" and len(bases) == 1:  # the first one counts
            bases = (web_address(values.get("href", ""), bases) or url, url)
        elif tag["name"] and (kind := _kind(values)) and (address := web_address(values.get("href", ""), bases)):
            address, title = _DIRECTION.sub(lambda sign: quote(sign[0]), address), _line(values.get("title", ""))
            comments = bool(_COMMENTS.search(f"{title} {urlsplit(address).path}"))
            yield Offer(urldefrag(address).url, title, kind, comments)


def _line(text: str) -> str:
    return plain_line(guessed(_DIRECTION.sub("", text)), _TITLE_LIMIT)


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inside):
        found.setdefault(match[1].lower(), html.unescape((match[2] or "").strip("\"'")))
    return found


def _kind(values: dict[str, str]) -> Kind | None:
    """What a link leads to; None where it is no feed."""
    type_ = values.get("type", "").partition(";")[0].strip().lower()
    rel = values.get("rel", "").lower().split()
    if "alternate" not in rel and "feed" not in rel:
        return None
    if type_ == "text/calendar":
        return "calendar"
    is_json_feed = type_ == "application/json" and "feed" in values.get("href", "").lower()
    return "feed" if _FEED_TYPE.match(type_) or is_json_feed else None
