"""Did the clock jump? Days that have not come yet stand in the journal or in what is known of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from brandkit.app.examining.look import Found
from brandkit.app.feeds.refreshing import ask_again, of_another_clock
from brandkit.app.own_day import when
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.diagnostics import Code, Place
from brandkit.base.text import plural
from brandkit.base.walls import EnvironmentProblem
from brandkit.io import manifest, vault
from brandkit.io.store.entry_store import VERSION, EntryStore
from brandkit.io.store.store_file import version_of

AHEAD = Code(
    "BK306",
    "warning",
    "something is dated in the future",
    "The clock of this machine was ahead when it was written down, or is behind now.",
    "look at the clock; a line that is wrong is taken back with brandkit undo, and logged again with --on",
)
_TOLERANCE = timedelta(days=1)  # a traveller's zone


def look_at_clock(project: Project, now: datetime) -> Iterator[Found]:
    """Lines of the journal, and feeds that would wait for years."""
    yield from _journal(project, now)
    yield from _feeds(project, now)


def _journal(project: Project, now: datetime) -> Iterator[Found]:
    folder = vault.locate(project.root)
    if not folder.is_dir():
        return
    today = max(now, when(project, None).now) + _TOLERANCE  # a pinned day is today
    ahead = [line.at for line in open_desk(project).vault.journal if line.at.astimezone(UTC) > today]
    if ahead:
        shown = f"{vault.display_name(folder, project.root)}/journal"
        message = f"{plural(len(ahead), 'line is', 'lines are')} dated in the future, up to {max(ahead).date()}"
        yield Found(AHEAD.at(Place(shown), message))


def _feeds(project: Project, now: datetime) -> Iterator[Found]:
    path = project.state / "entries.db"
    if not path.is_file() or version_of(path) > VERSION:
        return
    try:
        with EntryStore(path) as store:
            ahead = of_another_clock(store, now)
    except EnvironmentProblem:
        return
    if ahead:
        message = f"{plural(len(ahead), 'feed was', 'feeds were')} asked by a clock that was ahead"
        hint = "they are asked again by the next build; brandkit doctor --repair sets them right now"
        yield Found(AHEAD.at(Place(".brandkit/state/entries.db"), message, hint), partial(_mend, project, now))


def _mend(project: Project, now: datetime) -> str:
    with EntryStore(project.state / "entries.db") as store:
        count = ask_again(store, now)
    manifest.forget(project.private)
    return f"{plural(count, 'feed is', 'feeds are')} due now"
