"""Findings and their three renderings."""

from __future__ import annotations

import json

from brandkit.base.diagnostics import (
    Code,
    Diagnostic,
    Outcome,
    Place,
    Report,
    as_github,
    as_json,
    as_text,
    dump_json,
    prefixed,
)

CODE = Code("BK999", "error", "a title", "the cause", "the cure")
PLACE = Place("content/posts/ship.md", 4, 7, 4, "  x = tgas: [python]")


def test_the_terminal_shows_place_line_caret_and_hint() -> None:
    found = CODE.at(PLACE, "unknown key 'tgas'", "did you mean 'tags'?")
    assert as_text([found]) == (
        "content/posts/ship.md:4:7: error BK999: unknown key 'tgas'\n"
        "    4 |   x = tgas: [python]\n"
        "      |       ^^^^\n"
        "  hint: did you mean 'tags'?"
    )


def test_the_cure_is_the_hint_where_there_is_none() -> None:
    assert CODE.at(Place("a"), "m").hint == "the cure"


def test_a_place_without_a_line_shows_only_the_file() -> None:
    assert as_text([Diagnostic("B", "note", "m", Place("site.yaml"))]) == "site.yaml: note B: m"


def test_a_long_line_is_cut_around_the_column() -> None:
    place = Place("f", 1, 501, 3, "a" * 500 + "BAD" + "z" * 500)
    shown = as_text([Diagnostic("B", "error", "m", place)]).split("\n")
    assert "BAD" in shown[1] and len(shown[1]) < 120
    assert shown[1].index("BAD") == shown[2].index("^^^")


def test_control_characters_of_a_source_never_reach_the_terminal() -> None:
    place = Place("f", 1, 1, 1, "\x1b[31mred\x07")
    assert "\x1b" not in as_text([Diagnostic("B", "error", "m", place)])


def test_json_has_the_promised_shape() -> None:
    found = CODE.at(PLACE, "m", "h")
    assert as_json([found]) == [
        {
            "code": "BK999",
            "severity": "error",
            "message": "m",
            "hint": "h",
            "file": "content/posts/ship.md",
            "line": 4,
            "col": 7,
        }
    ]
    assert json.loads(dump_json({"ä": "ö"})) == {"ä": "ö"} and "ö" in dump_json({"ä": "ö"})


def test_github_annotations_escape_what_would_end_them() -> None:
    found = Diagnostic("B", "note", "50%\nmore: a,b", Place("a,b:c%.md", 2, 3), "hint\r")
    assert as_github([found]) == "::notice file=a%2Cb%3Ac%25.md,line=2,col=3,title=B::50%25%0Amore: a,b (hint%0D)"


def test_a_report_keeps_each_finding_once_and_orders_by_place() -> None:
    report = Report()
    late, early = CODE.at(Place("b", 1), "m"), CODE.at(Place("a", 9), "m")
    assert report.take(Outcome("value", (late, early, late))) == "value"
    report.add([late])
    assert report.sorted() == [early, late]


def test_only_errors_fail_unless_strict() -> None:
    warning = Diagnostic("B", "warning", "m", Place("a"))
    note = Diagnostic("B", "note", "m", Place("a"))
    assert not Report([warning, note]).failed() and Report([warning]).failed(strict=True)
    assert not Report([note]).failed(strict=True) and Report([CODE.at(Place("a"), "m")]).failed()


def test_prefixed_names_files_from_the_root() -> None:
    assert prefixed([CODE.at(Place("me.yaml", 3), "m")], "content/vault")[0].place == Place("content/vault/me.yaml", 3)


def test_what_a_message_quotes_is_one_plain_line() -> None:
    found = Code("BK999", "error", "t", "c", "c").at(Place("a\nb.md", 1), "unknown key 'em\tail\x1b[31m\u202e'", "a\nb")
    assert found.message == "unknown key 'em\\tail\\x1b[31m\\u202e'"
    assert as_text([found]).split("\n") == [f"a\\nb.md:1: error BK999: {found.message}", "  hint: a\\nb"]
