"""log: plain words are read, shown back, and written down as a person agrees."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
timezone: Europe/Berlin
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example}
- {id: grace, name: Grace Example}
-- content/vault/events.yaml --
- {id: ev1, name: PyExample, start: 2026-02-28T09:00}
"""
LINE = "call, looks for a platform lead; I promised the list by Friday"
PROMISED = [{"by": "me", "text": "the list", "due": "2026-03-06"}]


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Somebody sits at the keyboard and presses these keys; at a prompt they type these words."""

    def sit(keys: str, *typed: str) -> None:
        pressed: Iterator[str] = iter(keys)
        answers = iter(typed)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(click, "getchar", lambda: next(pressed))
        monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))

    return sit


def last(folder: Path) -> dict[str, Any]:
    row: dict[str, Any] = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    return row


def journal(folder: Path) -> list[Path]:
    return list((folder / "content/vault").glob("journal/*"))


def test_a_line_is_read_written_and_shown_back(folder: Path, brandkit: Any) -> None:
    ran = brandkit(folder, "log", "ada", LINE)
    assert ran.code == 0, ran.err
    assert ran.out == (
        "Written down: Call with Ada, today.\nYou promised: the list, by Friday 6 March.\n"
        "Learned: needs a platform lead.\nTake it back with: brandkit undo\n"
    )
    row = last(folder)
    assert (row["type"], row["direction"], row["summary"]) == ("call", "mutual", LINE)
    assert row["learned"] == {"needs": ["a platform lead"]}
    assert row["promises"] == PROMISED


def test_a_day_before_today_is_noon_of_that_day_where_you_live(folder: Path, brandkit: Any) -> None:
    ran = brandkit(folder, "log", "ada", "met yesterday at PyExample, she will send me her slides")
    assert "Meeting with Ada, at PyExample, yesterday.\nAda promised: send her slides." in ran.out
    row = last(folder)
    assert (row["at"], row["event"]) == ("2026-02-28T11:00:00Z", "ev1")
    assert row["promises"] == [{"by": "ada", "text": "send her slides"}]
    assert brandkit(folder, "log", "ada", "met yesterday", "--on", "2025-07-01").code == 0
    assert last(folder)["at"] == "2025-07-01T10:00:00Z"


def test_json_is_the_row(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "log", "ada", LINE, "--json").json
    assert {**said, "at": last(folder)["at"]} == last(folder)


def test_options_win_over_what_was_read(folder: Path, brandkit: Any) -> None:
    options = ("--type", "meeting", "--promise", "a call", "--due", "2026-04-01", "--learned", "needs: a cook")
    more = ("--learned", "facts: has two kids", "--link", "https://a.example/x", "--direction", "gave", "--at", "ev1")
    assert brandkit(folder, "log", "ada", LINE, *options, *more).code == 0
    row = last(folder)
    assert (row["type"], row["direction"], row["link"], row["event"]) == (
        "meeting",
        "gave",
        "https://a.example/x",
        "ev1",
    )
    assert row["promises"] == [{"by": "me", "text": "a call", "due": "2026-04-01"}]
    assert row["learned"] == {"needs": ["a cook"], "facts": ["has two kids"]}


def test_a_due_day_alone_belongs_to_the_promise_that_was_read(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "log", "ada", LINE, "--due", "2026-03-09").code == 0
    assert last(folder)["promises"] == [{**PROMISED[0], "due": "2026-03-09"}]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--on", "2026-03-02"), "2026-03-02 is still to come"),
        (("--on", "0001-01-01"), "is it right?"),
        (("--on", "soon"), "soon is not a date"),
        (("--learned", "a cook"), "write it like 'needs: a platform lead'"),
        (("--learned", "needs:"), "write it like 'needs: a platform lead'"),
        (("--due", "2026-04-01"), "say with --promise what you promised"),
        (("--type", "life-event"), "a life event wants --reason"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    folder: Path, brandkit: Any, options: tuple[str, ...], said: str
) -> None:
    ran = brandkit(folder, "log", "ada", "call", *options)
    assert (ran.code, journal(folder)) == (2, [])
    assert said in ran.err


def test_with_several_people_only_your_own_promise_is_sure(folder: Path, brandkit: Any) -> None:
    text = "met, I promised Ada the list, she needs a cook, Grace will send me her slides"
    assert brandkit(folder, "log", "ada,grace", text).code == 0
    row = last(folder)
    assert row["contacts"] == ["ada", "grace"]
    assert row["promises"] == [{"by": "me", "text": "the list"}]
    assert "learned" not in row
    assert row["summary"] == text


def test_a_loss_is_a_life_event_even_in_a_call(folder: Path, brandkit: Any) -> None:
    assert "Ada: bereavement, today." in brandkit(folder, "log", "ada", "call, her father died").out
    assert (last(folder)["type"], last(folder)["reason"]) == ("life-event", "bereavement")
    assert "direction" not in last(folder)


def test_a_reason_alone_is_a_life_event(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "log", "ada", "what she wrote", "--reason", "illness").code == 0
    assert (last(folder)["type"], last(folder)["reason"]) == ("life-event", "illness")


@pytest.mark.parametrize("key", ["\r", "\n", "y", "Y", "xy"])
def test_a_person_sees_what_was_read_and_agrees(folder: Path, brandkit: Any, press: Any, key: str) -> None:
    press(key)
    ran = brandkit(folder, "log", "ada", LINE)
    assert ran.out.startswith("Call with Ada, today.\nYou promised: the list, by Friday 6 March.\n")
    assert "Enter: write it down." in ran.out
    assert last(folder)["promises"] == PROMISED


def test_a_person_says_it_in_other_words(folder: Path, brandkit: Any, press: Any) -> None:
    press("e\r", "coffee, she needs a cook")
    assert brandkit(folder, "log", "ada", LINE).code == 0
    row = last(folder)
    assert (row["type"], row["summary"], row["learned"]) == (
        "meeting",
        "coffee, she needs a cook",
        {"needs": ["a cook"]},
    )
    assert "promises" not in row


def test_a_person_keeps_the_plain_words_alone(folder: Path, brandkit: Any, press: Any) -> None:
    press("n")
    assert brandkit(folder, "log", "ada", LINE).code == 0
    row = last(folder)
    assert (row["type"], row["summary"]) == ("call", LINE)
    assert not {"promises", "learned", "reason"} & set(row)


@pytest.mark.parametrize("key", ["q", "\x1b"])
def test_a_person_leaves_it(folder: Path, brandkit: Any, press: Any, key: str) -> None:
    press(key)
    ran = brandkit(folder, "log", "ada", LINE)
    assert (ran.code, journal(folder)) == (0, [])
    assert "Nothing was written." in ran.out


def test_with_yes_or_json_or_without_words_nobody_is_asked(folder: Path, brandkit: Any, press: Any) -> None:
    press("")
    for arguments in ((LINE, "--yes"), (LINE, "--json"), ("--type", "meeting")):
        assert brandkit(folder, "log", "ada", *arguments).code == 0


def test_a_link_alone_is_a_share(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "log", "ada", "--link", "https://a.example/x").code == 0
    assert (last(folder)["type"], last(folder)["direction"]) == ("share", "gave")


def test_half_a_character_is_no_crash(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "log", "ada", "call \udcff, needs a cook", "--reason", "\udcff").code == 0
    assert last(folder)["summary"] == "call ?, needs a cook"


def test_what_they_made_of_it_is_a_reaction_to_what_was_sent_last(folder: Path, brandkit: Any) -> None:
    for link in ("https://a.example/old", "https://a.example/new"):
        assert brandkit(folder, "log", "ada", "--type", "share", "--link", link).code == 0
    ran = brandkit(folder, "replied", "ada", "thank you for that!", "--liked")
    assert ran.code == 0, ran.err
    assert "Liked: https://a.example/new." in ran.out
    wanted = {"type": "replied", "direction": "mutual", "link": "https://a.example/new", "reaction": "liked"}
    assert wanted.items() <= last(folder).items()
    ran = brandkit(folder, "log", "ada", "--reaction", "disliked", "--link", "https://a.example/old")
    assert ran.code == 0, ran.err
    assert {"type": "replied", "link": "https://a.example/old", "reaction": "disliked"}.items() <= last(folder).items()


def test_a_reaction_to_nothing_is_a_question_and_no_line(folder: Path, brandkit: Any) -> None:
    ran = brandkit(folder, "replied", "grace", "--liked")
    assert (ran.code, journal(folder)) == (2, [])
    assert "nothing was sent to grace yet" in ran.err


def test_the_same_words_twice_a_day_are_written_twice_and_said_to_be(folder: Path, brandkit: Any) -> None:
    assert "already" not in brandkit(folder, "log", "ada", "call about nothing").out
    again = brandkit(folder, "log", "ada", "call about nothing")
    assert again.code == 0
    assert again.out.endswith(
        "The same words stood there already, and now stand twice. If it happened once, take one back with: "
        "brandkit undo\n"
    )
    assert brandkit(folder, "undo").code == 0
    assert brandkit(folder, "log", "ada", "call about nothing", "--json").json["again"] is True
    for other in (("grace", "call about nothing"), ("ada", "call about something")):
        assert "already" not in brandkit(folder, "log", *other).out
    assert "already" not in brandkit(folder, "log", "ada", "call about nothing", "--today", "2026-03-02").out
