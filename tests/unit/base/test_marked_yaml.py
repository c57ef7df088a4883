"""YAML with places: what people write, what they get wrong, what somebody would send to hurt."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import yaml

from brandkit.base import marked_yaml
from brandkit.base.marked_yaml import SYNTAX, Marked, read_yaml, unfit

LOADERS = sorted({marked_yaml._LOADER, yaml.SafeLoader}, key=lambda loader: loader.__name__)


@pytest.fixture(autouse=True, params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test runs with the C loader, where there is one, and with the one in Python."""
    monkeypatch.setattr(marked_yaml, "_LOADER", request.param)
    yield


def marked(text: str) -> Marked:
    outcome = read_yaml(text, "f.yaml")
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def problem(text: str) -> str:
    outcome = read_yaml(text, "f.yaml")
    assert outcome.value is None
    (found,) = outcome.diagnostics
    assert found.code == SYNTAX.id
    return f"{found.place}: {found.message}"


def test_plain_data() -> None:
    text = "a: 1\nb: [x, 2.5, true, ~]\nc: {d: 2026-03-01}\ne: ''\nf: -7\n"
    expected = {"a": 1, "b": ["x", 2.5, True, None], "c": {"d": "2026-03-01"}, "e": "", "f": -7}
    assert marked(text).data == expected


def test_an_empty_file_is_no_mistake() -> None:
    assert marked("").data is None and marked("# only a comment\n").data is None


@pytest.mark.parametrize("text", ["NO", "yes", "on", "Off", "012", "1_000", "12:30", "0x1f", "0b11", "1:30:00"])
def test_what_yaml_would_misread_stays_text_and_is_reported(text: str) -> None:
    found = marked(f"a: {text}\n")
    assert found.data == {"a": text}
    assert [(p.path, p.diagnostic.code) for p in found.problems] == [(("a",), "BK103")]


@pytest.mark.parametrize("text", ['"NO"', "'012'", '"12:30"', "2026-03-01", "+49 30", "1.2.3", "0.5", "nothing"])
def test_what_is_quoted_or_plain_text_is_no_surprise(text: str) -> None:
    assert marked(f"a: {text}\n").problems == ()


@pytest.mark.parametrize("text", [".inf", "-.inf", ".nan", "9" * 400])
def test_numbers_that_json_cannot_hold_stay_text(text: str) -> None:
    assert marked(f"a: {text}\n").data == {"a": text}


def test_a_key_that_stands_twice_is_reported_where_the_second_stands() -> None:
    outcome = read_yaml("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert outcome.value is not None and outcome.value.data == {"a": 1, "b": 2}
    assert [(d.code, str(d.place)) for d in outcome.diagnostics] == [("BK102", "f.yaml:3:1")]


def test_a_tab_for_indentation() -> None:
    assert problem("a:\n\t- b\n").startswith("f.yaml:2:1: a tab stands where YAML wants spaces")


def test_an_unclosed_quote_is_reported_where_it_opens() -> None:
    assert problem('a: 1\nb: "never\nc: 2\n') == "f.yaml:2:4: this quote is never closed"


@pytest.mark.parametrize("text", ["a: [1, 2\n", "a: b: c\n", "- a\nb: c\n", "a: @x\n", "a: %x\n", "{a: 1\n"])
def test_other_slips_name_a_place(text: str) -> None:
    assert problem(text).startswith("f.yaml:")


@pytest.mark.parametrize("text", ["\x00", "a: \x07", "a: \ud800", "\x1b[0m"])
def test_forbidden_characters_are_one_finding(text: str) -> None:
    assert problem(text).startswith("f.yaml:1")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["[" * 2000 + "]" * 2000, "{a: " * 5000, "[" * 200_000, "- " * 200_000, "? " * 5000, "[\n" * 5000]
)
def test_deep_nesting_is_one_finding_and_quick(text: str) -> None:
    began = time.thread_time()
    outcome = read_yaml(text, "f.yaml")
    assert outcome.diagnostics and time.thread_time() - began < 10


@pytest.mark.parametrize("first", ["[lol, lol, lol, lol, lol, lol, lol, lol, lol]", "x" * 5000, "{a: 1}"])
def test_a_billion_laughs_are_one_finding_and_quick(first: str) -> None:
    lines = [f"a0: &a0 {first}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]
    began = time.thread_time()
    assert "aliases" in problem("\n".join(lines))
    assert time.thread_time() - began < 20


def test_aliases_that_are_meant_are_one_object() -> None:
    found = marked("a: &a {b: [1, 2]}\nc: [*a, *a]\n")
    assert found.data["c"] == [{"b": [1, 2]}, {"b": [1, 2]}]
    assert all(item is found.data["a"] for item in found.data["c"])


@pytest.mark.slow
def test_what_is_written_out_is_not_counted_as_repeated() -> None:
    assert len(marked("- a\n" * 120_000).data) == 120_000


def test_aliases_make_nothing_deeper_than_could_be_written() -> None:
    lines = [f"a{n}: &a{n} {'[' * 40}{f'*a{n - 1}' if n else 'x'}{']' * 40}" for n in range(40)]
    outcome = read_yaml("\n".join(lines), "f.yaml")
    assert outcome.value is not None and "too deeply" in outcome.diagnostics[0].message
    assert unfit(outcome.value.data) is None


@pytest.mark.parametrize("number", [str(2**63), f"-{2**64}", "9" * 200, "9" * 6000])
def test_a_number_beyond_64_bits_is_a_finding_and_stays_text(number: str) -> None:
    outcome = read_yaml(f"a: 1\nb: {number}\n", "f.yaml")
    assert outcome.value is not None and outcome.value.data == {"a": 1, "b": number}
    assert [(d.code, d.place.line) for d in outcome.diagnostics] == [(SYNTAX.id, 2)]
    assert marked(f"b: '{number}'\nc: {2**63 - 1}\n").data == {"b": number, "c": 2**63 - 1}


def test_what_other_readers_made_is_looked_through_for_what_nobody_can_use() -> None:
    assert unfit({"a": [1, {"b": True}], "c": 2.5, "d": None}) is None
    assert "too large" in (unfit({"a": [{"b": int("f" * 6000, 16)}]}) or "")
    deep: dict[str, object] = {}
    for _ in range(5000):
        deep = {"a": deep}
    assert "deeply" in (unfit(deep) or "")


def test_an_alias_inside_itself_is_reported() -> None:
    outcome = read_yaml("a: &x [1, *x]\n", "f.yaml")
    assert outcome.value is not None and outcome.value.data == {"a": [1, None]}
    assert "inside itself" in outcome.diagnostics[0].message


def test_tags_make_no_objects() -> None:
    outcome = read_yaml("a: !!python/object/apply:os.system [x]\nb: !mine y\n", "f.yaml")
    assert outcome.value is not None
    assert outcome.value.data == {"a": ["x"], "b": "y"}
    assert any("!mine" in d.message for d in outcome.diagnostics)


def test_keys_that_are_no_words_are_reported() -> None:
    assert "a key has to be a word" in read_yaml("? [a]\n: b\n", "f.yaml").diagnostics[0].message


def test_numbers_as_keys_stay_text() -> None:
    assert marked("1: a\ntrue: b\n").data == {"1": "a", "true": "b"}


def test_places_of_values_keys_and_list_items() -> None:
    found = marked("a:\n  b: [x, yy]\n")
    assert str(found.place(("a", "b", 1))) == "f.yaml:2:10"
    assert found.place(("a", "b", 1)).length == 2
    assert str(found.place(("a", "b"), key=True)) == "f.yaml:2:3"
    assert str(found.place(("a", "missing"))) == "f.yaml:2:3"


def test_places_after_a_byte_order_mark() -> None:
    assert str(marked("\ufeffa: 1\nb: 2\n").place(("a",))) == "f.yaml:1:4"
    assert str(marked("\ufeffa: 1\nb: 2\n").place(("b",), key=True)) == "f.yaml:2:1"


def test_places_inside_a_larger_file() -> None:
    whole = "---\ntitle: x\ntags: {\n---\nbody\n"
    outcome = read_yaml("title: x\nb: 2\n", "p.md", 1, whole)
    assert outcome.value is not None
    place = outcome.value.place(("title",))
    assert (str(place), place.excerpt) == ("p.md:2:8", "title: x")
    broken = read_yaml('title: "x\n', "p.md", 1, '---\ntitle: "x\n---\n')
    assert str(broken.diagnostics[0].place) == "p.md:2:8"


def test_a_file_too_large_to_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_yaml, "MAX_BYTES", 10)
    assert "too large" in problem("a: 0123456789")


def test_several_documents_are_one_finding() -> None:
    assert problem("a: 1\n---\nb: 2\n").startswith("f.yaml:2")
