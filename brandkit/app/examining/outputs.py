"""Are the output folders brandkit's own?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.base.walls import Refused
from brandkit.io.commit import check_owned

FOREIGN = Code(
    "BK304",
    "error",
    "an output folder was not made by brandkit",
    "A build refuses to write into a folder that holds other files.",
    "move the folder away, or build with --output",
)


def look_at_outputs(project: Project, _: datetime) -> Iterator[Found]:
    """What a build would refuse."""
    for out in (project.public, project.private):
        try:
            check_owned(out)
        except Refused:
            yield Found(FOREIGN.at(Place(out.path.name), f"{out.path.name}/ holds files that brandkit did not make"))
        except PermissionError:
            continue  # own_eyes.py names it
