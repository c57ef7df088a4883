"""feeds and import: what is followed, how it is doing, and what another reader's export would add."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

Site = Callable[[str], Path]

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/feeds.yaml --
- {id: near, url: feeds/near.xml, title: Near}
-- content/vault/feeds/near.xml --
<rss version="2.0"><channel><title>Near</title><item><title>One</title><link>https://near.example/1</link></item></channel></rss>
-- reader.opml --
<opml version="2.0"><body><outline text="Tech">
<outline type="rss" text="Far: &quot;away&quot;" xmlUrl="https://far.example/feed"/>
<outline type="rss" text="Far again" xmlUrl="http://www.far.example/feed/"/>
<outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/>
</outline></body></opml>
"""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A feed on this machine's own loopback, and what it was asked for."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<rss version='2.0'><channel><title>secret</title></channel></rss>")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/feed", seen
        server.shutdown()
        thread.join()


def test_refresh_reads_local_feeds_and_says_how_each_is(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    first = brandkit(folder, "feeds", "refresh", "--offline")
    assert first.code == 0
    assert "near: updated, 1 new" in first.out
    assert brandkit(folder, "feeds", "refresh", "--json", "--offline").json == [
        {"feed": "near", "status": "unchanged", "new": 0, "problem": None}
    ]
    assert "near  Near  feeds/near.xml" in brandkit(folder, "feeds", "list").out


def test_an_address_within_this_machine_is_refused_in_one_plain_line(
    site: Site, brandkit: Any, asked: tuple[str, list[str]]
) -> None:
    url, seen = asked
    folder = site(PROJECT)
    feeds = folder / "content/vault/feeds.yaml"
    feeds.write_text(feeds.read_text() + f"- {{id: inside, url: '{url}', title: Inside}}\n")
    said = brandkit(folder, "feeds", "refresh")
    assert said.code == 0, "a feed that cannot be read is no mistake of a person"
    (line,) = [line for line in said.out.splitlines() if line.startswith("inside:")]
    assert line.startswith("inside: failed: ")
    assert "127.0.0.1" in line
    assert seen == []
    assert "near: updated" in said.out
    (row,) = [row for row in brandkit(folder, "feeds", "list", "--json").json if row["id"] == "inside"]
    assert row["problem"] in line


def test_a_local_feed_that_is_not_there_is_one_plain_line(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT.replace("feeds/near.xml, title", "feeds/lost.xml, title"))
    said = brandkit(folder, "build")
    assert said.code == 0
    assert "near: " in said.out
    assert "1 feed could not be read" in said.out


def test_an_import_prints_lines_for_feeds_yaml_and_writes_nothing(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said = brandkit(folder, "import", "opml", "reader.opml")
    assert said.code == 0
    rows = yaml.safe_load(said.out)
    assert rows[0] == {"id": "far-away", "url": "https://far.example/feed", "title": 'Far: "away"'}
    assert "javascript" not in said.out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before

    feeds = folder / "content/vault/feeds.yaml"
    feeds.write_text(feeds.read_text() + said.out)
    assert brandkit(folder, "check").code == 0
    assert brandkit(folder, "import", "opml", "reader.opml", "--json").json["feeds"] == []


def test_two_feeds_of_one_name_get_two_ids(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    (folder / "two.opml").write_text(
        '<opml version="2.0"><body><outline type="rss" text="Near" xmlUrl="https://a.example/feed"/>'
        '<outline type="rss" text="Blog" xmlUrl="https://b.example/feed"/>'
        '<outline type="rss" text="Blog" xmlUrl="https://c.example/feed"/></body></opml>'
    )
    feeds = folder / "content/vault/feeds.yaml"
    feeds.write_text(feeds.read_text() + brandkit(folder, "import", "opml", "two.opml").out)
    assert brandkit(folder, "check").err == ""


def test_a_file_that_is_no_opml_is_a_plain_answer(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    (folder / "no.opml").write_bytes(b"\x00\xff not xml")
    said = brandkit(folder, "import", "opml", "no.opml")
    assert said.code == 1
    assert said.err.strip()
    assert brandkit(folder, "import", "opml", "missing.opml").code == 2
