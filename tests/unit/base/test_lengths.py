"""Lengths as people and terminals see them; cutting and wrapping by them."""

from __future__ import annotations

import pytest

from brandkit.base.lengths import columns, graphemes, shorten, wrapped


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(("", 0), ("abc", 3), ("e\u0301", 1), ("\r\n", 1), ("\n\u0301", 2), ("a\u200db", 2)),
        *(("👩\u200d👩\u200d👧\u200d👦", 1), ("👍🏽", 1), ("❤\ufe0f", 1), ("🇩🇪🇫🇷", 2), ("🇩🇪🇫", 2)),
        *(("🏴\U000e0067\U000e0062\U000e007f", 1), ("नमस्ते", 4), ("สวัสดี", 4), ("각", 1), ("\u1100\u1161\u11a8", 1)),
        *(("日本語", 3), ("שָׁלוֹם", 4), ("1\ufe0f\u20e3", 1), ("\u102b", 1)),
    ],
)  # fmt: skip
def test_signs_are_what_people_see(text: str, count: int) -> None:
    assert len(graphemes(text)) == count
    assert "".join(graphemes(text)) == text


def test_east_asian_signs_and_emoji_take_two_columns_and_marks_none() -> None:
    assert [columns(text) for text in ("ab", "日本", "e\u0301", "👍🏽", "각")] == [2, 4, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one, two", 5, "one…"),
        ("unbreakable", 5, "unbr…"),
        ("日本語のとても長い文", 5, "日本語の…"),
        ("ab e\u0301e\u0301e\u0301", 5, "ab…"),
        ("👩\u200d👧👩\u200d👧👩\u200d👧", 2, "👩\u200d👧…"),
        ("anything", 0, ""),
    ],
)
def test_a_text_is_cut_at_a_word_and_never_within_a_sign(text: str, room: int, expected: str) -> None:
    assert shorten(text, lambda cut: len(graphemes(cut)) <= room) == expected


def test_lines_are_no_wider_than_asked_and_addresses_stay_whole() -> None:
    address = "https://example.org/" + "a" * 100
    text = f"Some words before {address} and 日本語の文章はスペースなしで続きます。" + "x" * 90 + " é" * 40
    lines = wrapped(text, 40)
    assert address in lines
    assert all(columns(line) <= 40 for line in lines if line != address)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not [line for line in lines if line.startswith("。")]
    assert wrapped("", 40) == []
