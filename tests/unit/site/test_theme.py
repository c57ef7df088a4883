"""Themes: a chain, single blocks replaced, mistakes with file and line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]
MINE = "theme: {name: mine}\n"


def test_one_block_of_the_default_theme_is_replaced(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(),
        "themes/mine/theme.yaml": "name: Mine\nextends: default\n",
        "themes/mine/templates/base.html": '{% extends "default/base.html" %}{% block main %}mine{% endblock %}',
    }
    built = build(files, MINE)
    assert built.files["archive/index.html"] == "<title>Archive</title>mine"
    assert "<p>Text.</p>" in built.files["posts/a/index.html"]


def test_a_chain_of_themes(build: Build) -> None:
    files = {
        "themes/mine/theme.yaml": "extends: middle\n",
        "themes/mine/templates/base.html": '{% extends "middle/base.html" %}{% block main %}mine{% endblock %}',
        "themes/middle/theme.yaml": "extends: default\n",
        "themes/middle/templates/base.html": '{% extends "default/base.html" %}{% block main %}middle{% endblock %}',
        "themes/middle/static/a.css": "a",
        "themes/mine/static/b.css": "b",
    }
    built = build(files, MINE)
    assert built.files["404.html"].endswith("mine")
    assert {"assets/a.css", "assets/b.css"} <= built.paths


def test_a_folder_without_theme_yaml_extends_the_default(build: Build) -> None:
    assert build({"themes/mine/templates/404.html": "mine"}, MINE).files["404.html"] == "mine"


def test_a_theme_that_is_not_there_gives_way_to_the_default(build: Build) -> None:
    built = build({}, "theme: {name: defautl}\n")
    (found,) = built.report.diagnostics
    assert (found.code, str(found.place), found.hint) == ("BK160", "site.yaml:3:15", "did you mean 'default'?")
    assert "index.html" in built.files


def test_themes_that_extend_each_other_end(build: Build) -> None:
    files = {"themes/mine/theme.yaml": "extends: other\n", "themes/other/theme.yaml": "extends: mine\n"}
    assert len(build(files, MINE).found("BK164")) == 1


def test_a_syntax_error_is_reported_once_with_file_and_line(build: Build) -> None:
    built = build({"themes/mine/templates/base.html": "ok\n{% if %}\n"}, MINE)
    (found,) = built.found("BK110")
    assert str(found.place) == "themes/mine/templates/base.html:2:1"


def test_a_failing_page_stops_no_other(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post("template: bad"),
        "content/posts/b.md": post("template: bad", title="B"),
        "themes/default/templates/bad.html": "\n{{ page.titel }}",
    }
    built = build(files)
    assert [str(d.place) for d in built.found("BK110")] == ["themes/default/templates/bad.html:2:1"]
    assert "index.html" in built.files and "posts/a/index.html" not in built.files


@pytest.mark.parametrize("text", ["{{ page.date | day }}", "{{ 1 + page.title }}", "{{ page.date.year }}"])
def test_a_template_that_trips_over_a_missing_date_is_a_finding(text: str, build: Build) -> None:
    files = {"content/pages/a.md": "# A\n", "themes/default/templates/page.html": text}
    built = build(files)
    assert [str(d.place) for d in built.found("BK110")] == ["themes/default/templates/page.html:1:1"]


def test_a_mistake_in_theme_yaml_is_reported(build: Build) -> None:
    built = build({"themes/mine/theme.yaml": "nmae: x\nextends: default\n"}, MINE)
    assert [(d.code, str(d.place)) for d in built.report.diagnostics] == [("BK104", "themes/mine/theme.yaml:1:1")]
    assert "index.html" in built.files


def test_templates_know_neither_clock_nor_chance(build: Build) -> None:
    for text in ("{{ now() }}", "{{ [1, 2] | random }}", "{{ range(3) }}"):
        assert build({"themes/mine/templates/404.html": text}, MINE).found("BK110")
