"""From an address that somebody typed to feeds that are followed: look there, let a person choose, read these.

In: the vault, an address, a way to choose. Out: `Taken`, of which nothing is written until `follow`. One may look
first, choosing nothing, show the offers, and take those that were chosen by asking again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from brandkit.app.feeds.discovering import address_of, look_at, read_offers
from brandkit.app.feeds.following import add, known_addresses, same_feed, told
from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, open_desk
from brandkit.base.url import canonical
from brandkit.base.walls import EnvironmentProblem, Stop
from brandkit.engage.feeds.added_feeds import AddedFeed
from brandkit.io.net.autodiscovery import Answer, Find, Offer

Choose = Callable[[Sequence[Offer]], Sequence[Offer]]


@dataclass
class Taken:
    """What came of an address: feeds to follow, what is read already, and lines about what could not be read.

    `offers` are those of a page, main ones first; none where the address is a feed itself, or is read already.
    """

    offers: tuple[Offer, ...] = ()
    finds: list[Find] = field(default_factory=list)
    already: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unreachable: bool = False


def sound_desk(project: Project) -> Desk:
    """The vault, if all that is followed could be read. Raises Stop."""
    desk = open_desk(project)
    names = ("/feeds.yaml", "/feeds-added.yaml")
    spoilt = [d for d in desk.report.diagnostics if d.severity == "error" and d.place.file.endswith(names)]
    if spoilt:
        raise Stop(f"{spoilt[0].place}: {spoilt[0].message}; mend it first", ", see brandkit check")
    return desk


def take(typed: str, desk: Desk, choose: Choose, every: bool) -> Taken:
    """Ask the address, let a person choose, read what was chosen. Raises Stop where there is nothing to follow.

    Of what was chosen each is taken where `every` says so, else the first that is a feed.
    """
    known, url = known_addresses(desk), address_of(typed, desk)
    taken = Taken()

    def is_new(address: str) -> bool:
        feed = known.get(canonical(address))
        if feed:
            taken.already[address] = told(feed, desk)
        return feed is None

    if not is_new(url):
        return taken
    answer = look_at(url, desk)
    if answer.find:
        taken.finds += [answer.find] if is_new(answer.find.url) else []
        return taken
    if not answer.offers:
        raise _nothing(answer)
    taken.offers = answer.offers
    chosen = choose(answer.offers)
    fresh = [offer for offer in chosen if is_new(offer.url)]
    if every or all(offer.comments for offer in chosen if offer not in fresh):  # a main one is not read already
        _read(taken, fresh, desk, None if every else 1)
        taken.finds = [find for find in taken.finds if is_new(find.url)]
    if chosen and not taken.finds and not taken.already:
        raise (EnvironmentProblem if taken.unreachable else Stop)("; ".join(taken.notes))
    return taken


def follow(project: Project, taken: Taken, dry_run: bool = False) -> list[AddedFeed]:
    """Follow what was found from now on, as the vault stands now. Raises Stop where it can not be written down."""
    with project.locked():
        return add(open_desk(project), taken.finds, dry_run)


def _nothing(answer: Answer) -> Stop:
    if not answer.reached:
        return EnvironmentProblem(answer.problem)
    return Stop(f"no feed was found at {answer.url}: {answer.problem}, and the usual places hold none")


def _read(taken: Taken, offers: Sequence[Offer], desk: Desk, enough: int | None) -> None:
    for found in read_offers(offers, desk, enough):
        if not isinstance(found, Find):
            taken.notes.append(f"{found.url} was left out: {found.problem or 'it is a page, not a feed'}")
            taken.unreachable = taken.unreachable or not found.reached
        elif same := same_feed(found, taken.finds):
            taken.notes.append(f"{found.url} was left out: it holds the same as {same.url}")
        else:
            taken.finds.append(found)
