"""Telling machines of what was published: a hub (WebSub), and the sites that are linked to (Webmention).

In: addresses of one's own pages and feeds, and whom to tell. Out: nothing where it went well, else one plain line.
Sources: W3C, WebSub (2018), section 6, and Webmention (2017), section 3. Knows nothing of documents or of deploys.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TypeVar

import httpx2

from brandkit.io.net.addresses import Deadline
from brandkit.io.net.exchange import REDIRECTS, Bounds, NoAddress, exchange, modest, next_hop, web_url
from brandkit.io.net.failures import in_words

T = TypeVar("T")
_HOPS = 5
_HEADERS = modest("Webmention, WebSub", "text/html, */*;q=0.5")
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


@dataclass(frozen=True)
class Reach:
    """What telling one may cost: seconds, and bytes received. `allow` holds host:port pairs that may be private."""

    seconds: float = 10.0
    wire_bytes: int = 1_000_000
    allow: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Answer:
    """What a server said, by lower-case names of headers, and of its text what fits."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Untold(Exception):
    """Somebody could not be told. The message is one plain line."""


class NoEndpoint(Exception):
    """A page that takes no webmentions, as most do not."""


def tell_hub(hub: str, topic: str, reach: Reach = Reach()) -> None:
    """Tell a hub that a feed has news. Raises Untold."""
    _post(hub, {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}, reach)


def mention(source: str, target: str, reach: Reach = Reach()) -> None:
    """Tell a page that `source` links to it, or does no more. Raises NoEndpoint and Untold."""
    _post(endpoint_of(target, reach), {"source": source, "target": target}, reach)


def shows(address: str, data: bytes, reach: Reach = Reach()) -> bool:
    """Whether an address already shows these bytes: hosts take their time. Raises Untold where it can not be asked."""
    _, answer = _page(address, Reach(reach.seconds, len(data) + 1, reach.allow))
    return answer.status == 200 and answer.body == data


def endpoint_of(target: str, reach: Reach = Reach()) -> str:
    """Where a page takes webmentions: the first that its headers name, else the first in its text. Raises NoEndpoint
    and Untold."""
    url, answer = _page(target, reach)
    if answer.status >= 400 and answer.status != 410:
        raise Untold(f"{url.host} has no such page ({answer.status})")
    is_page = "html" in answer.headers.get("content-type", "text/html")
    text = answer.body.decode("utf-8", "replace") if is_page else ""
    found = next(iter([*_in_header(answer.headers.get("link", "")), *_in_text(text)]), None)
    if found is None:
        raise NoEndpoint
    return _said(lambda: str(next_hop(url, found)), target, reach)


def _page(address: str, reach: Reach) -> tuple[httpx2.URL, _Answer]:
    """A page, at the end of all redirects. Raises Untold."""
    return _said(lambda: _followed("GET", address, reach, None, REDIRECTS), address, reach)


def _post(address: str, form: Mapping[str, str], reach: Reach) -> None:
    url, answer = _said(lambda: _followed("POST", address, reach, form, (307, 308)), address, reach)
    if not 200 <= answer.status < 300:
        raise Untold(f"{url.host} did not take it ({answer.status})")


def _followed(
    method: str, address: str, reach: Reach, form: Mapping[str, str] | None, onward: Collection[int]
) -> tuple[httpx2.URL, _Answer]:
    """The last answer, and from where; all within the same seconds."""
    url, deadline = web_url(address), Deadline(time.monotonic() + reach.seconds)
    for _ in range(_HOPS):
        with exchange(method, url, _HEADERS, Bounds(deadline, reach.wire_bytes, reach.allow), form) as got:
            headers = {name.lower(): value for name, value in got.headers.items()}
            if got.status_code not in onward or not headers.get("location"):
                return url, _Answer(got.status_code, headers, _body(got, reach.wire_bytes))
        url = next_hop(url, headers["location"])
    raise NoAddress(f"the address is passed on more than {_HOPS} times")


def _body(answer: httpx2.Response, most: int) -> bytes:
    found = bytearray()
    for chunk in answer.iter_raw():
        found += chunk[: most - len(found)]
        if len(found) >= most:
            break
    return bytes(found)


def _said(work: Callable[[], T], address: str, reach: Reach) -> T:
    """What `work` returns; whatever a stranger's server upsets is one line."""
    try:
        return work()
    except Exception as error:
        raise Untold(in_words(error, _host(address), reach.seconds)) from error


def _host(address: str) -> str:
    try:
        return web_url(address).host
    except NoAddress:
        return address


def _in_header(value: str) -> Iterator[str]:
    for link in _LINK.finditer(value):
        rels = " ".join(quoted or bare for quoted, bare in _REL.findall(link[2])[:1])
        if "webmention" in rels.lower().split():
            yield link[1].strip()


def _in_text(text: str) -> list[str]:
    reading = _Links()
    with suppress(AssertionError):  # what Python's parser says of some that is no HTML; what came before it counts
        reading.feed(text)
    return reading.found


class _Links(HTMLParser):
    """The addresses of `<link>` and `<a>` that take webmentions, in their order; an empty one is the page's own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag."""
        values = dict(reversed(attrs))  # of one that is written twice the first counts
        if tag in ("link", "a") and "webmention" in (values.get("rel") or "").lower().split() and "href" in values:
            self.found.append((values["href"] or "").strip())
