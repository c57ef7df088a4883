"""Entries by fit alone: no clock, no gate but `avoid`, and ties that never move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from brandkit.engage.contacts import Hold, Need
from brandkit.engage.ranking import ranking_lines


def ranked(person: Any, setting: Any, depth: int = 100, since: date = date.min) -> list[list[str]]:
    return [line.split("\t") for line in ranking_lines(person, setting, since, depth)]


@pytest.fixture
def entries(entry: Any) -> list[Any]:
    return [
        entry("Tea", "Tea and more tea.", "https://a.example/tea", day="2020-01-01"),
        entry("Tea again", "Tea and crypto.", "https://b.example/crypto"),
        entry("Bread", "Bread alone.", "https://d.example/"),
        entry("Cheese", "Cheese alone.", "https://c.example/"),
    ]


def test_a_line_holds_contact_guid_rank_and_score_and_all_are_listed(world: Any, entries: Any, ada: Any) -> None:
    (person,), setting = world(ada(interests=("tea",)), entries)
    rows = ranked(person, setting)
    assert [row[0] for row in rows] == ["ada"] * 4
    assert {row[1] for row in rows} == {one.guid for one in entries}
    assert [row[2] for row in rows] == ["1", "2", "3", "4"]
    scores = [float(row[3]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0 == scores[-1]
    assert [row[1] for row in rows[2:]] == ["https://c.example/", "https://d.example/"], "ties by link"


def test_no_gate_but_avoid_has_a_say(world: Any, entries: Any, ada: Any, line: Any) -> None:
    (free,), setting = world(ada(interests=("tea",)), entries)
    gated = ada(
        interests=("tea",), hold=Hold("illness"), do_not_contact=True, languages=("en",), links=("https://a.example",)
    )
    (held,), _ = world(gated, entries, [line("message", "2026-01-01"), line("message", "2026-01-02")])
    assert ranked(held, setting) == ranked(free, setting)
    (wary,), _ = world(ada(interests=("tea",), avoid=("crypto",)), entries)
    assert "https://b.example/crypto" not in {row[1] for row in ranked(wary, setting)}
    assert [row[2] for row in ranked(wary, setting)] == ["1", "2", "3"]


def test_the_age_of_an_entry_makes_no_difference(world: Any, entries: Any, ada: Any) -> None:
    (person,), setting = world(ada(interests=("tea",)), entries)
    young = [replace(entries[0], published=entries[1].published), *entries[1:]]
    (same,), later = world(ada(interests=("tea",)), young)
    assert ranked(person, setting) == ranked(same, later)


def test_depth_and_since_bound_it(world: Any, entries: Any, ada: Any) -> None:
    (person,), setting = world(ada(interests=("tea",)), entries)
    assert len(ranked(person, setting, depth=2)) == 2
    assert "https://a.example/tea" not in {row[1] for row in ranked(person, setting, since=date(2026, 1, 1))}


def test_the_order_of_entries_and_other_people_change_nothing(world: Any, entries: Any, ada: Any, line: Any) -> None:
    contact = ada(interests=("tea", "bread"), needs=(Need("cheese"),))
    (person,), setting = world(contact, entries)
    others = [contact, replace(contact, id="bea", name="Bea", interests=("bread",))]
    (again, _), other = world(others, entries[::-1], [line("share", contacts=("bea",), link="https://a.example/tea")])
    assert ranked(again, other) == ranked(person, setting)
