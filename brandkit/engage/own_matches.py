"""Own pages that meet what a person looks for or likes to read about. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from brandkit.base.walls import OwnPage
from brandkit.engage.model import Entry
from brandkit.engage.rhythm import day_of
from brandkit.engage.scoring.component import Reader
from brandkit.engage.scoring.wishes import Wish, Wishes
from brandkit.engage.world import World


@dataclass(frozen=True)
class OwnMatch:
    """A page of yours, as an entry, the wish that it meets best, and how well, from 0 to 1."""

    entry: Entry
    wish: Wish
    share: float


def own_matches(reader: Reader, world: World, wishes: Wishes) -> list[OwnMatch]:
    """Published pages that meet one of the wishes as well as a shared entry would have to, the best first."""
    index, found = world.pages.index, []
    for position in wishes.reach(reader, world.pages, world.setting.settings.threshold):
        entry = index.entries[position]
        wish, share = wishes.best(reader, world.pages, position)
        if wish is not None and is_out(world.own[entry.canonical], world):
            found.append(OwnMatch(entry, wish, share))
    return sorted(found, key=lambda match: (-round(match.share, 9), match.entry.canonical))


def is_out(page: OwnPage, world: World) -> bool:
    """Whether a page is there for everybody to read today."""
    return page.status == "published" and (page.date is None or day_of(page.date, world.zone) <= world.today)


def new_pages(world: World, days: int) -> Iterator[Entry]:
    """Own pages that came out in the last days, newest first. A note is no news."""
    since = world.today - timedelta(days=days)
    pages = ((entry, world.own[entry.canonical]) for entry in world.pages.index.entries)
    entries = (entry for entry, page in pages if page.kind != "note" and is_out(page, world))
    dated = [(published_on(entry, world), entry) for entry in entries]
    recent = [(day, entry) for day, entry in dated if since <= day]
    yield from (entry for _, entry in sorted(recent, key=lambda pair: (pair[0], pair[1].canonical), reverse=True))


def published_on(entry: Entry, world: World) -> date:
    """The day of an entry where you live."""
    return day_of(entry.published, world.zone)
