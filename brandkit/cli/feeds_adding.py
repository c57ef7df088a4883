"""brandkit feeds add: from an address to a feed that is followed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brandkit.base.text import clip, plural
from brandkit.base.walls import UsageProblem
from brandkit.cli.options import is_terminal, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.feeds.feeds_adding import Taken
    from brandkit.engage.feeds.added_feeds import AddedFeed
    from brandkit.io.net.autodiscovery import Offer


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
    from brandkit.app.feeds.feeds_adding import follow, sound_desk, take

    here = project_at(project)
    desk = sound_desk(here)
    refuse_offline(offline)
    taken = take(url, desk, lambda offers: _chosen(offers, all_, ask=not as_json_), all_)
    added = follow(here, taken, dry_run)
    if as_json_:
        print_json(_as_json(added, taken, dry_run))
    else:
        _report(added, taken, dry_run)


def refuse_offline(offline: bool) -> None:
    """Raises UsageProblem where nothing may be fetched."""
    if offline:
        raise UsageProblem("this asks other people's servers, so it cannot be done with --offline")


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


def _report(added: Sequence[AddedFeed], taken: Taken, dry_run: bool) -> None:
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


def _as_json(added: Sequence[AddedFeed], taken: Taken, dry_run: bool) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"id": feed.id, "url": feed.url, "title": feed.title, "kind": feed.kind}
        | {"language": find.language or None, "newest": list(find.newest), "entries": find.count}
        for feed, find in zip(added, taken.finds, strict=True)
    ]
    return {
        "added": rows,
        "already": [{"url": url, "name": name} for url, name in taken.already.items()],
        "offers": [{"url": o.url, "title": o.title, "kind": o.kind, "comments": o.comments} for o in taken.offers],
        "left_out": taken.notes,
        "written": bool(added) and not dry_run,
    }
