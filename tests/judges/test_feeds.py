"""The feeds of the example, read by others: feedparser, and what the specifications ask for."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def _all(built_example: Path, name: str) -> list[Path]:
    found = sorted((built_example / "public").rglob(name))
    assert len(found) > 5, "one for all, for each section with dates, for each term"
    return found


@pytest.mark.parametrize("name", ["feed.xml", "rss.xml"])
def test_feedparser_reads_every_feed_without_a_complaint(built_example: Path, name: str) -> None:
    for path in _all(built_example, name):
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.version == {"feed.xml": "atom10", "rss.xml": "rss20"}[name]
        assert read.feed.title and read.entries
        for entry in read.entries:
            assert entry.title and entry.link.startswith("https://") and entry.id == entry.link
            assert entry.content[0].value and entry.published_parsed


def test_atom_has_what_rfc_4287_requires(built_example: Path) -> None:
    for path in _all(built_example, "feed.xml"):
        feed = ET.parse(path).getroot()
        assert feed.tag == f"{ATOM}feed"
        assert all(len(feed.findall(ATOM + name)) == 1 for name in ("id", "title", "updated", "author"))
        rels = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert rels["self"] == feed.findtext(f"{ATOM}id", "") + "feed.xml"
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids)
        for entry in feed.findall(f"{ATOM}entry"):
            assert all(len(entry.findall(ATOM + name)) == 1 for name in ("id", "title", "updated", "content"))


def test_rss_has_what_its_specification_requires(built_example: Path) -> None:
    for path in _all(built_example, "rss.xml"):
        channel = ET.parse(path).getroot().find("channel")
        assert channel is not None
        assert all(channel.findtext(name) for name in ("title", "link", "description"))
        for item in channel.findall("item"):
            guid = item.find("guid")
            assert guid is not None and guid.text == item.findtext("link") and item.findtext(CONTENT)


def test_json_feed_is_of_version_1_1(built_example: Path) -> None:
    for path in _all(built_example, "feed.json"):
        feed = json.loads(path.read_text(encoding="utf-8"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
        assert feed["feed_url"] == feed["home_page_url"] + "feed.json"
        assert {"authors", "language", "items"} <= set(feed) and "author" not in feed
        for item in feed["items"]:
            assert isinstance(item["id"], str) and item["content_html"]
            assert urlsplit(item["url"]).scheme == "https" and "author" not in item


def test_every_feed_is_shown_with_a_style_sheet(built_example: Path) -> None:
    for name in ("feed.xml", "rss.xml"):
        for path in _all(built_example, name):
            assert "<?xml-stylesheet" in path.read_text(encoding="utf-8")[:200]
    assert (built_example / "public/assets/feed.css").is_file()


def test_nothing_of_the_future_is_news(built_example: Path) -> None:
    for path in _all(built_example, "feed.json"):
        for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
            assert item["date_published"] < "2026-03-02"
