"""What did a run leave behind that was stopped: a commit to finish, a scratch folder, a file that got no name."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.base.walls import OutputDir
from brandkit.io import commit, vault

STOPPED = Code(
    "BK310",
    "note",
    "a run was stopped and left something behind",
    "It was killed, or the power failed; every file is whole all the same.",
    "brandkit doctor --repair tidies up",
)
_WRITTEN_BESIDE = re.compile(r"\.[0-9A-HJKMNP-TV-Z]{26}\.new\Z")  # by `vault.create`, before it gets its name
_MADE_BESIDE = re.compile(r"\..+\.new(-wal|-shm|-journal)?\Z")  # by `replace_file`, in the state


def look_at_stopped_runs(project: Project, now: datetime) -> Iterator[Found]:
    """Not to be asked while a run is at work: then these are its own."""
    for out in (project.public, project.private):
        for stage in commit.possible_stages(out):
            if stage.is_dir():
                finding = STOPPED.at(Place(out.path.name), f"a run was stopped while it wrote {out.path.name}/")
                yield Found(finding, partial(_finish, out, out.path.name))
    for path in _made(project):
        yield Found(STOPPED.at(Place(_shown(project, path)), "half a file of a stopped run"), partial(_remove, path))
    for path in _written(project):
        finding = STOPPED.at(Place(_shown(project, path)), "a file of a stopped run that never got its name")
        yield Found(finding, partial(_put_aside, project, path, now))


def _finish(out: OutputDir, name: str) -> str:
    finished = commit.recover(out)
    return f"{name}/: what was stopped is {'finished' if finished else 'cleared away'}"


def _made(project: Project) -> Iterator[Path]:
    folders = (project.state, project.cache, project.private.path, project.private.path / "drafts")
    for folder in (*folders, project.public.path):
        for path in sorted(folder.glob(".*")) if folder.is_dir() else ():
            if path.is_file() and _MADE_BESIDE.match(path.name) and not path.is_symlink():
                yield path


def _written(project: Project) -> Iterator[Path]:
    for folder in {project.root / "content", vault.locate(project.root)}:
        for inner, _, names in os.walk(folder):
            yield from (Path(inner, name) for name in sorted(names) if _WRITTEN_BESIDE.match(name))


def _shown(project: Project, path: Path) -> str:
    return vault.display_name(path, project.root)


def _remove(path: Path) -> str:
    path.unlink(missing_ok=True)
    return f"{path.name} was removed"


def _put_aside(project: Project, path: Path, now: datetime) -> str:
    """It holds what a person wrote; where it got its name after all, it is there twice."""
    if path.exists() and path.stat().st_nlink > 1:
        return _remove(path)
    aside = project.state.parent / f"put-aside-{now.date().isoformat()}"
    aside.mkdir(mode=0o700, exist_ok=True)
    shutil.move(path, aside / path.name)
    return f"{path.name} was put aside in {_shown(project, aside)}"
