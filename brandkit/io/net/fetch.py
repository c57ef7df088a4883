"""Feeds over HTTP, politely: a round of many, each of which costs the others nothing.

In: addresses with what is known of them, and limits. Out: one `Response` for each; what went wrong stands in it as
one line for people, nothing is raised. One request at a time goes to a host and port, and a server that hangs or drips
delays nobody but its own, and those not for long. Knows nothing of what a feed is, of states, or of when to ask again.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue

from brandkit.io.net.addresses import host_and_port
from brandkit.io.net.asking import Arrived, Trip, failed, hop
from brandkit.io.net.asking import Limits as Limits
from brandkit.io.net.asking import Request as Request
from brandkit.io.net.asking import Response as Response
from brandkit.io.net.exchange import NoAddress, web_url

# Who has not answered for so long no longer counts as work in hand: others may start.
_PATIENCE = 2.0
_MOST_THREADS = 256
# A server that lets the time pass twice in a row, or takes so many deadlines in all, is not asked for its other feeds.
_SILENCES = 2
_MOST_DEADLINES = 15
_LATER = "this feed waits for another time"
_GRACE = 0.25  # threads end by themselves at the deadline and know better what happened


def fetch_all(
    requests: Sequence[Request], limits: Limits, on_done: Callable[[Response], None] = lambda _: None
) -> list[Response]:
    """Ask for all of them. `on_done` hears of each as it ends, in this thread."""
    found: dict[int, Response] = {}
    for index, response in _Round(limits).run(requests):
        found[index] = response
        on_done(response)
    return [found[index] for index in range(len(requests))]


def fetch_each(requests: Sequence[Request], limits: Limits) -> Iterator[Response]:
    """Ask for all of them, and give each response as it ends: for many feeds, whose bodies nobody keeps."""
    for _, response in _Round(limits).run(requests):
        yield response


@dataclass
class _Line:
    """Who waits for one host and port, and how it has served those before."""

    waiting: deque[Trip] = field(default_factory=deque)
    silences: int = 0
    spent: float = 0.0


class _Round:
    """Lines of trips by host and port, the trip under way in each, and a queue on which their threads report.

    A thread takes one trip one hop: after a redirect it waits in the line of its next host. Threads are
    daemons, and overdue ones are left to themselves: looking up a name can not be interrupted. They count, so that
    there are never more than so many.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lines: dict[str, _Line] = {}
        self._ready: dict[str, None] = {}  # hosts with somebody waiting and nobody under way, in their order
        self._under_way: dict[str, tuple[Trip, float, threading.Thread]] = {}
        self._left: set[threading.Thread] = set()
        self._reports: SimpleQueue[tuple[str, Trip, Trip | Arrived, float]] = SimpleQueue()

    def run(self, requests: Sequence[Request]) -> Iterator[tuple[int, Response]]:
        """The responses as they come in, each with the index of its request."""
        for index, request in enumerate(requests):
            try:
                self._enqueue(Trip(index, request, web_url(request.url), self._limits.deadline))
            except NoAddress as error:
                yield index, Response(request.url, request.url, None, problem=str(error))
        while self._ready or self._under_way:
            self._start()
            if not self._under_way:
                yield from self._turned_away()
                continue
            try:
                report = self._reports.get(timeout=0.05)
            except Empty:  # only now: reports may have waited while the caller was busy with others
                yield from self._overdue()
            else:
                yield from self._take(*report)

    def _enqueue(self, trip: Trip) -> None:
        host = host_and_port(trip.url)
        self._lines.setdefault(host, _Line()).waiting.append(trip)
        if host not in self._under_way:
            self._ready[host] = None

    def _start(self) -> None:
        room = self._room()
        for host in list(self._ready)[:room]:
            del self._ready[host]
            trip = self._lines[host].waiting.popleft()
            thread = threading.Thread(target=self._go, args=(host, trip), daemon=True, name=f"feed {host}")
            self._under_way[host] = (trip, time.monotonic(), thread)
            try:
                thread.start()
            except RuntimeError:  # the system allows no more threads
                line = "this machine has no room for another connection now"
                self._reports.put((host, trip, Arrived(failed(trip, line)), 0.0))

    def _room(self) -> int:
        """How many may start now."""
        recent = time.monotonic() - min(_PATIENCE, self._limits.deadline / 4)
        busy = sum(started > recent for _, started, _ in self._under_way.values())
        self._left = {thread for thread in self._left if thread.is_alive()}
        threads = len(self._under_way) + len(self._left)
        return max(0, min(self._limits.workers - busy, _MOST_THREADS - threads))

    def _go(self, host: str, trip: Trip) -> None:
        began = time.monotonic()
        outcome = hop(trip, self._limits)
        self._reports.put((host, trip, outcome, time.monotonic() - began))

    def _take(self, host: str, trip: Trip, outcome: Trip | Arrived, seconds: float) -> Iterator[tuple[int, Response]]:
        if self._under_way.get(host, (None,))[0] is not trip:
            return  # given up before
        if isinstance(outcome, Trip):
            self._enqueue(outcome)
            yield from self._ended(host, seconds)
            return
        others = self._ended(host, seconds, outcome.silent, outcome.response)
        yield trip.index, replace(outcome.response, body=outcome.body.take() if outcome.body else b"")
        yield from others

    def _overdue(self) -> Iterator[tuple[int, Response]]:
        now = time.monotonic()
        for host, (trip, started, thread) in list(self._under_way.items()):
            if now > started + trip.left + _GRACE:
                self._left.add(thread)
                yield trip.index, failed(trip, f"{trip.host} did not answer within {self._limits.deadline:g} seconds")
                yield from self._ended(host, trip.left, silent=True)

    def _ended(
        self, host: str, seconds: float, silent: bool = False, response: Response | None = None
    ) -> list[tuple[int, Response]]:
        """Let the next in line go; or send all of them home, with the answers that they get."""
        del self._under_way[host]
        line = self._lines[host]
        line.silences = line.silences + 1 if silent else 0
        line.spent += seconds
        if not line.waiting:
            return []
        self._ready[host] = None
        if response and response.status == 429:
            return self._sent_home(host, response.problem or "", response.retry_after)
        if line.silences >= _SILENCES:
            return self._sent_home(host, f"{host} was silent twice; {_LATER}")
        if line.spent > _MOST_DEADLINES * self._limits.deadline:
            return self._sent_home(host, f"{host} takes very long; {_LATER}")
        return []

    def _turned_away(self) -> list[tuple[int, Response]]:
        """All who wait: every thread that there may be hangs in looking up a name."""
        hosts = list(self._ready)
        return [
            one for host in hosts for one in self._sent_home(host, f"too many names can not be looked up; {_LATER}")
        ]

    def _sent_home(self, host: str, problem: str, wait: float | None = None) -> list[tuple[int, Response]]:
        """All who wait in a line, with one answer for all of them."""
        self._ready.pop(host, None)
        trips = list(self._lines[host].waiting)
        self._lines[host].waiting.clear()
        return [(trip.index, replace(failed(trip, problem), retry_after=wait, asked=False)) for trip in trips]
