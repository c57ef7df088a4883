"""site.yaml: every mistake at once, and a slip stops no page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]


@pytest.mark.parametrize(
    "line",
    [
        *("timezone: Europe/Berln", "language: english!", "theme: {accent: red}", "lists: {size: 0}"),
        *("feeds: {limit: -1}", "tagine: x", "newsletter: {actoin: 'https://e.org'}", "author: {nmae: x}"),
        *("owner: cat", 'permalinks: {posts: "/x/"}', "contact: {form: nowhere}", "menu: 3", "theme: [x]"),
    ],
)
def test_a_slip_is_reported_and_the_rest_kept(line: str, build: Build) -> None:
    built = build({}, line + "\ntagline: kept\n")
    assert built.report.count("error") >= 1
    assert all(d.place.file == "site.yaml" and d.place.line == 3 for d in built.report.diagnostics)
    assert (built.settings.config.title, built.settings.config.tagline) == ("Test", "kept")
    assert "index.html" in built.files


@pytest.mark.parametrize(
    "text", ["", "title: T\n", "[", "- a\n", "just text", "title: T\nurl: nowhere\n", "url: {a: b}\n"]
)
def test_without_a_usable_site_yaml_there_is_an_error_and_no_crash(text: str, build: Build) -> None:
    assert build({"site.yaml": text}).report.count("error") >= 1


def test_every_mistake_is_reported_in_one_run(build: Build) -> None:
    built = build({}, "tagine: x\nlanguage: '!'\ntimezone: Nowhere\nlists: {size: many}\n")
    assert {d.place.line for d in built.report.diagnostics} == {3, 4, 5, 6}


def test_flags_of_a_run_come_before_the_file(build: Build) -> None:
    built = build({}, base_url="https://preview.example/x")
    assert built.settings.config.url == "https://preview.example/x/"


def test_an_address_is_whole_and_ends_with_a_slash(build: Build) -> None:
    assert build({"site.yaml": "title: T\nurl: https://e.org/a\n"}).settings.config.url == "https://e.org/a/"
