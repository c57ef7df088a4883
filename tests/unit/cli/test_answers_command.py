"""Answers on the command line: each suggestion is answered once, until the answer is taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, every: 30 days}
-- content/vault/journal/2025.jsonl --
{"id": "1", "at": "2025-12-01T10:00:00Z", "contacts": ["ada"], "type": "call", "direction": "mutual"}
"""


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


def shown(brandkit: Any, folder: Path, day: str = "2026-03-01") -> str:
    (one,) = brandkit(folder, "suggest", "--json", "--today", day).json
    return str(one["id"])


def types(folder: Path) -> list[str | None]:
    text = (folder / "content/vault/journal/2026.jsonl").read_text(encoding="utf-8")
    return [json.loads(line).get("type") for line in text.splitlines()]


def test_what_was_answered_is_refused_with_2_until_it_is_taken_back(folder: Path, brandkit: Any) -> None:
    id_ = shown(brandkit, folder)
    assert brandkit(folder, "done", id_).code == 0
    for again in (("done",), ("dismiss",), ("snooze", "--until", "2026-03-09")):
        said = brandkit(folder, again[0], id_, *again[1:])
        assert (said.code, said.out) == (2, "")
        assert said.err == "brandkit: that was written down already: done today\n"
    assert types(folder) == ["message"]
    assert "Taken back: message with ada of 2026-03-01" in brandkit(folder, "undo").out
    assert brandkit(folder, "dismiss", id_).code == 0
    assert types(folder) == ["message", None, "dismissed"]


def test_what_was_put_off_can_be_done_and_is_not_put_off_again_before_its_day(folder: Path, brandkit: Any) -> None:
    id_ = shown(brandkit, folder)
    assert brandkit(folder, "snooze", id_, "--until", "2026-03-09").code == 0
    said = brandkit(folder, "snooze", id_)
    assert said.code == 2 and "put off until Monday 9 March" in said.err
    assert brandkit(folder, "done", id_).code == 0
    assert brandkit(folder, "done", id_).code == 2


def test_the_next_check_in_is_another_one(folder: Path, brandkit: Any) -> None:
    first = shown(brandkit, folder)
    assert brandkit(folder, "done", first).code == 0
    next_ = shown(brandkit, folder, "2026-04-15")
    assert next_ != first
    assert brandkit(folder, "done", first, "--today", "2026-04-15").code == 2
    assert brandkit(folder, "done", next_, "--today", "2026-04-15").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("log", "nobody", "call"), "there is no contact 'nobody'; add them with: brandkit new contact NAME"),
        (("done", "abc"), "no suggestion 'abc' was shown; see brandkit suggest for those of this week"),
        (("replied", "ada", "--liked"), "nothing was sent to ada yet; say what it is about with: --link URL"),
        (("feeds", "pause", "x"), "you follow no feed 'x'; see brandkit feeds list"),
        (("draft", "abc"), "no suggestion 'abc' stands now; see brandkit suggest for those of this week"),
    ],
)
def test_the_command_line_also_says_which_command_helps(
    folder: Path, brandkit: Any, arguments: tuple[str, ...], said: str
) -> None:
    assert brandkit(folder, *arguments).err == f"brandkit: {said}\n"
