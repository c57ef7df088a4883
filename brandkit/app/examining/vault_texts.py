"""Can all of the vault be read, and is it all there?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.diagnostics import Code, Place
from brandkit.base.text import plural
from brandkit.io import last_search, last_vault, vault
from brandkit.io.last_vault import is_much_less

MISTAKES = Code(
    "BK314",
    "error",
    "the vault has mistakes",
    "A file of the vault, or a line of the journal, cannot be read or says what cannot be; it is left out meanwhile.",
    "brandkit check names each, with its line",
)
LESS = Code(
    "BK315",
    "error",
    "the vault holds much less than before",
    "Less than half of the people, of the journal or of what the leak gate looks for is there: a file was probably "
    "lost, renamed or moved elsewhere.",
    "brandkit restore FILE puts a backup back; if it is meant to be smaller, remove vault-held and searched-for in "
    ".brandkit/state/",
)
_FEW_STRINGS = 5
_SHOWN = 3


def look_at_vault_texts(project: Project, _: datetime) -> Iterator[Found]:
    """Mistakes in the vault, as one finding; and whether much of it went since a run or a deploy saw it."""
    folder = vault.locate(project.root)
    place, now = Place(vault.display_name(folder, project.root)), last_vault.Held()
    if folder.is_dir():
        desk = open_desk(project)
        now = last_vault.Held(len(desk.vault.contacts), len(desk.vault.journal))
        wrong = [d.place.file for d in desk.report.diagnostics if d.severity == "error"]
        if wrong:
            files = list(dict.fromkeys(wrong))
            more = f" and {len(files) - _SHOWN} more files" if len(files) > _SHOWN else ""
            message = f"{plural(len(wrong), 'mistake')} in the vault: {', '.join(files[:_SHOWN])}{more}"
            yield Found(MISTAKES.at(place, message))
    if gone := "; ".join(_gone(project, now)):
        yield Found(LESS.at(place, f"the vault holds {gone}: was a file of it lost?"))


def _gone(project: Project, now: last_vault.Held) -> Iterator[str]:
    """What became much less: how much of it is there, and was."""
    before = last_vault.recall(project.state)
    if is_much_less(now.people, before.people):
        yield f"{plural(now.people, 'person', 'people')}, and held {before.people} at an earlier run"
    if is_much_less(now.lines, before.lines):
        yield f"{plural(now.lines, 'line')} of the journal, and held {before.lines} at an earlier run"
    searched = last_search.recall(project.state)
    if searched > _FEW_STRINGS and is_much_less(found := _strings(project), searched, _FEW_STRINGS):
        yield f"{plural(found, 'private string')} to search for, and held {searched} at the last deploy"


def _strings(project: Project) -> int:
    from brandkit.app.leaks import has_vault, open_gate  # heavy, and asked for only where somebody deployed

    return open_gate(project).searched if has_vault(project) else 0
