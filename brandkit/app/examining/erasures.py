"""Was somebody forgotten by half? Their digests stand in the vault, and they do still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.people.erasing import erased_test
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.diagnostics import Code, Place
from brandkit.io import vault

HALF_ERASED = Code(
    "BK307",
    "warning",
    "somebody asked to be forgotten, and is still in the vault",
    "The patch that 'brandkit person erase' printed was not applied, or a backup brought them back.",
    "brandkit person erase ID says what is left, and prints the patch again",
)


def look_at_erasures(project: Project, _: datetime) -> Iterator[Found]:
    """Everybody in the vault whose digest is among those of the forgotten."""
    if not vault.locate(project.root).is_dir():
        return
    desk = open_desk(project)
    is_erased, shown = erased_test(desk), vault.display_name(desk.folder, project.root)
    for contact in desk.vault.contacts:
        if is_erased(contact):
            message = f"{contact.id} asked to be forgotten, and is still here"
            yield Found(HALF_ERASED.at(Place(shown), message, f"go on with: brandkit person erase {contact.id}"))
