"""What docs/themes.md and docs/extending.md show is tried: the files are taken from the pages and used."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
author: {{name: Kim}}
theme: {{name: {theme}}}
-- content/posts/one.md --
---
title: One
date: 2026-01-01
---
Text.
"""


def shown(page: str, file: str) -> str:
    """The block of a page of docs that follows the name of a file."""
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    found = re.search(rf"^`{re.escape(file)}`[^\n]*\n\n```\w+\n(.*?)^```", text, re.S | re.M)
    assert found, file
    return found[1]


@pytest.mark.slow
def test_a_theme_that_overrides_one_block(site: Callable[[str], Path], brandkit: Any) -> None:
    project = site(PROJECT.format(theme="mine"))
    file = "themes/mine/templates/post.html"
    (project / file).parent.mkdir(parents=True)
    (project / file).write_text(shown("themes.md", file), encoding="utf-8")
    ran = brandkit(project, "build", "--public-only", "--strict")
    assert ran.code == 0, ran.err
    html = (project / "public/posts/one/index.html").read_text(encoding="utf-8")
    assert "Written in Berlin by Kim." in html and '<h1 class="p-name">One</h1>' in html
    explained = brandkit(project, "explain", "/posts/one/", "--json").json
    assert explained["blocks"]["author"] == file
    assert explained["blocks"]["footer"] == "themes/default/templates/base.html"
    assert explained["lookup"][0] == {"file": file, "found": True}


def test_a_theme_of_ones_own_may_be_one_file(site: Callable[[str], Path], brandkit: Any) -> None:
    project = site(PROJECT.format(theme="plain"))
    file = "themes/plain/templates/base.html"
    (project / file).parent.mkdir(parents=True)
    (project / file).write_text(shown("themes.md", file), encoding="utf-8")
    ran = brandkit(project, "build", "--public-only", "--strict")
    assert ran.code == 0, ran.err
    for path in ("index.html", "posts/one/index.html", "archive/index.html", "404.html"):
        html = (project / "public" / path).read_text(encoding="utf-8")
        assert '<nav><a href="/posts/">Posts</a>' in html and 'class="skip"' not in html


@pytest.mark.slow
def test_a_kind_is_a_file_a_line_and_a_template(
    site: Callable[[str], Path], brandkit_process: Any, tmp_path: Path
) -> None:
    package = tmp_path / "code"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "brandkit", package / "brandkit", ignore=ignored)
    shutil.copytree(REPOSITORY / "themes", package / "themes")
    for file in ("brandkit/site/kinds/recipe.py", "themes/default/templates/recipe.html"):
        (package / file).write_text(shown("extending.md", file), encoding="utf-8")
    registry = package / "brandkit/site/kinds/registry.py"
    added, before, after = shown("extending.md", "brandkit/site/kinds/registry.py").splitlines()
    text = registry.read_text(encoding="utf-8")
    assert before.removeprefix("-") in text
    text = text.replace(before[1:], after[1:]).replace(
        "from brandkit.site.kinds.talk", f"{added[1:]}\nfrom brandkit.site.kinds.talk"
    )
    registry.write_text(text, encoding="utf-8")
    project = site(PROJECT.format(theme="default"))
    env = {"PYTHONPATH": str(package)}
    assert brandkit_process(project, "new", "recipe", "Soup for nine", "--today", "2026-01-02", env=env).code == 0
    source = project / "content/recipes/soup-for-nine.md"
    source.write_text(source.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    ran = brandkit_process(project, "build", "--public-only", env=env)
    assert ran.code == 0, ran.err
    html = (project / "public/recipes/soup-for-nine/index.html").read_text(encoding="utf-8")
    assert "Serves 4" in html and '"recipeYield":4' in html
    assert "Soup for nine" in (project / "public/recipes/index.html").read_text(encoding="utf-8")
    assert "Soup for nine" in (project / "public/feed.xml").read_text(encoding="utf-8")
