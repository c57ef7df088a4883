"""Followed calendars: read through the same round as feeds, and offered to the private wing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from brandkit.app.feeds.refreshing import FeedOutcome, FollowedFeed, Reading, occasions_of, refresh
from brandkit.engage.days.occasions import Occasion
from brandkit.io.store.entry_store import EntryStore

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CITY = FollowedFeed("city", "events.ics", kind="calendar")


def ics(*titles: str) -> str:
    events = "".join(f"BEGIN:VEVENT\nUID:{title}\nSUMMARY:{title}\nDTSTART:20260310\nEND:VEVENT\n" for title in titles)
    return f"BEGIN:VCALENDAR\nX-WR-CALNAME:City\n{events}END:VCALENDAR\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EntryStore]:
    with EntryStore(tmp_path / "state" / "entries.db") as store:
        yield store


def read(base: Path, store: EntryStore, *feeds: FollowedFeed, days: int = 0) -> tuple[FeedOutcome, ...]:
    return refresh(feeds or (CITY,), store, NOW + timedelta(days=days), Reading(base, base, offline=True)).feeds


def test_a_calendar_is_read_when_its_bytes_changed(tmp_path: Path, store: EntryStore) -> None:
    file = tmp_path / "events.ics"
    file.write_text(ics("Fair", "Meetup"))
    assert read(tmp_path, store) == (FeedOutcome("city", "updated", 2, kind="calendar"),)
    assert read(tmp_path, store) == (FeedOutcome("city", "unchanged", kind="calendar"),)
    file.write_text(ics("Fair"))
    assert read(tmp_path, store) == (FeedOutcome("city", "updated", 1, kind="calendar"),)
    assert occasions_of(store) == (Occasion("city", "Fair", "Fair", date(2026, 3, 10)),)
    assert store.feed_states()["city"].title == "City"
    assert store.entries() == []


def test_what_is_no_calendar_fails_in_one_line_and_keeps_what_was_known(tmp_path: Path, store: EntryStore) -> None:
    file = tmp_path / "events.ics"
    file.write_text(ics("Fair"))
    read(tmp_path, store)
    file.write_text("<html>Sign in")
    (outcome,) = read(tmp_path, store)
    assert (outcome.status, outcome.problem) == ("failed", "this is a web page, not a calendar")
    assert len(occasions_of(store)) == 1


def test_a_note_tells_of_events_that_could_not_be_read(tmp_path: Path, store: EntryStore) -> None:
    (tmp_path / "events.ics").write_text(ics("Fair").replace("DTSTART:20260310", "DTSTART:soon"))
    (outcome,) = read(tmp_path, store)
    assert (outcome.status, outcome.note) == ("updated", "1 event could not be read")


def test_a_feed_that_turns_out_to_be_a_calendar_is_read_at_once_when_it_is_called_one(
    tmp_path: Path, store: EntryStore
) -> None:
    (tmp_path / "events.ics").write_text(ics("Fair"))
    (wrong,) = read(tmp_path, store, FollowedFeed("city", "events.ics"))
    assert wrong.problem == "this is a calendar, not a feed"
    (right,) = read(tmp_path, store)
    assert (right.status, right.new) == ("updated", 1)
    assert store.feed_states()["city"].failures == 0
