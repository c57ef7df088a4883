"""doctor tells of the limits that GitHub sets to scheduled workflows while they matter, with the line."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from brandkit.app.examining.schedules import look_at_schedules
from brandkit.app.project import Project
from brandkit.base.diagnostics import Diagnostic


@pytest.fixture
def brand(tmp_path: Path, brandkit: Any) -> Path:
    brandkit(tmp_path, "init", "b", "--mine", "Me")
    return tmp_path / "b"


def commit(folder: Path, days_ago: int) -> None:
    day = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat()
    me = {"GIT_AUTHOR_NAME": "Me", "GIT_AUTHOR_EMAIL": "me@brand.example", "GIT_AUTHOR_DATE": day}
    them = {key.replace("AUTHOR", "COMMITTER"): value for key, value in me.items()}
    for arguments in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "one")):
        subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **me, **them}, check=True)


def notes(folder: Path) -> list[Diagnostic]:
    return [found.diagnostic for found in look_at_schedules(Project(folder), datetime.now(UTC))]


def test_what_no_host_has_seen_and_what_is_busy_needs_no_word(brand: Path) -> None:
    assert notes(brand) == []
    commit(brand, days_ago=44)
    assert notes(brand) == []


def test_a_quiet_repository_is_told_before_its_schedule_stops(brand: Path, brandkit: Any) -> None:
    commit(brand, days_ago=51)
    (note,) = notes(brand)
    assert (note.severity, note.place.file) == ("note", ".github/workflows/pages.yml")
    lines = (brand / ".github/workflows/pages.yml").read_text().splitlines()
    assert "cron:" in lines[(note.place.line or 0) - 1]
    assert note.message.startswith("nothing was committed for 51 days; GitHub stops this after 60 days")
    said = brandkit(brand, "doctor")
    assert (said.code, "BK330" in said.err) == (0, True)


def test_a_scheduled_text_is_told_with_what_it_waits_for(brand: Path) -> None:
    commit(brand, days_ago=0)
    day = datetime.now(UTC).date() + timedelta(days=9)
    (brand / "content/posts").mkdir(exist_ok=True)
    (brand / "content/posts/soon.md").write_text(f"---\ntitle: Soon\ndate: {day}\n---\nText.\n")
    (note,) = notes(brand)
    assert note.message.startswith("content/posts/soon.md appears when GitHub starts this")


def test_without_a_schedule_there_is_nothing_to_say(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "test.yml").write_text("on: push\njobs: {}\n# cron: is not used here\n")
    commit(tmp_path, days_ago=100)
    assert notes(tmp_path) == []
