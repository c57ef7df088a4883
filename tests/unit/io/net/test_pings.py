"""Finding where a page takes webmentions, and telling it, against real servers on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from brandkit.io.net import pings
from brandkit.io.net.pings import Reach


@dataclass
class Elsewhere:
    """A site of somebody else: pages as (status, headers, text) by path; the forms that it was sent."""

    pages: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    sent: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    pair: str = ""

    @property
    def reach(self) -> Reach:
        return Reach(5.0, 100_000, frozenset({self.pair}))

    def url(self, path: str) -> str:
        return f"http://{self.pair}{path}"

    def page(self, text: str = "", link: str = "", status: int = 200, location: str = "", path: str = "/post") -> str:
        headers = {"Content-Type": "text/html; charset=utf-8"}
        headers |= {"Link": link} if link else {}
        headers |= {"Location": location} if location else {}
        self.pages[path] = (status, headers, text)
        return self.url(path)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    there = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, text = there.pages.get(self.path, (404, {}, ""))
            self.answer(status, headers, text)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            there.sent.append((self.path, parse_qs(form)))
            status, headers, text = there.pages.get(f"POST {self.path}", (202, {}, ""))
            self.answer(status, headers, text)

        def answer(self, status: int, headers: dict[str, str], text: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    there.pair = f"127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield there
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("link", "text", "path"),
    [
        ("</mentions>; rel=webmention", "", "/mentions"),
        ('</mentions>; rel="webmention"', "", "/mentions"),
        ('</other>; rel="next", </mentions>; rel="me webmention"', "", "/mentions"),
        ('<mentions?a=1&b=2>; type="x"; rel=WebMention', "", "/mentions?a=1&b=2"),
        ("", '<link rel="webmention" href="/mentions">', "/mentions"),
        ("", '<a href="in/here" rel="webmention nofollow">x</a>', "/in/here"),
        ("", '<link href="" rel="webmention">', "/post"),
        ("", '<a rel="webmention">no address</a><a rel="webmention" href="/second">x</a>', "/second"),
        ("", '<!-- <link rel="webmention" href="/no"> --><a rel="webmention" href="/yes">x</a>', "/yes"),
        ("", '<script>"<a rel=webmention href=/no>"</script><link rel=webmention href=/yes>', "/yes"),
        ("", "&lt;a rel=webmention href=/no&gt;<link rel=webmention href='/y&amp;es'>", "/y&es"),
        ("", '<link rel="not-webmention" href="/no"><link rel="webmention" href="/yes">', "/yes"),
        ("</first>; rel=webmention", '<link rel="webmention" href="/second">', "/first"),
        ("", '<a rel="webmention" href="/first">x</a><link rel="webmention" href="/second">', "/first"),
    ],
)
def test_the_first_place_that_a_page_names_is_found(elsewhere: Elsewhere, link: str, text: str, path: str) -> None:
    target = elsewhere.page(text, link)
    assert pings.endpoint_of(target, elsewhere.reach) == elsewhere.url(path)


def test_after_a_redirect_addresses_are_relative_to_where_it_led(elsewhere: Elsewhere) -> None:
    elsewhere.page('<link rel="webmention" href="mentions">', path="/new/post")
    target = elsewhere.page(status=301, location="/new/post")
    assert pings.endpoint_of(target, elsewhere.reach) == elsewhere.url("/new/mentions")


@pytest.mark.parametrize("text", ["", "<p>rel=webmention</p>", "<a rel=webmention>x</a>", "\0\0<<<a rel", "<![<!["])
def test_most_pages_take_none(elsewhere: Elsewhere, text: str) -> None:
    with pytest.raises(pings.NoEndpoint):
        pings.endpoint_of(elsewhere.page(text), elsewhere.reach)


def test_a_mention_names_both_pages(elsewhere: Elsewhere) -> None:
    target = elsewhere.page(link="</mentions?to=me>; rel=webmention")
    pings.mention("https://alex.example/posts/a/", target, elsewhere.reach)
    assert elsewhere.sent == [
        ("/mentions?to=me", {"source": ["https://alex.example/posts/a/"], "target": [target]}),
    ]


def test_a_form_goes_on_where_it_is_passed_on_whole(elsewhere: Elsewhere) -> None:
    elsewhere.pages["POST /old"] = (308, {"Location": "/new"}, "")
    pings.tell_hub(elsewhere.url("/old"), "https://alex.example/feed.xml", elsewhere.reach)
    assert [path for path, _ in elsewhere.sent] == ["/old", "/new"]
    assert elsewhere.sent[1][1]["hub.mode"] == ["publish"]
    assert elsewhere.sent[1][1]["hub.url"] == ["https://alex.example/feed.xml"]


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("javascript:alert(1)", "only http and https addresses are followed"),
        ("file:///etc/passwd", "only http and https addresses are followed"),
        ("http://127.0.0.2:9/", r"127.0.0.2:9.* is not on the open internet"),
        ("http://[::1]:9/", "is not on the open internet"),
    ],
)
def test_places_that_are_nobodys_business_are_not_asked(address: str, line: str) -> None:
    with pytest.raises(pings.Untold, match=line):
        pings.mention("https://alex.example/", address)


def test_a_page_cannot_send_us_to_a_private_place(elsewhere: Elsewhere) -> None:
    target = elsewhere.page(link="<http://127.0.0.2:9/>; rel=webmention")
    with pytest.raises(pings.Untold, match="not on the open internet"):
        pings.mention("https://alex.example/", target, elsewhere.reach)


@pytest.mark.parametrize(("status", "line"), [(400, r"did not take it \(400\)"), (500, r"did not take it \(500\)")])
def test_who_does_not_take_it_is_named(elsewhere: Elsewhere, status: int, line: str) -> None:
    elsewhere.pages["POST /hub"] = (status, {}, "")
    with pytest.raises(pings.Untold, match=line):
        pings.tell_hub(elsewhere.url("/hub"), "https://alex.example/feed.xml", elsewhere.reach)


def test_a_page_is_shown_once_its_bytes_are_there(elsewhere: Elsewhere) -> None:
    address = elsewhere.page("<p>old</p>")
    assert not pings.shows(address, b"<p>new</p>", elsewhere.reach)
    elsewhere.page("<p>new</p> and more")
    assert not pings.shows(address, b"<p>new</p>", elsewhere.reach)
    elsewhere.page("<p>new</p>")
    assert pings.shows(address, b"<p>new</p>", elsewhere.reach)
