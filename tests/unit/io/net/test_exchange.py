"""One request within limits: a form that is sent, a redirect that is not followed, a place that is refused."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import httpx2
import pytest

from brandkit.io.net.addresses import Deadline, Refused
from brandkit.io.net.exchange import Bounds, NoAddress, NotTheWeb, exchange, modest, next_hop, web_url
from tests.patience import PATIENCE


@dataclass
class Endpoint:
    """A server that answers every request in one way, and what it was asked."""

    pair: str
    answer: bytes = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
    asked: bytes = b""

    def bounds(self, *allow: str) -> Bounds:
        return Bounds(Deadline(time.monotonic() + PATIENCE), 10_000, frozenset(allow or (self.pair,)))

    @property
    def url(self) -> httpx2.URL:
        return web_url(f"http://{self.pair}/hook")


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Endpoint(f"127.0.0.1:{listener.getsockname()[1]}")

        def serve() -> None:
            with suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    while not made.asked.endswith(b"source=https%3A%2F%2Fme.example%2F"):
                        made.asked += connection.recv(65_536)
                        if made.asked.startswith(b"GET"):
                            break
                    connection.sendall(made.answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_a_form_is_sent_whole_and_says_who_sends_it(endpoint: Endpoint) -> None:
    form = {"source": "https://me.example/"}
    with exchange("POST", endpoint.url, modest("webmention", "*/*"), endpoint.bounds(), form) as answer:
        assert answer.status_code == 202
    head, _, body = endpoint.asked.partition(b"\r\n\r\n")
    assert body == b"source=https%3A%2F%2Fme.example%2F"
    assert b"POST /hook HTTP/1.1" in head
    assert b"application/x-www-form-urlencoded" in head
    assert b"(+webmention)" in head


def test_a_redirect_is_an_answer_like_any_other(endpoint: Endpoint) -> None:
    endpoint.answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/\r\nContent-Length: 0\r\n\r\n"
    with exchange("GET", endpoint.url, {}, endpoint.bounds()) as answer:
        assert (answer.status_code, answer.headers["location"]) == (302, "http://127.0.0.2/")


def test_what_is_not_on_the_open_internet_is_not_connected_to(endpoint: Endpoint) -> None:
    with pytest.raises(Refused), exchange("POST", endpoint.url, {}, endpoint.bounds("other.example:80"), {"a": "b"}):
        pass
    assert endpoint.asked == b""


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("/b#part", "https://a.example/b"),
        ("//b.example/", "https://b.example/"),
        ("http://me:pw@b.example/", "http://b.example/"),
    ],
)
def test_the_next_address_has_neither_password_nor_fragment(location: str, place: str) -> None:
    assert str(next_hop(web_url("https://me:pw@a.example/"), location)) == place


@pytest.mark.parametrize("location", ["http://[::1", "http://a.example:0/", "http://a.example:99999/", "http://\0/"])
def test_an_address_that_is_none_leads_nowhere(location: str) -> None:
    with pytest.raises(NoAddress, match=r"a\.example passes us on to an address that is none"):
        next_hop(web_url("https://a.example/"), location)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:alert(1)", "data:,x", "mailto:a@b.example"])
def test_what_is_not_the_web_is_told_apart(location: str) -> None:
    with pytest.raises(NotTheWeb, match=r"what is not the web"):
        next_hop(web_url("https://a.example/"), location)
