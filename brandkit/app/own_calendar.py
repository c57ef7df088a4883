"""The private calendar, to subscribe to: written again in each run, with what it has to remember beside the state."""

from __future__ import annotations

import json
from pathlib import Path

from brandkit.app.project import Project
from brandkit.base.walls import Artifact
from brandkit.engage.contacts import Contact
from brandkit.engage.days.calendar_entries import calendar_entries
from brandkit.engage.days.calendar_file import calendar_text, revisions_from, revisions_json
from brandkit.engage.days.occasions import Occasion, candidates, deadlines
from brandkit.engage.world import World

PATH = "calendar.ics"
_DAYS = 120


def own_calendar(project: Project, world: World, occasions: tuple[Occasion, ...]) -> tuple[Artifact, Path, bytes]:
    """The file for the private folder; where its revisions are kept, and their new text."""
    memory = project.state / "calendar.json"
    offered = (
        *candidates(occasions, world.today, _DAYS, world.zone),
        *deadlines(occasions, world.today, _DAYS, world.zone),
    )

    def held(contact: Contact) -> bool:
        return world.people[contact.id].held(world.today)

    entries = calendar_entries(world.vault, world.today, world.zone, held, offered)
    written = calendar_text(entries, revisions_from(_read(memory)), world.me.email or world.site, world.today)
    kept = json.dumps(revisions_json(written.sequences), ensure_ascii=False, indent=0).encode()
    return Artifact(PATH, written.text.encode()), memory, kept


def _read(memory: Path) -> object:
    try:
        return json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
