"""build --profile: where the time went, by step, by maker, by page; what is built is the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
cards: false
-- content/posts/one.md --
---
title: One
date: 2026-02-01
---
One.
-- content/pages/about.md --
---
title: About
---
Me.
-- content/static/a.txt --
a
"""
SECONDS = re.compile(r"  +\d+\.\d{3} s  (.+)")


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


def told(said: str) -> dict[str, list[str]]:
    """The lines below each heading, without their seconds."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in said.splitlines():
        if match := SECONDS.fullmatch(line):
            found[heading].append(match[1])
        else:
            heading = line
            found[heading] = []
    return {heading: lines for heading, lines in found.items() if lines}


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in (folder / "public").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_steps_makers_and_the_slowest_are_named(folder: Path, brandkit: Run) -> None:
    ran = brandkit(folder, "build", "--profile", "--public-only")
    said = told(ran.out)
    assert ran.code == 0
    assert list(said) == ["Steps", "Made by (on all processors together)", "Slowest to make", "Slowest to parse"]
    steps = said["Steps"]
    assert len(set(steps)) == len(steps) and steps.index("parse") < steps.index("plan the routes") < steps.index(
        "render"
    )
    assert steps[-1] == "put in place"
    makers = said["Made by (on all processors together)"]
    assert all(re.fullmatch(r"(\w+\.html|\w+\.css|\w+\.\w+|copied), \d+ files?", maker) for maker in makers)
    assert len(makers) <= 8 and len(said["Slowest to make"]) <= 8
    assert {*said["Slowest to parse"]} == {"content/posts/one.md", "content/pages/about.md"}
    assert all((folder / "public" / path).is_file() for path in said["Slowest to make"])


def test_only_what_was_made_is_named(folder: Path, brandkit: Run) -> None:
    brandkit(folder, "build", "--public-only")
    (folder / "content/pages/about.md").write_text("---\ntitle: About\n---\nYou.\n")
    said = told(brandkit(folder, "build", "--profile", "--public-only").out)
    assert said["Slowest to parse"] == ["content/pages/about.md"]
    assert "about/index.html" in said["Slowest to make"]
    assert "posts/one/index.html" not in said["Slowest to make"]


def test_where_nothing_changed_it_says_so(folder: Path, brandkit: Run) -> None:
    brandkit(folder, "build", "--public-only")
    ran = brandkit(folder, "build", "--profile", "--public-only")
    assert ran.code == 0 and "Steps: none; nothing changed since the last run" in ran.out
    assert told(ran.out) == {}


def test_without_it_no_time_is_told(folder: Path, brandkit: Run) -> None:
    assert told(brandkit(folder, "build", "--public-only").out) == {}
    assert "Steps" not in brandkit(folder, "build", "--public-only").out


@pytest.mark.slow
def test_what_is_built_is_the_same(folder: Path, brandkit: Run) -> None:
    for number in range(205):  # so many that several processes make them
        (folder / f"content/posts/p{number}.md").write_text(f"---\ntitle: P{number}\ndate: 2026-01-01\n---\nText.\n")
    brandkit(folder, "build", "--profile", "--public-only")
    with_it = tree(folder)
    shutil.rmtree(folder / "public")
    shutil.rmtree(folder / ".brandkit")
    brandkit(folder, "build", "--public-only")
    assert tree(folder) == with_it


def test_programs_are_told_nothing_more(folder: Path, brandkit: Run) -> None:
    ran = brandkit(folder, "build", "--profile", "--public-only", "--json")
    assert ran.code == 0 and set(ran.json) >= {"written", "removed", "why"}
    assert "Steps" not in ran.out
