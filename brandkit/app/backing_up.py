"""A backup: the vault, the state and the drafts of one moment in one archive. What can be made anew stays out.

The history of a vault that is a repository of its own is no part of it: that is kept where it is pushed to.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from brandkit import __version__
from brandkit.app.project import Project
from brandkit.base.walls import Refused, UsageProblem
from brandkit.io import archive, draft_files, git, kept_arrays, kept_file, manifest, vault
from brandkit.io.store.store_file import copied

VAULT, STATE, DRAFTS = "vault", "state", "drafts"
_WRITTEN_OR_MADE = ("content", "themes", "public", "private", ".brandkit")


@dataclass(frozen=True)
class Backup:
    """What was written where; `left_out` are files of the vault that an archive cannot hold, with the reason."""

    path: Path
    contents: archive.Contents
    left_out: tuple[str, ...]


def places(project: Project) -> dict[str, Path]:
    """Where each folder of an archive stands in a project."""
    return {
        VAULT: vault.locate(project.root).resolve(),
        STATE: project.state,
        DRAFTS: project.private.path / draft_files.FOLDER,
    }


def default_place(project: Project, now: datetime) -> Path:
    """Beside the project, under a name of that day that is still free."""
    name = f"{project.root.name}-backup-{now.date().isoformat()}"
    names = (f"{name}.zip", *(f"{name}-{number}.zip" for number in range(2, 1000)))
    return next(path for name in names if not (path := project.root.parent / name).exists())


def back_up(project: Project, path: Path, now: datetime) -> Backup:
    """Write the archive. Raises UsageProblem, Refused, EnvironmentProblem; then nothing was written."""
    _check_place(project, path)
    with project.state_locked(), project.journal_locked(), ExitStack() as scratch:
        found = _Found(project, scratch)
        contents = archive.write(path, found.members(), __version__, now.isoformat(timespec="seconds"))
    return Backup(path, contents, tuple(found.left_out))


def _check_place(project: Project, path: Path) -> None:
    """A backup holds what you know of people: never where it would be published, built over, or committed."""
    if path.exists():
        raise UsageProblem(f"{path} is there already; it was left as it is")
    if not path.parent.is_dir():
        raise UsageProblem(f"there is no folder {path.parent}")
    place = path.parent.resolve()  # through links and ".."
    for folder in (*(project.root / name for name in _WRITTEN_OR_MADE), vault.locate(project.root)):
        if place.is_relative_to(folder.resolve()):
            raise Refused(f"{path} would lie in {folder}; a backup belongs outside of what brandkit reads and makes")
    if git.is_ignored(path) is False:
        raise Refused(f"git does not ignore {path}, so the next commit could publish it; name a place outside")


class _Found:
    """The files of one backup, as they are gone through."""

    def __init__(self, project: Project, scratch: ExitStack) -> None:
        self._project, self._scratch = project, scratch
        self.left_out: list[str] = []

    def members(self) -> Iterator[tuple[str, Path]]:
        """(name in the archive, file) of all that is worth keeping, ordered."""
        for part, place in places(self._project).items():
            for rest, path in self._files(place):
                name = f"{part}/{rest}"
                if part == STATE and self._is_made_anew(rest):
                    continue
                if not archive.may_be_called(name):
                    self.left_out.append(f"{name!r}: its name")
                elif part == STATE and path.suffix == ".db":
                    yield from self._store(name, path)
                else:
                    yield name, path

    def _files(self, place: Path) -> Iterator[tuple[str, Path]]:
        for folder, folders, names in os.walk(place):
            for link in [name for name in folders if os.path.islink(os.path.join(folder, name))]:
                self.left_out.append(f"{os.path.join(folder, link)}: a link to a folder")
            folders[:] = sorted(name for name in folders if name != ".git")
            for name in sorted(names):
                path = Path(folder, name)
                if name == ".git" or (name.startswith(".") and name.endswith(".new")):
                    continue
                if path.is_file():
                    yield path.relative_to(place).as_posix(), path
                elif os.path.lexists(path):  # else SQLite took its own away meanwhile
                    self.left_out.append(f"{path}: no plain file")

    def _is_made_anew(self, rest: str) -> bool:
        pages = manifest.path_of(self._project.private).name
        own = rest in (kept_file.NAME, kept_arrays.NAME, pages, "dashboard.html")
        return own or rest.startswith("stage-") or rest.endswith(("-wal", "-shm")) or ".damaged-" in rest

    def _store(self, name: str, path: Path) -> Iterator[tuple[str, Path]]:
        """A copy of one moment; a store that is damaged is left out, since feeds can be read anew."""
        copy = self._scratch.enter_context(copied(path))
        if copy is None:
            self.left_out.append(f"{name}: it is damaged; see brandkit doctor")
        else:
            yield name, copy
