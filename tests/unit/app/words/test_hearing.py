"""Plain words heard without a command line: what was said beside them, one line for all, and no text that breaks it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.app.advise import When
from brandkit.app.project import Project
from brandkit.app.words.hearing import hear, hear_line, in_other_words, words_alone, write_heard
from brandkit.app.words.journaling import Desk, open_desk
from brandkit.base.walls import UsageProblem

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Lovelace}
- {id: ada-b, name: Ada Byron}
- {id: grace, name: Grace Example}
- {id: zoe, name: "Dr. Zoë van Dyke"}
- {id: li, name: 李雷}
-- content/vault/events.yaml --
- {id: ev1, name: PyExample, start: 2026-02-28T09:00}
"""
BERLIN = ZoneInfo("Europe/Berlin")
WHEN = When(datetime(2026, 3, 1, 12, tzinfo=BERLIN), BERLIN)
TEXT = "call yesterday, looks for a platform lead; I promised the list by Friday"


@pytest.fixture
def desk(site: Callable[[str], Path]) -> Desk:
    return open_desk(Project(site(PROJECT)))


def test_words_alone_are_enough(desk: Desk) -> None:
    heard = hear(desk, WHEN, "grace", TEXT, {})
    assert [contact.id for contact in heard.contacts] == ["grace"]
    assert heard.lines == [
        "Call with Grace, yesterday.",
        "You promised: the list, by Friday 6 March.",
        "Learned: needs a platform lead.",
    ]
    assert heard.row["summary"] == TEXT
    alone = words_alone(heard)
    assert (alone.row["type"], alone.row["promises"], alone.row["learned"]) == ("call", None, None)
    other = in_other_words(heard, "lunch with Grace")
    assert (other.row["type"], other.contacts) == ("meeting", heard.contacts)


def test_what_was_said_beside_the_words_wins_and_is_written(desk: Desk) -> None:
    said = {"day": date(2026, 2, 20), "type_": "meeting", "event": "ev1", "learned": ["needs: a cook"], "due": None}
    heard = hear(desk, WHEN, "grace, zoe", TEXT, said)
    assert heard.lines[0] == "Meeting with Grace and Zoë, at PyExample, on Friday 20 February."
    id_, _ = write_heard(desk, WHEN, heard)
    row = json.loads((desk.folder / "journal/2026.jsonl").read_text(encoding="utf-8"))
    assert (row["id"], row["type"], row["learned"]) == (id_, "meeting", {"needs": ["a cook"]})


@pytest.mark.parametrize(
    ("who", "said", "why"),
    [
        (" ,", {}, "say with whom: an id or a name"),
        ("nobody", {}, "there is no contact 'nobody'"),
        ("grace", {"type_": "cal"}, "did you mean 'call'?"),
        ("grace", {"direction": "up"}, "'up' is no direction; it is one of gave"),
        ("grace", {"reaction": "meh"}, "'meh' is no reaction"),
        ("grace", {"reaction": "liked"}, "nothing was sent to grace yet"),
        ("grace", {"link": "nowhere"}, "'nowhere' is not a web address"),
        ("grace", {"event": "ev9"}, "there is no event 'ev9'"),
        ("grace", {"day": date(2026, 3, 2)}, "2026-03-02 is still to come"),
        ("grace", {"learned": ["a cook"]}, "write it like 'needs: a platform lead'"),
    ],
)
def test_what_does_not_fit_is_said_plainly(desk: Desk, who: str, said: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        hear(desk, WHEN, who, "call", said)
    assert why in str(problem.value)


@pytest.mark.parametrize(
    ("line", "who", "type_", "summary"),
    [
        ("grace: call yesterday", ["grace"], "call", "call yesterday"),
        ("Grace and zoe: lunch", ["grace", "zoe"], "meeting", "lunch"),
        ("grace call at 10:30", ["grace"], "call", "call at 10:30"),
        ("GRACE, zoe call yesterday", ["grace", "zoe"], "call", "call yesterday"),
        ("grace, zoe und Ada Byron, lunch", ["grace", "zoe", "ada-b"], "meeting", "lunch"),
        ("Ada Lovelace call yesterday", ["ada"], "call", "call yesterday"),
        ("ada-b call", ["ada-b"], "call", "call"),
        ("Zoe – met yesterday", ["zoe"], "meeting", "met yesterday"),
        ("dr zoë van dyke called me", ["zoe"], "call", "called me"),
        ("grace, she looks for a cook", ["grace"], "message", "she looks for a cook"),
        ("Grace's father died", ["grace"], "life-event", "Grace's father died"),
        ("Grace and I had lunch", ["grace"], "meeting", "Grace and I had lunch"),
        ("李雷: call", ["li"], "call", "call"),
    ],
)
def test_one_line_begins_with_whom_it_is_about(desk: Desk, line: str, who: list[str], type_: str, summary: str) -> None:
    heard = hear_line(desk, WHEN, line)
    assert [contact.id for contact in heard.contacts] == who
    assert (heard.row["type"], heard.row["summary"]) == (type_, summary)


def test_in_a_sentence_the_name_is_who_did_it_and_after_a_colon_it_is_you(desk: Desk) -> None:
    assert hear_line(desk, WHEN, "Grace promised to send the list").row["promises"][0]["by"] == "grace"
    assert hear_line(desk, WHEN, "grace: promised to send the list").row["promises"][0]["by"] == "me"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "begin with whom it was with, like 'ada: call yesterday'"),
        (": call", "begin with whom it was with"),
        ("lunch with Grace", "begin with whom it was with"),
        ("greice: call", "there is no contact 'greice'"),
        ("Byron's dog", "there is no contact 'Byron's'"),
    ],
)
def test_a_line_that_names_nobody_first_is_told_how_to_begin(desk: Desk, line: str, why: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        hear_line(desk, WHEN, line)
    assert why in str(problem.value)


def test_a_first_name_of_two_is_a_question(site: Callable[[str], Path]) -> None:
    twins = "-- site.yaml --\ntitle: T\nurl: https://t.example/\n-- content/vault/contacts.yaml --\n"
    desk = open_desk(Project(site(f"{twins}- {{id: one, name: Mei Li}}\n- {{id: two, name: Mei Wang}}\n")))
    for line in ("Mei call yesterday", "mei: call"):
        with pytest.raises(UsageProblem, match=r"could be one .Mei Li., two .Mei Wang.: write the id"):
            hear_line(desk, WHEN, line)
    assert hear_line(desk, WHEN, "Mei Wang call").contacts[0].id == "two"


WORDS = st.sampled_from(["ada", "Grace", "Zoë", "李雷", ",", ":", " and ", "'s", "call", "yesterday", " ", "promised"])


def test_no_text_breaks_it(desk: Desk) -> None:
    @given(st.one_of(st.text(st.characters()), st.lists(WORDS | st.text(max_size=4)).map(" ".join)))
    def check(line: str) -> None:
        try:
            heard = hear_line(desk, WHEN, line)
        except UsageProblem as problem:
            assert str(problem)
        else:
            assert heard.contacts and heard.lines
            json.dumps(dict(heard.row), ensure_ascii=False).encode()

    check()
