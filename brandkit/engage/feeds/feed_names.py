"""What a followed feed is called when people read or type it, and which one they mean. Pure.

Feeds of contacts and communities have ids for machines (`people/ada/1`); people say `ada`, or the address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brandkit.base.url import canonical
from brandkit.engage.feeds.following import followed
from brandkit.engage.feeds.refresh import FollowedFeed
from brandkit.engage.model import Vault


@dataclass(frozen=True)
class FeedNames:
    """What each followed feed may be called: its id, its address, or whoever it is of."""

    by_id: Mapping[str, Sequence[FollowedFeed]]
    by_address: Mapping[str, Sequence[FollowedFeed]]
    by_owner: Mapping[str, Sequence[FollowedFeed]]

    def named(self, what: str) -> list[FollowedFeed]:
        """The followed feeds that somebody may mean."""
        wanted = what.strip()
        found = self.by_id.get(wanted) or self.by_address.get(canonical(wanted))
        return list(found or self.by_owner.get(wanted.casefold(), ()))


def feed_names(vault: Vault) -> FeedNames:
    """Of all followed feeds, in their order."""
    by_id: dict[str, list[FollowedFeed]] = {}
    by_address: dict[str, list[FollowedFeed]] = {}
    by_owner: dict[str, list[FollowedFeed]] = {}
    called: dict[str, set[str]] = {}
    for contact in vault.contacts:
        called.setdefault(contact.id, set()).update(
            one.casefold() for one in (contact.id, contact.name, contact.first_name)
        )
    for community in vault.communities:
        called.setdefault(community.id, set()).update(one.casefold() for one in (community.id, community.name))
    for feed in followed(vault):
        by_id.setdefault(feed.id, []).append(feed)
        by_address.setdefault(canonical(feed.url), []).append(feed)
        for name in called.get(owner_of(feed.id), ()) if "/" in feed.id else ():
            by_owner.setdefault(name, []).append(feed)
    return FeedNames(by_id, by_address, by_owner)


def named(what: str, vault: Vault) -> list[FollowedFeed]:
    """The followed feeds that somebody may mean: by id, by address, by the contact or community that they are of."""
    return feed_names(vault).named(what)


def owner_of(feed_id: str) -> str:
    """The contact or community that a feed is of; empty for one that is followed for itself."""
    kind, _, rest = feed_id.partition("/")
    return rest.rpartition("/")[0] if kind == "people" else rest


def handle(feed: FollowedFeed, vault: Vault, names: FeedNames | None = None) -> str:
    """The shortest thing to type that means this feed and no other. Who asks for many gives all names."""
    known = names or feed_names(vault)
    tries = (owner_of(feed.id) or feed.id, feed.url)
    return next((one for one in tries if [f.id for f in known.named(one)] == [feed.id]), feed.id)


def label(feed: FollowedFeed, vault: Vault) -> str:
    """What a feed is called: its title, or whose it is."""
    if "/" not in feed.id:
        return feed.title
    contact = next((c for c in vault.contacts if c.id == owner_of(feed.id)), None)
    if contact is None or not feed.id.startswith("people/"):
        return feed.title
    alike = Counter(c.first_name for c in vault.contacts if c.feeds)[contact.first_name] > 1
    return f"{contact.name if alike else contact.first_name}'s feed"


def addresses(vault: Vault, moved: Mapping[str, str | None]) -> dict[str, FollowedFeed]:
    """Every address that is read, in its comparable form; `moved` are those to which servers sent us on, by id."""
    feeds = followed(vault)
    new = {canonical(url): feed for feed in feeds if (url := moved.get(feed.id))}
    return {**new, **{canonical(feed.url): feed for feed in reversed(feeds)}}
