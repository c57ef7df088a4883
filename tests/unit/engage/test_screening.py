"""Whoever looks at few entries finds what is found by looking at all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.engage.config import Settings
from brandkit.engage.contacts import Need
from brandkit.engage.ranking import fit_of, worth_sending
from brandkit.engage.scoring.index import Among, build_index
from brandkit.engage.scoring.numbering import may_repeat, order_of, placed

WORDS = "caching hiring platform remote lead opera boats ridge tea bread winter slow honest paper".split()
PHRASES = [*WORDS, "remote caching", "paper boats", "hire a platform lead", "slow honest bread", "tea"]
NUMBERS = st.lists(st.integers(0, 2**64 - 1) | st.sampled_from((0, 1, 7, 2**63)), max_size=60)


def told(dice: Random, entry: Any, number: int) -> Any:
    text = ". ".join(" ".join(dice.choices(WORDS + [f"word{n}" for n in range(40)], k=9)) for _ in range(5))
    return entry(" ".join(dice.choices(WORDS, k=3)), text, f"https://h{number}.example/")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_the_strong_ones_are_the_same_and_worth_as_much(seed: int, world: Any, entry: Any, ada: Any, line: Any) -> None:
    dice = Random(seed)
    entries = [told(dice, entry, n) for n in range(80)]
    contacts, lines = [], []
    for n in range(6):
        likes = tuple(dice.sample(PHRASES, k=dice.choice((1, 2, 5, 12))))
        needs = tuple(Need(text) for text in dice.sample(PHRASES, k=n % 3))
        contacts.append(replace(ada(interests=likes, needs=needs, expertise=likes[:1]), id=f"p{n}"))
        for k in range(n):
            reaction = dice.choice(("liked", "disliked"))
            lines.append(line("share", f"2026-01-1{k}", (f"p{n}",), link=entries[k].url, reaction=reaction))
    for threshold in (0.05, 0.3, 0.5, 0.8):
        people, setting = world(contacts, entries, lines, settings=Settings(threshold=threshold))
        for person in people:
            whole, few = fit_of(person.reader, setting), fit_of(person.reader, setting, threshold)
            assert list(worth_sending(few, date.min)) == list(worth_sending(whole, date.min))
            assert len(few.among) == (whole.strength >= threshold).sum()
            for at in few.among.positions.tolist():
                assert few.total_of(at) == pytest.approx(whole.total_of(at), abs=1e-6)


def test_what_some_entries_hold_is_looked_up_at_once_or_one_by_one(entry: Any) -> None:
    dice = Random(1)
    index = build_index([told(dice, entry, n) for n in range(60)])
    for positions in ([], [3], [0, 7, 8, 40, 59], list(range(60))):
        one, other = (Among(index, np.array(positions, np.int32)) for _ in range(2))
        places = list(range(0, len(index.terms), 3))
        one.look_up(places)
        for place in places:
            assert [row.tolist() for row in one.holding(place)] == [row.tolist() for row in other.holding(place)]


@given(NUMBERS)
@settings(max_examples=60)
def test_numbers_get_their_places_without_being_sorted(numbers: list[int]) -> None:
    given_ = np.array(numbers, np.uint64)
    known, places = placed(given_)
    assert known.tolist() == sorted(set(numbers))
    assert known[places].tolist() == numbers
    assert order_of(places).tolist() == sorted(range(len(numbers)), key=lambda at: places[at])
    assert all(
        may for may, number in zip(may_repeat(given_).tolist(), numbers, strict=True) if numbers.count(number) > 1
    )


def test_places_beyond_a_half_are_ordered_too() -> None:
    places = np.array([70_000, 3, 70_000, 65_536, 3, 140_000], np.int32)
    assert order_of(places).tolist() == [1, 4, 3, 0, 2, 5]
