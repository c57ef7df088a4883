"""One request to one address, within limits: what feeds, links and pings have in common.

In: a method, an address, what may be spent, and perhaps a form to send. Out: the answer, still to be read; or one of
`addresses`' or httpcore2's errors, which `failures` puts into words. Follows no redirect, keeps no connection, uses no
proxy. Knows nothing of what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

import brandkit
from brandkit.io.net.addresses import CheckedTransport, Deadline, tls_context

REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)


class NoAddress(Exception):
    """An address that can not be asked. The message is one plain line."""


class NotTheWeb(NoAddress):
    """An address of an app, a file, a script."""


@dataclass(frozen=True)
class Bounds:
    """What one request may spend. `allow` holds exact host:port pairs that need not be on the open internet."""

    deadline: Deadline
    wire_bytes: int
    allow: frozenset[str] = frozenset()


@contextmanager
def exchange(
    method: str, url: httpx2.URL, headers: Mapping[str, str], bounds: Bounds, form: Mapping[str, str] | None = None
) -> Iterator[httpx2.Response]:
    """Send a request, with a form or without, and give its answer while the connection is open."""
    tls = tls_context() if url.scheme == "https" else None
    transport = CheckedTransport(bounds.allow, bounds.deadline, tls, bounds.wire_bytes)
    with (
        httpx2.Client(transport=transport, trust_env=False) as client,
        client.stream(method, url, headers=headers, data=form, follow_redirects=False) as answer,
    ):
        yield answer


def modest(purpose: str, accept: str, encoding: str = "identity") -> dict[str, str]:
    """Headers that say who asks and what for, and no more."""
    return {
        "User-Agent": f"brandkit/{brandkit.__version__} (+{purpose})",
        "Accept": accept,
        "Accept-Encoding": encoding,
        "Connection": "close",
    }


def web_url(address: str) -> httpx2.URL:
    """An address of the web, without its fragment. Raises NoAddress."""
    try:
        url = httpx2.URL(address.strip()).copy_with(fragment=None)
        fits = bool(url.raw_host) and (url.port is None or 0 < url.port < 65_536)
    except (httpx2.InvalidURL, ValueError) as error:
        raise NoAddress("this is not a web address") from error
    if url.scheme not in ("http", "https"):
        raise NotTheWeb("only http and https addresses are followed")
    if not fits:
        raise NoAddress("this is not a web address")
    return url


def next_hop(url: httpx2.URL, location: str) -> httpx2.URL:
    """Where a redirect leads. Names and passwords in addresses go no further than the server they were for."""
    try:
        target = url.copy_with(userinfo=b"").join(location)
        return web_url(str(target)).copy_with(userinfo=b"")
    except NotTheWeb:
        raise NotTheWeb(f"{url.host} passes us on to what is not the web ({target.scheme[:20]})") from None
    except (NoAddress, httpx2.InvalidURL, ValueError) as error:
        raise NoAddress(f"{url.host} passes us on to an address that is none") from error


def shown(url: httpx2.URL) -> str:
    """An address for people and for comparing: without name and password."""
    return str(url.copy_with(userinfo=b"", fragment=None))
