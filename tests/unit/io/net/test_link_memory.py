"""What link checks found is remembered for a day, and never trusted where it is broken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from brandkit.io.net.link_check import LinkResult
from brandkit.io.net.link_memory import recall, remember

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOOD = LinkResult("https://a.example/", "good", "https://a.example/")
GONE = LinkResult("https://b.example/", "gone", "https://b.example/", "no such page")
FAILED = LinkResult("https://c.example/", "failed", "https://c.example/", "broke")


def test_what_was_found_is_known_for_a_day_but_failures_are_tried_again(tmp_path: Path) -> None:
    remember(tmp_path, [GOOD, GONE, FAILED], NOW)
    assert recall(tmp_path, NOW + timedelta(hours=23)) == {GOOD.address: GOOD, GONE.address: GONE}
    assert recall(tmp_path, NOW + timedelta(hours=24)) == {}
    assert recall(tmp_path, NOW - timedelta(hours=1)) == {}


def test_a_new_answer_takes_the_place_of_the_old_and_the_others_stay(tmp_path: Path) -> None:
    remember(tmp_path, [GOOD, GONE], NOW)
    back = LinkResult(GONE.address, "good", GONE.address)
    remember(tmp_path, [back], NOW + timedelta(hours=1))
    assert recall(tmp_path, NOW + timedelta(hours=2)) == {GOOD.address: GOOD, back.address: back}


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", '{"form": 2, "links": []}', '{"form": 1, "links": 7}'),
        '{"form": 1, "links": [{"address": "x", "outcome": "fine", "final": "", "detail": "", "at": 1}]}',
        '{"form": 1, "links": [{"address": 3, "outcome": "good", "final": "", "detail": "", "at": 1772366400}, 5]}',
        '{"form": 1, "links": [{"address": "x", "outcome": "good", "final": "", "detail": "", "at": NaN}]}',
    ],
)
def test_a_broken_file_is_as_good_as_none_and_is_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / "links.json").write_text(text)
    assert recall(tmp_path, NOW) == {}
    remember(tmp_path, [GOOD], NOW)
    assert recall(tmp_path, NOW) == {GOOD.address: GOOD}


def test_bytes_that_are_no_text_are_no_memory(tmp_path: Path) -> None:
    (tmp_path / "links.json").write_bytes(b"\xff\xfe\x00")
    assert recall(tmp_path, NOW) == {}
