"""Fetching against real sockets on loopback: servers that hang, drip, lie, bomb, redirect."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from brandkit.io.feeds.local_feed import read_local
from brandkit.io.net import addresses, exchange, fetch
from brandkit.io.net.addresses import is_public
from brandkit.io.net.fetch import Limits, Request, Response, fetch_all
from tests.patience import PATIENCE, with_more_time

Answer = Callable[[socket.socket, bytes], None]


class Server:
    """A server on loopback: one answer for each path, a thread for each connection, a log of requests."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._listener = socket.create_server((host, 0))
        self._tls = tls
        self.pair = f"{host}:{self._listener.getsockname()[1]}"
        self.answers: dict[str, Answer] = {}
        self.requests: list[bytes] = []
        self.at_once = self.most_at_once = self.connections = 0
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def url(self, path: str) -> str:
        return f"http://{self.pair}{path}"

    def on(self, path: str, answer: Answer | bytes) -> str:
        self.answers[path] = answer if callable(answer) else lambda connection, _: connection.sendall(answer)
        return self.url(path)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), self._secured(connection) as connection:
            request = connection.recv(65_536)
            self.requests.append(request)
            path = request.split(b" ")[1].decode() if request.count(b" ") > 1 else "/"
            self.answers[path](connection, request)

    def slowly(self, seconds: float) -> Answer:
        """An answer that takes its time; how many are waiting for one at once is counted, until it is sent."""

        def answer(connection: socket.socket, _: bytes) -> None:
            with self._lock:
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
            time.sleep(seconds)
            with self._lock:
                self.at_once -= 1
            connection.sendall(http(b"x"))

        return answer

    def _secured(self, connection: socket.socket) -> socket.socket:
        try:
            return self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
        except OSError:
            connection.close()
            raise

    def close(self) -> None:
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    with ExitStack() as stack:

        def start(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Server:
            server = Server(host, tls)
            stack.callback(server.close)
            return server

        yield start


@pytest.fixture
def server(start: Callable[..., Server]) -> Server:
    return start()


def http(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def to(location: str, status: str = "301 Moved") -> bytes:
    return http(b"", status, Location=location)


def limits(*servers: Server, **more: object) -> Limits:
    return Limits(**{"deadline": PATIENCE, "allow": frozenset(s.pair for s in servers), **more})  # type: ignore[arg-type]


def one(url: str, *servers: Server, **more: object) -> Response:
    return fetch_all([Request(url)], limits(*servers, **more))[0]


def hang(server: Server) -> Answer:
    return lambda connection, request: server.closing.wait(3 * PATIENCE) and None


def drip(server: Server, head: bytes) -> Answer:
    def answer(connection: socket.socket, request: bytes) -> None:
        connection.sendall(head)
        while not server.closing.wait(0.02):
            connection.sendall(b"a")

    return answer


# Good answers


def test_a_feed_arrives_with_what_its_server_says_of_it(server: Server) -> None:
    url = server.on("/feed", http(b"<rss/>", ETag='"1"', Last_Modified="yesterday", Content_Type="text/xml"))
    got = one(url, server)
    assert (got.status, got.body, got.problem, got.final_url) == (200, b"<rss/>", None, url)
    assert (got.etag, got.last_modified, got.content_type) == ('"1"', "yesterday", "text/xml")
    assert got.moved_to is None


def test_the_request_is_modest_and_names_itself(server: Server) -> None:
    one(server.on("/feed", http(b"x")), server)
    request = server.requests[0].decode().lower()
    assert "user-agent: brandkit/" in request
    assert "(+feed reader)" in request
    assert "accept-encoding: gzip, deflate\r\n" in request
    assert "cookie" not in request


def test_what_is_known_is_asked_conditionally_and_304_is_good(server: Server) -> None:
    url = server.on("/feed", http(b"", "304 Not Modified", ETag='"2"'))
    got = fetch_all([Request(url, etag='"1"', last_modified="Mon, 02 Jan 2023 10:00:00 GMT")], limits(server))[0]
    assert (got.status, got.problem, got.body, got.etag) == (304, None, b"", '"2"')
    assert b'If-None-Match: "1"' in server.requests[0]
    assert b"If-Modified-Since: Mon, 02 Jan 2023 10:00:00 GMT" in server.requests[0]


def test_a_304_that_nobody_asked_for_is_a_problem(server: Server) -> None:
    assert one(server.on("/feed", http(b"", "304 Not Modified")), server).problem


def test_a_stored_etag_that_is_no_header_is_not_sent(server: Server) -> None:
    url = server.on("/feed", http(b"x"))
    assert fetch_all([Request(url, etag="a\r\nX-Evil: 1")], limits(server))[0].status == 200
    assert b"Evil" not in server.requests[0]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:])),
        ("gzip", lambda data: gzip.compress(data) + b"\0" * 20),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
    ],
)
def test_packed_answers_are_unpacked(server: Server, name: str, pack: Callable[[bytes], bytes]) -> None:
    data = b"<rss>" + b"text " * 50_000 + b"</rss>"
    got = one(server.on("/feed", http(pack(data), Content_Encoding=name)), server)
    assert (got.problem, got.body) == (None, data)


def test_responses_come_in_the_order_of_requests_and_each_is_told_of(start: Callable[..., Server]) -> None:
    slow, quick, heard = start(), start(), threading.Event()
    later: Answer = lambda connection, _: heard.wait(PATIENCE) and connection.sendall(http(b"slow"))  # noqa: E731
    requests = [Request(slow.on("/", later)), Request(quick.on("/", http(b"quick")))]
    told: list[bytes] = []
    got = fetch_all(requests, limits(slow, quick), lambda response: (told.append(response.body), heard.set())[1])
    assert [response.body for response in got] == [b"slow", b"quick"]
    assert told == [b"quick", b"slow"]


# Politeness


def test_one_server_gets_one_request_at_a_time(server: Server) -> None:
    requests = [Request(server.on(f"/{n}", server.slowly(0.05))) for n in range(6)]
    got = fetch_all(requests, limits(server))
    assert [response.status for response in got] == [200] * 6
    assert server.most_at_once == 1


def test_a_redirect_waits_its_turn_at_the_server_it_leads_to(start: Callable[..., Server]) -> None:
    target = start()
    feeds = [target.on(f"/{n}", target.slowly(0.1)) for n in range(3)]
    others = [start() for _ in feeds]
    requests = [Request(other.on("/", to(feed))) for other, feed in zip(others, feeds, strict=True)]
    requests += [Request(feed) for feed in feeds]
    got = fetch_all(requests, limits(target, *others))
    assert [response.status for response in got] == [200] * 6
    assert target.most_at_once == 1


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "deadline"), [(2, 1.6), (16, 0.8)])
def test_servers_that_hang_delay_no_others(start: Callable[..., Server], workers: int, deadline: float) -> None:
    def show(deadline: float) -> None:
        stuck, good = [start() for _ in range(6)], [start() for _ in range(4)]
        requests = [Request(server.on("/", hang(server))) for server in stuck]
        requests += [Request(server.on("/", http(b"x"))) for server in good]
        ended: list[tuple[float, str | None]] = []
        began = time.monotonic()
        bounds = limits(*stuck, *good, deadline=deadline, workers=workers)
        got = fetch_all(requests, bounds, lambda r: ended.append((time.monotonic() - began, r.problem)))
        assert max(when for when, problem in ended if problem is None) < deadline - 0.1
        assert max(when for when, _ in ended) < 2 * deadline + 0.5
        assert {response.problem for response in got[:6]} == {f"127.0.0.1 did not answer within {deadline:g} seconds"}

    with_more_time(show, deadline, 5 * deadline, 20 * deadline)


def test_a_server_that_is_silent_twice_is_not_asked_for_its_other_feeds(start: Callable[..., Server]) -> None:
    def show(deadline: float) -> None:
        server = start()
        requests = [Request(server.on(f"/{n}", hang(server))) for n in range(9)]
        got = fetch_all(requests, limits(server, deadline=deadline))
        assert len(server.requests) == 2
        assert [response.asked for response in got] == [True] * 2 + [False] * 7
        assert {response.problem for response in got[2:]} == {
            f"{server.pair} was silent twice; this feed waits for another time"
        }

    with_more_time(show, 0.3, 3, 15)


def test_one_silence_between_answers_closes_no_line(start: Callable[..., Server]) -> None:
    def show(deadline: float) -> None:
        server = start()
        requests = [Request(server.on(f"/{n}", hang(server) if n % 2 else http(b"x"))) for n in range(6)]
        got = fetch_all(requests, limits(server, deadline=deadline))
        assert [response.status for response in got] == [200, None] * 3

    with_more_time(show, 0.3, 3, 15)


def test_a_server_that_asks_for_time_is_asked_for_no_other_feed(server: Server) -> None:
    first = Request(server.on("/0", http(b"", "429 Too Many", Retry_After="120")))
    got = fetch_all([first, *(Request(server.on(f"/{n}", http(b"x"))) for n in range(1, 4))], limits(server))
    assert len(server.requests) == 1
    assert {response.problem for response in got} == {"127.0.0.1 asks us to come back later (429)"}
    assert {response.retry_after for response in got} == {120.0}
    assert [response.asked for response in got] == [True, False, False, False]


# Time


def test_a_server_that_hangs_is_left_at_the_deadline(server: Server) -> None:
    began = time.monotonic()
    got = one(server.on("/", hang(server)), server, deadline=0.4)
    assert time.monotonic() - began < PATIENCE
    assert got.problem == "127.0.0.1 did not answer within 0.4 seconds"
    assert got.status is None


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 ",
    ],
)
def test_a_dripping_server_does_not_outlive_the_deadline(server: Server, head: bytes) -> None:
    began = time.monotonic()
    got = one(server.on("/", drip(server, head)), server, deadline=0.5)
    assert time.monotonic() - began < PATIENCE
    assert got.problem == "127.0.0.1 did not answer within 0.5 seconds"


def test_redirects_share_one_deadline(server: Server) -> None:
    for n in range(5):
        answer = to(f"/{n + 1}", "302 Found")
        server.on(f"/{n}", lambda connection, _, answer=answer: (time.sleep(0.2), connection.sendall(answer))[1])
    assert one(server.url("/0"), server, deadline=0.5).problem == "127.0.0.1 did not answer within 0.5 seconds"


def test_a_name_whose_lookup_hangs_delays_nobody(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    release, lookup = threading.Event(), socket.getaddrinfo

    def slow(host: str, *rest: object, **more: object) -> object:
        if host == "slow.example":
            release.wait(3 * PATIENCE)
        return lookup(host, *rest, **more)  # type: ignore[arg-type]

    def show(deadline: float) -> None:
        began = time.monotonic()
        requests = [Request("http://slow.example/"), Request(server.on("/", http(b"x")))]
        got = fetch_all(requests, limits(server, deadline=deadline))
        assert time.monotonic() - began < PATIENCE
        assert [response.status for response in got] == [None, 200]
        assert got[0].problem == f"slow.example did not answer within {deadline:g} seconds"

    monkeypatch.setattr(addresses.socket, "getaddrinfo", slow)
    with_more_time(show, 0.5, 5, 20)
    release.set()


def test_lookups_that_never_end_leave_no_more_threads_than_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: release.wait(3 * PATIENCE) and [])
    monkeypatch.setattr(fetch, "_MOST_THREADS", 5)
    before, began = threading.active_count(), time.monotonic()
    got = fetch_all([Request(f"http://{n}.example/") for n in range(40)], limits(deadline=0.2))
    assert threading.active_count() - before <= 5
    release.set()
    assert time.monotonic() - began < PATIENCE
    lines = [response.problem or "" for response in got]
    assert sum("did not answer" in line for line in lines) == 5
    assert sum("too many names can not be looked up" in line for line in lines) == 35


def test_a_machine_that_has_no_room_for_a_thread_says_so(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.on("/", http(b"x"))

    def start(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        got = one(url, server)
    assert got.problem == "this machine has no room for another connection now"


@pytest.mark.slow
def test_a_busy_listener_costs_no_feed_its_answer(start: Callable[..., Server]) -> None:
    def show(deadline: float) -> None:
        servers = [start() for _ in range(2)]
        requests = [Request(server.on("/", http(b"x"))) for server in servers]
        got = fetch_all(requests, limits(*servers, deadline=deadline), lambda _: time.sleep(2 * deadline))
        assert [response.problem for response in got] == [None] * 2

    with_more_time(show, 0.3, 3, 10)


# Size


def test_a_huge_answer_is_cut_off(server: Server) -> None:
    def pour(connection: socket.socket, request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.closing.is_set():
            connection.sendall(b"a" * 65_536)

    assert one(server.on("/", pour), server).problem == "the feed is larger than 5 MB"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 60_000 + b"\r\na\r\n",
    ],
)
def test_bytes_around_the_body_count_too(server: Server, head: bytes) -> None:
    def pour(connection: socket.socket, request: bytes) -> None:
        connection.sendall(head)
        more = head[head.index(b"1;") :] if b"1;" in head else head * 1_000
        while not server.closing.is_set():
            connection.sendall(more)

    assert one(server.on("/", pour), server, wire_bytes=1_000_000).problem == "127.0.0.1 sends more than brandkit reads"


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [1, 2])
def test_a_bomb_is_stopped_before_it_unfolds(server: Server, rounds: int) -> None:
    bomb = b"\0" * 20_000_000
    for _ in range(rounds):
        bomb = gzip.compress(bomb, 6)
    encoding = ", ".join(["gzip"] * rounds)
    problem = one(server.on("/", http(bomb, Content_Encoding=encoding)), server).problem or ""
    assert problem == "the feed unpacks to more than 10 MB" or "not asked for" in problem


def test_many_packed_parts_are_one_bomb(server: Server) -> None:
    bomb = gzip.compress(b"\0" * 1_000_000) * 40
    assert "10 MB" in (one(server.on("/", http(bomb, Content_Encoding="gzip")), server).problem or "")


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"x" * 999)[:-12]], ids=["none", "cut off"])
def test_a_badly_packed_answer_is_a_problem(server: Server, body: bytes) -> None:
    assert one(server.on("/", http(body, Content_Encoding="gzip")), server).problem


def test_endless_headers_are_a_problem(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"b" * 300_000
    assert one(server.on("/", head), server).problem


def test_large_bodies_wait_outside_of_the_memory_and_leave_no_file(
    start: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    servers = [start() for _ in range(3)]
    body = os.urandom(1_000_000)
    requests = [Request(server.on("/", http(body))) for server in servers]
    assert [response.body == body for response in fetch_all(requests, limits(*servers))] == [True] * 3
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_line(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    got = one(server.on("/", http(b"x" * 200_000)), server)
    assert got.problem == "there is no room on this machine to keep the feed while it is read"


# Redirects


def test_a_permanent_move_proposes_the_new_address(server: Server) -> None:
    server.on("/a", to("/b"))
    server.on("/b", to("/c", "308 Permanent Redirect"))
    server.on("/c", http(b"x"))
    got = one(server.url("/a"), server)
    assert (got.moved_to, got.final_url, got.url) == (server.url("/c"), server.url("/c"), server.url("/a"))


def test_after_a_temporary_hop_nothing_further_is_permanent(server: Server) -> None:
    server.on("/a", to("/b"))
    server.on("/b", to("/c", "302 Found"))
    server.on("/c", to("/d"))
    server.on("/d", http(b"x"))
    got = one(server.url("/a"), server)
    assert (got.moved_to, got.final_url) == (server.url("/b"), server.url("/d"))


def test_a_move_to_nowhere_is_not_proposed(server: Server) -> None:
    server.on("/a", to("/b"))
    server.on("/b", http(b"", "404 Not Found"))
    got = one(server.url("/a"), server)
    assert (got.moved_to, got.status) == (None, 404)


def test_a_circle_is_noticed(server: Server) -> None:
    server.on("/a", to("/b"))
    server.on("/b", to("/a"))
    assert one(server.url("/a"), server).problem == "the address leads in a circle"
    assert len(server.requests) == 2


def test_redirects_are_counted(server: Server) -> None:
    for n in range(9):
        server.on(f"/{n}", to(f"/{n + 1}"))
    got = one(server.url("/0"), server)
    assert got.problem == "the address was passed on more than 5 times"
    assert len(server.requests) == 6


def test_a_redirect_into_a_private_network_is_refused_before_it_is_touched(
    start: Callable[..., Server],
) -> None:
    server, canary = start(), start("127.0.0.2")
    canary.on("/secret", http(b"x"))
    got = one(server.on("/", to(canary.url("/secret"))), server)
    assert "not on the open internet" in (got.problem or "")
    assert canary.requests == []
    assert canary.connections == 0


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/", "javascript:1", "//"])
def test_a_redirect_leads_to_the_web_or_nowhere(server: Server, target: str) -> None:
    got = one(server.on("/", to(target)), server)
    assert got.problem
    assert len(server.requests) == 1


def test_passwords_go_to_their_own_server_only(start: Callable[..., Server]) -> None:
    first, second = start(), start()
    second.on("/b", http(b"x"))
    first.on("/a", to(f"http://evil:pw@{second.pair}/b"))
    got = one(f"http://me:secret@{first.pair}/a", first, second)
    assert b"Authorization: Basic" in first.requests[0]
    assert b"Authorization" not in second.requests[0]
    assert got.moved_to == second.url("/b")
    assert "secret" not in got.final_url


def test_cookies_are_not_carried_on(server: Server) -> None:
    server.on("/a", http(b"", "302 Found", Location="/b", Set_Cookie="a=b"))
    server.on("/b", http(b"x"))
    assert one(server.url("/a"), server).status == 200
    assert b"cookie" not in server.requests[1].lower()


# What goes wrong, in plain words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("410 Gone", "gone for good"),
        ("404 Not Found", "no feed at this address"),
        ("403 Forbidden", "does not let us read"),
        ("500 Oops", "a problem of its own"),
        ("204 No Content", "gave no feed"),
        ("304 Not Modified", "nothing changed"),
    ],
)
def test_a_status_is_told_in_words(server: Server, status: str, words: str) -> None:
    got = one(server.on("/", http(b"", status)), server)
    assert got.status == int(status[:3])
    assert words in (got.problem or "")
    assert "\n" not in (got.problem or "")


def test_retry_after_in_both_forms_and_capped(server: Server) -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    later = format_datetime(now + timedelta(minutes=2), usegmt=True)
    cases = {"120": 120.0, "99999999999999999": 604_800.0, "-5": None, "soon": None, "²": None, later: 120.0}
    for value, seconds in cases.items():
        date = format_datetime(now, usegmt=True)
        answer = http(b"", "429 Too Many", Retry_After=value, Date=date)
        assert one(server.on("/", answer), server).retry_after == seconds, value


def test_a_reset_connection_is_one_line(server: Server) -> None:
    def reset(connection: socket.socket, request: bytes) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    problem = one(server.on("/", reset), server).problem
    assert problem
    assert "broke" in problem


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"",
        b"\0\xff" * 2_000,
    ],
)
def test_what_is_no_proper_http_is_one_line(server: Server, answer: bytes) -> None:
    got = one(server.on("/", answer), server)
    assert got.problem
    assert got.body == b""


def test_a_closed_port_is_one_line() -> None:
    with socket.socket() as taken:  # and nobody else's, while nobody listens
        taken.bind(("127.0.0.1", 0))
        pair = f"127.0.0.1:{taken.getsockname()[1]}"
        bounds = Limits(deadline=PATIENCE, allow=frozenset({pair}))
        (got,) = fetch_all([Request(f"http://{pair}/")], bounds)
    assert got.problem == "127.0.0.1 does not take connections"


@pytest.mark.parametrize(
    "url",
    ["", "feed.xml", "ftp://example.org/", "http://", "http://[::1", "http://a\nb/", "http://a..b:99999/"],
)
def test_what_is_no_web_address_is_one_line(url: str) -> None:
    got = one(url)
    assert got.problem
    assert got.url == url


# Addresses


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 239.1.1.1 240.0.0.1
    255.255.255.255 192.0.0.9 192.88.99.1 198.18.0.1 203.0.113.5 ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1
    fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1
    3fff::1 5f00::1 100::1 localhost""".split(),
)
def test_closed_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "2a00:1450::8a"])
def test_open_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_loopback_by_any_name_is_refused_unless_allowed(server: Server, host: str) -> None:
    port = server.pair.split(":")[1]
    server.on("/", http(b"x"))
    problem = one(f"http://{host}:{port}/").problem
    assert problem
    assert server.requests == []


def test_an_allowed_pair_allows_no_other_port(start: Callable[..., Server]) -> None:
    allowed, other = start(), start()
    assert "not on the open internet" in (one(other.on("/", http(b"x")), allowed).problem or "")
    assert other.requests == []


def named(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> list[str]:
    """Every name leads to these addresses; returns the log of lookups."""
    asked: list[str] = []

    def lookup(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", lookup)
    return asked


def test_a_name_with_one_closed_address_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    named(monkeypatch, "93.184.215.14", "127.0.0.1")
    port = server.pair.split(":")[1]
    assert "(127.0.0.1)" in (one(f"http://rebind.example:{port}/").problem or "")
    assert server.requests == []


def test_the_checked_address_is_the_one_connected_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = named(monkeypatch, "127.0.0.1")
    port = server.pair.split(":")[1]
    server.on("/", http(b"x"))
    allowed = Limits(deadline=PATIENCE, allow=frozenset({f"Feeds.example:{port}"}))
    assert fetch_all([Request(f"http://feeds.example:{port}/")], allowed)[0].status == 200
    assert asked == ["feeds.example"]
    assert b"Host: feeds.example" in server.requests[0]


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    assert one(server.on("/", http(b"x")), server).status == 200


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate for localhost that nobody vouches for, in one file."""
    tool = shutil.which("openssl")
    if tool is None:
        pytest.skip("needs the openssl command to make a certificate")
    made = tmp_path / "made.pem"
    command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(made), "-out", f"{made}.crt"]
    subprocess.run([tool, *command.split(), *names], check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + Path(f"{made}.crt").read_bytes())
    return made


def test_a_certificate_must_be_vouched_for(
    start: Callable[..., Server], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    server = start("127.0.0.1", ours)
    server.on("/", http(b"x"))
    pair = "localhost:" + server.pair.split(":")[1]
    bounds = Limits(deadline=PATIENCE, allow=frozenset({pair}))
    got = fetch_all([Request(f"https://{pair}/")], bounds)[0]
    assert (got.status, got.problem) == (None, "the certificate of localhost can not be trusted")
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(exchange, "tls_context", lambda: trusting)
    assert fetch_all([Request(f"https://{pair}/")], bounds)[0].status == 200


# Local files


def test_a_file_below_the_base_is_read(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "a.xml").write_bytes(b"<rss/>")
    got = read_local(tmp_path, "feeds/a.xml", Limits())
    assert (got.body, got.problem) == (b"<rss/>", None)


def test_a_path_does_not_leave_its_base(tmp_path: Path) -> None:
    base, secret = tmp_path / "vault", tmp_path / "secret.xml"
    base.mkdir()
    secret.write_bytes(b"secret")
    (base / "link.xml").symlink_to(secret)
    (base / "up").symlink_to(tmp_path)
    for name in ("../secret.xml", "link.xml", "up/secret.xml", str(secret), "./../secret.xml"):
        got = read_local(base, name, Limits())
        assert (got.body, bool(got.problem)) == (b"", True), name


def test_files_that_can_not_be_read_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "big").write_bytes(b"x" * 11)
    for name in ("missing.xml", "folder", "pipe", "loop", "big", "a\0b", "", "x" * 5_000):
        got = read_local(tmp_path, name, Limits(body_bytes=10))
        assert got.problem, name
        assert "\n" not in got.problem
