"""Servers that misbehave on purpose: raw sockets on loopback, a port for each misbehaviour, a thread a connection.

In: what each is to do with a request. Out: their addresses, and a count of who connected. A `Deed` is a function of a
`Visit`; most are made here from a few words: `says`, `raw`, `hang`, `drip`, `pour`.
"""

from __future__ import annotations

import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.patience import PATIENCE


@dataclass(frozen=True)
class Visit:
    """One connection: what was asked, how many came before, our own address, and that which must never be hit."""

    connection: socket.socket
    request: bytes
    number: int
    pair: str
    canary: str
    closing: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    @property
    def path(self) -> str:
        return self.request.split(b" ")[1].decode("latin-1") if self.request.count(b" ") > 1 else "/"


Deed = Callable[[Visit], None]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A proper answer, as far as its status and headers are."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def says(body: bytes = b"", status: str = "200 OK", **headers: str) -> Deed:
    """A proper answer."""
    return raw(answer(body, status, **headers))


def raw(data: bytes) -> Deed:
    """These bytes, whatever they are."""
    return lambda visit: visit.send(data)


def leads_to(location: str, status: str = "302 Found") -> Deed:
    """A redirect; {canary}, {pair} and {n} stand for the canary, for ourselves, and for the number of the visit."""

    def act(visit: Visit) -> None:
        place = location.format(canary=visit.canary, port=visit.canary.split(":")[1], pair=visit.pair, n=visit.number)
        visit.send(answer(b"", status, Location=place))

    return act


def by_path(**deeds: Deed) -> Deed:
    """Another deed for each path; `start` is where the feed is said to be."""

    def act(visit: Visit) -> None:
        deeds[visit.path.strip("/") or "start"](visit)

    return act


def in_turn(*deeds: Deed) -> Deed:
    """The first for the first visit, and so on; the last for all that follow."""
    return lambda visit: deeds[min(visit.number, len(deeds) - 1)](visit)


def hang(visit: Visit) -> None:
    """Say nothing, for as long as it takes."""
    visit.closing.wait()


def drip(head: bytes, drop: bytes = b"a", every: float = 0.05) -> Deed:
    """A little at a time, without end."""

    def act(visit: Visit) -> None:
        visit.send(head)
        while not visit.closing.wait(every):
            visit.send(drop)

    return act


def pour(head: bytes, more: bytes) -> Deed:
    """As much as is taken, without end."""

    def act(visit: Visit) -> None:
        visit.send(head)
        while not visit.closing.is_set():
            visit.send(more)

    return act


def then_hang(data: bytes) -> Deed:
    """These bytes, and nothing after them; the connection stays open."""
    return lambda visit: (visit.send(data), hang(visit))[1]


def then_reset(data: bytes) -> Deed:
    """These bytes, and a reset."""

    def act(visit: Visit) -> None:
        visit.send(data)
        visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return act


@dataclass
class Place:
    """A port that listens, and what it does."""

    pair: str
    deed: Deed
    listener: socket.socket
    tls: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    here: list[socket.socket] = field(default_factory=list)
    most_at_once: int = 0


def _is_held(connection: socket.socket) -> bool:
    """Whether who asked still holds the line: an answer is over for them before it is for us."""
    if connection.fileno() < 0:
        return False
    watch = select.poll()
    watch.register(connection, getattr(select, "POLLRDHUP", select.POLLHUP))
    return not watch.poll(0)


class HostileServer:
    """Many places on 127.0.0.1, and the canary on 127.0.0.2. Use as a context; at its end nothing of it is left."""

    def __init__(self) -> None:
        self.closing = threading.Event()
        self.places: list[Place] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._taken: list[socket.socket] = []
        self.canary = self.open(says(b"the canary"), host="127.0.0.2")

    def open(self, deed: Deed, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Place:
        """Listen on a port of its own."""
        listener = socket.create_server((host, 0), backlog=16)
        place = Place(f"{host}:{listener.getsockname()[1]}", deed, listener, tls)
        self.places.append(place)
        self._begin(self._accept, place)
        return place

    def take_a_port(self) -> int:
        """A port on which nobody listens, now or later."""
        taken = socket.socket()
        taken.bind(("127.0.0.1", 0))
        self._taken.append(taken)
        return int(taken.getsockname()[1])

    def _begin(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, daemon=True, name="hostile")
        with self._lock:
            self._threads.append(thread)
        thread.start()

    def _accept(self, place: Place) -> None:
        with suppress(OSError):
            while True:
                connection, _ = place.listener.accept()
                place.connections += 1
                with self._lock:
                    place.here = [*filter(_is_held, place.here), connection]
                    place.most_at_once = max(place.most_at_once, len(place.here))
                self._begin(self._serve, place, connection)

    def _serve(self, place: Place, connection: socket.socket) -> None:
        try:
            with suppress(OSError):
                self._greet(place, connection)
        finally:
            with self._lock:  # its number may be another's as soon as it is closed
                connection.close()

    def _greet(self, place: Place, connection: socket.socket) -> None:
        with place.tls.wrap_socket(connection, server_side=True) if place.tls else connection as secured:
            secured.settimeout(3 * PATIENCE)
            request = secured.recv(65_536)
            number = len(place.requests)
            place.requests.append(request)
            place.deed(Visit(secured, request, number, place.pair, self.canary.pair, self.closing))

    def __enter__(self) -> HostileServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        for taken in self._taken:
            taken.close()
        for place in self.places:
            with suppress(OSError):
                place.listener.shutdown(socket.SHUT_RDWR)
            place.listener.close()
        for thread in self._threads:
            thread.join(PATIENCE)
