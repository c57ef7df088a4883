"""What happens is told in order, to whoever listens, late or slow; nobody who does not read costs or holds anything."""

from __future__ import annotations

import contextlib
import gc
import json
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from brandkit.web import channel as channels
from brandkit.web.channel import AFRESH, Channel
from tests.patience import PATIENCE, until

_BIG = "x" * 4000


class Line:
    """A browser that listens: one connection, read as far as it wants."""

    def __init__(self, port: int, last: str = "", query: str = "", small: bool = False) -> None:
        self.socket = socket.socket()
        if small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        remembered = f"Last-Event-ID: {last}\r\n" if last else ""
        self.socket.sendall(f"GET /events{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n{remembered}\r\n".encode())
        self.text = ""
        self.ended = False

    def events(self, until: Callable[[list[dict[str, str]]], bool]) -> list[dict[str, str]]:
        """All events so far, once `until` says that it is enough."""
        over = time.monotonic() + PATIENCE
        while not until(found := self._found()):
            assert time.monotonic() < over and not self.ended, found
            self.more()
        return found

    def more(self) -> None:
        """Read what has come."""
        part = self.socket.recv(65536)
        self.ended = not part
        self.text += part.decode()

    def rest(self) -> str:
        """Read to the end."""
        while not self.ended:
            self.more()
        return self.text

    def _found(self) -> list[dict[str, str]]:
        blocks = [block for block in self.text.replace("\r\n", "\n").split("\n\n")[:-1] if "data: " in block]
        rows = [[line.partition(": ")[::2] for line in block.split("\n") if ": " in line] for block in blocks]
        return [dict(row) for row in rows]

    def close(self) -> None:
        self.socket.close()

    def reset(self) -> None:
        """Go without a word, as a browser that is killed."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
def served(channel: Channel, serving: Callable[..., Any]) -> Any:
    async def quick(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    routes = [Route("/events", channel.respond), Route("/quick", quick, methods=["GET", "POST"])]
    return serving(lambda port: Starlette(routes=routes), channel.close)


@pytest.fixture
def listen(served: Any) -> Iterator[Callable[..., Line]]:
    lines: list[Line] = []

    def begin(*arguments: Any, **more: Any) -> Line:
        lines.append(Line(served.port, *arguments, **more))
        return lines[-1]

    yield begin
    for line in lines:
        line.close()


def _heard(count: int) -> Callable[[list[dict[str, str]]], bool]:
    return lambda found: len(found) >= count


def _is_quick(port: int) -> bool:
    """Whether a short answer comes, whoever else is there."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(b"GET /quick HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        found = b""
        while part := line.recv(4096):
            found += part
    return found.startswith(b"HTTP/1.1 200")


def test_events_come_in_the_order_in_which_they_were_told(channel: Channel, listen: Callable[..., Line]) -> None:
    line = listen()
    hello = line.events(_heard(1))[0]
    assert hello["event"] == "hello" and hello["id"] == "0" and json.loads(hello["data"])["channel"]
    for number in range(50):
        channel.tell("feeds", {"done": number, "name": "ä\n\r\u2028: x"})
    found = line.events(_heard(51))[1:]
    assert [json.loads(one["data"])["done"] for one in found] == list(range(50))
    assert [one["id"] for one in found] == [str(number) for number in range(1, 51)]
    assert {json.loads(one["data"])["name"] for one in found} == {"ä\n\r\u2028: x"}


def test_who_comes_without_a_number_hears_only_what_is_still_to_come(
    channel: Channel, listen: Callable[..., Line]
) -> None:
    channel.tell("advice", {"n": 1})
    line = listen()
    assert line.events(_heard(1))[0]["id"] == "1"
    channel.tell("advice", {"n": 2})
    assert [one["event"] for one in line.events(_heard(2))] == ["hello", "advice"]
    assert line.events(_heard(2))[1]["data"] == '{"n": 2}'


@pytest.mark.parametrize("by_query", [False, True])
def test_who_comes_late_gets_what_was_missed(channel: Channel, listen: Callable[..., Line], by_query: bool) -> None:
    for number in range(1, 8):
        channel.tell("advice", {"n": number})
    line = listen(query="?after=4") if by_query else listen(last="4")
    assert [one["id"] for one in line.events(_heard(4))] == ["4", "5", "6", "7"]


def test_who_missed_more_than_is_remembered_is_told_to_begin_afresh(
    channel: Channel, listen: Callable[..., Line]
) -> None:
    for number in range(1, 302):
        channel.tell("advice", {"n": number})
    late, just = listen(last="100"), listen(last="101")
    assert [(one["event"], one["id"]) for one in late.events(_heard(2))] == [("hello", "100"), (AFRESH, "301")]
    assert [one["id"] for one in just.events(_heard(201))][1:] == [str(n) for n in range(102, 302)]
    channel.tell("advice", {"n": 302})
    assert [one["id"] for one in late.events(_heard(3))] == ["100", "301", "302"]


@pytest.mark.parametrize("last", ["999999", "abc", "-1", "1e3", "²", "9" * 400, " ", "3; drop"])
def test_a_number_from_elsewhere_is_no_number(channel: Channel, listen: Callable[..., Line], last: str) -> None:
    channel.tell("advice", {})
    channel.tell("advice", {})
    line = listen(query=f"?after={last.replace(' ', '%20')}") if last.isascii() else listen(query="?after=%C2%B2")
    assert line.events(_heard(1))[0]["id"] == "2"


def test_events_can_be_told_from_many_threads_at_once(channel: Channel, listen: Callable[..., Line]) -> None:
    line = listen()
    line.events(_heard(1))
    threads = [
        threading.Thread(target=lambda: [channel.tell("feeds", {}) for _ in range(10)])  # type: ignore[func-returns-value]
        for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one["id"] for one in line.events(_heard(101))] == [str(n) for n in range(101)]
    assert channel.newest == 100


@pytest.mark.slow
def test_two_hundred_who_never_read_cost_little_and_hold_nobody_up(
    channel: Channel, served: Any, listen: Callable[..., Line]
) -> None:
    deaf = [listen(small=True) for _ in range(200)]
    until(lambda: len(channel._listeners) == 200)
    hearing = listen()
    hearing.events(_heard(1))
    tracemalloc.start()
    try:
        for number in range(2000):
            channel.tell("feeds", {"n": number, "text": _BIG})
        assert all(_is_quick(served.port) for _ in range(5))
        found = hearing.events(lambda events: bool(events) and events[-1]["id"] == "2000")
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    numbers = [int(one["id"]) for one in found]
    assert numbers == sorted(set(numbers))
    assert held < 60_000_000, held  # 200 who each kept all would hold 1.6 GB; history and buffers are far less
    assert len(deaf) == 200
    served.close()


def test_who_leaves_in_the_middle_is_forgotten(channel: Channel, served: Any, listen: Callable[..., Line]) -> None:
    gone = [listen() for _ in range(10)]
    until(lambda: len(channel._listeners) == 10)
    for number, line in enumerate(gone):
        line.close() if number % 2 else line.reset()
    for _ in range(20):
        channel.tell("feeds", {"text": _BIG})
    until(lambda: bool(gc.collect() or True) and not channel._listeners)
    assert _is_quick(served.port)


def test_who_leaves_with_an_answer_half_read_or_a_question_half_asked_breaks_nothing(
    channel: Channel, served: Any, listen: Callable[..., Line], capfd: pytest.CaptureFixture[str]
) -> None:
    half = listen(small=True)
    half.socket.recv(10)
    for _ in range(300):
        channel.tell("feeds", {"text": _BIG})
    half.reset()
    for sent in (
        b"GET /events HTTP/1.1\r\nHo",
        b"POST /quick HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nab",
    ):
        with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as line:
            line.sendall(sent)
            time.sleep(0.05)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert _is_quick(served.port)
    until(lambda: bool(gc.collect() or True) and not channel._listeners)
    said = capfd.readouterr()
    assert "Traceback" not in said.err + said.out


@pytest.mark.slow
def test_closing_ends_every_stream_whole(channel: Channel, served: Any, listen: Callable[..., Line]) -> None:
    lines = [listen() for _ in range(20)]
    half = socket.create_connection(("127.0.0.1", served.port), PATIENCE)
    half.sendall(b"POST /quick HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nab")
    until(lambda: len(channel._listeners) == 20)
    channel.tell("advice", {"last": True})
    for line in lines:
        line.events(_heard(2))
    served.close()
    for line in lines:
        assert line.rest().endswith("0\r\n\r\n"), "the last piece says that it is the last"
    half.close()


def test_telling_after_the_end_and_before_anybody_listens_harms_nothing(channel: Channel, served: Any) -> None:
    channel.tell("advice", {})
    served.close()
    channel.tell("advice", {})
    assert channel.newest == 2


def test_a_line_that_is_silent_shows_that_it_still_stands(
    channel: Channel, listen: Callable[..., Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "_PULSE", 0.05)
    line = listen()
    line.events(_heard(1))
    while line.text.count(": still here\n\n") < 2:
        line.more()
    channel.tell("advice", {})
    assert line.events(_heard(2))[1]["event"] == "advice"


def test_who_only_asks_for_the_head_does_not_listen(channel: Channel, served: Any) -> None:
    with contextlib.closing(socket.create_connection(("127.0.0.1", served.port), PATIENCE)) as line:
        for _ in range(2):  # the same line can be used again: the answer has ended
            line.sendall(b"HEAD /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert line.recv(4096).startswith(b"HTTP/1.1 200")
    assert not channel._listeners
