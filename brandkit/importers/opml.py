"""Lists of feeds that other readers export: OPML, iGoogle tabs, and FOAF in RDF.

In: bytes. Out: the feeds that they name, what was passed over and why, and one line where the file is
broken. Pure; never raises for what the bytes hold, and opens no address that they name.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from html.entities import name2codepoint
from urllib.parse import urlsplit
from xml.parsers import expat

_SIZE_LIMIT = 10_000_000
_FEED_LIMIT = 20_000
_DEPTH_LIMIT = 200
_NODE_LIMIT = 200_000
_LINE_LIMIT = 300
_SKIPPED_LIMIT = 1_000

_ENCODINGS = re.compile(r"utf-(8|16|32)|ascii|iso8859|cp\d|koi8|mac|gb|big5|euc|shift_jis|iso2022")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(r"<\?xml\b[^>]*?\?>")
_DECLARED = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:+-]{1,40})")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(x[0-9a-f]{1,6}|[0-9]{1,7});|([a-z][a-z0-9]{1,31});)?", re.I)
_LESS_THAN = re.compile(r"<(?![A-Za-z_/!?])")
_OUTLINE = re.compile(r"<outline\s([^<>]{1,5000})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:.-]{0,20})\s{0,20}=\s*(?:\"([^\"]*)\"|'([^']*)')")

_ROOTS = ("opml", "rdf", "gadgettabml")
_PEOPLE = ("agent", "person", "organization")
_FEED_TYPES = ("rss", "atom", "feed")


@dataclass(frozen=True)
class OpmlFeed:
    """A feed that a list names: its address, its site where known, and the headings above it as tags."""

    title: str
    url: str
    site: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class OpmlResult:
    """All feeds of a list, each once; one line if the file is broken or none; one for each thing skipped."""

    feeds: tuple[OpmlFeed, ...]
    problem: str | None
    skipped: tuple[str, ...]


def read_opml(body: bytes) -> OpmlResult:
    """The feeds that a list names."""
    if len(body) > _SIZE_LIMIT:
        return _refused(f"the list is larger than {_SIZE_LIMIT // 1_000_000} MB")
    text = _mended(_decode(body))
    if not text.strip():
        return _refused("the file is empty")
    if "<!entity" in text.lower():
        return _refused("the list defines XML entities of its own, which brandkit does not expand")
    root, trouble = _tree(_without_prolog(text))
    found = _Found()
    _walk(root, _Place(), found)
    if trouble:
        _rescue(text, found)
    names = [child.name for child in root.children]
    return found.result(trouble, is_list=bool(names) and names[0] in _ROOTS)


def _refused(problem: str) -> OpmlResult:
    return OpmlResult((), problem, ())


# Bytes to text that an XML parser takes


def _decode(body: bytes) -> str:
    declared = _DECLARED.search(body[:1024])
    marked = [codec for mark, codec in _MARKS if body.startswith(mark)]
    for name in (*marked[:1], declared[1].decode("ascii", "replace") if declared else "", "utf-8", "cp1252"):
        try:
            if _ENCODINGS.match(codecs.lookup(name).name):
                return body.decode(name)
        except (LookupError, ValueError):
            continue
    return body.decode("latin-1")


def _mended(text: str) -> str:
    """The text without what no XML may hold, and with what the makers of lists forget to escape."""
    text = _FORBIDDEN.sub("", text).lstrip("\ufeff \t\r\n")
    return _LESS_THAN.sub("&lt;", _REFERENCE.sub(_escaped, text))


def _without_prolog(text: str) -> str:
    """The text without declaration and document type; lines keep their numbers."""
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    start = text[:100_000].lower().find("<!doctype")
    doctype = _DOCTYPE.match(text, start) if start >= 0 else None
    if doctype is None:
        return text
    return text[:start] + "\n" * doctype[0].count("\n") + " " + text[doctype.end() :]


def _escaped(reference: re.Match[str]) -> str:
    number, name = reference[1], reference[2]
    if number:
        char = unescape(reference[0])
        return "" if char in ("", "\ufffd") or _FORBIDDEN.search(char) else reference[0]
    code = name2codepoint.get(name or "", 0)
    return chr(code) if code > 127 else "&amp;" + reference[0][1:]


# Text to a tree


@dataclass
class _Node:
    """An element: its name and the names of its attributes without prefix, in lower case."""

    name: str
    attributes: Mapping[str, str]
    children: list[_Node] = field(default_factory=list)
    text: str = ""

    def get(self, name: str) -> str:
        return self.attributes.get(name, "").strip()


class _TooMuch(Exception):
    """More than any list of feeds holds. The message is one plain line."""


def _tree(text: str) -> tuple[_Node, str]:
    """A node above the root, with as much of the document as is well-formed, and what went wrong."""
    top = _Node("", {})
    path = [top]
    count = itertools.count(1)

    def start(name: str, attributes: Mapping[str, str]) -> None:
        node = _Node(_local(name), {_local(key): value for key, value in attributes.items()})
        path[-1].children.append(node)
        path.append(node)
        if len(path) > _DEPTH_LIMIT:
            raise _TooMuch("the list is nested too deeply")
        if next(count) > _NODE_LIMIT:
            raise _TooMuch("the list is too long")

    def end(_: str) -> None:
        path.pop()

    def data(content: str) -> None:
        if len(path[-1].text) < _LINE_LIMIT:
            path[-1].text += content

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        return top, f"the list is broken at line {error.lineno}"
    except _TooMuch as error:
        return top, str(error)
    return top, ""


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


# A tree to feeds


@dataclass(frozen=True)
class _Place:
    """What the elements above say: headings, whose feeds these are, and on which site."""

    tags: tuple[str, ...] = ()
    person: str = ""
    site: str = ""


@dataclass
class _Found:
    """Feeds by address, in the order in which the list names them, and what it names besides."""

    feeds: dict[str, OpmlFeed] = field(default_factory=dict)
    skipped: dict[str, None] = field(default_factory=dict)

    def add(self, url: str, title: str, site: str, tags: Iterable[str]) -> None:
        """One feed; the second time it adds its tags, and what was missing the first time."""
        address = _web_address(url)
        known = self.feeds.get(address)
        if not address:
            self.skip(f"{_line(title) or 'a feed'}: {_line(url)} is no web address")
        elif known or len(self.feeds) < _FEED_LIMIT:
            known = known or OpmlFeed("", address, "", ())
            merged = tuple(dict.fromkeys((*known.tags, *tags)))[:50]
            self.feeds[address] = OpmlFeed(
                known.title or _line(title), address, known.site or _web_address(site), merged
            )
        else:
            self.skip(f"all feeds after the first {_FEED_LIMIT:,}")

    def skip(self, line: str) -> None:
        """One line for a person, told once."""
        if len(self.skipped) < _SKIPPED_LIMIT:
            self.skipped[line] = None

    def result(self, trouble: str, is_list: bool) -> OpmlResult:
        """All that was found, with what is to be said of the file."""
        count = len(self.feeds)
        problem: str | None = None
        if trouble:
            problem = f"{trouble}; feeds that could be read all the same: {count}"
        elif not count:
            problem = "the list names no feeds" if is_list else "this is not a list of feeds (OPML)"
        return OpmlResult(tuple(self.feeds.values()), problem, tuple(self.skipped))


def _walk(node: _Node, place: _Place, found: _Found) -> None:
    """Take what this element names, then what stands inside it."""
    if node.name == "outline" or "xmlurl" in node.attributes:
        place = _outline(node, place, found)
    elif node.name == "tab":
        place = replace(place, tags=(*place.tags, *_tags(node.get("title"))))
    elif node.name == "group":
        place = replace(place, tags=(*place.tags, *_tags(_name(node))))
    elif node.name in _PEOPLE:
        place = replace(place, person=_name(node))
    elif node.name == "document":
        place = replace(place, site=node.get("about"))
    elif node.name in ("channel", "feed", "seealso"):
        _linked(node, place, found)
    for child in node.children:
        _walk(child, place, found)


def _outline(node: _Node, place: _Place, found: _Found) -> _Place:
    """Take an outline that is a feed, or pass its heading down."""
    kind, title = node.get("type").lower(), node.get("text") or node.get("title")
    url = node.get("xmlurl") or (node.get("url") if kind in _FEED_TYPES else "")
    if url and kind != "source":
        found.add(url, title, node.get("htmlurl"), (*place.tags, *_categories(node.get("category"))))
    elif url or (kind in ("link", "include") and node.get("url")):
        found.skip(f"{_line(title) or 'a link'}: {_line(url or node.get('url'))} is another list or page, not a feed")
    elif node.get("htmlurl"):
        found.skip(f"{_line(title) or 'a site'}: {_line(node.get('htmlurl'))} is named without a feed")
    elif kind in _FEED_TYPES:
        found.skip(f"{_line(title) or 'a feed'}: no address is given")
    else:
        return replace(place, tags=(*place.tags, *_tags(title)))
    return place


def _linked(node: _Node, place: _Place, found: _Found) -> None:
    """Take what RDF links to: a channel or feed, or the list of somebody else."""
    url = node.get("resource") or node.get("about")
    if node.name == "seealso":
        if url:
            found.skip(f"{place.person or 'a link'}: {_line(url)} is another list or page, not a feed")
    elif url:
        found.add(url, place.person, place.site, place.tags)
    elif place.site:
        found.skip(f"{place.person or 'a site'}: {_line(place.site)} is named without a feed")


def _name(node: _Node) -> str:
    names = (child.text for child in node.children if child.name in ("name", "member_name", "nick"))
    return next(filter(None, map(_line, names)), "")


def _categories(value: str) -> Iterator[str]:
    for part in re.split("[,/]", value[:5_000]):
        yield from _tags(part)


def _tags(value: str) -> tuple[str, ...]:
    return tuple(filter(None, (_line(value),)))


def _line(value: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", value[: 4 * _LINE_LIMIT]).split())[:_LINE_LIMIT]


def _web_address(value: str) -> str:
    address = re.sub(r"\Afeed:(//)?(?=https?:)", "", value.strip(), flags=re.IGNORECASE)
    address = re.sub(r"\Afeed:(?=//)", "http:", address, flags=re.IGNORECASE)
    try:
        parts = urlsplit(address)
        fits = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    return address if fits and len(address) <= 2_000 and not re.search(r"[\s<>\"]", address) else ""


def _rescue(text: str, found: _Found) -> None:
    """Feeds of a broken file that still look like outlines, without their headings."""
    for outline in _OUTLINE.finditer(text):
        pairs = {_local(name): unescape(one or other) for name, one, other in _ATTRIBUTE.findall(outline[1])}
        if pairs.get("xmlurl", "").strip():
            _outline(_Node("outline", pairs), _Place(), found)
