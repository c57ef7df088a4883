"""Plain data into dataclasses: all mistakes at once, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import AfterValidator, ConfigDict

from brandkit.base.decode import decode, decode_leniently, keys_of
from brandkit.base.marked_yaml import Marked, read_yaml

STRICT = ConfigDict(extra="forbid")


def _even(value: int) -> int:
    if value % 2:
        raise ValueError("should be even | like 2")
    return value


@dataclass(frozen=True)
class Inner:
    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str
    since: date | None = None


@dataclass(frozen=True)
class Outer:
    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    age: int = 0
    tone: Literal["warm", "plain"] = "warm"
    tags: tuple[str, ...] = ()
    inner: Inner | None = None
    list_: tuple[Inner, ...] = ()
    even: Annotated[int, AfterValidator(_even)] = 0
    map: Mapping[str, int] = field(default_factory=dict)


def marked(text: str) -> Marked:
    value = read_yaml(text, "f.yaml").value
    assert value is not None
    return value


def found(text: str) -> list[str]:
    outcome = decode(Outer, marked(text))
    assert outcome.value is None
    return [f"{d.place} {d.code} {d.message} [{d.hint}]" for d in outcome.diagnostics]


def test_good_data_becomes_an_instance() -> None:
    outcome = decode(Outer, marked("name: Ada\ntags: [a]\ninner: {text: x, since: 2026-03-01}\nmap: {a: 1}\n"))
    assert outcome.diagnostics == ()
    assert outcome.value == Outer("Ada", tags=("a",), inner=Inner("x", date(2026, 3, 1)), map={"a": 1})


def test_every_mistake_is_reported_at_once() -> None:
    text = "nam: Ada\nage: old\ntone: warn\ntags: x\ninner: {txt: x}\neven: 3\n"
    codes = [line.split()[:2] for line in found(text)]
    assert ["f.yaml:1:1", "BK104"] in codes
    assert ["f.yaml:2:6", "BK105"] in codes
    assert ["f.yaml:3:7", "BK105"] in codes
    assert ["f.yaml:4:7", "BK105"] in codes
    assert ["f.yaml:5:9", "BK104"] in codes
    assert ["f.yaml:6:7", "BK105"] in codes
    assert any("'name' is missing" in line for line in found(text))
    assert any("'text' is missing" in line for line in found(text))


def test_a_near_miss_gets_a_hint() -> None:
    assert found("name: a\nagee: 1\n") == ["f.yaml:2:1 BK104 unknown key 'agee' [did you mean 'age'?]"]
    assert found("name: a\ntone: plan\n") == [
        "f.yaml:2:7 BK105 'tone' should be one of 'warm' or 'plain' [did you mean 'plain'?]"
    ]


def test_a_far_miss_lists_what_is_known() -> None:
    (line,) = found("name: a\nzzz: 1\n")
    assert "known here: age, even, inner, list, map, name, tags, tone" in line


def test_a_number_where_text_belongs_wants_quotes() -> None:
    assert found("name: 12\n") == ["f.yaml:1:7 BK105 'name' should be text [put it in quotes: \"12\"]"]


def test_our_validators_speak_with_a_hint() -> None:
    assert found("name: a\neven: 3\n") == ["f.yaml:2:7 BK105 'even' should be even [like 2]"]


def test_places_within_lists_and_maps() -> None:
    lines = found("name: a\nmap: {x: 1, y: no way}\nlist_:\n  - {text: b}\n  - {text: [c]}\n")
    assert lines[0].startswith("f.yaml:5:12 BK105") or lines[1].startswith("f.yaml:5:12 BK105")
    assert any(line.startswith("f.yaml:2:16 BK105") for line in lines)


def test_a_misread_value_is_an_error_of_its_file() -> None:
    assert found("name: NO\n")[0].startswith("f.yaml:1:7 BK103 YAML reads NO as false")


def test_the_whole_may_be_of_the_wrong_kind() -> None:
    assert found("- a\n- b\n")
    assert found("just text\n")


def test_part_of_the_data() -> None:
    data = marked("- {text: a}\n- {txt: b}\n")
    assert decode(Inner, data, (0,)).value == Inner("a")
    assert {str(d.place) for d in decode(Inner, data, (1,)).diagnostics} == {"f.yaml:2:4", "f.yaml:2:3"}


def test_leniently_the_rest_is_kept() -> None:
    outcome = decode_leniently(Outer, marked("name: Ada\nage: old\ntagz: [a]\ntags: [b]\ninner: {txt: x}\n"))
    assert outcome.value == Outer("Ada", tags=("b",))
    assert {str(d.place) for d in outcome.diagnostics} >= {"f.yaml:2:6", "f.yaml:3:1", "f.yaml:5:9"}


def test_leniently_nothing_is_made_without_what_is_required() -> None:
    outcome = decode_leniently(Outer, marked("age: 3\n"))
    assert outcome.value is None
    assert [d.code for d in outcome.diagnostics] == ["BK106"]


def test_leniently_a_wrong_item_of_a_list_is_left_out() -> None:
    outcome = decode_leniently(Outer, marked("name: a\ntags: [x, [y], [y], z, [y], w]\n"))
    assert outcome.value is not None and outcome.value.tags == ("x", "z", "w")


def test_leniently_an_item_that_lacks_something_is_left_out() -> None:
    outcome = decode_leniently(Outer, marked("name: a\nlist_: [{text: b}, {}, {txt: c}, {text: d}]\ninner: {}\n"))
    assert outcome.value == Outer("a", list_=(Inner("b"), Inner("d")))


@pytest.mark.parametrize("text", ["", "~", "[]", "{}", "x", "1", "[[[]]]", "{name: {a: {b: c}}}", "name: ~"])
def test_no_data_makes_decoding_crash(text: str) -> None:
    for one in (decode, decode_leniently):
        assert one(Outer, marked(text)).diagnostics


def test_keys_of_follows_lists_maps_and_unions() -> None:
    assert keys_of(Outer, ("inner",)) == {"text", "since"}
    assert "list" in keys_of(Outer)
    assert keys_of(Outer, ("list_", 0)) == {"text", "since"}
