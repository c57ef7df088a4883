"""Every feed of the outside collections, and every script vector inside a feed: entries or one clear line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from brandkit.io.feeds.feed_parsing import EntryRecord, ParsedFeed, parse_feed

pytestmark = pytest.mark.slow

CHUNKS = 8
SECONDS = 2.0
URL = "https://feeds.example/all/feed.xml"
HARMLESS = set(
    "p br hr div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th figure"
    " figcaption section article aside header footer main nav address details summary a abbr b cite code del em i ins"
    " kbd mark q s samp small span strong sub sup u var".split()
)
ATTRIBUTES = {"href", "rel", "lang", "colspan", "rowspan"}


class Markup(HTMLParser):
    """Start tags with their attributes, as a tolerant parser finds them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(entry: EntryRecord) -> None:
    for tag, attributes in Markup(entry.html).found:
        assert tag in HARMLESS
        assert set(attributes) <= ATTRIBUTES
        assert urlsplit(attributes.get("href") or "https:").scheme in ("http", "https", "mailto")
    for line in (entry.title, entry.summary, entry.author, *entry.tags):
        assert " ".join(line.split()) == line
        assert not any(ord(char) < 32 for char in line)
    assert not any(ord(char) < 32 and char != "\n" for char in entry.text)
    assert entry.url == "" or urlsplit(entry.url).scheme in ("http", "https")
    assert entry.guid
    for date in (entry.published, entry.updated):
        assert date is None or (date.utcoffset() is not None and date.year >= 1990)


def parsed_in_time(body: bytes) -> ParsedFeed:
    began = time.thread_time()
    parsed = parse_feed(body, URL)
    assert time.thread_time() - began < SECONDS
    assert "could not be read (" not in (parsed.problem or ""), "an exception of ours"
    assert "\n" not in (parsed.problem or "")
    for entry in parsed.entries:
        assert_harmless(entry)
    return parsed


def files(folder: Path, chunk: int) -> Iterator[Path]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".xml", ".json", ".opml"))
    assert len(found) > 800
    yield from found[chunk::CHUNKS]


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("collection", ["feedparser-tests", "feedvalidator-testcases"])
def test_every_feed_gives_entries_or_one_line(shared: Path, collection: str, chunk: int) -> None:
    for path in files(shared / "corpora" / collection, chunk):
        parsed = parsed_in_time(path.read_bytes())
        assert bool(parsed.entries) or parsed.problem or "the feed has no entries yet" in parsed.notes, path


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_feed_that_feedparser_reads_gives_as_many_entries(shared: Path, chunk: int) -> None:
    import feedparser

    for path in files(shared / "corpora" / "feedparser-tests", chunk):
        if path.suffix == ".xml":
            theirs = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
            distinct = {(entry.get("id"), entry.get("link"), entry.get("title")) for entry in theirs.entries}
            assert len(parse_feed(path.read_bytes(), URL).entries) >= len(distinct), path


def wrapped(payload: str) -> Iterator[bytes]:
    """One payload in every field of an RSS, an Atom and a JSON feed; escaped, and in CDATA."""
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    for value in (escape(payload), f"<![CDATA[{payload.replace(']]>', '')}]]>"):
        rss = "".join(f"<{name}>{value}</{name}>" for name in ("title", "author", "category", "description", "link"))
        rss = f"<item>{rss}<content:encoded>{value}</content:encoded></item>"
        yield f'<rss version="2.0" {spaces}><channel><title>{value}</title>{rss}</channel></rss>'.encode()
        for kind in ("text", "html"):
            atom = "".join(f'<{name} type="{kind}">{value}</{name}>' for name in ("title", "summary", "content"))
            yield f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>{atom}</entry></feed>'.encode()
    item = dict.fromkeys(("id", "url", "title", "summary", "content_html", "content_text"), payload)
    yield json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()


def test_no_script_vector_gets_through_a_feed(shared: Path) -> None:
    cases = json.loads((shared / "corpora" / "dompurify-xss" / "expect.json").read_text(encoding="utf-8"))
    assert len(cases) > 100
    for case in cases:
        for body in wrapped(case["payload"]):
            assert len(parsed_in_time(body).entries) == 1, case["payload"]
