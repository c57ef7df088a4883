"""Is there a workflow that a host starts by the clock, and does one of the host's own limits matter now?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.base.text import plural
from brandkit.io import git

SCHEDULED = Code(
    "BK330",
    "note",
    "a workflow runs on a schedule, and a limit of its host matters now",
    "GitHub starts a scheduled workflow by the clock of UTC, from the default branch alone, later when it is busy, and "
    "in a public repository no more once nothing happened there for 60 days. Until the next run, what is scheduled "
    "does not appear. This is told when a text is scheduled, or nothing was committed for 45 days.",
    "a push or 'Run workflow' builds at once; after 60 quiet days, switch it on again under Actions",
)
_FOLDER = ".github/workflows"
_QUIET = timedelta(days=45)


def look_at_schedules(project: Project, now: datetime) -> Iterator[Found]:
    """A note for each workflow of GitHub's that is started by a clock, while one of its limits matters."""
    places = list(_clocks(project))
    last = git.last_commit(project.root) if places else None
    if last is None:  # no host has seen it yet
        return
    reasons = [*_quiet(now - last), *_waiting(project)]
    yield from (Found(SCHEDULED.at(place, reason)) for place in places for reason in reasons)


def _clocks(project: Project) -> Iterator[Place]:
    for path in sorted((project.root / _FOLDER).glob("*.y*ml")):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if line.strip().removeprefix("- ").startswith("cron:"):
                yield Place(f"{_FOLDER}/{path.name}", number, line.index("cron:") + 1)
                break


def _quiet(since: timedelta) -> Iterator[str]:
    if since >= _QUIET:
        yield (
            f"nothing was committed for {plural(since.days, 'day')}; GitHub stops this after 60 days without activity "
            "in a public repository"
        )


def _waiting(project: Project) -> Iterator[str]:
    from brandkit.app.looking import look_at

    waiting = [page.document.path for page in look_at(project, None).site.held_back if page.status == "scheduled"]
    if waiting:
        more = f" and {plural(len(waiting) - 1, 'other text')}" if len(waiting) > 1 else ""
        verb = "appear" if more else "appears"
        yield f"{waiting[0]}{more} {verb} when GitHub starts this, by UTC and perhaps late, from the default branch"
