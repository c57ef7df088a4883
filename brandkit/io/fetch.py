"""Feeds over HTTP, politely, and from local files.

In: addresses with what is known of them, and limits. Out: one `Response` for each, in their order;
what went wrong stands in it as one line for people, nothing is raised. One request at a time goes to a
host and port, and a server that hangs or drips delays nobody but its own. Knows nothing of what a feed
is, of states, or of when to ask again.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from queue import Empty, SimpleQueue

import httpcore2
import httpx2

import brandkit
from brandkit.io.addresses import (
    CheckedTransport,
    Deadline,
    Overdue,
    Oversized,
    Refused,
    Unreachable,
    host_and_port,
    tls_context,
)

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_WEEK = 7 * 86_400.0
_GOOD = (200, 203)
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
# Who has not answered for so long no longer counts as work in hand: others may start.
_PATIENCE = 2.0
_MOST_THREADS = 256
_HEADER_LIMIT = 1_000


@dataclass(frozen=True)
class Request:
    """A feed to ask for, and what its server said of the last answer."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Response:
    """How asking ended. `problem` is one plain line, None for a good answer (200, or 304: nothing new)."""

    url: str
    final_url: str
    status: int | None
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    retry_after: float | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Limits:
    """What one feed may cost. `allow` holds exact host:port pairs that need not be on the open internet."""

    deadline: float = 20.0
    wire_bytes: int = 5_000_000
    body_bytes: int = 15_000_000
    redirects: int = 5
    workers: int = 16
    allow: frozenset[str] = frozenset()


class _Bad(Exception):
    """An answer that is no use. The message is one plain line."""


@dataclass(frozen=True)
class _Trip:
    """One feed on its way: where it has got to, through which addresses, and the seconds it has left."""

    index: int
    request: Request
    url: httpx2.URL
    left: float
    seen: tuple[str, ...] = ()
    moved_to: str | None = None
    permanent: bool = True


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


class _Round:
    """Trips waiting by host and port, those under way, and a queue on which their threads report.

    A thread takes one trip one hop: after a redirect it waits in the line of its next host. Threads are
    daemons, and overdue ones are left to themselves: looking up a name can not be interrupted.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._waiting: dict[str, deque[_Trip]] = {}
        self._under_way: dict[str, tuple[_Trip, float]] = {}
        self._reports: SimpleQueue[tuple[str, _Trip, _Trip | Response]] = SimpleQueue()

    def run(self, requests: Sequence[Request]) -> Iterator[tuple[int, Response]]:
        """The responses as they come in, each with the index of its request."""
        for index, request in enumerate(requests):
            try:
                self._enqueue(_Trip(index, request, _web_url(request.url), self._limits.deadline))
            except _Bad as error:
                yield index, Response(request.url, request.url, None, problem=str(error))
        while self._waiting or self._under_way:
            self._start()
            try:
                report = self._reports.get(timeout=0.05)
            except Empty:  # only now: reports may have waited while the caller was busy with others
                yield from self._overdue()
            else:
                yield from self._take(*report)

    def _enqueue(self, trip: _Trip) -> None:
        self._waiting.setdefault(host_and_port(trip.url), deque()).append(trip)

    def _start(self) -> None:
        for host in [host for host in self._waiting if host not in self._under_way]:
            if not self._room():
                return
            trip = self._waiting[host].popleft()
            if not self._waiting[host]:
                del self._waiting[host]
            self._under_way[host] = (trip, time.monotonic())
            threading.Thread(target=self._go, args=(host, trip), daemon=True, name=f"feed {host}").start()

    def _room(self) -> bool:
        patience = min(_PATIENCE, self._limits.deadline / 4)
        recent = time.monotonic() - patience
        busy = sum(started > recent for _, started in self._under_way.values())
        return busy < self._limits.workers and len(self._under_way) < _MOST_THREADS

    def _go(self, host: str, trip: _Trip) -> None:
        self._reports.put((host, trip, _hop(trip, self._limits)))

    def _take(self, host: str, trip: _Trip, outcome: _Trip | Response) -> Iterator[tuple[int, Response]]:
        if self._under_way.get(host, (None, 0.0))[0] is not trip:
            return  # given up before
        del self._under_way[host]
        if isinstance(outcome, _Trip):
            self._enqueue(outcome)
        else:
            yield trip.index, outcome

    def _overdue(self) -> Iterator[tuple[int, Response]]:
        now = time.monotonic()
        grace = 0.25  # threads end by themselves at the deadline and know better what happened
        for host, (trip, started) in list(self._under_way.items()):
            if now > started + trip.left + grace:
                del self._under_way[host]
                yield trip.index, _failed(trip, None, _unanswered(self._limits))


def _hop(trip: _Trip, limits: Limits) -> _Trip | Response:
    """One request and its answer: the end of the trip, or its next hop."""
    start = time.monotonic()
    try:
        outcome = _ask(trip, limits, Deadline(start + trip.left))
    except _Bad as error:
        return _failed(trip, None, str(error))
    except Exception as error:  # whatever a stranger's server upsets, the other feeds go on
        return _failed(trip, None, _plainly(error, trip.url.host, limits))
    if isinstance(outcome, _Trip):
        return replace(outcome, left=max(0.01, trip.left - (time.monotonic() - start)))
    return outcome


def _ask(trip: _Trip, limits: Limits, deadline: Deadline) -> _Trip | Response:
    tls = tls_context() if trip.url.scheme == "https" else None
    transport = CheckedTransport(limits.allow, deadline, tls, limits.wire_bytes)
    with (
        httpx2.Client(transport=transport, trust_env=False) as client,
        client.stream("GET", trip.url, headers=_headers(trip), follow_redirects=False) as answer,
    ):
        if answer.status_code in _REDIRECTS and answer.headers.get("location"):
            return _redirected(trip, answer, limits)
        fresh = answer.status_code == 304 and bool(trip.request.etag or trip.request.last_modified)
        if answer.status_code not in _GOOD and not fresh:
            problem = _status_line(answer.status_code, trip.url.host)
            return replace(_failed(trip, answer.status_code, problem), retry_after=_retry_after(answer.headers))
        return _good(trip, answer, b"" if fresh else _read(answer, limits, deadline))


def _headers(trip: _Trip) -> dict[str, str]:
    headers = {
        "User-Agent": f"brandkit/{brandkit.__version__} (+feed reader)",
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    known = {"If-None-Match": trip.request.etag, "If-Modified-Since": trip.request.last_modified}
    return headers | {name: value for name, value in known.items() if value and _is_header(value)}


def _is_header(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= _HEADER_LIMIT


def _redirected(trip: _Trip, answer: httpx2.Response, limits: Limits) -> _Trip:
    """The trip, sent on. Names and passwords in addresses go no further than the server they were for."""
    seen = (*trip.seen, str(trip.url.copy_with(userinfo=b"", fragment=None)))
    if len(seen) > limits.redirects:
        raise _Bad(f"the address was passed on more than {limits.redirects} times")
    try:
        target = trip.url.copy_with(userinfo=b"").join(answer.headers["location"])
    except (httpx2.InvalidURL, ValueError) as error:
        raise _Bad(f"{trip.url.host} passed us on to an address that is none") from error
    url = _web_url(str(target)).copy_with(userinfo=b"", fragment=None)
    if str(url) in seen:
        raise _Bad("the address leads in a circle")
    permanent = trip.permanent and answer.status_code in _PERMANENT
    moved_to = str(url) if permanent else trip.moved_to
    return replace(trip, url=url, seen=seen, moved_to=moved_to, permanent=permanent)


def _web_url(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address.strip())
        fits = url.scheme in ("http", "https") and bool(url.raw_host)
    except (httpx2.InvalidURL, ValueError) as error:
        raise _Bad("this is not a web address") from error
    if not fits:
        raise _Bad("only http and https addresses are followed")
    return url


def _read(answer: httpx2.Response, limits: Limits, deadline: Deadline) -> bytes:
    """The body, unpacked as it comes, so that neither a large nor a tightly packed one fills the memory."""
    unpack = _unpacker(answer.headers.get("content-encoding", "").strip().lower())
    wire, body = 0, bytearray()
    for chunk in answer.iter_raw():
        deadline.left()
        wire += len(chunk)
        if wire > limits.wire_bytes:
            raise _Bad(f"the feed is larger than {_megabytes(limits.wire_bytes)}")
        body += unpack.feed(chunk, limits.body_bytes + 1 - len(body))
        if len(body) > limits.body_bytes:
            raise _Bad(f"the feed unpacks to more than {_megabytes(limits.body_bytes)}")
    if not unpack.complete():
        raise _Bad("the answer broke off before its end")
    return bytes(body)


class _Plain:
    """Bytes that are not packed."""

    def feed(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]

    def complete(self) -> bool:
        return True


class _Packed:
    """gzip, several in a row too, or deflate with and without its header; never more bytes than asked for."""

    def __init__(self, gzip: bool) -> None:
        self._gzip = gzip
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | (16 if gzip else 0))
        self._started = False

    def feed(self, chunk: bytes, room: int) -> bytes:
        found = bytearray()
        while chunk and len(found) < room and not (self._stream.eof and not self._goes_on(chunk)):
            found += self._inflate(chunk, room - len(found))
            chunk = self._stream.unused_data or self._stream.unconsumed_tail
        return bytes(found)

    def _goes_on(self, chunk: bytes) -> bool:
        """Whether another packed part follows; padding and rubbish do not count."""
        if self._gzip and chunk.startswith(b"\x1f"):
            self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            return True
        return False

    def _inflate(self, chunk: bytes, room: int) -> bytes:
        try:
            found = self._stream.decompress(chunk, room)
        except zlib.error as error:
            if self._started or self._gzip:
                raise _Bad("the answer is packed in a way that can not be read") from error
            self._stream = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without its header
            self._started = True
            return self._inflate(chunk, room)
        self._started = True
        return found

    def complete(self) -> bool:
        return self._stream.eof or not self._started


def _unpacker(encoding: str) -> _Plain | _Packed:
    if encoding in ("", "identity"):
        return _Plain()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Packed(encoding != "deflate")
    raise _Bad(f"the answer is packed as {encoding[:20]!r}, which was not asked for")


def _good(trip: _Trip, answer: httpx2.Response, body: bytes) -> Response:
    return Response(
        url=trip.request.url,
        final_url=str(trip.url.copy_with(userinfo=b"")),
        status=answer.status_code,
        body=body,
        content_type=_kept(answer.headers, "content-type"),
        etag=_kept(answer.headers, "etag"),
        last_modified=_kept(answer.headers, "last-modified"),
        moved_to=trip.moved_to,
    )


def _kept(headers: Mapping[str, str], name: str) -> str | None:
    value = headers.get(name, "").strip()
    return value if value and _is_header(value) else None


def _failed(trip: _Trip, status: int | None, problem: str) -> Response:
    return Response(trip.request.url, str(trip.url.copy_with(userinfo=b"")), status, problem=problem)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks us to wait: a number, or a date by the server's own clock."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", value):
        return min(float(value[:20]), _WEEK)
    until, here = _http_date(value), _http_date(headers.get("date", "")) or datetime.now(UTC)
    return min(max((until - here).total_seconds(), 0.0), _WEEK) if until else None


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _status_line(status: int, host: str) -> str:
    known = {
        304: f"{host} says that nothing changed, but was not asked that",
        401: f"{host} asks for a password",
        403: f"{host} does not let us read this feed",
        404: f"there is no feed at this address of {host}",
        410: "the feed is gone for good",
        429: f"{host} asks us to come back later",
        503: f"{host} is out of service at the moment",
    }
    return f"{known.get(status) or _in_general(status, host)} ({status})"


def _in_general(status: int, host: str) -> str:
    return f"{host} has a problem of its own" if status >= 500 else f"{host} gave no feed"


def _plainly(error: Exception, host: str, limits: Limits) -> str:
    """An exception as one line for people."""
    lines: tuple[tuple[type[Exception], str], ...] = (
        (Refused, str(error)),
        (Overdue, _unanswered(limits)),
        (Oversized, f"the feed is larger than {_megabytes(limits.wire_bytes)}"),
        (ssl.SSLCertVerificationError, f"the certificate of {host} can not be trusted"),
        (ssl.SSLError, f"no secure connection to {host} came about"),
        (socket.gaierror, f"there is no server called {host}, or no connection to the internet"),
        (TimeoutError, _unanswered(limits)),
        (httpcore2.TimeoutException, _unanswered(limits)),
        (Unreachable, f"{host} can not be reached"),
        (ConnectionRefusedError, f"{host} does not take connections"),
        (OSError, f"the connection to {host} broke"),
        (httpcore2.NetworkError, f"the connection to {host} broke"),
        (httpcore2.RemoteProtocolError, f"{host} broke off, or its answer is no proper HTTP"),
    )
    return next((line for kind, line in lines if isinstance(error, kind)), f"{host} could not be asked")


def _unanswered(limits: Limits) -> str:
    return f"the server did not answer within {limits.deadline:g} seconds"


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:g} MB"


def read_local(base: Path, name: str, limits: Limits) -> Response:
    """A file below `base`, as a response without status; a path that leaves `base` is refused."""
    try:
        body = _bytes_below(base, name, limits.body_bytes)
    except _Bad as error:
        return Response(name, name, None, problem=str(error))
    except FileNotFoundError:
        return Response(name, name, None, problem=f"there is no file {name}")
    except (OSError, ValueError, RuntimeError):  # no right to read, a name no file can have, a loop of links
        return Response(name, name, None, problem=f"the file {name} can not be read")
    return Response(name, name, None, body)


def _bytes_below(base: Path, name: str, limit: int) -> bytes:
    root, path = base.resolve(), (base / name).resolve(strict=True)
    if not path.is_relative_to(root) or Path(name).is_absolute():
        raise _Bad(f"{name} lies outside of its folder, so it is not read")
    if not path.is_file():  # to open a pipe would be to wait for its writer
        raise _Bad(f"{name} is not a file")
    with path.open("rb") as file:
        body = file.read(limit + 1)
    if len(body) > limit:
        raise _Bad(f"the file {name} is larger than {_megabytes(limit)}")
    return body
