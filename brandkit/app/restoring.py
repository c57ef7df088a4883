"""Putting a backup in place: all of it is checked and unpacked first, then folders change names; nothing is deleted.

What stood there is put aside. The names change by a log that was fsynced before: a restore that was stopped is finished
by the next run of any command, before that does anything else. Who asked to be forgotten since the backup was made
stays forgotten, or comes back on the person's word alone.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brandkit.app.backing_up import VAULT, places
from brandkit.app.project import Project
from brandkit.base.walls import EnvironmentProblem, Refused
from brandkit.engage.one_person import erased
from brandkit.engage.one_person.erased import is_erased, read_erased
from brandkit.engage.vault import read_vault
from brandkit.io import archive, vault
from brandkit.io.whole_file import environment_problem, fsync_folder, replace_file

_LOG = "intent.json"
_STAYS = ".git"  # the vault's own history: no backup holds it, and it goes on


@dataclass(frozen=True)
class Restore:
    """What a backup would put in place: the folders, who would come back though they asked to be forgotten."""

    path: Path
    contents: archive.Contents
    standing: Mapping[str, Path]  # the folders that would be put aside
    forgotten: tuple[str, ...]  # ids
    erased: str  # the list of the forgotten as it has to be afterwards


def plan_restore(project: Project, path: Path) -> Restore:
    """Check an archive wholly, against this project. Raises UsageProblem, Refused; changes nothing."""
    contents = archive.read_contents(path)
    here = places(project)
    strange = next((name for name in contents.files if name.partition("/")[0] not in here), None)
    if strange is not None:
        raise Refused(f"{path} holds {strange!r}, which belongs to no part of a project; nothing was changed")
    texts = archive.read_texts(path, [name for name in contents.below(VAULT) if name.endswith((".yaml", ".yml"))])
    kept = f"{VAULT}/{erased.FILE}"
    old = archive.read_texts(path, [kept])[kept] if kept in contents.files else ""
    now = _text(here[VAULT] / erased.FILE)
    standing = {part: place for part, place in here.items() if os.path.lexists(place)}
    return Restore(path, contents, standing, tuple(_come_back(texts, now, old)), _both(now, old))


def _come_back(texts: Mapping[str, str], now: str, old: str) -> Iterator[str]:
    """The people in the backup who asked to be forgotten after it was made."""
    later = read_erased(now)
    added = erased.Erased(later.salt, later.digests - read_erased(old).digests)
    contacts = read_vault({name.partition("/")[2]: text for name, text in texts.items()}, VAULT).value.contacts
    yield from sorted(contact.id for contact in contacts if is_erased(contact, added))


def _both(now: str, old: str) -> str:
    """The list of the forgotten with all who are in either. Raises Refused where the two cannot be one."""
    one, other = read_erased(old), read_erased(now)
    if not one.salt or not other.salt:
        return now or old
    if one.salt != other.salt:
        raise Refused(
            f"{erased.FILE} in the vault and in the backup were begun apart and cannot be one; nothing was changed",
            ". Move the one in the vault away if the other is to hold",
        )
    lines = [line for line in now.splitlines() if line.strip() in other.digests - one.digests]
    return old.rstrip("\n") + "\n" + "".join(f"{line}\n" for line in lines)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def restore(project: Project, plan: Restore, today: date, with_erased: bool) -> list[tuple[Path, Path]]:
    """Unpack, then put in place. Returns (where it was, where it is now) of what was put aside.

    Raises Refused, EnvironmentProblem: then all stands as it was, or the next run goes on.
    """
    if plan.forgotten and not with_erased:
        who = ", ".join(plan.forgotten)
        raise Refused(
            f"since this backup {who} asked to be forgotten, and would come back with it; nothing was changed",
            ". To go on all the same, and forget them again afterwards: --with-erased",
        )
    with _all_locked(project):
        homes = _homes(project, plan)
        try:
            _stage(project, plan, homes)
            moves = _moves(project, homes, today)
            _write_log(project, moves)
        except BaseException:
            _clear(project)
            raise
        return _carry_out(project, moves)


def _all_locked(project: Project) -> ExitStack:
    with ExitStack() as held:
        held.enter_context(project.locked())
        held.enter_context(project.journal_locked())
        return held.pop_all()


def _homes(project: Project, plan: Restore) -> dict[str, Path]:
    """Where each part is unpacked, on the disk on which it is going to stand; parts that are nowhere are left out."""
    found = {}
    project.restoring.mkdir(parents=True, exist_ok=True, mode=0o700)
    for part, place in places(project).items():
        if not (plan.contents.below(part) or os.path.lexists(place)):
            continue
        if place.exists() and place.stat().st_dev != place.parent.stat().st_dev:
            raise EnvironmentProblem(f"{place} is a disk of its own, and cannot be put aside; nothing was changed")
        place.parent.mkdir(parents=True, exist_ok=True)
        found[part] = project.restoring if _is_near(project, place) else _beside(place)
    return found


def _is_near(project: Project, place: Path) -> bool:
    """Whether what is unpacked in the project can be moved there."""
    return place.parent.stat().st_dev == project.restoring.stat().st_dev


def _beside(place: Path) -> Path:
    return place.parent / f".{place.name}.restoring"


def _clear(project: Project) -> None:
    """Remove what was unpacked; the folder by which the next run knows that there is something goes last."""
    for home in (*map(_beside, places(project).values()), project.restoring):
        shutil.rmtree(home, ignore_errors=True)


def _stage(project: Project, plan: Restore, homes: Mapping[str, Path]) -> None:
    _clear(project)
    project.restoring.mkdir(parents=True, mode=0o700)
    unpacked = {part: home / part for part, home in homes.items()}
    archive.room_for(plan.contents, unpacked)
    if set(homes.values()) - {project.restoring}:
        _write_log(project, [])  # of a run that is stopped from here on, something stays far away: it is known where
    archive.unpack(plan.path, plan.contents, unpacked)
    if plan.erased and VAULT in homes:
        replace_file(homes[VAULT] / VAULT / erased.FILE, plan.erased.encode("utf-8"), mode=0o600)


def _moves(project: Project, homes: Mapping[str, Path], today: date) -> list[tuple[Path, Path]]:
    """Each change of a name, in their order: what stands there goes aside, the new takes its place."""
    moves = []
    for part, place in places(project).items():
        if part not in homes:
            continue
        aside = _aside(project, homes[part], place, today)
        if os.path.lexists(place):
            moves.append((place, aside / part))
        moves.append((homes[part] / part, place))
        if (place / _STAYS).exists():
            moves.append((aside / part / _STAYS, place / _STAYS))
    return moves


def _aside(project: Project, home: Path, place: Path, today: date) -> Path:
    name = f"before-restore-{today.isoformat()}"
    if home == project.restoring:
        folder = project.restoring.parent
    else:
        folder, name = place.parent, f"{place.name}-{name}"
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(folder / one for one in names if not (folder / one).exists())


def _write_log(project: Project, moves: list[tuple[Path, Path]]) -> None:
    try:
        for _, target in moves:
            if target.name != _STAYS:
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = {"vault": os.fspath(places(project)[VAULT]), "moves": [[os.fspath(a), os.fspath(b)] for a, b in moves]}
        replace_file(project.restoring / _LOG, json.dumps(log).encode(), mode=0o600)
        fsync_folder(project.restoring)
    except OSError as error:
        raise environment_problem(error, project.restoring) from error


def _carry_out(project: Project, moves: list[tuple[Path, Path]]) -> list[tuple[Path, Path]]:
    """Every step may have been done already: then what it moves is gone, or stands where it belongs."""
    try:
        for source, target in moves:
            if os.path.lexists(source) and not os.path.lexists(target):
                os.rename(source, target)
                fsync_folder(source.parent)
                fsync_folder(target.parent)
    except OSError as error:
        raise environment_problem(error, target) from error
    left = [source for source, _ in moves if source.parent == project.restoring or source.parent.suffix == ".restoring"]
    for source in left:
        if source.exists():
            raise EnvironmentProblem(f"a restore cannot be finished: something new stands where {source} belongs")
    for home in {source.parent for source in left} - {project.restoring}:
        shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(project.restoring, ignore_errors=True)
    here = set(places(project).values())
    return [(source, target) for source, target in moves if source in here]


def go_on(project: Project) -> bool:
    """Finish a restore that was stopped, or clear away one that had not begun. True where one was finished."""
    with _all_locked(project):
        try:
            log = json.loads((project.restoring / _LOG).read_text(encoding="utf-8"))
            moves = [(Path(source), Path(target)) for source, target in log["moves"]]
        except (OSError, ValueError, LookupError, TypeError):
            shutil.rmtree(project.restoring, ignore_errors=True)
            return False
        if log["vault"] != os.fspath(places(project)[VAULT]):
            raise EnvironmentProblem(
                f"a restore of the vault at {log['vault']} was stopped; set {vault.VARIABLE} to it to finish that"
            )
        if not moves:
            _clear(project)
            return False
        if not all(_is_ours(project, path) for move in moves for path in move):
            raise EnvironmentProblem(f"{project.restoring / _LOG} names places that no restore changes; remove it")
        _carry_out(project, moves)
    return True


def _is_ours(project: Project, path: Path) -> bool:
    """Whether a restore could have named this: the log is a file that anybody could have put there."""
    here = places(project)
    if ".." in path.parts:
        return False
    if any(path.is_relative_to(place) for place in (*here.values(), project.restoring.parent)):
        return True
    name = here[VAULT].name
    beside = (f".{name}.restoring", f"{name}-before-restore-")
    return any(up.parent == here[VAULT].parent and up.name.startswith(beside) for up in path.parents)
