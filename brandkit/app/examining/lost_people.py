"""Does the journal speak of people whom the vault no longer knows? Then a file of contacts may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.diagnostics import Code, Place
from brandkit.base.text import plural
from brandkit.engage.journal import UNKNOWN_CONTACT
from brandkit.io import vault

LOST = Code(
    "BK313",
    "error",
    "the journal speaks of people who are not in the vault",
    "Most of the people in the journal have no contact: a file of contacts was probably lost, renamed or cannot be "
    "read. The leak gate knows nothing of them either.",
    "brandkit restore FILE puts a backup back; or write the contacts again under the same ids",
)
_FEW = 3


def look_at_lost_people(project: Project, _: datetime) -> Iterator[Found]:
    """Whether more than half of those in the journal are unknown."""
    if not vault.locate(project.root).is_dir():
        return
    desk = open_desk(project)
    told = {d.message for d in desk.report.diagnostics if d.code == UNKNOWN_CONTACT.id and "/journal/" in d.place.file}
    lost = sorted(message.split("'")[1] for message in told)
    if len(lost) >= _FEW and len(lost) > len({id for line in desk.vault.journal for id in line.contacts}):
        some = ", ".join(lost[:_FEW]) + (f" and {len(lost) - _FEW} more" if len(lost) > _FEW else "")
        place = Place(vault.display_name(desk.folder, project.root))
        yield Found(
            LOST.at(place, f"the journal knows {plural(len(lost), 'person', 'people')} without a contact: {some}")
        )
