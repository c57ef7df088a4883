"""A feed's address, asked for once: a request and its answer, or its next hop.

In: a `Trip`, and limits. Out: the trip, sent on; or what `Arrived`, in which all that went wrong is one line for
people. Knows nothing of other feeds, of what a feed is, or of when to ask again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from brandkit.io.net.addresses import Deadline, Refused
from brandkit.io.net.exchange import PERMANENT, REDIRECTS, Bounds, NoAddress, exchange, modest, next_hop, shown
from brandkit.io.net.failures import SILENCES, in_words, status_line
from brandkit.io.net.unpacking import Held, Unusable, read_body

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_WEEK = 7 * 86_400.0
_GOOD = (200, 203)
_HEADER_LIMIT = 1_000


@dataclass(frozen=True)
class Request:
    """A feed to ask for, and what its server said of the last answer."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Response:
    """How asking ended. `problem` is one plain line, None for a good answer (200, or 304: nothing new).

    `asked` is false where its server had shown before that it would not answer.
    """

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
    asked: bool = True
    refused: bool = False  # by our own rules: nobody was asked


@dataclass(frozen=True)
class Limits:
    """What one feed may cost. `allow` holds exact host:port pairs that need not be on the open internet."""

    deadline: float = 20.0
    wire_bytes: int = 5_000_000
    body_bytes: int = 10_000_000
    redirects: int = 5
    workers: int = 16
    allow: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trip:
    """One feed on its way: where it has got to, through which addresses, and the seconds it has left."""

    index: int
    request: Request
    url: httpx2.URL
    left: float
    seen: tuple[str, ...] = ()
    moved_to: str | None = None
    permanent: bool = True

    @property
    def host(self) -> str:
        """Whom we ask, in the letters of the network: others may look like somebody else's."""
        return self.url.raw_host.decode("ascii")


@dataclass(frozen=True)
class Arrived:
    """The end of a trip: a response whose body is still held; `silent` where the server let the time pass."""

    response: Response
    body: Held | None = None
    silent: bool = False


def hop(trip: Trip, limits: Limits) -> Trip | Arrived:
    """One request and its answer: the end of the trip, or its next hop. Raises nothing."""
    start = time.monotonic()
    try:
        outcome = _ask(trip, limits, Deadline(start + trip.left))
    except Unusable as error:
        return Arrived(failed(trip, str(error)))
    except Refused as error:
        hint = "" if trip.seen else "; if you know it, name it under settings.allow_hosts in me.yaml"
        refusal = failed(trip, f"the address leads to {error}{hint}")
        return Arrived(replace(refusal, refused=not trip.seen))
    except Exception as error:  # whatever a stranger's server upsets, the other feeds go on
        line = in_words(error, trip.host, limits.deadline)
        return Arrived(failed(trip, line), silent=isinstance(error, SILENCES))
    if isinstance(outcome, Trip):
        return replace(outcome, left=max(0.01, trip.left - (time.monotonic() - start)))
    return outcome


def failed(trip: Trip, problem: str, status: int | None = None) -> Response:
    """The response of a trip that brought nothing."""
    return Response(trip.request.url, shown(trip.url), status, problem=problem)


def _ask(trip: Trip, limits: Limits, deadline: Deadline) -> Trip | Arrived:
    bounds = Bounds(deadline, limits.wire_bytes, limits.allow)
    with exchange("GET", trip.url, _headers(trip), bounds) as answer:
        if answer.status_code in REDIRECTS and answer.headers.get("location"):
            return _redirected(trip, answer, limits)
        fresh = answer.status_code == 304 and bool(trip.request.etag or trip.request.last_modified)
        if answer.status_code not in _GOOD and not fresh:
            response = failed(trip, status_line(answer.status_code, trip.host), answer.status_code)
            return Arrived(replace(response, retry_after=_retry_after(answer.headers)))
        body = None if fresh else read_body(answer, deadline, limits.wire_bytes, limits.body_bytes)
        return Arrived(_good(trip, answer), body)


def _headers(trip: Trip) -> dict[str, str]:
    known = {"If-None-Match": trip.request.etag, "If-Modified-Since": trip.request.last_modified}
    sent = {name: value for name, value in known.items() if value and _is_header(value)}
    return modest("feed reader", _ACCEPT, "gzip, deflate") | sent


def _is_header(value: str) -> bool:
    return value.isascii() and value.isprintable() and len(value) <= _HEADER_LIMIT


def _redirected(trip: Trip, answer: httpx2.Response, limits: Limits) -> Trip:
    """The trip, sent on."""
    seen = (*trip.seen, shown(trip.url))
    if len(seen) > limits.redirects:
        raise NoAddress(f"the address was passed on more than {limits.redirects} times")
    url = next_hop(trip.url, answer.headers["location"])
    if str(url) in seen:
        raise NoAddress("the address leads in a circle")
    permanent = trip.permanent and answer.status_code in PERMANENT
    moved_to = str(url) if permanent else trip.moved_to
    return replace(trip, url=url, seen=seen, moved_to=moved_to, permanent=permanent)


def _good(trip: Trip, answer: httpx2.Response) -> Response:
    return Response(
        url=trip.request.url,
        final_url=shown(trip.url),
        status=answer.status_code,
        content_type=_kept(answer.headers, "content-type"),
        etag=_kept(answer.headers, "etag"),
        last_modified=_kept(answer.headers, "last-modified"),
        moved_to=trip.moved_to,
    )


def _kept(headers: Mapping[str, str], name: str) -> str | None:
    value = headers.get(name, "").strip()
    return value if value and _is_header(value) else None


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
