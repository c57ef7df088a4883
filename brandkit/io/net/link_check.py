"""Whether addresses of the web still lead somewhere, asked politely.

In: addresses and limits. Out: one `LinkResult` for each, in their order; nothing is raised. Each
address is asked once, one request at a time goes to a host and port, and bodies are not read. Knows
nothing of pages or of what a finding is.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Literal

import httpx2

from brandkit.io.net.addresses import Deadline, Refused, host_and_port
from brandkit.io.net.exchange import (
    PERMANENT,
    REDIRECTS,
    Bounds,
    NoAddress,
    NotTheWeb,
    exchange,
    modest,
    next_hop,
    shown,
    web_url,
)
from brandkit.io.net.failures import SILENCES, in_words

Kind = Literal["good", "gone", "moved", "failed", "unknown"]

_GONE = (404, 410)
# A server that hangs twice is not asked for its other pages: each would cost the same wait.
_SILENCES = 2
_GRACE = 0.5


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


class _Bad(NoAddress):
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
            return LinkResult(address, "failed", address, _plainly(error, address, self._limits)), error

    def _follow(self, address: str) -> LinkResult:
        """From redirect to redirect, to the end."""
        url, permanent = web_url(address), True
        seen = [shown(url)]
        while True:
            status, location = self._answer(url)
            if status not in REDIRECTS or not location:
                return _judged(address, status, url, permanent and len(seen) > 1)
            try:
                url, permanent = next_hop(url, location), permanent and status in PERMANENT
            except NotTheWeb as error:  # it may well lead somewhere
                raise _Puzzling(str(error)) from error
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
    bounds = Bounds(deadline, limits.wire_bytes, limits.allow)
    try:
        with exchange(method, url, modest("link check", "*/*"), bounds) as answer:
            return answer.status_code, answer.headers.get("location", "")
    except SILENCES as error:
        raise _Silent(f"{url.host} did not answer within {limits.seconds:g} seconds") from error


def _judged(address: str, status: int, url: httpx2.URL, moved: bool) -> LinkResult:
    """What a last answer means. Raises _Bad, _Busy and _Puzzling where it is no page."""
    final = shown(url)
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
        return host_and_port(web_url(address))
    except NoAddress:
        return address


def _plainly(error: Exception, address: str, limits: LinkLimits) -> str:
    """An exception as one line for people."""
    try:
        host = httpx2.URL(address).host or address
    except (httpx2.InvalidURL, ValueError):
        host = address
    if isinstance(error, Refused):  # the feeds' line names a setting of the vault, which links know nothing of
        return f"{host} is, or leads to, a place that is not on the open internet"
    return str(error) if isinstance(error, _Silent) else in_words(error, host, limits.seconds)
