"""The links of shown pages that lead outside: which addresses there are, ask for them, say what was found.

In: the planned site and the cache. Out: findings with file and line. It asks strangers' servers, so it runs
only when it is wished.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.url import is_web
from brandkit.io import clock
from brandkit.io.net import link_memory
from brandkit.io.net.link_check import LinkLimits, LinkResult, check_links
from brandkit.site.model import Link, Site

GONE = Code(
    "BK182",
    "warning",
    "a link leads to a page that is gone",
    "The server of another site says that there is nothing at this address (404 or 410).",
    "find the page's new address or a copy of it, or take the link out",
)
BROKEN = Code(
    "BK183",
    "warning",
    "a link could not be followed",
    "The server is not there, does not answer, can not be trusted, or has a problem of its own.",
    "open it in a browser; if it stays so, take another source",
)
MOVED = Code(
    "BK184",
    "warning",
    "a link has moved for good",
    "The server passes visitors on, and says that this will stay so; such signs are often taken down one day.",
    "write the new address",
)
VARIABLE = "BRANDKIT_ALLOW_HOSTS"
_SHOWN = 300
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ExternalLinks:
    """What asking led to. `unknown` are addresses whose servers do not say, with the reason."""

    findings: tuple[Diagnostic, ...]
    asked: int
    remembered: int
    unknown: tuple[tuple[str, str], ...]


def check_external(
    site: Site, cache: Path, progress: Progress | None, limits: LinkLimits | None = None
) -> ExternalLinks:
    """Ask for every address once, but for those that were asked within a day."""
    places = places_of(site)
    now = clock.now()
    known = {address: found for address, found in link_memory.recall(cache, now).items() if address in places}
    wanted = [address for address in places if address not in known]
    done = 0

    def tell(result: LinkResult) -> None:
        nonlocal done
        done += 1
        if progress:
            progress(result.address[:60], done, len(wanted))

    fresh = check_links(wanted, limits or LinkLimits(allow=allowed_hosts(os.environ)), tell)
    if fresh:
        link_memory.remember(cache, fresh, now)
    results = {**known, **{result.address: result for result in fresh}}
    return ExternalLinks(
        findings=tuple(f for address in places for f in _findings(results[address], places[address])),
        asked=len(fresh),
        remembered=len(known),
        unknown=tuple((a, results[a].detail) for a in places if results[a].outcome == "unknown"),
    )


def places_of(site: Site) -> dict[str, list[tuple[Place, str]]]:
    """Where each address stands, and what follows its `#` there. A part of a page is the same page to a server."""
    found: dict[str, list[tuple[Place, str]]] = {}
    for page in site.pages:
        for link in page.document.inside.external:
            whole = _whole(link)
            address, _, anchor = whole.partition("#")
            if is_web(address):
                found.setdefault(address, []).append((Place(page.document.path, link.line), anchor))
    return found


def allowed_hosts(environment: Mapping[str, str]) -> frozenset[str]:
    """The host:port pairs that may be private, as the environment names them."""
    return frozenset(pair.strip() for pair in environment.get(VARIABLE, "").split(",") if pair.strip())


def _whole(link: Link) -> str:
    target = link.target.strip()
    return f"https:{target}" if target.startswith("//") else target


def _findings(result: LinkResult, places: list[tuple[Place, str]]) -> Iterator[Diagnostic]:
    shown = result.address[:_SHOWN]
    for place, anchor in places:
        if result.outcome == "gone":
            yield GONE.at(place, f"{shown} leads to a page that is gone: {result.detail}")
        elif result.outcome == "failed":
            yield BROKEN.at(place, f"{shown} could not be followed: {result.detail}")
        elif result.outcome == "moved":
            final = result.final + (f"#{anchor}" if anchor and "#" not in result.final else "")
            yield MOVED.at(place, f"{shown} has moved for good", f"write {final[:_SHOWN]}")
