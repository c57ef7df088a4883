"""Is the store of entries sound, and of a version that this brandkit knows?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.io import manifest
from brandkit.io.store.entry_store import VERSION
from brandkit.io.store.store_file import StoreProblem, set_aside, verdict, version_of

DAMAGED = Code(
    "BK303",
    "error",
    "the store of entries is damaged",
    "The database below .brandkit/state/ does not pass its own check.",
    "brandkit doctor --repair puts it aside: feeds are read anew, nothing that you wrote is in it",
)
NEWER = Code(
    "BK305",
    "error",
    "the store of entries is from a newer brandkit",
    "Another brandkit, newer than this one, has read feeds in this project.",
    "update this brandkit; until then it leaves the store alone",
)
NOT_NOW = Code(
    "BK312",
    "error",
    "the store of entries can not be looked at",
    "The disk is full, or this account may not read the folder.",
    "make room, or give the folder back to yourself, and look again",
)
_SHOWN = ".brandkit/state/entries.db"


def look_at_store(project: Project, now: datetime) -> Iterator[Found]:
    """SQLite's own quick check; nothing but a look is taken."""
    path = project.state / "entries.db"
    if not path.is_file():
        return
    try:
        said = verdict(path)
    except StoreProblem as problem:
        yield Found(NOT_NOW.at(Place(_SHOWN), str(problem)))
        return
    if said != "ok":
        finding = DAMAGED.at(Place(_SHOWN), f"the store of entries is damaged: {said}")
        yield Found(finding, partial(_put_aside, project, now))
    elif version_of(path) > VERSION:
        yield Found(NEWER.at(Place(_SHOWN), "the store of entries was written by a newer brandkit"))


def _put_aside(project: Project, now: datetime) -> str:
    name = set_aside(project.state / "entries.db", now.date())
    manifest.forget(project.private)
    return f"{_SHOWN} was put aside as {name}; the next build reads the feeds anew"
