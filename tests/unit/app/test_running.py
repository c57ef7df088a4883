"""A build with the real memo and disk: what others do to files meanwhile is seen, and what was lost is made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from brandkit.app.project import Project
from brandkit.app.running import publish_now
from brandkit.app.unchanged import look_at_public
from brandkit.io import disk
from brandkit.io.commit import possible_stages
from brandkit.io.scan import Scan

SITE = """\
-- site.yaml --
title: Run
url: https://run.example/
cards: false
-- content/posts/a.md --
---
title: A
date: 2026-02-01
---
One.
"""
POST = "content/posts/a.md"


def page(project: Project) -> str:
    return (project.root / "public/posts/a/index.html").read_text(encoding="utf-8")


def test_a_text_saved_between_the_look_and_the_reading_is_looked_at_again(site: Callable[[str], Path]) -> None:
    project = Project(site(SITE))
    root, file = project.public_root(), project.root / POST
    seen, first = disk.look(root, Scan()), file.read_text(encoding="utf-8")
    file.write_text(first.replace("One.", "Halfway."), encoding="utf-8")
    publish_now(project, root, project.public, seen)
    assert "Halfway." in page(project)
    file.write_text(first, encoding="utf-8")
    publish_now(project, root, project.public)
    assert "One." in page(project)


def test_a_memo_that_lost_what_another_row_counts_on_is_filled_anew(site: Callable[[str], Path]) -> None:
    project = Project(site(SITE))
    publish_now(project, project.public_root(), project.public)
    (memo,) = project.cache.glob("memo-*.db")
    with closing(sqlite3.connect(memo)) as rows, rows:
        rows.execute("DELETE FROM insides")
        rows.execute("DELETE FROM bodies")
    (project.root / "public/posts/a/index.html").unlink()
    publish_now(project, project.public_root(), project.public)
    assert "One." in page(project)


def test_a_commit_stopped_at_its_last_step_is_not_taken_for_finished(site: Callable[[str], Path]) -> None:
    project = Project(site(SITE))
    root = project.public_root()
    publish_now(project, root, project.public)
    assert look_at_public(root, project.public)[1] is not None
    stage = possible_stages(project.public)[0]
    stage.mkdir()
    (stage / "intent.json").write_text('{"removed": [], "memories": []}', encoding="utf-8")
    assert look_at_public(root, project.public)[1] is None
    publish_now(project, root, project.public)
    assert not stage.exists()
