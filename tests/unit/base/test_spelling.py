"""Near misses."""

from __future__ import annotations

import pytest

from brandkit.base.spelling import closest, did_you_mean


@pytest.mark.parametrize(("word", "meant"), [("tgas", "tags"), ("ttile", "title"), ("descripton", "description")])
def test_a_slip_is_understood(word: str, meant: str) -> None:
    known = ["tags", "title", "description", "date"]
    assert closest(word, known) == meant
    assert did_you_mean(word, known) == f"did you mean '{meant}'?"


def test_another_word_is_not() -> None:
    assert closest("weather", ["tags", "title"]) is None and did_you_mean("x", []) is None
