"""Is there a workflow that a host starts by the clock? It has limits of its own, which brandkit cannot lift."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place

SCHEDULED = Code(
    "BK330",
    "note",
    "a workflow runs on a schedule",
    "GitHub starts a scheduled workflow by the clock of UTC, from the default branch alone, later when it is busy, and "
    "in a public repository no more once nothing happened there for 60 days. Until the next run, what is scheduled "
    "does not appear.",
    "a push or 'Run workflow' builds at once; after 60 quiet days, switch it on again under Actions",
)
_FOLDER = ".github/workflows"


def look_at_schedules(project: Project, _: datetime) -> Iterator[Found]:
    """A note for each workflow of GitHub's that is started by a clock."""
    for path in sorted((project.root / _FOLDER).glob("*.y*ml")):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if line.strip().removeprefix("- ").startswith("cron:"):
                place = Place(f"{_FOLDER}/{path.name}", number, line.index("cron:") + 1)
                message = (
                    "GitHub starts this by UTC, may be late, and stops it after 60 days without activity in a public "
                    "repository"
                )
                yield Found(SCHEDULED.at(place, message))
                break
