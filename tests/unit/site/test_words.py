"""The words of the default theme: every language says everything, and names the same numbers and names in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from brandkit.site.template_filters import counted, day, filled, short_day, span

FOLDER = Path(__file__).parents[3] / "themes" / "default" / "words"
WORDS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
ENGLISH = WORDS["en"]
OTHERS = sorted(WORDS.keys() - {"en"})
PLACEHOLDERS = {"n", "name", "total", "begin", "end", "archive", "home", "day", "month", "year"}


def texts(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its key. Forms for exact numbers, which languages have as they need, stand aside."""
    if isinstance(words, list):
        words = dict(enumerate(words, 1))
    elif isinstance(words, dict) and "any" in words:
        words = {"any": words["any"]}
    if not isinstance(words, dict):
        yield path, words
        return
    for key, value in words.items():
        yield from texts(value, f"{path}/{key}")


def forms(words: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """What changes with a number."""
    return ((key, value) for key, value in words.items() if isinstance(value, dict) and "any" in value)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(.*?)\}", text))


def test_there_are_words_in_many_languages() -> None:
    assert {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ar", "he"} <= WORDS.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_exactly_the_keys_of_english(language: str) -> None:
    assert [key for key, _ in texts(WORDS[language])] == [key for key, _ in texts(ENGLISH)]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_the_placeholders_of_the_english_one(language: str) -> None:
    english = {key: placeholders(text) for key, text in texts(ENGLISH)}
    assert {key: placeholders(text) for key, text in texts(WORDS[language])} == english


@pytest.mark.parametrize("language", WORDS)
def test_no_text_is_empty_or_something_else_than_text(language: str) -> None:
    for key, text in texts(WORDS[language]):
        assert isinstance(text, str), key
        assert text.strip() == text != "", key
        assert set(placeholders(text)) <= PLACEHOLDERS, key
        assert not re.search(r"[{}]", re.sub(r"\{[a-z]+\}", "", text)), key


@pytest.mark.parametrize("language", WORDS)
def test_a_year_has_twelve_different_months(language: str) -> None:
    assert [len(set(WORDS[language][key])) for key in ("months", "short_months")] == [12, 12]


@pytest.mark.parametrize("language", WORDS)
def test_forms_are_for_exact_numbers_or_any_and_none_is_inherited_from_english(language: str) -> None:
    english = dict(forms(ENGLISH))
    own = dict(forms(WORDS[language]))
    assert own.keys() == english.keys()
    for key, by_number in own.items():
        assert by_number.keys() >= english[key].keys()
        for number, text in by_number.items():
            assert number == "any" or (number.isdecimal() and number == str(int(number)))
            assert set(placeholders(text)) <= {"n"} and text.strip()
            assert number == "any" or number in text or "{n}" in text or language in ("ar", "he"), (key, number)


def test_days_spans_and_numbers_are_said_in_the_words() -> None:
    first, second = date(2026, 3, 1), date(2026, 4, 2)
    assert (day(first, ENGLISH), short_day(first, ENGLISH)) == ("1 March 2026", "1 Mar")
    assert span(first, second, ENGLISH) == "1 March 2026 to 2 April 2026"
    assert span(datetime(2026, 3, 1, 19, tzinfo=UTC), first, ENGLISH) == "1 March 2026, 19:00"
    assert [counted(n, ENGLISH["minutes"]) for n in (0, 1, 5)] == ["0 min read", "1 min read", "5 min read"]


@pytest.mark.parametrize("text", ["{day.__class__}", "{day!r}", "{0}", "{foo}", "{", "{{day"])
def test_words_reach_into_nothing(text: str) -> None:
    assert filled(text, day=1) == text
