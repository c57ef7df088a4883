"""Does every line of the journal end?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Place
from brandkit.io import vault


def look_at_journal(project: Project, _: datetime) -> Iterator[Found]:
    """A last line that was cut off: it was never confirmed."""
    folder = vault.locate(project.root)
    for path in sorted((folder / "journal").glob("*.jsonl")):
        if path.is_file() and vault.has_torn_tail(path):
            shown = f"{vault.display_name(folder, project.root)}/journal/{path.name}"
            finding = vault.TORN.at(Place(shown), "the last line was cut off")
            yield Found(finding, partial(_set_aside, path, shown))


def _set_aside(path: Path, shown: str) -> str:
    vault.mend_tail(path)
    return f"{shown}: the line that was cut off stands in {path.stem}.torn beside it"
