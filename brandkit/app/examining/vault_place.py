"""Is there a vault, and does git leave it alone?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.app.tracked_vault import tracked_vault
from brandkit.base.diagnostics import Code, Place
from brandkit.io import vault

NO_VAULT = Code(
    "BK302",
    "note",
    "there is no vault",
    "Without contacts and feeds brandkit makes the site alone.",
    "brandkit new contact NAME begins one; or point BRANDKIT_VAULT to it",
)


def look_at_vault(project: Project, _: datetime) -> Iterator[Found]:
    """Whether there is one, and whether the site's repository tracks it."""
    folder = vault.locate(project.root)
    if not folder.is_dir():
        yield Found(NO_VAULT.at(Place(vault.display_name(folder, project.root)), "there is no vault yet"))
    elif tracked := tracked_vault(project.root):
        yield Found(tracked)
