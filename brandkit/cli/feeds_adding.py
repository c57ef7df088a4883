"""brandkit feeds add: from an address to a feed that is followed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.base.text import clip, plural
from brandkit.base.walls import EnvironmentProblem, Stop, UsageProblem
from brandkit.cli.options import is_terminal, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.journaling import Desk
    from brandkit.engage.feeds.added_feeds import AddedFeed
    from brandkit.io.autodiscovery import Answer, Find, Offer


@dataclass
class _Taken:
    """What came of an address: feeds to follow, what is read already, and lines about what could not be read."""

    finds: list[Find] = field(default_factory=list)
    already: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unreachable: bool = False


@click.command()
@shared
@click.argument("url")
@click.option("--all", "all_", is_flag=True, help="Follow every feed that the page offers.")
@click.option("--dry-run", is_flag=True, help="Say the same, and write nothing.")
def add(project: Path | None, url: str, offline: bool, as_json_: bool, all_: bool, dry_run: bool, **_: Any) -> None:
    """Follow the feed or calendar at URL.

    URL may also be a page that names its feeds, or that has one in a usual place.

    \b
      brandkit feeds add example.org
      brandkit feeds add https://example.org/events.ics

    It is written to feeds-added.yaml in the vault, beside your feeds.yaml, which stays as you wrote it.
    """
    from brandkit.app.following import add as follow
    from brandkit.app.journaling import open_desk

    here = project_at(project)
    desk = _sound(open_desk(here))
    refuse_offline(offline)
    offers, taken = _take(url, desk, all_, ask=not as_json_)
    with here.locked():
        added = follow(open_desk(here), taken.finds, dry_run)
    if as_json_:
        print_json(_as_json(added, taken, offers, dry_run))
    else:
        _report(added, taken, dry_run)


def refuse_offline(offline: bool) -> None:
    """Raises UsageProblem where nothing may be fetched."""
    if offline:
        raise UsageProblem("this asks other people's servers, so it cannot be done with --offline")


def _sound(desk: Desk) -> Desk:
    """The vault, if all that is followed could be read. Raises Stop."""
    names = ("/feeds.yaml", "/feeds-added.yaml")
    spoilt = [d for d in desk.report.diagnostics if d.severity == "error" and d.place.file.endswith(names)]
    if spoilt:
        raise Stop(f"{spoilt[0].place}: {spoilt[0].message}; mend it first, see brandkit check")
    return desk


def _take(typed: str, desk: Desk, all_: bool, ask: bool) -> tuple[tuple[Offer, ...], _Taken]:
    """Ask the address, let a person choose, read what was chosen. Raises Stop where there is nothing to follow."""
    from brandkit.app.discovering import address_of, look_at
    from brandkit.app.following import known_addresses, told
    from brandkit.base.url import canonical

    known, url = known_addresses(desk), address_of(typed, desk)
    taken = _Taken()

    def is_new(address: str) -> bool:
        feed = known.get(canonical(address))
        if feed:
            taken.already[address] = told(feed, desk)
        return feed is None

    if not is_new(url):
        return (), taken
    answer = look_at(url, desk)
    if answer.find:
        taken.finds += [answer.find] if is_new(answer.find.url) else []
        return (), taken
    if not answer.offers:
        raise _nothing(answer)
    chosen = _chosen(answer.offers, all_, ask)
    fresh = [offer for offer in chosen if is_new(offer.url)]
    if all_ or all(offer.comments for offer in chosen if offer not in fresh):  # a main one is not read already
        _read(taken, fresh, desk, None if all_ else 1)
        taken.finds = [find for find in taken.finds if is_new(find.url)]
    if not taken.finds and not taken.already:
        raise (EnvironmentProblem if taken.unreachable else Stop)("; ".join(taken.notes))
    return answer.offers, taken


def _nothing(answer: Answer) -> Stop:
    if not answer.reached:
        return EnvironmentProblem(answer.problem)
    return Stop(f"no feed was found at {answer.url}: {answer.problem}, and the usual places hold none")


def _chosen(offers: Sequence[Offer], all_: bool, ask: bool) -> Sequence[Offer]:
    """Those to try, in this order: all, the one of which the number was typed, or the main ones until one is good."""
    if len(offers) == 1 or not ask:
        return offers
    click.echo(f"{plural(len(offers), 'feed')} found there:")
    for number, offer in enumerate(offers, 1):
        mark = " (calendar)" if offer.kind == "calendar" else " (comments)" if offer.comments else ""
        click.echo(f"  {number}. {clip(offer.title, 70)}{mark}  {offer.url}")
    if all_:
        return offers
    if is_terminal() and sys.stdin.isatty():
        number = click.prompt("Which one", type=click.IntRange(1, len(offers)), default=1)
        return [offers[number - 1]]
    click.echo("The first is taken; --all takes them all.")
    return offers


def _read(taken: _Taken, offers: Sequence[Offer], desk: Desk, enough: int | None) -> None:
    from brandkit.app.discovering import read_offers
    from brandkit.app.following import same_feed
    from brandkit.io.autodiscovery import Find

    for found in read_offers(offers, desk, enough):
        if not isinstance(found, Find):
            taken.notes.append(f"{found.url} was left out: {found.problem or 'it is a page, not a feed'}")
            taken.unreachable = taken.unreachable or not found.reached
        elif same := same_feed(found, taken.finds):
            taken.notes.append(f"{found.url} was left out: it holds the same as {same.url}")
        else:
            taken.finds.append(found)


def _report(added: Sequence[AddedFeed], taken: _Taken, dry_run: bool) -> None:
    for url, name in taken.already.items():
        click.echo(f"You follow this already: {name}  {url}")
    for note in taken.notes:
        click.echo(note, err=True)
    for feed, find in zip(added, taken.finds, strict=True):
        about = ", ".join(filter(None, (find.kind, find.language)))
        click.echo(f"{'Would follow' if dry_run else 'Following'} {feed.id}: {find.title or find.url} ({about})")
        click.echo(f"  {find.url}")
        for title in find.newest:
            click.echo(f"  - {title}")
        if not find.count:
            click.echo("  It holds nothing yet.")
    if added and not dry_run:
        click.echo(f"Written to feeds-added.yaml in the vault. To let go: brandkit feeds remove {added[0].id}")


def _as_json(added: Sequence[AddedFeed], taken: _Taken, offers: Sequence[Offer], dry_run: bool) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"id": feed.id, "url": feed.url, "title": feed.title, "kind": feed.kind}
        | {"language": find.language or None, "newest": list(find.newest), "entries": find.count}
        for feed, find in zip(added, taken.finds, strict=True)
    ]
    return {
        "added": rows,
        "already": [{"url": url, "name": name} for url, name in taken.already.items()],
        "offers": [{"url": o.url, "title": o.title, "kind": o.kind, "comments": o.comments} for o in offers],
        "left_out": taken.notes,
        "written": bool(added) and not dry_run,
    }
