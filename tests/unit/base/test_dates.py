"""Moving every date in a text."""

from __future__ import annotations

import pytest

from brandkit.base.dates import moved


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("2026-03-01", "2026-03-11"),
        ("since: 2026-02-28T09:00:00Z,", "since: 2026-03-10T09:00:00Z,"),
        ("Sun, 01 Mar 2026 10:00:00 +0100", "Wed, 11 Mar 2026 10:00:00 +0100"),
        ("Sun, 01 Mar 2026 10:00:00 GMT", "Wed, 11 Mar 2026 10:00:00 +0000"),
        ("2023-02-30 and 12026-03-01 and 1-2026-03-01", "2023-02-30 and 12026-03-01 and 1-2026-03-01"),
        ("--03-01", "--03-01"),
        ("posts/2026-03-01-a-title.md", "posts/2026-03-11-a-title.md"),
    ],
)
def test_dates_move_together(text: str, result: str) -> None:
    assert moved(text, 10) == result


def test_no_days_change_nothing_but_the_form() -> None:
    assert moved("a 2026-03-01 b", 0) == "a 2026-03-01 b"
