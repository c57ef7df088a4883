"""Terms of many entries: what is added day by day stands as if all had been placed at once."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.engage.model import Entry
from brandkit.engage.scoring import placing
from brandkit.engage.scoring.counting import Counts, counted, counts_of
from brandkit.engage.scoring.placing import COLUMNS, Placed, extended, had_alone, placed_of

TEXTS = st.lists(st.sampled_from(("tea", "bread", "ridge", "cheese", "cloud", "barrel", "the")), max_size=7).map(
    " ".join
)
SAID = st.tuples(TEXTS, TEXTS, TEXTS)
DAYS = st.lists(st.lists(st.tuples(st.integers(0, 14), SAID), max_size=9), min_size=2, max_size=5)


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few entries count as many."""
    monkeypatch.setattr(placing, "FEW", 1)


def counts(said: list[tuple[str, str, str]]) -> Counts:
    day = datetime(2026, 2, 20, tzinfo=UTC)
    blobs = [counted(Entry("g", "f", "u", "c", title, summary, text, day, "en")) for title, summary, text in said]
    return counts_of(b"".join(blobs), [len(blob) for blob in blobs])


def as_values(found: Placed) -> dict[str, tuple[object, ...]]:
    return {name: (getattr(found, name).dtype, getattr(found, name).tolist()) for name in COLUMNS}


def added(before: Placed, was: list[tuple[int, object]], now: list[tuple[int, tuple[str, str, str]]]) -> Placed:
    order = np.array([was.index(one) if one in was else -1 for one in now], np.int64)
    order[np.isin(order, had_alone(before, counts([said for at, (_, said) in enumerate(now) if order[at] < 0])))] = -1
    return extended(before, order, counts([said for at, (_, said) in enumerate(now) if order[at] < 0]))


@pytest.mark.slow
@given(DAYS)
@settings(max_examples=60, deadline=None)
def test_entries_that_come_change_and_go_are_placed_as_if_all_had_come_at_once(
    days: list[list[tuple[int, tuple[str, str, str]]]],
) -> None:
    before, was = placed_of(counts([])), list[tuple[int, object]]()
    for day in days:
        now = list(dict(day).items())  # other entries than before, some of the same, in another order
        found = added(before, was, now)
        assert as_values(found) == as_values(placed_of(counts([said for _, said in now])))
        before, was = found, list(now)


def test_a_pair_that_a_second_entry_holds_is_no_longer_set_aside() -> None:
    alone = placed_of(counts([("green tea", "", ""), ("old bread", "", "")]))
    assert (len(alone.lone), alone.lone_of.tolist()) in ((2, [0, 1]), (2, [1, 0]))
    assert had_alone(alone, counts([("cold green tea", "", "")])).tolist() == [0]
    assert had_alone(alone, counts([("green bread", "", "")])).tolist() == []
