"""brandkit feeds: refresh and list what you follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from brandkit.base.text import plural
from brandkit.cli.build_command import progress_bar
from brandkit.cli.options import print_findings, print_json, project_at, shared


@click.group()
def feeds() -> None:
    """What you follow: feeds.yaml in the vault says which, this says how they are doing."""


@feeds.command()
@shared
def refresh(project: Path | None, today: date | None, offline: bool, as_json_: bool) -> None:
    """Read the feeds that are due, politely: what has not changed is not fetched again."""
    from brandkit.app.advise import gather
    from brandkit.app.own_day import when

    here = project_at(project)
    with here.locked(), progress_bar("Reading feeds", as_json_) as progress:
        known = gather(here, when(here, today), offline, progress)
    outcomes = known.feeds.feeds
    if as_json_:
        rows = [{"feed": o.feed_id, "status": o.status, "new": o.new, "problem": o.problem} for o in outcomes]
        print_json(rows)
    else:
        for outcome in outcomes:
            click.echo(
                f"{outcome.feed_id}: {outcome.status}"
                + (f", {outcome.new} new" if outcome.new else "")
                + (f": {outcome.problem}" if outcome.problem else "")
            )
        click.echo(f"{plural(known.feeds.new, 'new entry', 'new entries')} from {plural(len(outcomes), 'feed')}.")
    print_findings(known.report.sorted())
    raise click.exceptions.Exit(1 if known.report.failed() else 0)


@feeds.command("list")
@shared
def list_(project: Path | None, today: date | None, as_json_: bool, **_: Any) -> None:
    """Every followed feed and how it is doing."""
    from brandkit.app.journaling import open_desk
    from brandkit.io.entry_store import EntryStore

    here = project_at(project)
    desk = open_desk(here)
    with EntryStore(here.state / "entries.db") as store:
        states = store.feed_states()
    rows = []
    for feed in desk.vault.feeds:
        state = states.get(feed.id)
        checked = state.checked_at.isoformat() if state and state.checked_at else None
        rows.append(
            {
                "id": feed.id,
                "title": feed.title,
                "url": feed.url,
                "checked": checked,
                "problem": state.problem if state else None,
            }
        )
    if as_json_:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['title']}  {row['url']}" + (f"\n    {row['problem']}" if row["problem"] else ""))


COMMANDS = {"feeds": feeds}
