"""Front matter as people coming from elsewhere have already written it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from brandkit.site import front_matter
from brandkit.site.front_matter import Front, split
from brandkit.site.keys import read_moment

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, taxonomies: tuple[str, ...] = ("tags",)) -> Front:
    return front_matter.read(split(text), text, "p.md", BERLIN, taxonomies)


def value(line: str, key: str) -> Any:
    front = read(f"---\n{line}\n---\n")
    assert front.diagnostics == [], front.diagnostics
    return front.values[key]


def test_yaml_toml_and_none_at_all() -> None:
    assert split("---\na: 1\n---\nbody\n").body == "body\n"
    assert split("+++\na = 1\n+++\nbody\n").syntax == "toml"
    assert split("body\n---\n").syntax == "none" and split("").body == ""
    assert split("\ufeff---\na: 1\n...\nbody").body == "body"
    assert split("--- \r\na: 1\r\n---\r\nbody").text == "a: 1\r\n"


def test_a_fence_that_never_closes_is_all_front_matter() -> None:
    block = split("---\ntitle: x\nbody\n")
    assert (block.body, block.text) == ("", "title: x\nbody\n")


def test_toml() -> None:
    text = '+++\ntitle = "T"\ndate = 2026-03-01\ntags = ["a"]\ndraft = true\n[extra]\nx = 1\n+++\n'
    front = read(text)
    assert (front.values["title"], front.values["draft"], front.values["tags"]) == ("T", True, ("a",))
    assert front.values["date"] == datetime(2026, 3, 1, tzinfo=BERLIN)
    assert front.params == {"extra": {"x": 1}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("+++\na = \n+++\n", "p.md:2:"),
        ("+++\na = 1\na = 2\n+++\n", "p.md:3:"),
        ("+++\nx = " + "9" * 5000 + "\n+++\n", ""),
    ],
)
def test_broken_toml_is_one_finding(text: str, place: str) -> None:
    front = read(text)
    assert not front.usable and len(front.diagnostics) == 1
    assert str(front.diagnostics[0].place).startswith(place)


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("lastmod: 2026-03-01", "updated", datetime(2026, 3, 1, tzinfo=BERLIN)),
        ("last_modified_at: 2026-03-01", "updated", datetime(2026, 3, 1, tzinfo=BERLIN)),
        ("modified: 2026-03-01", "updated", datetime(2026, 3, 1, tzinfo=BERLIN)),
        ("publishDate: 2026-03-01", "publish", datetime(2026, 3, 1, tzinfo=BERLIN)),
        ("expiryDate: 2026-03-01", "expires", datetime(2026, 3, 1, tzinfo=BERLIN)),
        ("permalink: /a/", "url", "/a/"),
        ("redirect_from: [/a/, b]", "aliases", ("/a/", "/b")),
        ("tag: x", "tags", ("x",)),
        ("Tags: a, b ,, a", "tags", ("a", "b")),
        ("tags: [a, null, 3]", "tags", ("a", "3")),
        ("category: c", "categories", ("c",)),
        ("summary: s", "description", "s"),
        ("excerpt: s", "description", "s"),
        ("image: {src: a.png}", "image", "a.png"),
        ("image: {feature: a.png}", "image", "a.png"),
        ("author: Ada", "authors", ("Ada",)),
        ("authors: [{name: Ada}, Grace]", "authors", ("Ada", "Grace")),
        ("language: de", "lang", "de"),
        ("locale: de", "lang", "de"),
        ("canonical_url: https://a.example/", "canonical", "https://a.example/"),
        ("layout: wide", "template", "wide"),
        ("weight: 3", "weight", 3),
        ("draft: no", "draft", False),
        ("published: 'False'", "published", False),
        ("title: 2026", "title", "2026"),
        ("title: NO", "title", "NO"),
        ("Title: x", "title", "x"),
    ],
)
def test_spellings_of_other_tools(line: str, key: str, expected: object) -> None:
    assert value(line, key) == expected


def test_the_most_telling_spelling_wins_whatever_the_order() -> None:
    for lines in ("description: d\nexcerpt: e", "excerpt: e\ndescription: d"):
        assert value(lines, "description") == "d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=BERLIN)),
        ("2026-3-1", datetime(2026, 3, 1, tzinfo=BERLIN)),
        ("2026-03-01T09:30", datetime(2026, 3, 1, 9, 30, tzinfo=BERLIN)),
        ("2026-03-01 09:30:15.123", datetime(2026, 3, 1, 9, 30, 15, tzinfo=BERLIN)),
        ("2026-03-01T09:30:00Z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("2026-03-01 09:30 UTC", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("2016-03-18 13:50:00 -5", datetime(2016, 3, 18, 13, 50, tzinfo=timezone(timedelta(hours=-5)))),
        ("2014-05-01 10:00 -0400", datetime(2014, 5, 1, 10, tzinfo=timezone(timedelta(hours=-4)))),
        ("2014-05-01T10:00+05:30", datetime(2014, 5, 1, 10, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
    ],
)
def test_dates_as_archives_hold_them(text: str, expected: datetime) -> None:
    assert read_moment(text, BERLIN) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-13-01", "2026-03-01T25:00", "0000-01-01", "01.03.2026"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        read_moment(text, BERLIN)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_the_ends_of_time_can_be_shown_in_any_zone(text: str, zone: str) -> None:
    moment = read_moment(text, ZoneInfo(zone))
    assert moment.astimezone(ZoneInfo("America/New_York")) and moment.astimezone(ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize("key", ["date", "publishDate", "expires", "draft", "published"])
def test_a_gate_that_cannot_be_read_leaves_the_page_out(key: str) -> None:
    front = read(f"---\n{key}: perhaps\n---\n")
    assert not front.usable
    assert [d.code for d in front.diagnostics] == ["BK140"]


@pytest.mark.parametrize("line", ["weight: heavy", "updated: soon", "title: [a]", "params: x", "weight: .inf"])
def test_another_wrong_value_leaves_only_itself_out(line: str) -> None:
    front = read(f"---\n{line}\nslug: x\n---\n")
    assert front.usable and front.values["slug"] == "x"
    assert [(d.code, d.place.line) for d in front.diagnostics] == [("BK140", 2)]


def test_an_endless_number_in_toml_is_a_finding() -> None:
    assert [d.code for d in read("+++\nweight = inf\n+++\n").diagnostics] == ["BK140"]


def test_empty_values_are_no_values() -> None:
    front = read("---\ntitle:\ndescription: ''\ndate:\n---\n")
    assert front.diagnostics == [] and not {"title", "description", "date"} & set(front.values)


def test_unknown_keys_are_kept_as_params() -> None:
    front = read("---\nhero: false\nwhen: 2026-03-01\nnested: {a: [1]}\n---\n")
    assert front.params == {"hero": False, "when": "2026-03-01", "nested": {"a": [1]}}
    assert front.diagnostics == []


@pytest.mark.parametrize(("key", "meant"), [("tilte", "title"), ("tgas", "tags"), ("descripton", "description")])
def test_a_near_miss_is_a_warning_at_its_key(key: str, meant: str) -> None:
    (found,) = read(f"---\n{key}: x\n---\n").diagnostics
    assert (found.code, found.severity, str(found.place)) == ("BK141", "warning", "p.md:2:1")
    assert found.hint == f"did you mean '{meant}'?"


def test_a_taxonomy_of_ones_own_is_a_key() -> None:
    front = read("---\ntopics: [a, b]\ntopcis: [c]\n---\n", ("tags", "topics"))
    assert front.values["topics"] == ("a", "b")
    assert front.diagnostics[0].hint == "did you mean 'topics'?"


@pytest.mark.parametrize("text", ["---\n- a\n---\n", "---\njust words\n---\n", "---\na: [\n---\n"])
def test_what_is_no_mapping_leaves_the_page_out(text: str) -> None:
    front = read(text)
    assert not front.usable and front.diagnostics[0].code == "BK101"


@pytest.mark.parametrize(
    "line",
    ["x = 0x" + "F" * 6000, "x = [{y = 0x" + "F" * 17 + "}]", "weight = " + "9" * 30, ".".join("x" * 3000) + " = 1"],
)
def test_what_toml_reads_and_nobody_can_use_is_a_finding_at_its_key(line: str) -> None:
    front = read(f"+++\ntitle = 'T'\n{line}\n+++\n")
    assert front.usable and front.values["title"] == "T" and front.params == {}
    assert [(d.code, d.place.file) for d in front.diagnostics] == [("BK140", "p.md")]


def test_a_date_that_nobody_can_use_keeps_its_page_back() -> None:
    assert not read("+++\nexpiryDate = 0x" + "F" * 6000 + "\n+++\n").usable


def test_a_number_beyond_64_bits_in_yaml_is_a_finding() -> None:
    front = read(f"---\nx: {'9' * 6000}\n---\n")
    assert [(d.code, d.place.line) for d in front.diagnostics] == [("BK101", 2)]


@pytest.mark.parametrize("alt", ["[x]", "{a: b}"])
def test_words_for_a_picture_that_are_no_text_are_a_finding(alt: str) -> None:
    front = read(f"---\nimage: {{src: a.jpg, alt: {alt}}}\n---\n")
    assert front.values["image"] == "a.jpg" and "image_alt" not in front.values
    assert [(d.code, d.place.line) for d in front.diagnostics] == [("BK140", 2)]


def test_aliases_that_multiply_are_one_finding() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11))]
    front = read("\n".join(["---", *lines, "---", ""]))
    assert not front.usable and [d.code for d in front.diagnostics] == ["BK101"]
