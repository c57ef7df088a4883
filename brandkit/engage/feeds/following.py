"""What is read: followed feeds and calendars, what contacts publish, what is asked in communities. Pure.

The feeds of contacts and communities get ids that nobody could have written, such as `people/ada/1`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brandkit.engage.feeds.refresh import FollowedFeed
from brandkit.engage.model import Entry, Vault
from brandkit.engage.world import Read

_PEOPLE, _COMMUNITIES = "people", "communities"


def followed(vault: Vault) -> list[FollowedFeed]:
    """Every feed and calendar, those of feeds.yaml first. What must be left alone is not even read."""
    own = [FollowedFeed(feed.id, feed.url, feed.title, feed.kind) for feed in vault.feeds]
    people = (
        FollowedFeed(f"{_PEOPLE}/{contact.id}/{number}", url, contact.name)
        for contact in vault.contacts
        if not contact.at_rest
        for number, url in enumerate(contact.feeds, 1)
    )
    places = (
        FollowedFeed(f"{_COMMUNITIES}/{community.id}", community.feed, community.name)
        for community in vault.communities
        if community.feed
    )
    return [*own, *people, *places]


def sorted_out(entries: Iterable[Entry], vault: Vault) -> Read:
    """Entries, each to where it belongs: worth sending, written by a contact, asked in a community."""
    wanted = {feed.id: feed for feed in vault.feeds}
    shared: list[Entry] = []
    published: dict[str, list[Entry]] = {}
    threads: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.published, e.canonical, e.guid, len(e.text), e.feed), reverse=True):
        kind, _, rest = entry.feed.partition("/")
        if entry.feed in wanted:
            shared.append(entry)
        elif kind == _PEOPLE:
            published.setdefault(rest.rpartition("/")[0], []).append(entry)
        elif kind == _COMMUNITIES:
            threads.setdefault(rest, []).append(entry)
    return Read(shared, _once(published), threads)


def _once(published: Mapping[str, list[Entry]]) -> dict[str, list[Entry]]:
    """What somebody publishes in two feeds counts once."""
    return {id_: list(_distinct(entries)) for id_, entries in published.items()}


def _distinct(entries: Iterable[Entry]) -> Iterator[Entry]:
    seen: set[str] = set()
    for entry in entries:
        if entry.canonical not in seen:
            seen.add(entry.canonical)
            yield entry
