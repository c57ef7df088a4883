"""What was put aside once, and waits to be thrown away?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.io import vault

ASIDE = Code(
    "BK311",
    "note",
    "something was put aside",
    "A restore keeps what stood there before, doctor what it could not mend, the journal what was cut off; all hold "
    "what you know of people.",
    "remove it when you no longer need it",
)


def look_at_put_aside(project: Project, _: datetime) -> Iterator[Found]:
    """What a restore or a repair left on purpose."""
    for path in put_aside(project):
        shown = vault.display_name(path, project.root)
        yield Found(ASIDE.at(Place(shown), "this was put aside, and is still here"))


def put_aside(project: Project) -> list[Path]:
    """The files and folders that were put aside and are still here."""
    home, folder = project.state.parent, vault.locate(project.root).resolve()
    found = [
        path for pattern in ("before-restore-*", "put-aside-*", "state/*.damaged-*") for path in home.glob(pattern)
    ]
    found += folder.parent.glob(f"{folder.name}-before-restore-*")  # of a vault on another disk
    found += folder.glob("journal/*.torn")  # lines of the journal that were cut off
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm")))
