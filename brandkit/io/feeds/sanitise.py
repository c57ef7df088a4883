"""What strangers wrote, made harmless.

In: the values of a feed's entry as its format gave them. Out: an `EntryRecord` whose text fields
hold no markup and whose `html` holds nothing active. Knows no feed format, no network, no store.
"""

from __future__ import annotations

import html as html_entities
import re
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import nh3

TEXT_LIMIT = 200_000
_MARKUP_LIMIT = 2 * TEXT_LIMIT
_LINE_LIMIT = 1_000
_URL_LIMIT = 2_000
_TAGS_KEPT = 50
# An HTML parser's work may grow with the square of the open tags: this many cost a fifth of a second.
_OPENINGS = 10_000
_ENTITIES = 50_000


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BLOCKS = _names(
    "p br hr div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th "
    "figure figcaption section article aside header footer main nav address details summary"
)
_INLINE = _names("a abbr b cite code del em i ins kbd mark q s samp small span strong sub sup u var")
_SWALLOWED = _names(
    "script style template svg math iframe frame frameset object embed applet head title textarea select "
    "noscript noembed noframes xmp plaintext audio video canvas button"
)
_SCHEMES = frozenset({"http", "https", "mailto"})

_FORMATTING = re.compile(r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<[^<>]*>")
_CELL = re.compile(r"</t[dh]>")
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_LOOKS_MARKED_UP = re.compile(r"</\w+>|&#?\w+;")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\r\n]+")
_MEANS_MORE = re.compile("[<>&\r\xa0\ufeff]")  # what text has to hold for its HTML to be another one
_UNSAFE_IN_URL = re.compile(r'[\s"<>\\^`{|}]')

_TO_TEXT = nh3.Cleaner(tags=_BLOCKS, clean_content_tags=_SWALLOWED - _BLOCKS, attributes={}, link_rel=None)


@dataclass(frozen=True)
class EntryRecord:
    """An entry of a feed, harmless: text without markup, tame `html`, a web address or none, times in UTC."""

    guid: str
    url: str
    title: str
    summary: str
    html: str
    text: str
    author: str
    published: datetime | None
    updated: datetime | None
    language: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class ParsedFeed:
    """What bytes turned out to hold: entries, or a `problem` in one line; `notes` tell what was mended.

    `ttl` is how many seconds the feed asks us to wait before the next look.
    """

    title: str
    link: str
    language: str | None
    entries: tuple[EntryRecord, ...]
    problem: str | None
    notes: tuple[str, ...] = ()
    ttl: float | None = None


@dataclass(frozen=True)
class Wording:
    """A value as it came, and whether its format calls it HTML."""

    value: str
    is_html: bool = True


@dataclass(frozen=True)
class RawEntry:
    """An entry as its format gave it.

    `links` stand best first. Relative ones hang on the first of `bases` that is an address; those in
    the text on `base`, if it declares one of its own, then on the entry's address.
    """

    guid: str
    links: tuple[str, ...]
    title: Wording
    bodies: tuple[Wording, ...]
    summary: Wording
    author: str
    published: datetime | None
    updated: datetime | None
    language: str | None
    tags: tuple[str, ...]
    bases: tuple[str, ...]
    base: str = ""


def guessed(value: str) -> Wording:
    """A value whose format does not say what it is: HTML if it closes a tag or holds an entity."""
    return Wording(value, bool(_LOOKS_MARKED_UP.search(value[:_MARKUP_LIMIT])))


def refused(problem: str) -> ParsedFeed:
    """A feed that gives nothing but one line that says why."""
    return ParsedFeed("", "", None, (), problem)


def clean_entry(raw: RawEntry, now: datetime | None = None) -> EntryRecord:
    """One harmless record. `now` bounds how far ahead a date may lie."""
    url = next(filter(None, (web_address(link, raw.bases) for link in raw.links)), "")
    title, (text, longest) = plain_line(raw.title), _longest((*raw.bodies, raw.summary))
    guid = without_controls(raw.guid).strip() or url
    if not guid or len(guid) > _URL_LIMIT:
        guid = _digest(guid or title + "\n" + text)
    return EntryRecord(
        guid=guid,
        url=url,
        title=title,
        summary=plain_line(raw.summary),
        html=_tame(longest, (raw.base, url, *raw.bases)),
        text=text,
        author=plain_line(guessed(raw.author), 200),
        published=sane_date(raw.published, now),
        updated=sane_date(raw.updated, now),
        language=language_tag(raw.language),
        tags=_tags(raw.tags),
    )


def clean_entries(
    raws: Iterable[RawEntry], end: float, now: datetime | None = None
) -> tuple[tuple[EntryRecord, ...], tuple[str, ...]]:
    """The records of a feed, as many as can be made before `end` (thread time), and what to say of them."""
    records: list[EntryRecord] = []
    for raw in raws:
        if time.thread_time() > end:
            return told_apart(records), (cut_short("the feed takes long to read", len(records)),)
        records.append(clean_entry(raw, now))
    return told_apart(records), () if records else ("the feed has no entries yet",)


def cut_short(why: str, count: int) -> str:
    """The note of a feed of which only the first entries were read."""
    read = {0: "none of its entries was read", 1: "its first entry was read"}
    return f"{why}: {read.get(count, f'its first {count:,} entries were read')}"


def told_apart(entries: Iterable[EntryRecord]) -> tuple[EntryRecord, ...]:
    """The entries without repetitions, and each with a guid of its own.

    Some feeds give one guid to all their entries: what differs in address or title is another entry.
    """
    found: dict[str, EntryRecord] = {}
    for entry in entries:
        known = found.setdefault(entry.guid, entry)
        if (known.url, known.title) != (entry.url, entry.title):
            guid = f"{entry.guid}#{_digest(entry.url + chr(10) + entry.title)}"
            found.setdefault(guid, EntryRecord(**{**vars(entry), "guid": guid}))
    return tuple(found.values())


def plain_line(wording: Wording, limit: int = _LINE_LIMIT) -> str:
    """One line of text without markup, white space folded, cut at a word where it is too long."""
    line = " ".join(_to_text(wording).split())
    if len(line) <= limit:
        return line
    return (line[: limit - 1].rpartition(" ")[0] or line[: limit - 1]) + "…"


def plain_text(markup: str) -> str:
    """The text of HTML: one line a paragraph, cell or list item; scripts, forms and pictures left out."""
    if not _MEANS_MORE.search(markup):
        return _paragraphs(" ".join(_bounded(markup).split()))
    blocks = _TO_TEXT.clean(" ".join(_bounded(markup).split()))
    return _paragraphs(html_entities.unescape(_BLOCK_TAG.sub("\n", _CELL.sub(" ", blocks))))


def tame_html(markup: str, bases: Sequence[str] = ()) -> str:
    """HTML with text, structure, links to http, https and mailto; no pictures, styles, scripts or forms."""
    if not _MEANS_MORE.search(markup):
        return _bounded(markup)
    markup = _bounded(markup)
    for base in filter(web_address, bases):
        with suppress(ValueError):  # nh3 refuses hosts that Python takes
            return _cleaned(markup, ("rewrite_with_base", base))
    return _cleaned(markup, "deny")


def _cleaned(markup: str, relative: Any) -> str:
    return nh3.clean(
        markup,
        tags=_BLOCKS | _INLINE,
        clean_content_tags=_SWALLOWED,
        attributes={"*": {"lang"}, "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
        url_relative=relative,
    )


def web_address(link: str, bases: Sequence[str] = ()) -> str:
    """An absolute http or https address, relative ones joined to the first base that fits; else empty."""
    if not link:
        return ""
    link = _BREAKS.sub("", without_controls(link).strip())
    for base in ("", *bases):
        try:
            joined = urljoin(base, link) if link else ""
            parts = urlsplit(joined)
            fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:  # a broken port or IPv6 host
            continue
        if fits and len(joined) <= _URL_LIMIT:
            return _UNSAFE_IN_URL.sub(lambda found: quote(found[0], safe=""), joined)
    return ""


def sane_date(value: datetime | None, now: datetime | None = None) -> datetime | None:
    """The time in UTC; None where it is older than the web's first pages or far ahead of `now`."""
    if value is None:
        return None
    try:
        moment = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        latest = now + timedelta(days=366) if now else datetime(2100, 1, 1, tzinfo=UTC)
    except OverflowError:  # year 1 or 9999 in a zone of its own
        return None
    return moment if moment.year >= 1990 and moment <= latest else None


def language_tag(value: str | None) -> str | None:
    """A language as in `en` or `pt-BR`; None for what is none."""
    value = (value or "").strip()
    return value.replace("_", "-") if len(value) <= 35 and _LANGUAGE.fullmatch(value) else None


def without_controls(text: str) -> str:
    """Text with spaces for control characters and halves of surrogate pairs; line breaks and tabs stay."""
    return text if text.isprintable() else _CONTROLS.sub(" ", text)


def _longest(bodies: Sequence[Wording]) -> tuple[str, Wording]:
    texts = [(_to_text(body), body) for body in dict.fromkeys(bodies) if body.value]
    return max(texts, key=lambda pair: len(pair[0]), default=("", Wording("")))


@lru_cache(maxsize=8)  # the summary is asked for twice
def _to_text(wording: Wording) -> str:
    if wording.is_html or _is_markup(wording.value):
        return plain_text(wording.value)
    return _paragraphs(wording.value[:_MARKUP_LIMIT])


def _tame(wording: Wording, bases: Sequence[str]) -> str:
    if wording.is_html or _is_markup(wording.value):
        return tame_html(wording.value, bases)
    return "".join(
        f"<p>{html_entities.escape(line, quote=False)}</p>" for line in _to_text(wording).split("\n") if line
    )


def _is_markup(value: str) -> bool:
    """Whether what its format calls plain text closes a tag, or opens one with an attribute."""
    return any(tag[0][1] == "/" or "=" in tag[0] for tag in _ANY_TAG.finditer(value[:_MARKUP_LIMIT]))


def _bounded(markup: str) -> str:
    """The same markup, cut where parsing it would take unreasonably long."""
    markup = without_controls(markup[:_MARKUP_LIMIT])
    if markup.count("<") < 500 and markup.count("&") < _ENTITIES:
        return markup
    # Nested formatting elements with attributes that differ multiply; alike ones the parser counts to three.
    markup = _FORMATTING.sub(r"<\1>", markup)
    for mark, limit in (("<", _OPENINGS), ("&", _ENTITIES)):
        if markup.count(mark) > limit:
            markup = mark.join(markup.split(mark, limit)[:limit])
    return markup


def _paragraphs(text: str) -> str:
    lines = (" ".join(line.split()) for line in without_controls(text).split("\n"))
    return "\n".join(filter(None, lines))[:TEXT_LIMIT]


def _tags(values: Iterable[str]) -> tuple[str, ...]:
    lines = (plain_line(guessed(value), 100) for value in values)
    return tuple(dict.fromkeys(filter(None, lines)))[:_TAGS_KEPT]


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
