"""Patches of YAML: what was meant changes, nothing else does, and what cannot be told apart is left to a person."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.base.marked_yaml import read_yaml
from brandkit.engage.sources.patches import Added, Gone, Put, changed, unified
from brandkit.engage.sources.yaml_values import flow

PEOPLE = """\
# Everybody.

- id: ada
  name: Ada Example
  knows: [grace, mei]   # from Berlin
  # she climbs
  notes: |
    A line.

    Another one.

# This one is about grace.
- {id: grace, name: Grace Sample,
   knows: [ada]}
-
  id: mei
  met:
    via: ada
  knows:
    - ada   # since school
    # a comment between two
    - grace
"""


def _data(text: str) -> Any:
    read = read_yaml(text, "people.yaml").value
    assert read is not None
    return read.data


def test_an_item_goes_with_the_comments_within_it_and_those_between_items_stay() -> None:
    after = changed(PEOPLE, [Gone((0,))])
    assert after is not None and after.startswith("# Everybody.\n\n# This one is about grace.\n- {id: grace")
    assert "climbs" not in after and [item["id"] for item in _data(after)] == ["grace", "mei"]


def test_an_item_in_brackets_over_two_lines_goes_as_a_whole() -> None:
    after = changed(PEOPLE, [Gone((1,))])
    assert after is not None
    assert after == PEOPLE.replace("- {id: grace, name: Grace Sample,\n   knows: [ada]}\n", "")


def test_what_would_be_left_empty_goes_too() -> None:
    after = changed(PEOPLE, [Gone((1, "knows", 0)), Gone((2, "met", "via"))])
    assert after is not None and "- {id: grace, name: Grace Sample}\n" in after and "met" not in after


def test_an_id_goes_from_lists_in_brackets_and_below_each_other() -> None:
    after = changed(PEOPLE, [Gone((0, "knows", 0)), Gone((2, "knows", 0))])
    assert after is not None and "  knows: [mei]   # from Berlin\n" in after
    assert "  knows:\n    # a comment between two\n    - grace\n" in after


def test_values_are_put_and_added_where_people_write_them() -> None:
    changes = [Put((0, "formerly"), ["ad"]), Added((0, "knows"), ("NO", "x: y")), Put((1, "do_not_contact"), True)]
    after = changed(PEOPLE, [*changes, Added((2, "knows"), ("noor",)), Put((0, "notes"), "New.\n\nTwo: lines.\n")])
    assert after is not None
    ada, grace, mei = _data(after)
    assert ada["formerly"] == ["ad"] and ada["knows"] == ["grace", "mei", "NO", "x: y"]
    assert ada["notes"] == "New.\n\nTwo: lines.\n" and grace["do_not_contact"] is True
    assert mei["knows"] == ["ada", "grace", "noor"] and "# from Berlin" in after and "# since school" in after


def test_a_list_or_mapping_of_which_all_goes_stays_where_something_new_comes() -> None:
    text = "- {id: a, members: {ada: x}, knows: [ada]}\n- id: b\n  knows:\n  - ada # old\n  # deep\n"
    changes = [
        Gone((0, "members", "ada")),
        Put((0, "members", "grace"), "x"),
        Gone((0, "knows", 0)),
        Added((0, "knows"), ("mei",)),
    ]
    after = changed(text, [*changes, Gone((1, "knows", 0)), Added((1, "knows"), ("mei",))])
    assert after is not None
    assert _data(after) == [{"id": "a", "members": {"grace": "x"}, "knows": ["mei"]}, {"id": "b", "knows": ["mei"]}]


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_keeps_them() -> None:
    text = "\ufeff" + PEOPLE.replace("\n", "\r\n")
    after = changed(text, [Gone((1,)), Put((0, "formerly"), ["ad"])])
    assert after is not None and after.startswith("\ufeff") and after.count("\n") == after.count("\r\n")


@pytest.mark.parametrize("text", ["- &a {id: ada}\n- *a\n- {id: mei}\n", "{not: [closed\n", ""])
def test_what_cannot_be_told_apart_is_left_to_a_person(text: str) -> None:
    assert changed(text, [Gone((0,))]) is None


def test_patch_takes_the_diff_also_where_the_last_line_does_not_end(tmp_path: Path) -> None:
    before = PEOPLE.rstrip("\n")
    after = changed(before, [Gone((2, "knows", 1)), Put((0, "formerly"), ["ad"])])
    assert after is not None
    for name, text in (("my people.yaml", before), ("gone.yaml", before)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    patch = unified("my people.yaml", before, after) + unified("gone.yaml", before, None)
    subprocess.run(["patch", "-p1"], cwd=tmp_path, input=patch, text=True, check=True, capture_output=True)
    assert (tmp_path / "my people.yaml").read_text(encoding="utf-8") == after
    assert not (tmp_path / "gone.yaml").exists()


def test_no_change_is_no_patch() -> None:
    assert unified("a.yaml", PEOPLE, PEOPLE) == ""


NO_CHARACTERS = "\ufeff\ufffe\uffff" + "".join(map(chr, range(0xFDD0, 0xFDF0)))  # these are no text, and are left out
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters=NO_CHARACTERS),
    max_size=12,
)
VALUE = st.one_of(
    TEXT, st.booleans(), st.integers(-5, 5), st.lists(TEXT, max_size=3), st.dictionaries(TEXT, TEXT, max_size=2)
)


@given(VALUE)
def test_every_value_is_read_back_as_it_was(value: Any) -> None:
    assert _data(f"key: {flow(value)}\n") == {"key": value}


WORD = st.sampled_from(["ada", "grace", "mei", "noor", "x y", "NO", "12:30", "é😀", "a: b", "- c", "# d"])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@st.composite
def _files(draw: st.DrawFn) -> tuple[str, int]:
    """A list of people in any of the ways in which they are written, with comments between."""
    lines: list[str] = []
    count = draw(st.integers(1, 4))
    for number in range(count):
        lines += [f"# note {number}"] * draw(st.integers(0, 1)) + [""] * draw(st.integers(0, 1))
        names, quoted = draw(st.lists(WORD, min_size=1, max_size=3)), _quoted
        style = draw(st.integers(0, 3))
        if style == 0:
            lines.append(f"- {{id: p{number}, knows: [{', '.join(map(quoted, names))}]}}")
        elif style == 1:
            lines += [f"- {{id: p{number},  # who", f"   knows: [{', '.join(map(quoted, names))}],", "  }"]
        elif style == 2:
            lines += [f"- id: p{number}  # who", "  knows:", *(f"  - {quoted(name)}" for name in names)]
        else:
            lines += [
                "-",
                f"  knows: [{', '.join(map(quoted, names))}]",
                f"  id: p{number}",
                "  notes: |",
                "    One.",
                "",
            ]
    return "\n".join(lines) + "\n" * draw(st.integers(0, 1)), count


@given(_files(), st.data())
def test_a_patched_file_reads_as_was_meant_and_comments_stay(file: tuple[str, int], data: st.DataObject) -> None:
    text, count = file
    before = _data(text)
    item = data.draw(st.integers(0, count - 1))
    name = data.draw(st.integers(0, len(before[item]["knows"]) - 1))
    other = data.draw(st.integers(0, count - 1).filter(lambda n: n != item) if count > 1 else st.just(item))
    whole = data.draw(st.booleans()) and other != item
    changes = [
        Gone((item, "knows", name)),
        Put((item, "circle"), data.draw(WORD)),
        *([Gone((other,))] if whole else []),
    ]
    after = changed(text, changes)
    assert after is not None
    expected = json.loads(json.dumps(before))
    expected[item]["circle"] = changes[1].value  # type: ignore[union-attr]
    del expected[item]["knows"][name]
    if not expected[item]["knows"]:
        del expected[item]["knows"]
    if whole:
        del expected[other]
    assert _data(after) == expected
    assert [x for x in after.split("\n") if x.startswith("# note")] == [
        x for x in text.split("\n") if x.startswith("# note")
    ]
    if not whole:
        untouched = [line for line in text.split("\n") if line in after.split("\n")]
        assert len(untouched) >= len(text.split("\n")) - 3


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("- name: Ada\n  knows: ''\n", Added((0,), ("x",))),
        ("- ? name\n", Put((0, "name"), "Ada")),
        ("- name: Ada\n", Gone((7, "name"))),
        ("- name: Ada\n", Put((0, "met", "via"), "grace")),
    ],
)
def test_a_change_that_has_no_place_is_left_to_a_person(text: str, change: Any) -> None:
    assert changed(text, [change]) is None
