"""A suggestion is answered once while the answer holds; what comes again may be answered again. All in one step."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.app.advise import When
from brandkit.app.project import Project
from brandkit.app.words import journaling
from brandkit.app.words.drafting import suggestion_to_draft
from brandkit.app.words.journaling import (
    Desk,
    answer_of,
    done_row,
    find_contact,
    find_suggestion,
    open_desk,
    take_back,
    write_answer,
    write_line,
    write_once,
)  # fmt: skip
from brandkit.base.walls import UsageProblem
from brandkit.engage.answering import check_unanswered, stands_already
from brandkit.engage.journal import line_of, read_journal
from brandkit.engage.model import Interaction
from brandkit.engage.moves.move import suggestion_id
from brandkit.io import vault
from tests.patience import PATIENCE

UTC = ZoneInfo("UTC")
TODAY = date(2026, 3, 1)
LINK = "https://news.example/lead"
SHARE = {
    "id": "5a5a5a5a", "contact": "ada", "move": "share",
    "item": {"kind": "entry", "key": LINK, "url": LINK, "title": "A lead"},
}  # fmt: skip
RENEW = {
    "id": "6b6b6b6b", "contact": None, "move": "renew",
    "item": {"kind": "membership", "key": "soc@2026-03-20", "url": None, "title": "A society"},
}  # fmt: skip
NEED = {
    "id": "7c7c7c7c", "contact": "ada", "move": "offer",
    "item": {"kind": "need", "key": "0f0f0f0f", "url": None, "title": ""},
}  # fmt: skip


def check_in(clock: date | None) -> dict[str, Any]:
    name = suggestion_id("ada", "check-in", clock.isoformat() if clock else "never")
    return {"id": name, "contact": "ada", "move": "check-in", "item": None}


def dismissed(suggestion: dict[str, Any]) -> dict[str, Any]:
    return answer_of(suggestion, "dismissed")


def snoozed(suggestion: dict[str, Any], until: date = TODAY + timedelta(days=14)) -> dict[str, Any]:
    return answer_of(suggestion, "snoozed", until=until.isoformat())


ANSWERS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (done_row, dismissed, snoozed)


def journal(*rows: tuple[date, dict[str, Any]]) -> tuple[Interaction, ...]:
    lines = [line_of({"id": f"l{n}", "at": f"{day}T10:00:00Z", **row}) for n, (day, row) in enumerate(rows)]
    read = read_journal([("journal/2026.jsonl", "\n".join(lines))], {"ada", "bea"})
    assert not read.diagnostics
    return read.value


def is_open(suggestion: dict[str, Any], day: date, *rows: tuple[date, dict[str, Any]]) -> bool:
    try:
        check_unanswered(journal(*rows), suggestion, day, UTC)
    except UsageProblem as problem:
        assert str(problem).startswith("that was written down already: ")
        return False
    return True


@given(
    st.sampled_from([SHARE, RENEW, NEED, check_in(date(2026, 1, 20)), check_in(None)]),
    st.sampled_from(ANSWERS),
)
def test_whatever_was_answered_today_is_not_answered_again(suggestion: dict[str, Any], answer: Any) -> None:
    assert is_open(suggestion, TODAY)
    assert not is_open(suggestion, TODAY, (TODAY, answer(suggestion)))
    assert is_open({**suggestion, "move": "update"}, TODAY, (TODAY, answer(suggestion))), "another reason"
    if suggestion["contact"]:
        assert is_open({**suggestion, "contact": "bea"}, TODAY, (TODAY, answer(suggestion))), "another person"


def test_what_was_put_off_is_open_again_on_its_day_and_not_before() -> None:
    put_off = (TODAY, snoozed(SHARE, date(2026, 3, 8)))
    assert [is_open(SHARE, date(2026, 3, day), put_off) for day in (1, 7, 8, 9)] == [False, False, True, True]


def test_what_was_set_aside_or_sent_stays_answered() -> None:
    for answer in (done_row(SHARE), dismissed(SHARE)):
        assert not is_open(SHARE, TODAY + timedelta(days=400), (TODAY, answer))
    other = {**SHARE, "item": {**SHARE["item"], "key": "https://news.example/other"}}  # type: ignore[dict-item]
    assert is_open(other, TODAY, (TODAY, done_row(SHARE)))


def test_a_day_of_its_own_is_an_occasion_of_its_own() -> None:
    assert not is_open(RENEW, date(2026, 3, 19), (TODAY, done_row(RENEW)))
    next_year = {**RENEW, "item": {**RENEW["item"], "key": "soc@2027-03-20"}}  # type: ignore[dict-item]
    assert is_open(next_year, date(2027, 3, 1), (TODAY, done_row(RENEW)))


def test_a_need_may_be_met_again_another_day() -> None:
    assert not is_open(NEED, TODAY, (TODAY, done_row(NEED)))
    assert is_open(NEED, TODAY + timedelta(days=60), (TODAY, done_row(NEED)))
    assert not is_open(NEED, TODAY + timedelta(days=60), (TODAY, dismissed(NEED)))


@pytest.mark.parametrize("answer", [done_row, dismissed])
def test_a_check_in_is_answered_for_one_silence_and_open_in_the_next(answer: Any) -> None:
    first, talked, later = check_in(date(2026, 1, 20)), date(2026, 3, 10), date(2026, 4, 15)
    rows = [(date(2026, 1, 20), {"contacts": ["ada"], "type": "call"}), (TODAY, answer(first))]
    assert not is_open(first, later, *rows), "a page that was left open since then"
    assert not is_open(check_in(None), later, (TODAY, answer(check_in(None))))
    rows.append((talked, {"contacts": ["ada"], "type": "call"}))
    assert is_open(check_in(talked), later, *rows)
    assert not is_open(first, later, *rows)


def test_a_check_in_that_was_carried_out_begins_the_next_silence_itself() -> None:
    first = check_in(date(2026, 1, 20))
    assert is_open(check_in(TODAY), TODAY + timedelta(days=31), (TODAY, done_row(first)))


def test_what_is_called_the_same_each_time_is_open_once_you_were_in_touch() -> None:
    support = {"id": suggestion_id("ada", "ask-support", ""), "contact": "ada", "move": "ask-support", "item": None}
    later, call = TODAY + timedelta(days=200), (date(2026, 3, 2), {"contacts": ["ada"], "type": "call"})
    assert not is_open(support, TODAY, (TODAY, done_row(support)))
    assert is_open(support, later, (TODAY, done_row(support)))
    assert not is_open(support, later, (TODAY, dismissed(support)))
    assert is_open(support, later, (TODAY, dismissed(support)), call)


def test_lines_to_come_overrides_and_plain_lines_are_no_answers() -> None:
    plain = {"contacts": ["ada"], "type": "share", "direction": "gave", "link": LINK}
    rows = [(TODAY, plain), (TODAY, answer_of(SHARE, "override")), (TODAY + timedelta(days=1), done_row(SHARE))]
    assert is_open(SHARE, TODAY, *rows)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (done_row(SHARE), "done yesterday"),
        (dismissed(SHARE), "set aside yesterday"),
        (snoozed(SHARE, date(2026, 3, 9)), "put off until Monday 9 March"),
    ],
)
def test_a_refusal_says_what_was_written_down_and_when(row: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageProblem, match=f"already: {said}$"):
        check_unanswered(journal((TODAY - timedelta(days=1), row)), SHARE, TODAY, UTC)


def test_the_same_line_twice_a_day_is_one_too_many() -> None:
    row = {"contacts": ["ada"], "type": "replied", "direction": "mutual"}
    assert stands_already(journal((TODAY, row)), row, TODAY, UTC)
    assert not stands_already(journal((TODAY, row)), {**row, "summary": "and again"}, TODAY, UTC)
    assert not stands_already(journal((TODAY, row)), row, TODAY + timedelta(days=1), UTC)
    before = {**row, "at": "2026-02-27T10:00:00Z"}
    assert stands_already(journal((TODAY, before)), before, TODAY, UTC)
    assert not stands_already(journal((TODAY, row)), before, TODAY, UTC)


# ---- one step, on the disk

WHEN = When(datetime(2026, 3, 1, 12, tzinfo=UTC), UTC)
PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, formerly: [ada-old]}
- {id: bea, name: Bea Example}
-- content/vault/journal/2026.jsonl --
{"id": "01AAAAAAAAAAAAAAAAAAAAAAAA", "at": "2026-02-01T10:00:00Z", "contacts": ["ada-old"], "type": "call"}
"""


@pytest.fixture
def project(site: Callable[[str], Path]) -> Project:
    return Project(site(PROJECT))


def lines(project: Project) -> list[dict[str, Any]]:
    text = (project.root / "content/vault/journal/2026.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def at_once(several: int, write: Callable[[Desk], object], project: Project) -> list[str]:
    """What was said to each who was refused: all of them read the vault before any of them writes."""
    refused: list[str] = []
    ready = threading.Barrier(several)

    def run() -> None:
        desk = open_desk(project)
        ready.wait(PATIENCE)
        try:
            write(desk)
        except UsageProblem as problem:
            refused.append(str(problem))

    threads = [threading.Thread(target=run) for _ in range(several)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_six_who_answer_at_once_one_is_written_down(project: Project) -> None:
    refused = at_once(6, lambda desk: write_answer(desk, WHEN, SHARE, done_row(SHARE)), project)
    assert refused == ["that was written down already: done today"] * 5
    assert [line["type"] for line in lines(project)] == ["call", "share"]


def test_of_six_who_take_one_line_back_one_does(project: Project) -> None:
    id_ = write_line(open_desk(project), WHEN, {"contacts": ["ada"], "type": "call"})
    refused = at_once(6, lambda desk: take_back(desk, WHEN, id_), project)
    assert refused == ["that was taken back already"] * 5
    assert [line["supersedes"] for line in lines(project)[2:]] == [id_]


def test_two_who_take_the_last_line_back_at_once_take_back_two(project: Project) -> None:
    for who in ("ada", "bea"):
        write_line(open_desk(project), WHEN, {"contacts": [who], "type": "call"})
    assert at_once(2, lambda desk: take_back(desk, WHEN), project) == []
    assert len({line["supersedes"] for line in lines(project)[3:]}) == 2


def test_what_was_taken_back_can_be_answered_again(project: Project) -> None:
    desk = open_desk(project)
    write_answer(desk, WHEN, SHARE, dismissed(SHARE))
    with pytest.raises(UsageProblem, match="set aside today"):
        write_answer(desk, WHEN, SHARE, done_row(SHARE))
    _, line = take_back(desk, WHEN)
    assert line.type == "dismissed"
    write_answer(desk, WHEN, SHARE, done_row(SHARE))
    assert [line.get("type") for line in lines(project)] == ["call", "dismissed", None, "share"]


def test_a_line_under_a_name_of_before_is_still_about_the_same_person(project: Project) -> None:
    file = project.root / "content/vault/journal/2026.jsonl"
    row = {"id": "x1", "at": "2026-02-28T10:00:00Z", **done_row(SHARE), "contacts": ["ada-old"]}
    with file.open("a", encoding="utf-8") as more:
        more.write(line_of(row) + "\n")
    with pytest.raises(UsageProblem, match="done yesterday"):
        write_answer(open_desk(project), WHEN, SHARE, done_row(SHARE))


def test_nothing_but_the_journal_is_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk(project)
    monkeypatch.setattr(journaling, "read_vault", None)
    monkeypatch.setattr(vault, "read", None)
    write_answer(desk, WHEN, SHARE, done_row(SHARE))
    write_once(desk, WHEN, {"contacts": ["ada"], "type": "replied", "promises": [{"by": "ada", "text": "a list"}]})
    with pytest.raises(UsageProblem, match="already"):
        write_once(desk, WHEN, {"contacts": ["ada"], "type": "replied", "promises": [{"by": "ada", "text": "a list"}]})


def test_commands_are_a_hint_and_no_part_of_what_is_said(project: Project) -> None:
    desk = open_desk(project)
    for ask, said, hint in (
        (lambda: find_contact(desk, "nobody"), "there is no contact 'nobody'", "; add them with: brandkit new contact"),
        (lambda: find_suggestion(desk, "abc"), "no suggestion 'abc' was shown", "; see brandkit suggest"),
        (lambda: journaling.last_sent(desk, ["bea"]), "nothing was sent to bea yet", "--link URL"),
        (lambda: suggestion_to_draft(project, WHEN, ""), "no suggestion '' stands now", "; see brandkit suggest"),
    ):
        with pytest.raises(UsageProblem) as refused:
            ask()
        assert str(refused.value) == said and hint in refused.value.hint
