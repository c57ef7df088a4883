"""Can other accounts of this machine look into what is private?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.io import vault

OPEN = Code(
    "BK308",
    "warning",
    "other accounts of this machine can read what is private",
    "The folder, and all folders above it, may be entered by everybody.",
    "brandkit doctor --repair closes what brandkit made; the vault is yours: chmod go-rwx content/vault",
)
LOCKED_OUT = Code(
    "BK309",
    "error",
    "brandkit may not write where it has to",
    "The folder belongs to another account, perhaps since brandkit was once run with sudo.",
    "give it back to yourself: sudo chown -R $USER .brandkit private public content/vault",
)
_OTHERS_READ, _OTHERS_ENTER = 0o004, 0o001


def look_at_modes(project: Project, _: datetime) -> Iterator[Found]:
    """State and private pages are brandkit's to close; the vault may be shared on purpose."""
    closed, folder = closed_folders(project), vault.locate(project.root)
    for path in (project.state, project.private.path, folder):
        shown = vault.display_name(path, project.root)
        if path in closed:
            yield Found(LOCKED_OUT.at(Place(shown), "this account may not read and write here"))
        elif path.is_dir() and os.name == "posix" and _is_open(path):
            finding = OPEN.at(Place(shown), "other accounts of this machine can look into it")
            yield Found(finding, partial(_close, path, shown) if path != folder else None)


def closed_folders(project: Project) -> list[Path]:
    """The private folders that this account cannot use."""
    folders = (project.state, project.private.path, vault.locate(project.root))
    return [path for path in folders if path.is_dir() and not os.access(path, os.R_OK | os.W_OK | os.X_OK)]


def _is_open(path: Path) -> bool:
    is_open = path.stat().st_mode & (_OTHERS_READ | _OTHERS_ENTER) != 0
    return is_open and all(folder.stat().st_mode & _OTHERS_ENTER for folder in _way(path))


def _way(path: Path) -> Sequence[Path]:
    return path.resolve().parents


def _close(path: Path, shown: str) -> str:
    path.chmod(path.stat().st_mode & 0o700)
    return f"{shown} is for your account alone now"
