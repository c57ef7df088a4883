"""After a deploy: tell the hub that feeds have news, and pages elsewhere that they are linked to.

In: what was published, which of its files a deploy changed, the cache. Out: what was told, and what could not be.
Only what site.yaml asks for, only machines, only public addresses. What the site does not show yet waits for the next
deploy. Where nothing is remembered, what stands is taken as told: nobody hears of old texts, and a lost cache harms
nobody.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from brandkit.app.external_links import allowed_hosts
from brandkit.app.publish import Published
from brandkit.base.digest import digest_bytes
from brandkit.base.url import is_web
from brandkit.base.walls import PublicOutput
from brandkit.io import announced, clock
from brandkit.io.announced import Announced
from brandkit.io.net import pings
from brandkit.io.net.pings import Reach
from brandkit.site.addresses import output_path
from brandkit.site.model import Page, Site
from brandkit.site.outputs.feeds import FORMATS

_FEEDS = frozenset(name for name, _ in FORMATS)
_TRIES = 3  # deploys in which somebody is tried who cannot be told
_PATIENCE, _PAUSE = 60.0, 5.0  # seconds until a host shows what it was given
_MOST = 50  # in one deploy; the rest is told with the next ones


@dataclass
class Told:
    """Who was told: feeds, links that came and links that went, by address. `problems` are lines; `noted` is how many
    links are taken as told, `waiting` how much the next deploy tells, and `why` what it waits for."""

    feeds: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    noted: int = 0
    waiting: int = 0
    why: str = ""


@dataclass(frozen=True)
class _Wish:
    """What is to be told: feeds to the hub, and (page, link) pairs."""

    feeds: tuple[str, ...]
    links: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.feeds or self.links)


def announce(published: Published, changed: Collection[str], cache: Path, patience: float = _PATIENCE) -> Told:
    """Tell of what is new on the site. Never raises for what others do."""
    config, told = published.settings.config, Told()
    if not config.feeds.websub and not config.send_webmentions:
        return told
    last, now = announced.recall(cache), links_of(published.site)
    if last is None and config.send_webmentions:
        told.noted = sum(map(len, now.values()))
    before = last or Announced(now)
    stands = _feeds_in(published.output)
    feeds = [feed for feed in before.feeds if feed in stands]
    new = {config.url + path for path in changed}  # all of them, where a deploy fills an empty folder each time
    feeds += [feed for feed, digest in stands.items() if feed in new and before.stood.get(feed) != digest]
    wish = _Wish(
        tuple(dict.fromkeys(feeds))[:_MOST] if config.feeds.websub else (),
        tuple(_differences(before.links, now))[:_MOST] if config.send_webmentions else (),
    )
    reach = Reach(allow=allowed_hosts(os.environ))
    told.why = _why_not_yet(published, changed, reach, patience) if wish else ""
    if wish and not told.why:
        after = _tell(wish, before, config.feeds.websub, reach, told)
    else:
        after, told.waiting = replace(before, feeds=wish.feeds), len(wish.feeds) + len(wish.links)
    links = after.links if config.send_webmentions else now
    announced.remember(cache, replace(after, links=links, stood=stands))
    return told


def links_of(site: Site) -> dict[str, tuple[str, ...]]:
    """The addresses elsewhere that each page links to, by the page's own."""
    found = {page.permalink: tuple(sorted(_elsewhere(page))) for page in site.pages}
    return {address: links for address, links in found.items() if links}


def _feeds_in(output: PublicOutput) -> dict[str, str]:
    """The digest of each feed, by its address."""
    feeds = (path for path in output.files if path.rpartition("/")[2] in _FEEDS)
    return {output.url + path: digest_bytes((output.path / path).read_bytes()) for path in feeds}


def _elsewhere(page: Page) -> set[str]:
    origin = "/".join(page.permalink.split("/")[:3]) + "/"
    links = {link.target.strip() for link in page.document.inside.external}
    whole = {f"https:{link}" if link.startswith("//") else link for link in links}
    return {link for link in whole if is_web(link) and not link.startswith(origin)}


def _differences(before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """The links that came, and those that went: who was mentioned may want to know that they no longer are."""
    came = [(page, link) for page, links in now.items() for link in links if link not in before.get(page, ())]
    went = [(page, link) for page, links in before.items() for link in links if link not in now.get(page, ())]
    return came + went


def _why_not_yet(published: Published, changed: Collection[str], reach: Reach, patience: float) -> str:
    """Empty once the site shows what was deployed, within `patience` seconds: nobody should come too early."""
    output = published.output
    pages = sorted(changed, key=lambda path: (not _is_page(path), path))  # a host serves these, whatever it hides
    file = next((path for path in (*pages, output_path("")) if path in output.files), None)
    if file is None:
        return ""
    address = output.url + (file.removesuffix("index.html") if _is_page(file) else file)
    data = (output.path / file).read_bytes()
    until = clock.seconds() + patience
    try:
        while not pings.shows(address, data, reach):
            if clock.seconds() + _PAUSE > until:
                return "the site does not show what is new yet"
            clock.sleep(_PAUSE)
    except pings.Untold as problem:
        return f"the site could not be looked at: {problem}"
    return ""


def _is_page(path: str) -> bool:
    return path.rpartition("/")[2] == "index.html"


def _tell(wish: _Wish, before: Announced, hub: str | None, reach: Reach, told: Told) -> Announced:
    """Tell each; what is remembered afterwards."""
    feeds = _untold_feeds(hub or "", wish.feeds, reach, told)
    links = {page: set(known) for page, known in before.links.items()}
    tried: dict[str, int] = {}
    for page, link in wish.links:
        pair = f"{page} {link}"
        tries = before.tried.get(pair, 0) + 1
        heard = told.unlinked if link in links.get(page, ()) else told.links
        if _is_done(page, link, reach, told, heard) or tries >= _TRIES:
            links.setdefault(page, set()).symmetric_difference_update({link})
        else:
            tried[pair] = tries
    return Announced({page: tuple(sorted(known)) for page, known in links.items() if known}, tried, feeds)


def _untold_feeds(hub: str, feeds: Sequence[str], reach: Reach, told: Told) -> tuple[str, ...]:
    """Tell the hub of one after the other; those from which on it does not listen."""
    for number, feed in enumerate(feeds):
        try:
            pings.tell_hub(hub, feed, reach)
        except pings.Untold as problem:
            told.problems.append(f"the hub could not be told of {feed}: {problem}")
            return tuple(feeds[number:])
        told.feeds.append(feed)
    return ()


def _is_done(page: str, link: str, reach: Reach, told: Told, heard: list[str]) -> bool:
    """Whether a page that is linked to was told, or does not want to be."""
    try:
        pings.mention(page, link, reach)
    except pings.NoEndpoint:
        return True
    except pings.Untold as problem:
        told.problems.append(f"{link} could not be told: {problem}")
        return False
    heard.append(link)
    return True
