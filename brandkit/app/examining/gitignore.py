"""Would the next `git add` take something private along?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.io import git, vault
from brandkit.io.whole_file import replace_file

NOT_IGNORED = Code(
    "BK301",
    "warning",
    "git does not ignore a private folder",
    "The vault, private/ or .brandkit/ would be added by the next 'git add'.",
    "add it to .gitignore",
)


def look_at_gitignore(project: Project, _: datetime) -> Iterator[Found]:
    """The vault (unless it is an example that is tracked on purpose), private pages, state."""
    folder = vault.locate(project.root)
    example = folder.is_dir() and git.tracked_below(folder)
    for private in (folder, project.root / "private", project.root / ".brandkit"):
        if example and private == folder:
            continue
        if private.is_relative_to(project.root) and git.is_ignored(private / "x") is False:
            name = private.relative_to(project.root).as_posix()
            message, line = f"git does not ignore {name}/", f"/{name}/"
            if line in _before(project).decode("utf-8", "replace").splitlines():
                hint = f"{line} stands there already, and another rule takes it back: git check-ignore -v {name}/x"
                yield Found(NOT_IGNORED.at(Place(".gitignore"), message, hint))
            else:
                yield Found(NOT_IGNORED.at(Place(".gitignore"), message), partial(_ignore, project, line))


def _before(project: Project) -> bytes:
    path = project.root / ".gitignore"
    return path.read_bytes() if path.exists() else b""


def _ignore(project: Project, line: str) -> str:
    path, before = project.root / ".gitignore", _before(project)
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    replace_file(path, before + gap + line.encode() + b"\n")
    return f"{line} was added to .gitignore"
