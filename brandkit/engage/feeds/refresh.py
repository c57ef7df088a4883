"""When to look at a feed again. Pure: the facts and the time in, the next facts out.

Good answers are asked again after an hour to a day, by how often the feed publishes; failures after an
hour, doubled each time up to a week, and never sooner than the server asked. What is gone stays gone
until its address changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

SHORTEST = timedelta(hours=1)
LONGEST = timedelta(days=1)
LONGEST_PAUSE = timedelta(days=7)
_DATES_COUNTED = 10
# A clock that was ahead by less than this says nothing.
_TOLERANCE = timedelta(hours=1)


@dataclass(frozen=True)
class FollowedFeed:
    """A feed or a calendar that a person follows: a web address, or a path beside feeds.yaml."""

    id: str
    url: str
    title: str = ""
    kind: str = "feed"


@dataclass(frozen=True)
class FeedState:
    """What is known of a feed from the times that it was read."""

    feed_id: str
    url: str = ""
    title: str = ""
    etag: str | None = None
    last_modified: str | None = None
    content_digest: str | None = None
    checked_at: datetime | None = None
    next_check_at: datetime | None = None
    failures: int = 0
    problem: str | None = None
    moved_to: str | None = None
    gone: bool = False
    paused: bool = False
    kind: str = "feed"


def state_of(feed: FollowedFeed, states: Mapping[str, FeedState]) -> FeedState:
    """The known facts; none but the pause where the person gave the feed another address, or called it a calendar."""
    state = states.get(feed.id)
    if state is None or (state.url, state.kind) != (feed.url, feed.kind):
        return FeedState(feed.id, feed.url, feed.title, paused=state.paused if state else False, kind=feed.kind)
    return state


def due(feeds: Sequence[FollowedFeed], states: Mapping[str, FeedState], now: datetime) -> tuple[str, ...]:
    """The ids of the feeds to ask for now, in the order of `feeds`."""
    return tuple(feed.id for feed in feeds if is_due(state_of(feed, states), now))


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether it is time to ask; a state from a clock that was wrong does not count."""
    if state.gone or state.paused:
        return False
    if state.next_check_at is None or state.checked_at is None or state.next_check_at <= now:
        return True
    return is_of_another_clock(state, now)


def is_of_another_clock(state: FeedState, now: datetime) -> bool:
    """Whether it was written while the clock was ahead."""
    if state.checked_at is None:
        return False
    too_far = state.next_check_at is not None and (state.next_check_at > state.checked_at + LONGEST_PAUSE + _TOLERANCE)
    return too_far or state.checked_at > now + _TOLERANCE


def after_success(
    state: FeedState, now: datetime, published: Iterable[datetime] = (), ttl: timedelta | None = None
) -> FeedState:
    """The state after a good answer.

    `published` are the dates of the feed's entries, none if nothing was new; `ttl` is how long the feed
    itself asks us to wait.
    """
    pause = _rhythm(published, now) or _longer(state)
    wait = _clamped(max(pause, ttl or SHORTEST))
    return replace(state, checked_at=now, next_check_at=_later(now, wait), failures=0, problem=None, gone=False)


def after_failure(state: FeedState, now: datetime, problem: str, retry_after: float | None = None) -> FeedState:
    """The state after a failure, with its reason in one line; `retry_after` in seconds, as the server asked."""
    failures = state.failures + 1
    # 2 ** 8 hours are more than a week: no need to compute with larger ones.
    backoff = min(SHORTEST * 2 ** min(failures - 1, 8), LONGEST_PAUSE)
    asked = timedelta(seconds=min(max(retry_after or 0.0, 0.0), LONGEST_PAUSE.total_seconds()))
    wait = max(backoff, asked)
    return replace(state, checked_at=now, next_check_at=_later(now, wait), failures=failures, problem=problem)


def after_gone(state: FeedState, now: datetime, problem: str) -> FeedState:
    """The state after the server said that there will never be a feed again."""
    return replace(state, checked_at=now, next_check_at=None, gone=True, problem=problem)


def _rhythm(published: Iterable[datetime], now: datetime) -> timedelta | None:
    """Half the usual time between entries, or half the present silence if that is longer; None if unknown."""
    dates = sorted({date for date in published if date <= now}, reverse=True)[:_DATES_COUNTED]
    if not dates:
        return None
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(dates)]
    silence = (now - dates[0]).total_seconds()
    return _clamped(timedelta(seconds=max([silence, *([median(gaps)] if gaps else [])]) / 2))


def _longer(state: FeedState) -> timedelta:
    """Half as long again as the last pause: nothing was new."""
    if state.failures or state.checked_at is None or state.next_check_at is None:
        return SHORTEST
    return _clamped((state.next_check_at - state.checked_at) * 1.5)


def _clamped(pause: timedelta) -> timedelta:
    return min(max(pause, SHORTEST), LONGEST)


def _later(now: datetime, wait: timedelta) -> datetime | None:
    try:
        return now + wait
    except OverflowError:  # the last days of the calendar
        return None
