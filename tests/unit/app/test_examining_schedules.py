"""doctor tells of the limits that GitHub sets to scheduled workflows, with the line that it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from brandkit.app.examining.schedules import look_at_schedules
from brandkit.app.project import Project


def test_the_workflow_that_init_writes_is_explained(tmp_path: Path, brandkit: Any) -> None:
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    (note,) = [found.diagnostic for found in look_at_schedules(Project(tmp_path / "b"), datetime.now(UTC))]
    assert (note.severity, note.place.file) == ("note", ".github/workflows/pages.yml")
    lines = (tmp_path / "b/.github/workflows/pages.yml").read_text().splitlines()
    assert "cron:" in lines[(note.place.line or 0) - 1]
    assert "60 days without activity" in note.message
    said = brandkit(tmp_path / "b", "doctor")
    assert (said.code, "BK330" in said.err) == (0, True)


def test_without_a_schedule_there_is_nothing_to_say(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "test.yml").write_text("on: push\njobs: {}\n# cron: is not used here\n")
    assert list(look_at_schedules(Project(tmp_path), datetime.now(UTC))) == []
