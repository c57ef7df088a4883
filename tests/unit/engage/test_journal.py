"""The journal: what stands after corrections and undos, and what is said of a line that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from brandkit.engage.journal import TYPES, last_standing, line_of, read_journal

AT = "2026-02-01T09:00:00Z"


def read(*rows: dict[str, Any] | str, known: Sequence[str] = ("ada", "bea")) -> tuple[Any, list[tuple[str, str]]]:
    lines = [row if isinstance(row, str) else json.dumps({"at": AT, **row}) for row in rows]
    outcome = read_journal([("journal/2026.jsonl", "\n".join(lines))], known)
    return outcome.value, [(str(d.place).rpartition("jsonl:")[2], d.message) for d in outcome.diagnostics]


def ids(journal: Any) -> list[str]:
    return [line.id for line in journal]


def test_lines_are_ordered_by_time_whatever_file_and_zone_they_stand_in() -> None:
    late = json.dumps({"id": "late", "at": "2026-01-01T00:30:00Z", "type": "call"})
    early = json.dumps({"id": "early", "at": "2026-01-01T01:00:00+02:00", "type": "call"})
    bare = json.dumps({"id": "bare", "at": "2026-01-01T00:00:00", "type": "call"})
    outcome = read_journal([("b.jsonl", late), ("a.jsonl", f"{bare}\n\n{early}\n")], ())
    assert ids(outcome.value) == ["early", "bare", "late"]
    assert outcome.diagnostics == ()


def test_a_correction_takes_the_place_of_a_line_and_an_undo_takes_it_away() -> None:
    journal, found = read(
        {"id": "1", "type": "call", "contacts": ["ada"]},
        {"id": "2", "type": "meeting", "contacts": ["ada"], "supersedes": "1"},
        {"id": "3", "type": "call", "contacts": ["bea"]},
        {"id": "4", "supersedes": "3"},
    )
    assert ids(journal) == ["2"]
    assert found == []


def test_an_undo_takes_back_what_brandkit_wrote_last_not_what_sorts_last() -> None:
    first, second = "01KJFX8300BCFF2Z3897WAFX68", "01KJFX8300BCFF2Z3897WAFX69"
    journal, _ = read(
        {"id": second, "type": "call", "at": "2025-01-01T00:00:00Z"},
        {"id": first, "type": "call"},
        {"id": "zz-by-hand", "type": "call", "at": "2026-12-31T00:00:00Z"},
    )
    standing = list(journal)
    taken = []
    while standing:
        last = last_standing(standing)
        assert last is not None
        taken.append(last.id)
        standing.remove(last)
    assert taken == [second, first, "zz-by-hand"]
    assert last_standing([]) is None


@pytest.mark.parametrize(
    ("row", "word", "message"),
    [
        ({"id": "1", "type": "calll"}, '"calll', "unknown type 'calll'"),
        ({"id": "1"}, "{", "this line does not say what happened"),
        ({"id": "1", "type": "call", "contacts": ["ada", "addda"]}, '"addda', "there is no contact 'addda'"),
        ({"id": "1", "type": "call", "tpye": "x"}, '"tpye', "unknown key 'tpye'"),
        ({"type": "call"}, "{", "'id' is missing"),
        ({"id": "1", "type": "call", "until": "2026-02-30"}, '"2026-02-30', "there is no day 30 in month 2"),
        ({"id": "1", "type": "call", "direction": "gvae"}, '"gvae', "should be one of"),
        ('{"id": "1", "at"', "", "this line is not JSON"),
        ("[1, 2]", "[", "should be a mapping"),
        ("[" * 5000, "", "this line is not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_place_and_costs_itself_alone(
    row: dict[str, Any] | str, word: str, message: str
) -> None:
    journal, found = read(row, {"id": "good", "type": "call"})
    assert ids(journal) == ["good"]
    ((where, said),) = found
    text = row if isinstance(row, str) else json.dumps({"at": AT, **row})
    assert where.startswith("1:")
    assert not word or where == f"1:{text.index(word) + 1}"
    assert message in said


def test_the_second_of_two_lines_with_one_id_is_left_out() -> None:
    journal, found = read({"id": "1", "type": "call"}, {"id": "1", "type": "gift"})
    assert [line.type for line in journal] == ["call"]
    assert found == [("2:1", "the line 1 stands in the journal already")]


@pytest.mark.parametrize("type", TYPES)
def test_every_type_is_read(type: str) -> None:
    journal, found = read({"id": "1", "type": type, "contacts": ["ada"]})
    assert ([line.type for line in journal], found) == ([type], [])


def test_only_keys_that_say_something_are_written() -> None:
    line = line_of({"id": "1", "type": "call", "summary": "", "link": None, "contacts": [], "learned": {}, "x": "Zoë"})
    assert line == '{"id": "1", "type": "call", "x": "Zoë"}'
    assert "\n" not in line_of({"summary": "two\nlines\u2028three"})
