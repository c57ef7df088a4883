"""What a followed feed is called when people read or type it, and which one they mean. Pure.

Feeds of contacts and communities have ids for machines (`people/ada/1`); people say `ada`, or the address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from brandkit.base.url import canonical
from brandkit.engage.feeds.following import followed
from brandkit.engage.feeds.refresh import FollowedFeed
from brandkit.engage.model import Vault


def named(what: str, vault: Vault) -> list[FollowedFeed]:
    """The followed feeds that somebody may mean: by id, by address, by the contact or community that they are of."""
    feeds, wanted = followed(vault), what.strip()
    same_id = [feed for feed in feeds if feed.id == wanted]
    same_url = [feed for feed in feeds if canonical(feed.url) == canonical(wanted)]
    return same_id or same_url or _of_somebody(wanted.casefold(), vault, feeds)


def _of_somebody(wanted: str, vault: Vault, feeds: Sequence[FollowedFeed]) -> list[FollowedFeed]:
    people = [c.id for c in vault.contacts if wanted in (c.id.casefold(), c.name.casefold(), c.first_name.casefold())]
    places = [c.id for c in vault.communities if wanted in (c.id.casefold(), c.name.casefold())]
    return [feed for feed in feeds if owner_of(feed.id) in {*people, *places} and "/" in feed.id]


def owner_of(feed_id: str) -> str:
    """The contact or community that a feed is of; empty for one that is followed for itself."""
    kind, _, rest = feed_id.partition("/")
    return rest.rpartition("/")[0] if kind == "people" else rest


def handle(feed: FollowedFeed, vault: Vault) -> str:
    """The shortest thing to type that means this feed and no other."""
    tries = (owner_of(feed.id) or feed.id, feed.url)
    return next((one for one in tries if [f.id for f in named(one, vault)] == [feed.id]), feed.id)


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
