"""What was put aside once, and waits to be thrown away?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place

ASIDE = Code(
    "BK311",
    "note",
    "something was put aside",
    "A restore keeps what stood there before, and doctor what it could not mend; both hold what you know of people.",
    "remove it when you no longer need it",
)


def look_at_put_aside(project: Project, _: datetime) -> Iterator[Found]:
    """What a restore or a repair left on purpose."""
    home = project.state.parent
    for pattern in ("before-restore-*", "put-aside-*", "state/*.damaged-*"):
        for path in sorted(home.glob(pattern)):
            if not path.name.endswith(("-wal", "-shm")):
                shown = path.relative_to(project.root).as_posix()
                yield Found(ASIDE.at(Place(shown), "this was put aside, and is still here"))
