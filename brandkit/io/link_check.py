"""Whether addresses of the web still lead somewhere, asked politely.

In: addresses and limits. Out: one `LinkResult` for each, in their order; nothing is raised. Each
address is asked once, one request at a time goes to a host and port, and bodies are not read. Knows
nothing of pages or of what a finding is.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Literal

import httpcore2
import httpx2

import brandkit
from brandkit.io.addresses import CheckedTransport, Deadline, Overdue, Refused, host_and_port, tls_context

Kind = Literal["good", "gone", "moved", "failed", "unknown"]

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_GONE = (404, 410)
# A server that hangs twice is not asked for its other pages: each would cost the same wait.
_SILENCES = 2
_GRACE = 0.5
_HEADERS = {
    "User-Agent": f"brandkit/{brandkit.__version__} (+link check)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True)
class LinkLimits:
    """What asking may cost: seconds a request, seconds in all, bytes an answer. `allow` is as in `fetch.Limits`."""

    seconds: float = 10.0
    total: float = 300.0
    wire_bytes: int = 64_000
    redirects: int = 5
    workers: int = 8
    allow: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LinkResult:
    """How one address fared. `final` is where it led in the end; `detail` says it in one plain line."""

    address: str
    outcome: Kind
    final: str
    detail: str = ""


class _Bad(Exception):
    """An answer that leads nowhere. The message is one plain line."""


class _Puzzling(Exception):
    """An answer from which nothing follows."""


class _Silent(Exception):
    """No answer in time."""


class _Busy(Exception):
    """The host asks not to be asked now."""


def check_links(
    addresses: Sequence[str], limits: LinkLimits, on_done: Callable[[LinkResult], None] = lambda _: None
) -> list[LinkResult]:
    """Ask for each distinct address. `on_done` hears of each as it ends, in this thread."""
    distinct = list(dict.fromkeys(addresses))
    found: dict[str, LinkResult] = {}
    asking = _Round(limits, distinct)
    while len(found) < len(distinct):
        result = asking.next()
        if result is None:
            break
        found[result.address] = result
        on_done(result)
    late = "there was no time left to ask"
    return [found.get(address) or LinkResult(address, "unknown", address, late) for address in distinct]


class _Round:
    """Lines of addresses by host, and threads that take one line each, up to a common deadline.

    Threads are daemons and those that are late are left to themselves: looking up a name can not be
    interrupted.
    """

    def __init__(self, limits: LinkLimits, addresses: Sequence[str]) -> None:
        self._limits, self._end = limits, time.monotonic() + limits.total
        self._lines: SimpleQueue[list[str]] = SimpleQueue()
        self._reports: SimpleQueue[LinkResult] = SimpleQueue()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        lines: defaultdict[str, list[str]] = defaultdict(list)
        for address in addresses:
            lines[_host(address)].append(address)
        for line in lines.values():
            self._lines.put(line)
        for number in range(min(limits.workers, len(lines))):
            threading.Thread(target=self._work, daemon=True, name=f"links {number}").start()

    def next(self) -> LinkResult | None:
        """The next result; None when time is up."""
        try:
            return self._reports.get(timeout=max(0.0, self._end + _GRACE - time.monotonic()))
        except Empty:
            return None

    def _work(self) -> None:
        while True:
            try:
                line = self._lines.get_nowait()
            except Empty:
                return
            self._walk(line)

    def _walk(self, line: Sequence[str]) -> None:
        """The addresses of one host, one after the other."""
        silences, closed = 0, ""
        for address in line:
            if closed or silences >= _SILENCES:
                outcome: Kind = "unknown" if closed else "failed"
                self._reports.put(LinkResult(address, outcome, address, closed or "its server does not answer"))
                continue
            result, trouble = self._ask(address)
            silences += isinstance(trouble, _Silent)
            closed = result.detail if isinstance(trouble, _Busy) else ""
            self._reports.put(result)

    def _ask(self, address: str) -> tuple[LinkResult, Exception | None]:
        try:
            return self._follow(address), None
        except (_Busy, _Puzzling) as error:
            return LinkResult(address, "unknown", address, str(error)), error
        except Exception as error:  # whatever a stranger's server upsets, the other links are asked
            return LinkResult(address, "failed", address, _plainly(error, address)), error

    def _follow(self, address: str) -> LinkResult:
        """From redirect to redirect, to the end."""
        url, permanent = _web_url(address), True
        seen = [str(url.copy_with(userinfo=b""))]
        while True:
            status, location = self._answer(url)
            if status not in _REDIRECTS or not location:
                return _judged(address, status, url, permanent and len(seen) > 1)
            url, permanent = _joined(url, location), permanent and status in _PERMANENT
            if str(url) in seen:
                raise _Bad("the address leads in a circle")
            if len(seen) > self._limits.redirects:
                raise _Bad(f"the address is passed on more than {self._limits.redirects} times")
            seen.append(str(url))

    def _answer(self, url: httpx2.URL) -> tuple[int, str]:
        """(status, location) of an address: by HEAD, and by GET where a server knows or likes no HEAD."""
        left = self._end - time.monotonic()
        lock = self._locks[host_and_port(url)]
        if left <= 0 or not lock.acquire(timeout=left):
            raise _Puzzling("there was no time left to ask")
        try:
            status, location = _request("HEAD", url, self._limits, self._end)
            # Some servers say 404 or 500 to a HEAD although the page is there: nobody is accused on that alone.
            if status >= 400 and status not in (401, 429):
                status, location = _request("GET", url, self._limits, self._end)
        finally:
            lock.release()
        return status, location


def _request(method: str, url: httpx2.URL, limits: LinkLimits, end: float) -> tuple[int, str]:
    deadline = Deadline(min(time.monotonic() + limits.seconds, end))
    tls = tls_context() if url.scheme == "https" else None
    transport = CheckedTransport(limits.allow, deadline, tls, limits.wire_bytes)
    try:
        with (
            httpx2.Client(transport=transport, trust_env=False) as client,
            client.stream(method, url, headers=_HEADERS, follow_redirects=False) as answer,
        ):
            return answer.status_code, answer.headers.get("location", "")
    except (Overdue, TimeoutError, httpcore2.TimeoutException) as error:
        raise _Silent(f"{url.host} did not answer within {limits.seconds:g} seconds") from error


def _judged(address: str, status: int, url: httpx2.URL, moved: bool) -> LinkResult:
    """What a last answer means. Raises _Bad, _Busy and _Puzzling where it is no page."""
    final = str(url.copy_with(userinfo=b""))
    if 200 <= status < 300:
        return LinkResult(address, "moved" if moved else "good", final)
    if status in _GONE:
        return LinkResult(address, "gone", final, f"{url.host} has no such page ({status})")
    if status == 429:
        raise _Busy(f"{url.host} asks us to come back later (429)")
    if 500 <= status < 600:
        raise _Bad(f"{url.host} has a problem of its own ({status})")
    raise _Puzzling(f"{url.host} does not tell us ({status})")


def _host(address: str) -> str:
    """Whose line an address waits in; what is no address has a line of its own."""
    try:
        return host_and_port(_web_url(address))
    except _Bad:
        return address


def _web_url(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address.strip()).copy_with(fragment=None)
        fits = url.scheme in ("http", "https") and bool(url.raw_host)
    except (httpx2.InvalidURL, ValueError) as error:
        raise _Bad("this is not a web address") from error
    if not fits:
        raise _Bad("this is not a web address")
    return url


def _joined(url: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect leads. Names and passwords in addresses go no further than the server they were for."""
    try:
        target = url.copy_with(userinfo=b"").join(location)
    except (httpx2.InvalidURL, ValueError) as error:
        raise _Bad(f"{url.host} passes us on to an address that is none") from error
    if target.scheme not in ("http", "https"):
        raise _Puzzling(f"{url.host} passes us on to an app ({target.scheme})")
    return _web_url(str(target)).copy_with(userinfo=b"")


def _plainly(error: Exception, address: str) -> str:
    """An exception as one line for people."""
    try:
        host = httpx2.URL(address).host or address
    except (httpx2.InvalidURL, ValueError):
        host = address
    lines: tuple[tuple[type[Exception], str], ...] = (
        (_Bad, str(error)),
        (_Silent, str(error)),
        (Refused, f"{host} is, or leads to, a place that is not on the open internet"),
        (ssl.SSLCertVerificationError, f"the certificate of {host} can not be trusted"),
        (ssl.SSLError, f"no secure connection to {host} came about"),
        (socket.gaierror, f"there is no server called {host}, or no connection to the internet"),
        (ConnectionRefusedError, f"{host} does not take connections"),
        (OSError, f"the connection to {host} broke"),
        (httpcore2.NetworkError, f"the connection to {host} broke"),
        (httpcore2.RemoteProtocolError, f"{host} broke off, or its answer is no proper HTTP"),
    )
    return next((line for kind, line in lines if isinstance(error, kind)), f"{host} could not be asked")
