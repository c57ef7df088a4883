"""What the private memory of feeds keeps, tells apart, finds and refuses."""

from __future__ import annotations

import sqlite3
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from brandkit.io.feeds.sanitise import EntryRecord
from brandkit.io.store import entry_store
from brandkit.io.store.entry_rows import Saved
from brandkit.io.store.entry_store import EntryStore, FeedStateRow
from brandkit.io.store.store_file import StoreProblem, StoreTooNew

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(guid: str = "g", **more: object) -> EntryRecord:
    plain = EntryRecord(
        guid=guid,
        url=f"https://ex.org/{guid}",
        title=f"Title {guid}",
        summary="",
        html="<p>text</p>",
        text="text",
        author="Ada",
        published=NOW - timedelta(days=3),
        updated=None,
        language="en",
        tags=("a", "b"),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EntryStore]:
    with EntryStore(tmp_path / "state" / "entries.db") as store:
        yield store


def test_what_is_saved_comes_back_whole(store: EntryStore) -> None:
    assert store.save_entries("f", [entry("1"), entry("2", published=None)], NOW) == Saved(2, 0, 0)
    first, second = store.entries()
    assert (first.feed_id, first.seen_at, first.entry_id) == ("f", NOW, 1)
    assert replace(entry("1")) == EntryRecord(**{k: getattr(first, k) for k in EntryRecord.__dataclass_fields__})
    assert (first.dated, second.dated) == (NOW - timedelta(days=3), NOW)


def test_known_entries_are_the_same_and_edited_ones_changed(store: EntryStore) -> None:
    store.save_entries("f", [entry("1"), entry("2")], NOW)
    again = store.save_entries("f", [entry("1"), entry("2", text="new text"), entry("3")], NOW + timedelta(days=1))
    assert again == Saved(new=1, changed=1, same=1)
    assert [(e.entry_id, e.text, e.seen_at) for e in store.entries()][1] == (2, "new text", NOW)


def test_entries_that_left_the_feed_are_kept(store: EntryStore) -> None:
    store.save_entries("f", [entry("1"), entry("2")], NOW)
    store.save_entries("f", [entry("3")], NOW)
    assert [e.guid for e in store.entries()] == ["1", "2", "3"]


def test_of_a_feed_that_never_ends_the_oldest_are_let_go_and_of_others_none(
    store: EntryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_store, "MOST_OF_ONE_FEED", 3)
    store.save_entries("quiet", [entry("q", published=NOW - timedelta(days=900))], NOW)
    for day in range(5):
        found = [
            entry(f"{day}-{n}", title=f"{day}-{n}", published=NOW + timedelta(days=day, hours=n)) for n in range(2)
        ]
        assert store.save_entries("flood", found, NOW + timedelta(days=day)).new == 2
    assert [row.guid for row in store.entries()] == ["q", "3-1", "4-0", "4-1"]


def test_one_guid_in_two_feeds_is_two_entries(store: EntryStore) -> None:
    store.save_entries("f", [entry("1")], NOW)
    assert store.save_entries("g", [entry("1")], NOW).new == 1
    assert store.counts() == {"f": 1, "g": 1}


def test_a_feed_that_makes_up_guids_does_not_multiply_its_entries(store: EntryStore) -> None:
    for day in range(3):
        made_up = [replace(entry(str(n)), guid=f"{day}-{n}") for n in range(5)]
        saved = store.save_entries("f", made_up, NOW + timedelta(days=day))
        assert saved == (Saved(5, 0, 0) if day == 0 else Saved(0, 0, 5))
    assert [e.guid for e in store.entries()] == [f"2-{n}" for n in range(5)]


def test_alike_entries_of_one_reading_stay_apart(store: EntryStore) -> None:
    alike = [entry(guid, url="https://ex.org/", title="News", text=guid) for guid in "abc"]
    assert store.save_entries("f", alike, NOW).new == 3
    assert store.save_entries("f", alike, NOW).same == 3
    renamed = [replace(e, guid=e.guid + "2") for e in alike]
    assert store.save_entries("f", renamed, NOW).new == 0
    assert len(store.entries()) == 3


def test_entries_without_address_are_told_apart_by_guid_alone(store: EntryStore) -> None:
    store.save_entries("f", [entry("1", url="", title="x")], NOW)
    assert store.save_entries("f", [entry("2", url="", title="x")], NOW).new == 1


def test_a_guid_that_stands_twice_is_one_entry(store: EntryStore) -> None:
    store.save_entries("f", [entry("1"), entry("1", title="other")], NOW)
    assert [e.title for e in store.entries()] == ["other"]


def test_since_goes_by_the_date_of_an_entry_and_falls_back_to_first_sight(store: EntryStore) -> None:
    old = entry("old", published=NOW - timedelta(days=40))
    updated = entry("updated", published=None, updated=NOW - timedelta(days=10))
    store.save_entries("f", [old, updated, entry("undated", published=None)], NOW - timedelta(days=5))
    assert [e.guid for e in store.entries(NOW - timedelta(days=10))] == ["updated", "undated"]
    assert [e.guid for e in store.entries(NOW - timedelta(days=6))] == ["undated"]


def test_a_reading_that_fails_half_way_leaves_nothing(store: EntryStore) -> None:
    broken = replace(entry("2"), url=object())  # type: ignore[arg-type]
    with pytest.raises((TypeError, StoreProblem)):
        store.save_entries("f", [entry("1"), broken], NOW)
    assert store.entries() == []
    assert store.save_entries("f", [entry("1")], NOW).new == 1


# States


def test_states_come_back_as_they_were(store: EntryStore) -> None:
    row = FeedStateRow(
        "f",
        "https://ex.org/f",
        "T",
        '"e"',
        "lm",
        "d",
        NOW,
        NOW + timedelta(hours=1),
        3,
        "p",
        "https://n/",
        True,
        True,
    )
    store.save_feed_state(row)
    store.save_feed_state(FeedStateRow("g"))
    assert store.feed_states() == {"f": row, "g": FeedStateRow("g")}
    store.save_feed_state(FeedStateRow("f"))
    assert store.feed_states()["f"] == FeedStateRow("f")


def test_saving_a_state_keeps_the_entries(store: EntryStore) -> None:
    store.save_entries("f", [entry("1")], NOW)
    store.save_feed_state(FeedStateRow("f", "https://ex.org/"))
    assert store.counts() == {"f": 1}


def test_forgetting_takes_state_and_entries(store: EntryStore) -> None:
    for feed_id in "abc":
        store.save_entries(feed_id, [entry("1")], NOW)
    assert store.forget_feeds({"b"}) == 2
    assert (list(store.feed_states()), store.counts()) == (["b"], {"b": 1})


def test_numbers_of_entries_are_never_used_again(store: EntryStore) -> None:
    store.save_entries("f", [entry("1"), entry("2")], NOW)
    store.forget_feeds([])
    store.save_entries("f", [entry("3")], NOW)
    assert [e.entry_id for e in store.entries()] == [3]


# The file


def test_it_survives_closing_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "entries.db"
    with EntryStore(path) as store:
        store.save_entries("f", [entry("1")], NOW)
    with EntryStore(path) as store:
        assert len(store.entries()) == 1
    store.close()
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "entries.db"
    EntryStore(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 999")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="newer brandkit"):
        EntryStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"this is no database, but a text that somebody put here" * 50, b"SQLite format 3\0"]
)
def test_what_is_no_store_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "entries.db"
    path.write_bytes(content)
    with pytest.raises(StoreProblem) as caught:
        EntryStore(path)
    assert "\n" not in str(caught.value)


def test_a_folder_in_its_place_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem):
        EntryStore(tmp_path)


def test_two_may_have_it_open(tmp_path: Path) -> None:
    path = tmp_path / "entries.db"
    with EntryStore(path) as one, EntryStore(path) as other:
        one.save_entries("f", [entry("1")], NOW)
        other.save_entries("f", [entry("2")], NOW)
        assert len(one.entries()) == 2
