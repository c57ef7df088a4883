"""list, explain and check: what there is, where it comes from, what is wrong; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Site = Callable[[str], Path]

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/sub/
today: 2026-03-01
-- content/posts/one.md --
---
title: One
date: 2026-02-01
tags: [python]
description: The first.
---
One, by [me](/about/).
-- content/posts/soon.md --
---
title: Soon
date: 2026-04-01
---
Soon.
-- content/posts/draft.md --
---
title: Draft
date: 2026-02-01
draft: true
---
Draft.
-- content/posts/gone.md --
---
title: Gone
date: 2025-01-01
expiryDate: 2025-12-31
---
Gone.
-- content/pages/about.md --
---
title: About
description: Who this is.
---
Me.
"""


@pytest.fixture
def folder(site: Site) -> Path:
    return site(PROJECT)


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and ".brandkit" not in path.parts}


def test_list_shows_what_there_is_with_its_state(folder: Path, brandkit: Any) -> None:
    rows = {row["title"]: row for row in brandkit(folder, "list", "--json").json}
    assert {title: row["status"] for title, row in rows.items()} == {
        "One": "published",
        "Soon": "scheduled",
        "Draft": "draft",
        "Gone": "expired",
        "About": "published",
    }
    assert rows["One"]["source"] == "content/posts/one.md"
    titles = lambda *only: {row["title"] for row in brandkit(folder, "list", *only, "--json").json}  # noqa: E731
    assert titles("--drafts") == {"Draft"}
    assert titles("--future", "--expired") == {"Soon", "Gone"}
    assert titles("pages") == {"About"}
    assert "Soon  (scheduled)" in brandkit(folder, "list", "posts").out


@pytest.mark.parametrize(
    "path",
    [
        "posts/one/",
        "/posts/one/",
        "/sub/posts/one/",
        "https://t.example/sub/posts/one/",
        "public/posts/one/index.html",
        "content/posts/one.md",
    ],
)
def test_explain_knows_a_page_by_address_output_and_source(folder: Path, brandkit: Any, path: str) -> None:
    said = brandkit(folder, "explain", path, "--json").json
    assert said["path"] == "posts/one/index.html"
    assert said["source"] == "content/posts/one.md"
    assert [name for name in said["templates"] if name.endswith(f"/{said['template']}")]


def test_explain_says_why_a_page_is_not_there(folder: Path, brandkit: Any) -> None:
    assert "it is draft" in brandkit(folder, "explain", "content/posts/draft.md").err
    said = brandkit(folder, "explain", "/posts/onne/")
    assert said.code == 2
    assert "did you mean" in said.err


def test_check_finds_everything_and_writes_nothing(folder: Path, brandkit: Any) -> None:
    before = files(folder)
    clean = brandkit(folder, "check")
    assert (clean.code, clean.out) == (0, "0 errors, 0 warnings.\n")
    assert files(folder) == before
    (folder / "content/posts/one.md").write_text(
        "---\ntitle: One\ndate: 2026-02-01\ntgas: [a]\n---\n[x](nowhere.md) [me](/about/)\n"
    )
    (folder / "content/vault").mkdir()
    (folder / "content/vault/contacts.yaml").write_text("- {id: ada, nmae: Ada}\n")
    said = brandkit(folder, "check", "--json")
    assert said.code == 1
    assert {d["file"] for d in said.json["diagnostics"]} == {"content/posts/one.md", "content/vault/contacts.yaml"}
    public = brandkit(folder, "check", "--public-only", "--json").json["diagnostics"]
    assert {d["file"] for d in public} == {"content/posts/one.md"}
    assert files(folder) == before | {folder / "content/vault/contacts.yaml"}


def test_a_warning_fails_only_when_strict(folder: Path, brandkit: Any) -> None:
    (folder / "content/posts/one.md").write_text("---\ntitle: One\ndate: 2026-02-01\ntgas: [a]\n---\nText.\n")
    assert brandkit(folder, "check").code == 0
    assert brandkit(folder, "check", "--strict").code == 1
