"""Reading followed feeds: who is due, ask them, read them, keep what is new.

In: the followed feeds, where the local ones lie, the open store, the time. Out: a report with one
outcome for each feed, in their order. Local feeds are read when their bytes changed, also offline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from brandkit.engage.days.occasions import Occasion
from brandkit.engage.feeds.refresh import (
    FeedState,
    after_failure,
    after_gone,
    after_success,
    due,
    is_of_another_clock,
    state_of,
)
from brandkit.engage.feeds.refresh import FollowedFeed as FollowedFeed
from brandkit.io.feeds.calendar_parsing import parse_calendar
from brandkit.io.feeds.feed_parsing import parse_feed
from brandkit.io.feeds.local_feed import read_local
from brandkit.io.net.fetch import Limits, Request, Response, fetch_each
from brandkit.io.store.entry_store import EntryStore, FeedStateRow
from brandkit.io.store.occasion_store import StoredOccasion

Status = Literal["unchanged", "updated", "failed", "not-due", "gone", "paused"]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class FeedOutcome:
    """How one feed fared. `problem` is one plain line where it failed; `note` one where it was read all the same."""

    feed_id: str
    status: Status
    new: int = 0
    problem: str | None = None
    note: str | None = None
    kind: str = "feed"


@dataclass(frozen=True)
class RefreshReport:
    """All feeds, in the order in which they are followed; `local` and `remote` count those that were read."""

    feeds: tuple[FeedOutcome, ...]
    new: int
    total_entries: int
    local: int
    remote: int
    next_check_at: datetime | None = None  # when the first of the web feeds is due again


@dataclass(frozen=True)
class Reading:
    """How feeds are read: where the local ones lie, whether the others are fetched, within which limits.

    `progress` hears the id of each feed that is done, how many are, and of how many.
    """

    root: Path
    folder: Path
    offline: bool = False
    limits: Limits = field(default_factory=Limits)
    progress: Progress | None = None


def refresh(feeds: Sequence[FollowedFeed], store: EntryStore, now: datetime, how: Reading) -> RefreshReport:
    """Read what changed on disk, and ask for what is due unless that is to be left."""
    reading = _Round(store, now, {row.feed_id: _from_row(row) for row in store.feed_states().values()})
    local = [feed for feed in feeds if not is_remote(feed) and not state_of(feed, reading.states).paused]
    ready = set() if how.offline else set(due(feeds, reading.states, now))
    remote = [feed for feed in feeds if is_remote(feed) and feed.id in ready]
    tell = _teller(how.progress, len(local) + len(remote))
    for feed in local:
        reading.read(feed, read_local(how.folder, feed.url, how.limits))
        tell(feed.id)
    reading.keep()
    _ask(remote, reading, how.limits, tell)
    outcomes = tuple(
        reading.outcomes.get(feed.id) or replace(reading.left_alone(feed), kind=feed.kind) for feed in feeds
    )
    return RefreshReport(
        feeds=outcomes,
        new=sum(outcome.new for outcome in outcomes),
        total_entries=sum(store.counts().values()),
        local=len(local),
        remote=len(remote),
        next_check_at=_next_check(feeds, store, now),
    )


def _next_check(feeds: Sequence[FollowedFeed], store: EntryStore, now: datetime) -> datetime | None:
    states = {row.feed_id: row for row in store.feed_states().values()}
    awake = (feed.id for feed in feeds if is_remote(feed))
    followed = {id_ for id_ in awake if id_ not in states or not states[id_].paused}
    states = {id_: row for id_, row in states.items() if id_ in followed}
    if any(id_ not in states or states[id_].checked_at is None for id_ in followed):
        return now  # one that was never asked is due at once
    if any(not row.gone and is_of_another_clock(_from_row(row), now) for row in states.values()):
        return now
    checks = (row.next_check_at for row in states.values() if not row.paused)
    return min((check for check in checks if check is not None), default=None)


def of_another_clock(store: EntryStore, now: datetime) -> list[FeedStateRow]:
    """What was written of feeds while the clock was ahead: it would have them wait for years."""
    return [row for row in store.feed_states().values() if is_of_another_clock(_from_row(row), now)]


def ask_again(store: EntryStore, now: datetime) -> int:
    """Set those right: they are due now. Returns how many there were."""
    rows = of_another_clock(store, now)
    store.save_feed_states(replace(row, checked_at=now, next_check_at=None if row.gone else now) for row in rows)
    return len(rows)


def is_remote(feed: FollowedFeed) -> bool:
    """Whether a feed is fetched; anything without a scheme is a path."""
    return "://" in feed.url


def _teller(on_progress: Progress | None, total: int) -> Callable[[str], None]:
    done: Counter[str] = Counter()

    def tell(feed_id: str) -> None:
        done[feed_id] += 1
        if on_progress:
            on_progress(feed_id, done.total(), total)

    return tell


def _ask(feeds: Sequence[FollowedFeed], reading: _Round, limits: Limits, tell: Callable[[str], None]) -> None:
    """Fetch feeds and read each as it arrives. One address is asked for once, whoever follows it."""
    by_url: dict[str, list[FollowedFeed]] = {}
    for feed in feeds:
        by_url.setdefault(feed.url, []).append(feed)
    requests = [_request(url, [state_of(feed, reading.states) for feed in by_url[url]]) for url in by_url]

    for response in fetch_each(requests, limits):
        for feed in by_url[response.url]:
            reading.read(feed, response)
            tell(feed.id)


def _request(url: str, states: Sequence[FeedState]) -> Request:
    """What all followers of an address know alike; else one of them would miss what is new to it."""
    known = {(state.etag, state.last_modified) for state in states}
    etag, last_modified = known.pop() if len(known) == 1 else (None, None)
    return Request(url, etag, last_modified)


class _Round:
    """One run: the states as they were, and the outcomes so far. Each feed is kept before the next is read."""

    def __init__(self, store: EntryStore, now: datetime, states: dict[str, FeedState]) -> None:
        self.states = states
        self.outcomes: dict[str, FeedOutcome] = {}
        self._alike: list[FeedStateRow] = []
        self._store = store
        self._now = now

    def read(self, feed: FollowedFeed, response: Response) -> None:
        """Keep what a feed gave, and what that says of it."""
        after, outcome = self._taken(state_of(feed, self.states), response)
        if outcome.status == "unchanged" and not is_remote(feed):
            self._alike.append(_to_row(after))  # what is lost of these in a crash is only when they were looked at
        else:
            self._store.save_feed_states([_to_row(after)])
        self.outcomes[feed.id] = replace(outcome, kind=feed.kind)

    def keep(self) -> None:
        """Keep when feeds that are as they were have been looked at."""
        if self._alike:
            self._store.save_feed_states(self._alike)
            self._alike.clear()

    def left_alone(self, feed: FollowedFeed) -> FeedOutcome:
        """The outcome of a feed that was not asked for."""
        state = state_of(feed, self.states)
        if state.paused:
            return FeedOutcome(feed.id, "paused")
        if state.gone:
            return FeedOutcome(feed.id, "gone", problem=state.problem)
        return FeedOutcome(feed.id, "not-due", problem=state.problem)

    def _taken(self, state: FeedState, response: Response) -> tuple[FeedState, FeedOutcome]:
        if response.status == 410:
            line = response.problem or "the feed is gone for good"
            return after_gone(state, self._now, line), FeedOutcome(state.feed_id, "gone", problem=line)
        if response.refused:
            return self._refused(state, response.problem or "")
        if not response.asked:
            return self._passed_over(state, response)
        if response.problem:
            return self._failed(state, response.problem, response.retry_after)
        digest = blake2b(response.body, digest_size=16).hexdigest()
        if response.status == 304 or digest == state.content_digest:
            return self._unchanged(state, response)
        return self._parsed(_answered(state, response), response, digest)

    def _failed(
        self, state: FeedState, problem: str, retry_after: float | None = None
    ) -> tuple[FeedState, FeedOutcome]:
        after = after_failure(state, self._now, problem, retry_after)
        return after, FeedOutcome(state.feed_id, "failed", problem=problem)

    def _refused(self, state: FeedState, problem: str) -> tuple[FeedState, FeedOutcome]:
        """A feed that we did not ask: the next refresh looks again, as the person may have allowed it."""
        after = replace(state, checked_at=self._now, next_check_at=None, problem=problem)
        return after, FeedOutcome(state.feed_id, "failed", problem=problem)

    def _passed_over(self, state: FeedState, response: Response) -> tuple[FeedState, FeedOutcome]:
        """A feed whose server had shown that it would not answer: no failure of its own, and so asked sooner."""
        after, outcome = self._failed(replace(state, failures=0), response.problem or "", response.retry_after)
        return replace(after, failures=state.failures), outcome

    def _unchanged(self, state: FeedState, response: Response) -> tuple[FeedState, FeedOutcome]:
        after = after_success(_answered(state, response), self._now)
        return after, FeedOutcome(state.feed_id, "unchanged")

    def _parsed(self, state: FeedState, response: Response, digest: str) -> tuple[FeedState, FeedOutcome]:
        if state.kind == "calendar":
            return self._calendar(state, response, digest)
        parsed = parse_feed(response.body, response.final_url, response.content_type, self._now)
        if parsed.problem:
            # Without its ETag, the next answer comes whole again.
            return self._failed(replace(state, etag=None, last_modified=None), parsed.problem)
        saved = self._store.save_entries(state.feed_id, parsed.entries, self._now)
        dates = [date for entry in parsed.entries if (date := entry.published or entry.updated)]
        ttl = timedelta(seconds=parsed.ttl) if parsed.ttl is not None else None
        state = replace(state, content_digest=digest, title=parsed.title or state.title)
        status: Status = "updated" if saved.new or saved.changed else "unchanged"
        note = next(iter(parsed.notes), None)
        outcome = FeedOutcome(state.feed_id, status, saved.new, note=note)
        return after_success(state, self._now, dates, ttl), outcome

    def _calendar(self, state: FeedState, response: Response, digest: str) -> tuple[FeedState, FeedOutcome]:
        parsed = parse_calendar(response.body, response.content_type)
        if parsed.problem:
            return self._failed(replace(state, etag=None, last_modified=None), parsed.problem)
        saved = self._store.save_occasions(state.feed_id, parsed.records, self._now)
        ttl = timedelta(seconds=parsed.ttl) if parsed.ttl is not None else None
        state = replace(state, content_digest=digest, title=parsed.title or state.title)
        # other bytes are news, also where nothing was added: something was moved, or called off
        outcome = FeedOutcome(state.feed_id, "updated", saved.new + saved.changed, note=next(iter(parsed.notes), None))
        return after_success(state, self._now, (), ttl), outcome


def occasions_of(store: EntryStore) -> tuple[Occasion, ...]:
    """What all calendars announce that were ever followed; `engage.occasions.followed` leaves out the others."""
    return tuple(_occasion(row) for row in store.occasions())


def _occasion(row: StoredOccasion) -> Occasion:
    return Occasion(
        feed=row.feed_id,
        uid=row.uid,
        title=row.title,
        starts=row.starts,
        ends=row.ends,
        place=row.location,
        url=row.url,
        text=row.text,
        rule=row.rule,
        status=row.status,
        skipped=row.skipped,
    )


def _answered(state: FeedState, response: Response) -> FeedState:
    """What the server said with its answer; a 304 may leave out what has not changed."""
    if response.status == 304:
        etag, modified = response.etag or state.etag, response.last_modified or state.last_modified
    else:
        etag, modified = response.etag, response.last_modified
    return replace(state, etag=etag, last_modified=modified, moved_to=response.moved_to)


def _from_row(row: FeedStateRow) -> FeedState:
    return FeedState(**vars(row))


def _to_row(state: FeedState) -> FeedStateRow:
    return FeedStateRow(**vars(state))
