"""The public events of a project, by name: so that nobody looks for one of them among the private ones."""

from __future__ import annotations

from pathlib import PurePosixPath

from brandkit.app.project import Project
from brandkit.io import disk, manifest

_FOLDER = PurePosixPath("content/events")


def public_events(project: Project) -> list[str]:
    """The names of their files. Nothing is parsed."""
    seen = disk.look(project.public_root(), manifest.load(project.public).inputs)
    paths = map(PurePosixPath, seen.files)
    return [path.stem for path in paths if path.parent == _FOLDER and path.suffix == ".md"]
