"""brandkit feeds pause, resume and remove: leaving a feed alone for a while, or for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from brandkit.base.text import plural
from brandkit.cli.options import print_json, project_at, shared


@click.command()
@shared
@click.argument("feed")
def pause(project: Path | None, feed: str, as_json_: bool, **_: Any) -> None:
    """Leave FEED alone for a while.

    It is not asked nor read; what was read stays. FEED is an id, an address, or whose it is: see brandkit feeds list.
    """
    _set_paused(project, feed, as_json_, paused=True)


@click.command()
@shared
@click.argument("feed")
def resume(project: Path | None, feed: str, as_json_: bool, **_: Any) -> None:
    """Go on with FEED after a pause."""
    _set_paused(project, feed, as_json_, paused=False)


def _set_paused(project: Path | None, feed: str, as_json_: bool, paused: bool) -> None:
    from brandkit.app.feeds.following import find_feed, set_paused, told
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    with here.locked():
        desk = open_desk(here)
        found = find_feed(desk, feed)
        changed = set_paused(desk, found, paused)
    if as_json_:
        print_json({"feed": found.id, "paused": paused, "changed": changed})
        return
    done = "is paused; what was read stays" if paused else "is read again when it is due"
    was = "was paused already" if paused else "was not paused"
    click.echo(f"{told(found, desk)} {done if changed else was}.")


@click.command()
@shared
@click.argument("feed")
@click.option("--dry-run", is_flag=True, help="Say the same, and change nothing.")
def remove(project: Path | None, feed: str, dry_run: bool, as_json_: bool, **_: Any) -> None:
    """Let FEED go, with all that was read.

    One that you wrote yourself stays in its file; a patch that takes it out is printed.
    """
    from brandkit.app.feeds.following import find_feed, remove
    from brandkit.app.words.journaling import open_desk

    here = project_at(project)
    with here.locked():
        desk = open_desk(here)
        found = find_feed(desk, feed)
        removal = remove(desk, found, dry_run)
    if as_json_:
        row = {"feed": found.id, "removed": removal.done and not dry_run, "entries": removal.entries}
        print_json({**row, "patch": removal.patch, "places": list(removal.places)})
    elif removal.done:
        would = "would be gone" if dry_run else "is gone"
        click.echo(f"{removal.label} {would}, with {plural(removal.entries, 'entry', 'entries')}.")
    elif removal.patch:
        click.echo(
            f"You wrote {removal.label} yourself, so it is yours to take out. Save this, then: {removal.apply}\n"
        )
        click.echo(removal.patch, nl=False)
    else:
        click.echo(f"You wrote {removal.label} yourself. Take it out at {' and '.join(removal.places)}.")
