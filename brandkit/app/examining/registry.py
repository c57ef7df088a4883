"""All that doctor looks at, in the order in which it is said and mended; one more look is one more line here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from brandkit.app.examining.clock_jumps import look_at_clock
from brandkit.app.examining.erasures import look_at_erasures
from brandkit.app.examining.gitignore import look_at_gitignore
from brandkit.app.examining.journal_tails import look_at_journal
from brandkit.app.examining.look import Found, Look
from brandkit.app.examining.lost_people import look_at_lost_people
from brandkit.app.examining.outputs import look_at_outputs
from brandkit.app.examining.own_eyes import LOCKED_OUT, closed_folders, look_at_modes
from brandkit.app.examining.push_hook import look_at_push_hook
from brandkit.app.examining.put_aside import look_at_put_aside
from brandkit.app.examining.schedules import look_at_schedules
from brandkit.app.examining.stopped_runs import look_at_stopped_runs
from brandkit.app.examining.store import look_at_store
from brandkit.app.examining.vault_place import look_at_vault
from brandkit.app.examining.vault_texts import look_at_vault_texts
from brandkit.app.project import Project
from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.base.walls import EnvironmentProblem
from brandkit.io import vault

LOOKS: tuple[Look, ...] = (
    look_at_vault,
    look_at_gitignore,
    look_at_stopped_runs,
    look_at_journal,
    look_at_vault_texts,
    look_at_lost_people,
    look_at_store,
    look_at_clock,
    look_at_erasures,
    look_at_modes,
    look_at_outputs,
    look_at_put_aside,
    look_at_push_hook,
    look_at_schedules,
)


def examine(project: Project, now: datetime) -> Iterator[Found]:
    """Every finding about the project as a whole. Changes nothing."""
    busy = project.is_busy()  # then what looks left over is a run's own
    return _found(project, now, [look for look in LOOKS if not (busy and look is look_at_stopped_runs)])


def _found(project: Project, now: datetime, looks: Iterable[Look]) -> Iterator[Found]:
    for look in looks:
        try:
            yield from look(project, now)
        except PermissionError as error:
            place = Path(error.filename or project.root)
            if not any(place.is_relative_to(folder) for folder in closed_folders(project)):  # named already
                shown = vault.display_name(place, project.root)
                yield Found(LOCKED_OUT.at(Place(shown), "this account may not look here"))


def repair(project: Project, now: datetime) -> tuple[list[str], list[Diagnostic]]:
    """Mend what is safe to mend. Returns what was done, a line each, and what is left for a person."""
    with project.locked(), project.journal_locked():
        done = [line for found in _found(project, now, LOOKS) for line in _mended(found)]
        return done, [found.diagnostic for found in _found(project, now, LOOKS)]


def _mended(found: Found) -> Iterator[str]:
    """What was done about a finding; nothing where this account, or the disk, does not let us: it is found again."""
    with suppress(OSError, EnvironmentProblem):
        if found.mend is not None:
            yield found.mend()
