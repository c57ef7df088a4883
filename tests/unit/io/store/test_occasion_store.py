"""The table of what followed calendars announce: replaced each time, and never another feed's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from brandkit.io.feeds.calendar_parsing import CalendarRecord
from brandkit.io.store import entry_store, store_steps
from brandkit.io.store.entry_rows import Saved
from brandkit.io.store.entry_store import EntryStore, FeedStateRow
from brandkit.io.store.store_file import StoreProblem

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WHOLE = CalendarRecord("1", "Fair", date(2026, 3, 10), date(2026, 3, 12), all_day=True, text="Come")
TIMED = CalendarRecord(
    "2",
    "Meetup",
    datetime(2026, 3, 10, 19, tzinfo=BERLIN),
    datetime(2026, 3, 10, 21, tzinfo=BERLIN),
    rule="FREQ=WEEKLY",
    status="tentative",
    zone="Europe/Berlin",
    skipped=(date(2026, 3, 17),),
)
FLOATING = CalendarRecord("3", "Walk", datetime.fromisoformat("2026-03-10T09:00"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EntryStore]:
    with EntryStore(tmp_path / "entries.db") as store:
        yield store


def kept(store: EntryStore) -> list[CalendarRecord]:
    names = [field.name for field in fields(CalendarRecord)]
    return [CalendarRecord(**{name: getattr(row, name) for name in names}) for row in store.occasions()]


def test_what_is_saved_comes_back_whole(store: EntryStore) -> None:
    assert store.save_occasions("city", [WHOLE, TIMED, FLOATING], NOW) == Saved(3, 0, 0)
    assert kept(store) == [WHOLE, TIMED, FLOATING]
    assert {(row.feed_id, row.seen_at) for row in store.occasions()} == {("city", NOW)}


def test_a_calendar_is_replaced_and_says_what_is_new_changed_withdrawn_or_the_same(store: EntryStore) -> None:
    store.save_occasions("city", [WHOLE, TIMED], NOW)
    later = NOW + timedelta(days=1)
    assert store.save_occasions("city", [WHOLE, replace(TIMED, status="cancelled")], later) == Saved(0, 1, 1)
    assert store.save_occasions("city", [WHOLE, FLOATING], later) == Saved(1, 1, 1)
    assert [(row.uid, row.seen_at) for row in store.occasions()] == [("1", NOW), ("3", later)]


def test_calendars_do_not_meet_and_go_with_their_feed(store: EntryStore) -> None:
    store.save_occasions("a", [WHOLE], NOW)
    store.save_occasions("b", [WHOLE], NOW)
    store.save_occasions("a", [], NOW)
    assert [row.feed_id for row in store.occasions()] == ["b"]
    store.forget_feeds(["a"])
    assert store.occasions() == []


def test_what_is_followed_as_a_feed_now_announces_nothing(store: EntryStore) -> None:
    store.save_occasions("a", [WHOLE], NOW)
    store.save_feed_state(FeedStateRow("a", kind="feed"))
    assert store.occasions() == []


def test_a_failure_leaves_what_was_there(store: EntryStore) -> None:
    store.save_occasions("a", [WHOLE], NOW)
    with pytest.raises(StoreProblem):
        store.save_occasions("a", [TIMED, replace(FLOATING, title=None)], NOW)  # type: ignore[arg-type]
    assert kept(store) == [WHOLE]


def test_a_store_of_the_first_version_gains_the_table_and_keeps_its_feeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "entries.db"
    with monkeypatch.context() as before:
        before.setattr(entry_store, "STEPS", store_steps.STEPS[:1])
        EntryStore(path).close()
    db = sqlite3.connect(path)
    db.execute("INSERT INTO feeds (feed_id, etag) VALUES ('old', 'x')")
    db.commit()
    db.close()
    with EntryStore(path) as store:
        assert store.feed_states()["old"] == FeedStateRow("old", etag="x", kind="feed")
        store.save_occasions("new", [WHOLE], NOW)
        assert kept(store) == [WHOLE]
