"""Own pages that meet what a person looks for or likes to read about. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from brandkit.base.walls import OwnPage
from brandkit.engage.model import Entry
from brandkit.engage.rhythm import day_of
from brandkit.engage.scoring.component import Reader
from brandkit.engage.scoring.index import Index
from brandkit.engage.scoring.silence import strength_of_wish
from brandkit.engage.scoring.wishes import Kind, Wish, best_of, wishes_of
from brandkit.engage.world import World


@dataclass(frozen=True)
class OwnMatch:
    """A page of yours, as an entry, the wish that it meets best, and how well, from 0 to 1."""

    entry: Entry
    wish: Wish
    share: float


def own_matches(reader: Reader, world: World, kind: Kind) -> list[OwnMatch]:
    """Published pages that meet one kind of wishes as well as a shared entry would have to, the best first."""
    setting = world.pages
    if not setting.index.entries:
        return []
    wishes = wishes_of(reader, setting)[kind]
    # among the few pages of yours chance is no danger, so that each wish stands for itself
    met = {at for wish in wishes for at in _pages_for(wish.query, setting.index, setting.settings.threshold)}
    found = [OwnMatch(setting.index.entries[at], *best_of(wishes, setting.index, at)) for at in sorted(met)]
    found = [match for match in found if is_out(world.own[match.entry.canonical], world)]
    return sorted(found, key=lambda match: (-round(match.share, 6), match.entry.canonical))


def _pages_for(query: tuple[tuple[str, float], ...], index: Index, threshold: float) -> Sequence[int]:
    """The pages that meet a wish so well; many wish for the same, and several moves ask."""
    key = ("pages", query, threshold)
    if key not in index.known:
        index.known[key] = np.flatnonzero(strength_of_wish(Wish("", query), index) >= threshold).tolist()
    return index.known[key]  # type: ignore[no-any-return]


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
