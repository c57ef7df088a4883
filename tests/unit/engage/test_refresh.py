"""When a feed is asked again: due, back-off, rhythm, and clocks that jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.feeds.refresh import (
    FeedState,
    FollowedFeed,
    after_failure,
    after_gone,
    after_success,
    due,
    is_due,
    state_of,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = FollowedFeed("f", "https://ex.org/feed", "Ex")
NEW = FeedState("f", FEED.url)


def wait(state: FeedState) -> timedelta:
    assert state.next_check_at
    return state.next_check_at - NOW


def test_a_feed_that_was_never_asked_is_due() -> None:
    other = FollowedFeed("g", "https://ex.org/g")
    known = after_success(NEW, NOW)
    assert due([FEED, other], {"f": known}, NOW) == ("g",)
    assert due([FEED, other], {"f": known}, NOW + DAY) == ("f", "g")


@pytest.mark.parametrize(
    ("between", "expected"),
    [(timedelta(minutes=5), HOUR), (timedelta(hours=8), timedelta(hours=4)), (30 * DAY, DAY)],
)
def test_a_good_answer_waits_half_the_rhythm_of_the_feed(between: timedelta, expected: timedelta) -> None:
    dates = [NOW - between * n for n in range(12)]
    assert wait(after_success(NEW, NOW, dates)) == expected


def test_a_feed_fallen_silent_is_asked_seldom_and_one_burst_does_not_matter() -> None:
    silent = [NOW - 20 * DAY - n * HOUR for n in range(10)]
    assert wait(after_success(NEW, NOW, silent)) == DAY
    burst = [NOW - timedelta(minutes=n) for n in range(3)] + [NOW - n * DAY for n in range(1, 8)]
    assert wait(after_success(NEW, NOW, burst)) == timedelta(hours=12)


def test_dates_ahead_of_the_clock_do_not_count() -> None:
    assert wait(after_success(NEW, NOW, [NOW + DAY, NOW + 2 * DAY])) == HOUR


def test_nothing_new_waits_longer_each_time_up_to_a_day() -> None:
    state, waits = after_success(NEW, NOW), []
    for _ in range(10):
        waits.append(wait(state))
        state = after_success(replace(state, checked_at=NOW), NOW)
    assert waits[:3] == [HOUR, 1.5 * HOUR, 2.25 * HOUR]
    assert waits[-1] == DAY


def test_what_the_feed_asks_for_is_respected_within_a_day() -> None:
    often = [NOW - timedelta(minutes=n) for n in range(10)]
    assert wait(after_success(NEW, NOW, often, ttl=timedelta(hours=3))) == timedelta(hours=3)
    assert wait(after_success(NEW, NOW, often, ttl=timedelta(days=365))) == DAY
    assert wait(after_success(NEW, NOW, often, ttl=timedelta(seconds=1))) == HOUR


def test_failures_back_off_from_an_hour_to_a_week() -> None:
    state, waits = NEW, []
    for _ in range(12):
        state = after_failure(state, NOW, "no answer")
        waits.append(wait(state))
    assert waits[:4] == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert waits[-1] == 7 * DAY
    assert (state.failures, state.problem) == (12, "no answer")


def test_a_good_answer_ends_the_back_off() -> None:
    state = after_success(after_failure(after_failure(NEW, NOW, "x"), NOW, "x"), NOW)
    assert (state.failures, state.problem, wait(state)) == (0, None, HOUR)


def test_retry_after_lengthens_the_pause_and_never_shortens_it() -> None:
    assert wait(after_failure(NEW, NOW, "x", retry_after=5 * 3_600)) == 5 * HOUR
    assert wait(after_failure(NEW, NOW, "x", retry_after=1)) == HOUR
    assert wait(after_failure(NEW, NOW, "x", retry_after=10**9)) == 7 * DAY
    assert wait(after_failure(NEW, NOW, "x", retry_after=-5)) == HOUR


def test_what_is_gone_or_paused_is_not_asked() -> None:
    gone = after_gone(NEW, NOW, "gone for good")
    assert not is_due(gone, NOW + 1000 * DAY)
    assert not is_due(replace(NEW, paused=True), NOW)


def test_a_new_address_starts_anew_but_keeps_the_pause() -> None:
    gone = replace(after_gone(NEW, NOW, "gone"), etag='"1"', failures=3)
    moved = replace(FEED, url="https://ex.org/new")
    assert state_of(moved, {"f": gone}) == FeedState("f", moved.url, "Ex")
    assert due([moved], {"f": gone}, NOW) == ("f",)
    assert due([moved], {"f": replace(gone, paused=True)}, NOW) == ()


def test_a_clock_that_went_back_does_not_silence_a_feed() -> None:
    state = after_success(NEW, NOW + 400 * DAY)
    assert is_due(state, NOW)
    assert not is_due(after_success(state, NOW), NOW + timedelta(minutes=30))


def test_a_next_check_that_nobody_can_have_set_does_not_count() -> None:
    assert is_due(FeedState("f", FEED.url, checked_at=NOW, next_check_at=NOW + 900 * DAY), NOW + HOUR)


def test_a_clock_a_little_behind_changes_nothing() -> None:
    assert not is_due(after_success(NEW, NOW), NOW - timedelta(minutes=10))


@given(
    steps=st.lists(st.tuples(st.booleans(), st.floats(0, 1e9), st.integers(0, 10**7)), max_size=30),
)
def test_no_history_makes_a_pause_out_of_bounds(steps: list[tuple[bool, float, int]]) -> None:
    state, now = NEW, NOW
    for good, retry_after, seconds in steps:
        state = after_success(state, now) if good else after_failure(state, now, "x", retry_after)
        assert state.next_check_at
        assert HOUR <= state.next_check_at - now <= 7 * DAY
        now += timedelta(seconds=seconds)
        assert is_due(state, max(now, state.next_check_at))
