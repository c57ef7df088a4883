"""brandkit feeds: refresh and list what you follow; what changes that stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from brandkit.base.text import plural
from brandkit.cli.build_command import progress_bar
from brandkit.cli.feeds_adding import add
from brandkit.cli.feeds_discovering import discover
from brandkit.cli.feeds_pausing import pause, remove, resume
from brandkit.cli.options import print_findings, print_json, project_at, shared

if TYPE_CHECKING:
    from brandkit.app.feeds.following import FeedFacts
    from brandkit.app.feeds.refreshing import FeedOutcome


@click.group()
def feeds() -> None:
    """What you follow: feeds.yaml in the vault says which, this says how they are doing.

    What is added here stands in feeds-added.yaml beside it; feeds.yaml stays as you wrote it.
    """


@feeds.command()
@shared
def refresh(project: Path | None, today: date | None, offline: bool, as_json_: bool) -> None:
    """Read the feeds that are due.

    Politely: what has not changed is not fetched again.
    """
    from brandkit.app.advise import refresh_feeds
    from brandkit.app.own_day import when

    here = project_at(project)
    with here.locked(), progress_bar("Reading feeds", as_json_) as progress:
        refreshed, report = refresh_feeds(here, when(here, today), offline, progress)
    outcomes = refreshed.feeds
    if as_json_:
        rows = [{"feed": o.feed_id, "status": o.status, "new": o.new, "problem": o.problem} for o in outcomes]
        print_json(rows)
    else:
        for outcome in outcomes:
            click.echo(_line(outcome))
        click.echo(_sum(outcomes))
    print_findings(report.sorted())
    raise click.exceptions.Exit(1 if report.failed() else 0)


def _line(outcome: FeedOutcome) -> str:
    """How one feed fared; of calendars too what was moved or withdrawn."""
    news = "new or changed" if outcome.kind == "calendar" else "new"
    return (
        f"{outcome.feed_id}{_mark(outcome.kind)}: {outcome.status}"
        + (f", {outcome.new} {news}" if outcome.new else "")
        + (f": {outcome.problem}" if outcome.problem else f" ({outcome.note})" if outcome.note else "")
    )


def _mark(kind: str) -> str:
    return " (calendar)" if kind == "calendar" else ""


def _sum(outcomes: Sequence[FeedOutcome]) -> str:
    dates = [one for one in outcomes if one.kind == "calendar"]
    new = sum(one.new for one in outcomes if one.kind != "calendar")
    told = f"{plural(new, 'new entry', 'new entries')} from {plural(len(outcomes) - len(dates), 'feed')}"
    if dates:
        told += f", {sum(one.new for one in dates):,} new or changed dates from {plural(len(dates), 'calendar')}"
    return told + "."


@feeds.command("list")
@shared
def list_(project: Path | None, today: date | None, as_json_: bool, **_: Any) -> None:
    """What is followed, and how it is doing.

    The feeds of contacts and communities stand there too. The first word of a line is what to type for a feed.
    """
    from brandkit.app.feeds.following import all_feeds
    from brandkit.app.own_day import when
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    rows = all_feeds(open_desk(here))
    if as_json_:
        print_json([_as_json(row) for row in rows])
        return
    zone = when(here, today).zone
    for row in rows:
        click.echo(f"{row.handle}{_mark(row.feed.kind)}  {row.label}  {row.feed.url}")
        health = _health(row, zone)
        if health:
            click.echo(f"    {health}")
    unread = sum(row.state.checked_at is None for row in rows)
    if not rows:
        click.echo("You follow nothing yet. Begin with: brandkit feeds add https://example.org/")
    elif unread:
        click.echo(f"{plural(unread, 'feed has', 'feeds have')} not been read yet; see brandkit feeds refresh")


def _as_json(row: FeedFacts) -> dict[str, Any]:
    state = row.state
    return {
        "id": row.feed.id,
        "name": row.handle,
        "kind": row.feed.kind,
        "title": row.label,
        "url": row.feed.url,
        "checked": state.checked_at.isoformat() if state.checked_at else None,
        "next": state.next_check_at.isoformat() if _comes_again(row) and state.next_check_at else None,
        "entries": row.count,
        "paused": state.paused,
        "gone": state.gone,
        "problem": state.problem,
    }


def _comes_again(row: FeedFacts) -> bool:
    return not (row.is_local or row.state.paused or row.state.gone)


def _health(row: FeedFacts, zone: ZoneInfo) -> str:
    """How a feed is doing, on one line; nothing where there is nothing to say yet."""
    state, parts = row.state, []
    if state.paused:
        parts.append(f"paused; go on with: brandkit feeds resume {row.handle}")
    if state.checked_at:
        noun = ("date", "dates") if row.feed.kind == "calendar" else ("entry", "entries")
        parts.append(
            f"{plural(row.count, *noun)}, last {'read' if row.is_local else 'asked'} {_moment(state.checked_at, zone)}"
        )
    if _comes_again(row) and state.next_check_at:
        parts.append(f"next from {_moment(state.next_check_at, zone)}")
    if state.problem:
        parts.append(state.problem)
    if state.moved_to:
        parts.append(f"it has moved to {state.moved_to}")
    return "; ".join(parts)


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


for command in (add, discover, pause, resume, remove):
    feeds.add_command(command)
COMMANDS = {"feeds": feeds}
