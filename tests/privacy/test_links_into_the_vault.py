"""Symbolic links in the public folders: none leads to anything that is not public already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from brandkit.app.publish import publish
from brandkit.base.diagnostics import Report
from brandkit.base.walls import OutputDir, PublicRoot
from brandkit.io import disk
from brandkit.io.memo import DiskMemo
from brandkit.io.scan import Scan

SITE = """
-- site.yaml --
title: Links
url: https://links.example/
-- content/posts/own.md --
---
title: Own
date: 2026-01-01
---
Text.
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Zqsecret, notes: zqsecret}
-- content/vault/letter.md --
---
title: Zqsecret
date: 2026-01-01
---
zqsecret
-- private/week.md --
zqsecret
-- private/.brandkit-output --
-- .brandkit/state/entries.db --
zqsecret
-- vault-of-mine/contacts.yaml --
- {id: ada, name: Ada Zqsecret}
"""

LINKS = {
    "a post that is a contact": ("content/posts/x.md", "../vault/contacts.yaml"),
    "a post that is a letter of the vault": ("content/posts/x.md", "../vault/letter.md"),
    "a folder of posts that is the vault": ("content/posts/more", "../vault"),
    "a folder above the vault": ("content/posts/all", ".."),
    "static files above the vault": ("content/static/all", "../../content"),
    "the whole project as static files": ("content/static/all", "../.."),
    "static files that are the vault": ("content/static/v", "../vault"),
    "the private pages": ("content/static/p", "../../private"),
    "the state": ("content/static/s", "../../.brandkit/state"),
    "a vault elsewhere in the project": ("content/static/m", "../../vault-of-mine"),
    "a theme that is the vault": ("themes/x", "../content/vault"),
    "a link to a link": ("content/static/second", "../posts/first"),
}


def _serial(work: Callable[[Any], Any], items: Sequence[Any], worth: int = 0) -> list[Any]:
    return [work(item) for item in items]


@pytest.fixture
def build(tmp_path: Path) -> Callable[[Path], Report]:
    """The public build, in this process."""

    def run(project: Path) -> Report:
        out = OutputDir(project / "public", tmp_path / "cache")
        memo = DiskMemo(tmp_path / "memo.db", "links")
        try:
            now = datetime(2026, 3, 1, tzinfo=UTC)
            root = PublicRoot(project)
            return publish(root, disk.look(root, Scan()), out, now, memo, _serial).report
        finally:
            memo.close()

    return run


@pytest.mark.parametrize("link", LINKS, ids=list(LINKS))
def test_a_link_to_what_is_not_public_is_refused_and_reported(
    link: str, site: Callable[[str], Path], build: Callable[[Path], Report]
) -> None:
    project = site(SITE)
    name, target = LINKS[link]
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)
    if link == "a link to a link":
        (project / "content/posts/first").symlink_to("../vault")
    report = build(project)
    assert report.failed()
    assert name in [d.place.file for d in report.diagnostics if d.code == "BK120"]
    for file in (project / "public").rglob("*"):
        assert "zqsecret" not in file.name
        if file.is_file():
            assert b"zqsecret" not in file.read_bytes().lower(), file
    assert (project / "public/posts/own/index.html").is_file()


def test_a_link_into_the_vault_ends_a_run_with_an_error(
    site: Callable[[str], Path], brandkit: Callable[..., object]
) -> None:
    project = site(SITE)
    (project / "content/posts/x.md").symlink_to("../vault/contacts.yaml")
    ran = brandkit(project, "build", "--public-only")
    assert ran.code == 1
    assert "content/posts/x.md: error BK120" in ran.err
    assert "Zqsecret" not in ran.err + ran.out


def test_a_link_that_goes_round_in_a_circle_is_reported_not_followed(
    site: Callable[[str], Path], build: Callable[[Path], Report]
) -> None:
    project = site(SITE)
    (project / "content/posts/a").mkdir()
    (project / "content/posts/b").mkdir()
    (project / "content/posts/self").symlink_to("../posts")
    (project / "content/posts/a/to-b").symlink_to("../b")
    (project / "content/posts/b/to-a").symlink_to("../a")
    assert {d.place.file for d in build(project).diagnostics} == {
        "content/posts/self",
        "content/posts/a/to-b/to-a",
        "content/posts/b/to-a/to-b",
    }


def test_a_link_between_public_files_is_followed(site: Callable[[str], Path], build: Callable[[Path], Report]) -> None:
    project = site(SITE)
    (project / "content/static").mkdir()
    (project / "content/static/own.md.txt").symlink_to("../posts/own.md")
    assert not build(project).diagnostics
    assert (project / "public/own.md.txt").read_text().startswith("---\ntitle: Own")
