"""Asking whether links lead somewhere, against real servers on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from brandkit.io.net import link_check
from brandkit.io.net.link_check import LinkLimits, LinkResult, check_links
from tests.patience import PATIENCE

Reply = tuple[int, dict[str, str]]


class Site:
    """A server on loopback: (status, headers) by path, and by method and path; a log of requests."""

    def __init__(self) -> None:
        site = self
        self.replies: dict[str, Reply | Callable[[], Reply]] = {}
        self.log: list[tuple[str, str, str]] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self._serve()

            def do_GET(self) -> None:
                self._serve()

            def _serve(self) -> None:
                with site._lock:
                    site.at_once += 1
                    site.most_at_once = max(site.most_at_once, site.at_once)
                    site.log.append((self.command, self.path, self.headers.get("User-Agent", "")))
                reply = site.replies.get(f"{self.command} {self.path}") or site.replies.get(self.path, (404, {}))
                status, headers = reply() if callable(reply) else reply
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                with site._lock:  # before the answer is out: the next request may come as soon as it is
                    site.at_once -= 1
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.pair = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def on(self, path: str, status: int, location: str | None = None) -> str:
        self.replies[path] = (status, {"Location": location} if location else {})
        return self.url(path.rpartition(" ")[2])

    def url(self, path: str) -> str:
        return f"http://{self.pair}{path}"

    def methods(self, path: str) -> list[str]:
        return [method for method, asked, _ in self.log if asked == path]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def ask(site: Site, *addresses: str) -> list[LinkResult]:
    return check_links(addresses, LinkLimits(seconds=PATIENCE, total=5 * PATIENCE, allow=frozenset({site.pair})))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((200, "good"), (204, "good"), (404, "gone"), (410, "gone"), (500, "failed"), (503, "failed")),
        *((401, "unknown"), (403, "unknown"), (429, "unknown"), (418, "unknown"), (999, "unknown")),
    ],
)
def test_what_a_server_says_is_what_is_believed(site: Site, status: int, outcome: str) -> None:
    (result,) = ask(site, site.on("/page", status))
    assert result.outcome == outcome


def test_a_page_that_is_there_is_asked_for_by_head_alone_and_by_name(site: Site) -> None:
    ask(site, site.on("/page", 200))
    assert [(method, path) for method, path, _ in site.log] == [("HEAD", "/page")]
    assert site.log[0][2].startswith("brandkit/")


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_a_server_that_likes_no_head_is_asked_by_get(site: Site, status: int) -> None:
    site.on("HEAD /page", status)
    (result,) = ask(site, site.on("GET /page", 200))
    assert result.outcome == "good"
    assert site.methods("/page") == ["HEAD", "GET"]


def test_each_address_is_asked_once_and_answers_stand_in_the_order_of_the_questions(site: Site) -> None:
    one, two = site.on("/one", 200), site.on("/two", 404)
    results = ask(site, two, one, two, one)
    assert [(r.address, r.outcome) for r in results] == [(two, "gone"), (one, "good")]
    assert site.methods("/one") == ["HEAD"]


def test_one_request_at_a_time_goes_to_a_host(site: Site) -> None:
    def slowly() -> Reply:
        time.sleep(0.03)
        return 200, {}

    for number in range(6):
        site.replies[f"/{number}"] = slowly
    assert {r.outcome for r in ask(site, *(site.url(f"/{n}") for n in range(6)))} == {"good"}
    assert site.most_at_once == 1


@pytest.mark.parametrize(("first", "outcome"), [(301, "moved"), (308, "moved"), (302, "good"), (307, "good")])
def test_only_a_whole_chain_of_lasting_redirects_is_a_move(site: Site, first: int, outcome: str) -> None:
    site.on("/end", 200)
    site.on("/middle", 301, "/end")
    (result,) = ask(site, site.on("/start", first, "/middle"))
    assert (result.outcome, result.final) == (outcome, site.url("/end"))


def test_a_move_to_a_page_that_is_gone_is_gone(site: Site) -> None:
    (result,) = ask(site, site.on("/start", 301, "/nowhere"))
    assert result.outcome == "gone"


def test_five_redirects_are_followed_and_no_more_and_no_circle(site: Site) -> None:
    for number in range(6):
        site.on(f"/{number}", 302, f"/{number + 1}")
    site.on("/6", 200)
    site.on("/left", 302, "/right")
    site.on("/right", 302, "/left")
    six, five, circle = ask(site, site.url("/0"), site.url("/1"), site.url("/left"))
    assert (six.outcome, five.outcome, circle.outcome) == ("failed", "good", "failed")
    assert "more than 5 times" in six.detail
    assert "circle" in circle.detail


def test_a_private_address_is_not_asked_unless_it_is_allowed_not_even_by_a_redirect(site: Site) -> None:
    other = Site()
    try:
        away = site.on("/away", 302, other.on("/secret", 200))
        (result,) = ask(site, away)
        (direct,) = check_links([other.url("/secret")], LinkLimits(seconds=PATIENCE))
        assert (result.outcome, direct.outcome) == ("failed", "failed")
        assert "not on the open internet" in result.detail
        assert other.log == []
    finally:
        other.server.shutdown()
        other.server.server_close()


def test_a_redirect_to_an_app_and_an_answer_without_sense_say_nothing(site: Site) -> None:
    app, bare = ask(site, site.on("/app", 302, "myapp://open"), site.on("/bare", 302))
    assert (app.outcome, bare.outcome) == ("unknown", "unknown")


def test_who_asks_for_time_is_left_alone(site: Site) -> None:
    first, second = ask(site, site.on("/a", 429), site.on("/b", 200))
    assert (first.outcome, second.outcome) == ("unknown", "unknown")
    assert site.methods("/b") == []


@pytest.mark.parametrize("address", ["http://", "http://[broken/", "ftp://example.org/", "http://exa mple.org:x/"])
def test_what_is_no_address_is_a_failure_of_its_own_alone(site: Site, address: str) -> None:
    bad, good = ask(site, address, site.on("/fine", 200))
    assert (bad.outcome, good.outcome) == ("failed", "good")


def test_nobody_listening_is_a_failure() -> None:
    with socket.socket() as taken:  # and nobody else's, while nobody listens
        taken.bind(("127.0.0.1", 0))
        refused = f"127.0.0.1:{taken.getsockname()[1]}"
        (result,) = check_links([f"http://{refused}/"], LinkLimits(seconds=PATIENCE, allow=frozenset({refused})))
    assert (result.outcome, "does not take connections" in result.detail) == ("failed", True)


def test_a_server_that_hangs_is_a_failure_in_time_and_asked_no_more_after_two_silences() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        hanging = f"127.0.0.1:{listener.getsockname()[1]}"
        limits = LinkLimits(seconds=0.2, total=5 * PATIENCE, allow=frozenset({hanging}))
        results = check_links([f"http://{hanging}/{n}" for n in range(5)], limits)
    assert {r.outcome for r in results} == {"failed"}
    silent, spared = "127.0.0.1 did not answer within 0.2 seconds", "its server does not answer"
    assert [r.detail for r in results] == [silent, silent, spared, spared, spared]


def test_when_the_time_is_up_the_rest_is_unknown(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [0.0]

    def for_ever() -> Reply:
        passed[0] = 100 * PATIENCE
        return 200, {}

    monkeypatch.setattr(link_check, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + passed[0]))
    site.on("/0", 200)
    for number in range(1, 6):
        site.replies[f"/{number}"] = for_ever
    results = ask(site, *(site.url(f"/{n}") for n in range(6)))
    assert results[0].outcome == "good"
    assert {r.outcome for r in results[2:]} == {"unknown"}
    assert site.methods("/2") == []


def test_answers_are_told_as_they_come(site: Site) -> None:
    heard: list[str] = []
    limits = LinkLimits(seconds=PATIENCE, allow=frozenset({site.pair}))
    check_links([site.on("/a", 200)], limits, lambda result: heard.append(result.outcome))
    assert heard == ["good"]
