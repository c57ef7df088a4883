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


def words(build: Build, post: Post, text: str, language: str = "en") -> Any:
    files = {"content/posts/a.md": post(), f"themes/mine/words/{language}.yaml": text}
    return build(files, f"{MINE}language: {language}\n")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- a\n", "1:1"),
        ("feed: F\ncallouts:\n", "2:10"),
        ("sections: [Posts]\n", "1:11"),
        ("sections: {posts: 1}\n", "1:19"),
        ("day: '{foo}'\n", "1:6"),
        ("day: '{day.__class__} {month} {year}'\n", "1:6"),
        ("span: '{begin}'\n", "1:7"),
        ("email: '{name}'\n", "1:8"),
        ("months: [a, b, c]\n", "1:9"),
        ("months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\n", "1:9"),
        ("short_months: no\n", "1:15"),
        ("minutes: 3 minutes\n", "1:10"),
        ("minutes: {any: '{n} {m}'}\n", "1:16"),
        ("minutes: {1: [a]}\n", "1:14"),
        ("status: {draft: 7}\n", "1:17"),
    ],
)
def test_a_word_of_another_shape_than_the_english_one_is_a_finding_and_not_used(
    text: str, place: str, language: str, build: Build, post: Post
) -> None:
    built = words(build, post, text, language)
    assert [(d.code, d.severity, str(d.place)) for d in built.report.sorted()] == [
        ("BK186", "warning", f"themes/mine/words/{language}.yaml:{place}")
    ]
    english = dict(build({}).theme.words_in("en"))
    spoken = dict(built.theme.words_in(language))
    assert spoken | {"feed": ""} == english | {"feed": ""}


def test_an_unknown_word_is_a_finding_unless_english_brings_it(build: Build, post: Post) -> None:
    (found,) = words(build, post, "sectoins: {posts: Texte}\n", "de").report.diagnostics
    assert (found.code, str(found.place), found.hint) == (
        *("BK186", "themes/mine/words/de.yaml:1:1"),
        "did you mean 'sections'?",
    )
    assert words(build, post, "zzz: x\n", "de").codes == ["BK186"]
    files = {"themes/mine/words/en.yaml": "hail: 'Hail {name}'\n", "themes/mine/words/de.yaml": "hail: 'Heil {x}'\n"}
    assert [d.place.file for d in build(files, MINE).report.diagnostics] == ["themes/mine/words/de.yaml"]


def test_names_of_sections_and_forms_for_numbers_are_ones_own(build: Build, post: Post) -> None:
    text = "sections: {recipes: Rezepte}\nkinds: {recipe: Rezept}\nminutes: {2: zwei, any: '{n} Minuten'}\n"
    built = words(build, post, text, "de")
    assert built.codes == []
    spoken = built.theme.words_in("de")
    assert (spoken["sections"]["recipes"], spoken["sections"]["posts"]) == ("Rezepte", "Posts")
    assert spoken["minutes"]["2"] == "zwei"
