"""brandkit sort: one key a person, a line of the journal each, and nothing lost on the way."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brandkit.app.own_day import when
from brandkit.app.people.sorting import sort_one, take_back, waiting
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.walls import UsageProblem

PEOPLE = ["Ada Lantern", "Grace Harbour", "Noor Quill", "Mei Brook"]
Sort = Callable[..., Any]


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    blocks = "-- site.yaml --\ntitle: Test\nurl: https://me.example/\ntoday: 2026-03-01\n"
    lines = []
    for number, name in enumerate(PEOPLE):
        id_ = name.split()[0].lower()
        blocks += f"-- content/vault/contacts/{id_}.yaml --\nid: {id_}\nname: {name}\n"
        lines.append({"id": f"i{number}", "at": "2026-02-01T09:00:00Z", "contacts": [id_], "type": "imported"})
    blocks += (
        "-- content/vault/contacts.yaml --\n- {id: old, name: Old Friend}\n- {id: kim, name: Kim, every: 30 days}\n"
    )
    journal = "\n".join(map(json.dumps, lines))
    return site(f"{blocks}-- content/vault/journal/2026.jsonl --\n{journal}\n")


@pytest.fixture
def sort(brandkit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Sort:
    def run(keys: str, *options: str) -> Any:
        monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        return brandkit(folder, "sort", *options)

    return run


def _sorted(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "content/vault/journal/2026.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    return [{k: v for k, v in row.items() if k not in ("id", "at")} for row in rows if row.get("type") != "imported"]


def test_each_key_is_a_line_of_the_journal(folder: Path, sort: Sort) -> None:
    ran = sort("m\nhiring, open  source,,hiring\nq\n\ny\n\nk\n\n")
    assert ran.code == 0 and "1 of 4" in ran.out and "4 of 4" in ran.out and "4 people sorted" in ran.out
    assert _sorted(folder) == [
        {
            "contacts": ["ada"],
            "type": "sorted",
            "every": "1 month",
            "learned": {"interests": ["hiring", "open source"]},
        },
        {"contacts": ["grace"], "type": "sorted", "every": "3 months"},
        {"contacts": ["mei"], "type": "sorted", "every": "1 year"},
        {"contacts": ["noor"], "type": "sorted"},
    ]
    assert "Nobody is waiting" in sort("").out


def test_not_mine_is_remembered_and_the_files_to_delete_are_named(folder: Path, sort: Sort) -> None:
    ran = sort("n\ns\nn\n")
    assert [row["reason"] for row in _sorted(folder)] == ["not mine", "not mine"]
    assert "content/vault/contacts/ada.yaml\n" in ran.out and "content/vault/contacts/mei.yaml\n" in ran.out
    assert (folder / "content/vault/contacts/ada.yaml").exists()
    left = sort("", "--json").json
    assert left == {"sorted": [], "left": 2, "not_mine": []}


def test_it_can_be_stopped_at_any_time_and_goes_on_where_it_was(folder: Path, sort: Sort) -> None:
    assert "3 people are left" in sort("m\nstones\n\n").out
    assert "1 of 3  Grace Harbour" in sort("q\n").out  # the input ends before the interests
    assert [row["contacts"] for row in _sorted(folder)] == [["ada"], ["grace"]]
    assert sort("").code == 0


def test_undo_takes_the_last_answer_back_and_asks_again(folder: Path, sort: Sort) -> None:
    ran = sort("u\nm\n\nu\nq\n\n")
    assert "nothing to take back" in ran.out and "taken back: Ada Lantern" in ran.out
    rows = _sorted(folder)
    assert rows[1].keys() == {"supersedes"} and rows[2]["every"] == "3 months"
    assert sort("", "--json").json["left"] == 3


def test_a_key_that_is_none_is_asked_again_and_no_more_than_the_limit_are_shown(folder: Path, sort: Sort) -> None:
    ran = sort("x\nm\n\nk\n\n", "--limit", "2")
    assert "'x' is none of these" in ran.out and len(_sorted(folder)) == 2 and "3 of" not in ran.out


def test_who_was_not_imported_has_a_rhythm_or_must_be_left_alone_is_not_asked_about(folder: Path, sort: Sort) -> None:
    (folder / "content/vault/contacts/ada.yaml").write_text(
        "id: ada\nname: Ada\ndo_not_contact: true\n", encoding="utf-8"
    )
    (folder / "content/vault/contacts/mei.yaml").write_text("id: mei\nname: Mei\nevery: 1 month\n", encoding="utf-8")
    assert sort("", "--json").json["left"] == 2


def test_who_was_sorted_in_another_window_meanwhile_is_said_to_be(folder: Path, brandkit: Any) -> None:
    project = Project(folder)
    here, there = open_desk(project), open_desk(project)
    moment, (ada, *_) = when(project, None), waiting(here).people
    line = sort_one(here, moment, ada, "m", ())
    with pytest.raises(UsageProblem, match="Ada Lantern was sorted already"):
        sort_one(there, moment, ada, "q", ())
    take_back(there, moment, line)
    sort_one(there, moment, ada, "q", ())
    assert [row.get("every") for row in _sorted(folder)] == ["1 month", None, "3 months"]
