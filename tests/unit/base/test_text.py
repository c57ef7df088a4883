"""Slugs, sentences, clipping."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brandkit.base.text import clip, fold, plain, plural, sentences, slugify, without_comments, words


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("Füße & Straße", "fusse-strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("naïve café", "naive-cafe"),
        ("日本語 タイトル", "日本語-タイトル"),
        ("Привет мир", "привет-мир"),
        ("İstanbul", "istanbul"),
        ("C++ & C#", "c-c"),
        ("a_b__c", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "x"),
        ("", "x"),
        ("🎉", "x"),
        ("\x00\u202e\u200b", "x"),
        ("2.0 is out", "2-0-is-out"),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text, "x") == slug


def test_a_long_slug_is_cut_at_a_word() -> None:
    slug = slugify("word " * 40)
    assert len(slug) <= 80 and not slug.endswith("-") and set(slug.split("-")) == {"word"}


def test_a_slug_of_wide_letters_is_a_name_that_disks_take() -> None:
    assert 0 < len(slugify("𠀀" * 200).encode()) <= 240


@example(text="²⼀")
@given(st.text(max_size=300))
def test_a_slug_is_always_a_safe_name_and_stays_as_it_is(text: str) -> None:
    slug = slugify(text, "fallback")
    assert slug and len(slug.encode()) <= 240
    assert not set(slug) & set("/\\.?#%\x00 \t\n\"'<>&:*|")
    assert slugify(slug, "fallback") == slug


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("Dr. Who came. He left.", ["Dr. Who came.", "He left."]),
        ("See e.g. Python. Or not.", ["See e.g. Python.", "Or not."]),
        ("J. Smith wrote. We read.", ["J. Smith wrote.", "We read."]),
        ("She said “Go.” Then he went.", ["She said “Go.”", "Then he went."]),
        ("No end\nBut a line", ["No end", "But a line"]),
        ("Version 2.0 is out. 3 are not.", ["Version 2.0 is out.", "3 are not."]),
        ("Das ist z. B. Berlin. Über alles.", ["Das ist z. B. Berlin.", "Über alles."]),
        ("   ", []),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(max_size=400))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_clip_cuts_at_a_word_and_says_so() -> None:
    assert clip("one two three", 9) == "one two…"
    assert clip("one  two", 9) == "one two"
    assert clip("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=200), st.integers(2, 50))
def test_clip_keeps_to_its_length(text: str, length: int) -> None:
    assert len(clip(text, length)) <= length


def test_plain_fold_words_plural() -> None:
    assert plain("<p>a &amp; <b>b</b></p>") == "a & b"
    assert fold(" a\u00a0\n b\t") == "a b"
    assert words("C++ isn't Node.js, or F#!") == ["C++", "isn't", "Node.js", "or", "F#"]
    assert [plural(n, "entry", "entries") for n in (0, 1, 2000)] == ["0 entries", "1 entry", "2,000 entries"]


@given(st.text(st.characters(codec="ascii")))
def test_words_are_the_same_beside_letters_of_other_scripts(text: str) -> None:
    assert [*words(text), "é"] == words(f"{text} é")


def test_comments_go_and_lines_stay_where_they_are() -> None:
    text = "# head\nurl: https://a.example/#part # why\n\n  # more\nname: A#B\n"
    assert without_comments(text) == "\nurl: https://a.example/#part\n\n \nname: A#B\n"
