"""feeds add, remove, pause, resume and discover, against a real server on loopback."""

from __future__ import annotations

import io
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from brandkit.io.store.entry_store import EntryStore

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/me.yaml --
settings: {allow_hosts: ["PAIR"]}
-- content/vault/feeds.yaml --
# mine
- {id: near, url: feeds/near.xml, title: Near}  # good
- {id: second, url: "http://PAIR/second"}
-- content/vault/feeds/near.xml --
<rss version="2.0"><channel><title>Near</title><item><title>One</title><link>https://near.example/1</link></item></channel></rss>
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Example
  feeds: ["http://PAIR/ada/feed"]
- id: bo
  name: Bo Example
  links: ["http://PAIR/bo/"]  # a site
- {id: cy, name: Cy Example, links: ["http://PAIR/cy"], do_not_contact: true}
"""
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:City\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Meetup\r\n"
    b"DTSTART:20260310T180000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def rss(title: str, *entries: str) -> bytes:
    items = "".join(f"<item><title>{e}</title><link>https://ex.example/{title}/{e}</link></item>" for e in entries)
    return f'<rss version="2.0"><channel><title>{title}</title><language>en</language>{items}</channel></rss>'.encode()


def page(*links: str) -> bytes:
    return b"<!doctype html><html><head><title>Home</title>" + "".join(links).encode() + b"</head><body>Hi"


def link(href: str, title: str = "", type_: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{type_}" title="{title}" href="{href}">'


@dataclass
class Web:
    """What to answer at each path, and what was asked, with its headers."""

    pair: str
    answers: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def on(self, path: str, body: bytes = b"", type_: str = "text/html", status: int = 200, **headers: str) -> str:
        self.answers[path] = (status, body, {"Content-Type": type_, **headers})
        return f"http://{self.pair}{path}"


@pytest.fixture
def web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            state.headers.append(dict(self.headers))
            status, body, headers = state.answers.get(self.path, (404, b"", {}))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state = Web(f"127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield state
        server.shutdown()
        thread.join()


@dataclass
class Mine:
    """A project that may ask the server."""

    folder: Path
    run: Callable[..., Any]

    def feeds(self, *arguments: str) -> Any:
        return self.run(self.folder, "feeds", *arguments)

    @property
    def added(self) -> Any:
        path = self.folder / "content/vault/feeds-added.yaml"
        return yaml.safe_load(path.read_text()) if path.is_file() else None


@pytest.fixture
def mine(site: Callable[[str], Path], brandkit: Callable[..., Any], web: Web) -> Mine:
    return Mine(site(PROJECT.replace("PAIR", web.pair)), brandkit)


def test_a_feed_is_followed_and_shown_and_read(mine: Mine, web: Web) -> None:
    before = (mine.folder / "content/vault/feeds.yaml").read_bytes()
    url = web.on("/feed", rss("Acme engineering", "one", "two", "three", "four"), "application/rss+xml")
    said = mine.feeds("add", url)
    assert (said.code, said.err) == (0, "")
    assert (
        f"Following acme-engineering: Acme engineering (feed, en)\n  {url}\n  - one\n  - two\n  - three\n" in said.out
    )
    assert mine.added == [{"id": "acme-engineering", "url": url, "title": "Acme engineering"}]
    assert (mine.folder / "content/vault/feeds.yaml").read_bytes() == before
    assert web.asked == ["/feed"]
    assert "acme-engineering: updated, 4 new" in mine.feeds("refresh").out
    assert "4 entries, last asked 2026-03-01" in mine.feeds("list").out
    assert mine.run(mine.folder, "check").code == 0


def test_a_page_leads_to_its_first_main_feed(mine: Mine, web: Web) -> None:
    links = (link("/comments/feed", "Comments"), link("broken.xml", "Broken"), link("posts.xml", "Posts"))
    url = web.on("/blog/", page(*links))
    posts = web.on("/blog/posts.xml", rss("Blog", "one"), "text/xml")
    said = mine.feeds("add", url)
    assert said.code == 0, said.err
    assert "3 feeds found there:\n  1. Broken" in said.out
    assert "3. Comments (comments)" in said.out
    assert "/blog/broken.xml was left out: there is no feed at this address" in said.err
    assert [row["url"] for row in mine.added] == [posts]
    assert web.asked == ["/blog/", "/blog/broken.xml", "/blog/posts.xml"]


def test_all_takes_all_but_the_same_in_another_format(mine: Mine, web: Web) -> None:
    url = web.on("/", page(link("/a"), link("/b", type_="application/atom+xml"), link("/c", "Talks"), link("/second")))
    for path, title in (("/a", "Blog"), ("/b", "Blog"), ("/c", "Talks")):
        web.on(path, rss(title, "one"), "text/xml")
    said = mine.feeds("add", url, "--all")
    assert said.code == 0, said.err
    assert [row["id"] for row in mine.added] == ["127-0-0-1-blog", "talks"]
    assert "/b was left out: it holds the same as" in said.err
    assert "You follow this already: second" in said.out
    assert "/second" not in web.asked


def test_on_a_terminal_a_number_is_asked_for(mine: Mine, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("brandkit.cli.feeds_adding.is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", Keyboard("7\n2\n"))
    url = web.on("/", page(link("/a", "Blog"), link("/b", "Talks")))
    talks = web.on("/b", rss("Talks", "one"), "text/xml")
    said = mine.feeds("add", url)
    assert said.code == 0, said.err
    assert [row["url"] for row in mine.added] == [talks]
    assert "/a" not in web.asked


def test_the_usual_places_are_tried_until_one_is_a_feed(mine: Mine, web: Web) -> None:
    url = web.on("/", page())
    web.on("/feed.xml", page())
    found = web.on("/atom.xml", rss("Quiet"), "text/xml")
    said = mine.feeds("add", url)
    assert said.code == 0, said.err
    assert "It holds nothing yet." in said.out
    assert [row["url"] for row in mine.added] == [found]
    assert web.asked == ["/", "/feed", "/feed.xml", "/atom.xml"]


def test_a_page_without_any_feed_is_one_clear_line(mine: Mine, web: Web) -> None:
    said = mine.feeds("add", web.on("/", page()))
    assert said.code == 1
    assert said.err.startswith("brandkit: no feed was found at http://127.0.0.1")
    assert said.err.count("\n") == 1
    assert mine.added is None


def test_an_address_that_is_not_there_is_one_clear_line(mine: Mine, web: Web) -> None:
    said = mine.feeds("add", f"http://{web.pair}/nothing")
    assert (said.code, said.err.count("\n")) == (4, 1)
    assert "(404)" in said.err
    assert web.asked == ["/nothing"]
    assert mine.feeds("add", "not an address").code == 2
    assert mine.feeds("add", f"http://{web.pair}/nothing", "--offline").code == 2


def test_an_address_within_this_machine_is_not_asked(mine: Mine, web: Web) -> None:
    (mine.folder / "content/vault/me.yaml").write_text("name: Alex\n")
    said = mine.feeds("add", web.on("/feed", rss("X"), "text/xml"))
    assert said.code == 4
    assert "allow_hosts" in said.err
    assert web.asked == []


def test_a_redirect_for_good_is_followed_to_where_it_leads(mine: Mine, web: Web) -> None:
    new = web.on("/new", rss("Moved", "one"), "text/xml")
    assert mine.feeds("add", web.on("/old", status=301, Location="/new")).code == 0
    assert [row["url"] for row in mine.added] == [new]
    away = web.on("/away", status=302, Location="/third")
    web.on("/third", rss("Third", "one"), "text/xml")
    assert mine.feeds("add", away).code == 0
    assert mine.added[1]["url"] == away


def test_what_is_followed_already_is_said_and_not_asked(mine: Mine, web: Web) -> None:
    for address, name in (
        (f"http://{web.pair}/second/?utm_source=x", "second"),
        (f"http://{web.pair}/ada/feed", "Ada's feed"),
    ):
        said = mine.feeds("add", address)
        assert said.code == 0
        assert said.out.startswith(f"You follow this already: {name}")
    assert web.asked == []
    page_url = web.on("/", page(link("/second"), link("/comments")))
    assert "You follow this already: second" in mine.feeds("add", page_url).out
    assert web.asked == ["/"]
    assert mine.added is None


def test_adding_twice_writes_once(mine: Mine, web: Web) -> None:
    url = web.on("/feed", rss("Acme", "one"), "text/xml")
    mine.feeds("add", url)
    path = mine.folder / "content/vault/feeds-added.yaml"
    before = path.read_bytes()
    assert "already: acme (Acme)" in mine.feeds("add", url).out
    assert path.read_bytes() == before


def test_an_id_under_which_something_was_read_once_is_not_given_again(mine: Mine, web: Web) -> None:
    feeds = mine.folder / "content/vault/feeds.yaml"
    before = feeds.read_text()
    feeds.write_text(before + "- {id: acme, url: feeds/near.xml}\n")
    mine.feeds("refresh", "--offline")
    feeds.write_text(before)
    mine.feeds("add", web.on("/feed", rss("Acme", "one"), "text/xml"))
    assert [row["id"] for row in mine.added] == ["acme-2"]


def test_a_dry_run_says_the_same_and_writes_nothing(mine: Mine, web: Web) -> None:
    url = web.on("/feed", rss("Acme", "one"), "text/xml")
    assert "Would follow acme: Acme" in mine.feeds("add", url, "--dry-run").out
    assert mine.added is None
    said = mine.feeds("add", url, "--dry-run", "--json").json
    assert said["written"] is False
    assert said["added"][0]["newest"] == ["one"]


def test_a_calendar_is_followed_as_one(mine: Mine, web: Web) -> None:
    url = web.on("/events.ics", CALENDAR, "text/calendar")
    assert "Following city: City (calendar)" in mine.feeds("add", url).out
    assert mine.added == [{"id": "city", "url": url, "title": "City", "kind": "calendar"}]
    assert "city (calendar): updated, 1 new or changed" in mine.feeds("refresh").out
    assert "1 date, last asked" in mine.feeds("list").out


def test_titles_of_strangers_do_not_reach_the_terminal_raw(mine: Mine, web: Web) -> None:
    body = rss("A\u202eB", "x").replace(b"A", b"<![CDATA[\x1b[31m<script>alert(1)</script>Acme]]>", 1)
    url = web.on("/feed", body, "text/xml")
    said = mine.feeds("add", url)
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out
    assert "<script" not in said.out
    assert mine.run(mine.folder, "check").code == 0


def test_a_spoilt_file_is_not_added_to(mine: Mine, web: Web) -> None:
    path = mine.folder / "content/vault/feeds-added.yaml"
    path.write_text("feeds: [\n")
    said = mine.feeds("add", web.on("/feed", rss("Acme"), "text/xml"))
    assert said.code == 1
    assert "feeds-added.yaml" in said.err
    assert path.read_text() == "feeds: [\n"


def test_a_paused_feed_is_not_read_and_keeps_its_entries(mine: Mine, web: Web) -> None:
    web.on("/second", rss("Second", "one"), "text/xml")
    mine.feeds("refresh")
    assert mine.feeds("pause", "second").out == "second is paused; what was read stays.\n"
    assert mine.feeds("pause", "Ada").out == "Ada's feed is paused; what was read stays.\n"
    assert "was paused already" in mine.feeds("pause", f"http://{web.pair}/second").out
    web.asked.clear()
    said = mine.feeds("refresh", "--today", "2026-03-20").out
    assert "second: paused" in said
    assert web.asked == []
    shown = mine.feeds("list").out
    assert "paused; go on with: brandkit feeds resume second; 1 entry, last asked 2026-03-01" in shown
    assert "ada  Ada's feed  http" in shown
    assert mine.feeds("resume", "second").out == "second is read again when it is due.\n"
    mine.feeds("refresh", "--today", "2026-03-20")
    assert web.asked == ["/second"]
    assert mine.feeds("pause", "nothing").code == 2


@pytest.mark.slow
def test_the_private_pages_know_of_a_pause_at_the_next_build(mine: Mine) -> None:
    mine.run(mine.folder, "build", "--offline")
    page = mine.folder / "private/feeds.html"
    assert "paused" not in page.read_text().lower()
    mine.feeds("pause", "near")
    mine.run(mine.folder, "build", "--offline")
    assert "paused" in page.read_text().lower()


def test_a_feed_that_was_added_goes_with_its_entries(mine: Mine, web: Web) -> None:
    mine.feeds("add", web.on("/feed", rss("Acme", "one", "two"), "text/xml"))
    mine.feeds("refresh")
    assert mine.feeds("remove", "acme", "--dry-run").out == "acme (Acme) would be gone, with 2 entries.\n"
    assert len(mine.added) == 1
    assert mine.feeds("remove", "acme").out == "acme (Acme) is gone, with 2 entries.\n"
    assert mine.added is None
    rows = mine.feeds("list", "--json").json
    assert [row["id"] for row in rows] == ["near", "second", "people/ada/1"]
    assert rows[0]["entries"] == 1, "others keep theirs"
    with EntryStore(mine.folder / ".brandkit/state/entries.db") as store:
        assert "acme" not in store.counts()
    assert mine.feeds("remove", "acme").code == 2


def test_what_a_person_wrote_is_theirs_to_take_out(mine: Mine, web: Web) -> None:
    vault = mine.folder / "content/vault"
    before = {path: path.read_bytes() for path in vault.glob("*.yaml")}
    for name in ("near", "ada"):
        said = mine.feeds("remove", name)
        assert said.code == 0
        assert {path: path.read_bytes() for path in vault.glob("*.yaml")} == before
        patch = said.out.partition("\n\n")[2]
        subprocess.run(["patch", "-p1"], cwd=mine.folder, input=patch.encode(), check=True, capture_output=True)
        before = {path: path.read_bytes() for path in vault.glob("*.yaml")}
    assert [row["id"] for row in mine.feeds("list", "--json").json] == ["second"]
    assert mine.run(mine.folder, "check").code == 0


def test_feeds_of_contacts_are_discovered_and_offered_as_a_patch(mine: Mine, web: Web) -> None:
    web.on("/bo/", page(link("feed.xml", "Bo writes")))
    found = web.on("/bo/feed.xml", rss("Bo writes", "I have joined Acme"), "text/xml")
    before = (mine.folder / "content/vault/contacts.yaml").read_bytes()
    said = mine.feeds("discover")
    assert said.code == 0, said.err
    assert f"Bo Example: Bo writes  {found}\n  - I have joined Acme\n1 feed found on 1 site." in said.out
    assert web.asked == ["/bo/", "/bo/feed.xml"], "who has feeds, or is to be left alone, is not looked at"
    assert not any({"Referer", "Cookie", "From"} & headers.keys() for headers in web.headers)
    assert (mine.folder / "content/vault/contacts.yaml").read_bytes() == before
    patch = said.out.partition("\n\n")[2].partition("\n\n")[2]
    subprocess.run(["patch", "-p1"], cwd=mine.folder, input=patch.encode(), check=True, capture_output=True)
    assert mine.run(mine.folder, "check").code == 0
    assert "bo  Bo's feed" in mine.feeds("list").out
    assert mine.feeds("discover").out.startswith("Nobody has a website")


def test_a_feed_that_two_sites_share_is_in_no_patch(mine: Mine, web: Web) -> None:
    contacts = mine.folder / "content/vault/contacts.yaml"
    contacts.write_text(contacts.read_text() + f'- {{id: di, name: Di Example, links: ["http://{web.pair}/di/"]}}\n')
    shared = web.on("/acme.xml", rss("Acme", "one"), "text/xml")
    for path in ("/bo/", "/di/"):
        web.on(path, page(link("/acme.xml")))
    said = mine.feeds("discover", "--json").json
    assert said["patch"] == ""
    assert [(find["contact"], find["feed"], find["shared_with"]) for find in said["finds"]] == [
        ("bo", shared, ["Di Example"]),
        ("di", shared, ["Bo Example"]),
    ]
    assert "# bo, to add by hand:\nfeeds: [http" in mine.feeds("discover").out


def test_discovering_says_what_it_could_not_do(mine: Mine, web: Web) -> None:
    said = mine.feeds("discover", "bo")
    assert said.code == 0
    assert "Bo Example: http://127.0.0.1" in said.out
    assert "(404)" in said.out
    assert mine.feeds("discover", "ada").code == 2
    assert mine.feeds("discover", "cy").code == 3
    web.asked.clear()
    assert mine.feeds("discover", "--offline").code == 2
    assert web.asked == []
