"""What was computed from entries: kept while their words stay, one version of each family."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from brandkit.io.feeds.sanitise import EntryRecord
from brandkit.io.forgetting import forget_entries
from brandkit.io.store import entry_store, store_steps
from brandkit.io.store.entry_store import EntryStore
from brandkit.io.store.store_file import StoreProblem

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLAIN = EntryRecord(
    guid="1",
    url="https://example.org/1",
    title="Tides",
    summary="Of tides",
    html="<p>Water</p>",
    text="Water",
    author="Ada",
    published=NOW,
    updated=None,
    language=None,
    tags=("sea",),
)
OTHER = replace(PLAIN, guid="2", url="https://example.org/2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EntryStore]:
    with EntryStore(tmp_path / "entries.db") as store:
        store.save_entries("f", [PLAIN, OTHER], NOW)
        yield store


def test_what_is_kept_comes_back_by_number(store: EntryStore) -> None:
    assert store.features("terms/1") == {}
    store.save_features("terms/1", {2: b"two", 1: b"\x00one"})
    assert list(store.features("terms/1").items()) == [(1, b"\x00one"), (2, b"two")]


def test_keeping_again_replaces_what_is_named_and_leaves_the_rest(store: EntryStore) -> None:
    store.save_features("terms/1", {1: b"one", 2: b"two"})
    store.save_features("terms/1", {2: b"2"})
    assert store.features("terms/1") == {1: b"one", 2: b"2"}


@pytest.mark.parametrize(
    "changed", [{"title": "Tide"}, {"summary": "More"}, {"text": "Salt water"}, {"language": "en"}], ids=str
)
def test_an_entry_whose_words_changed_loses_what_was_computed(store: EntryStore, changed: dict[str, str]) -> None:
    store.save_features("terms/1", {1: b"one", 2: b"two"})
    store.save_features("vectors/a", {1: b"one", 2: b"two"})
    store.save_entries("f", [replace(PLAIN, **changed), OTHER], NOW)  # type: ignore[arg-type]
    assert (store.features("terms/1"), store.features("vectors/a")) == ({2: b"two"}, {2: b"two"})


@pytest.mark.parametrize("changed", [{}, {"tags": ("sea", "moon")}, {"html": "<b>Water</b>"}, {"guid": "new"}], ids=str)
def test_an_entry_with_the_same_words_keeps_it(store: EntryStore, changed: dict[str, object]) -> None:
    store.save_features("terms/1", {1: b"one"})
    store.save_entries("f", [replace(PLAIN, **changed)], NOW)  # type: ignore[arg-type]
    assert store.features("terms/1") == {1: b"one"}


def test_it_goes_with_its_feed(store: EntryStore) -> None:
    store.save_entries("g", [PLAIN], NOW)
    store.save_features("terms/1", {1: b"one", 2: b"two", 3: b"three"})
    store.forget_feeds(["g"])
    assert store.features("terms/1") == {3: b"three"}


def test_entries_that_are_gone_are_left_out(store: EntryStore, tmp_path: Path) -> None:
    with EntryStore(tmp_path / "entries.db") as other:
        other.forget_feeds([])
        other.save_entries("g", [PLAIN], NOW)
    store.save_features("terms/1", {1: b"one", 3: b"three", 99: b"never"})
    assert store.features("terms/1") == {3: b"three"}


def test_a_new_version_replaces_the_others_of_its_family_alone(store: EntryStore) -> None:
    kinds = ("terms", "terms/1", "terms0", "term/1", "termsmore/1", "vectors/a")
    for kind in kinds:
        store.save_features(kind, {1: kind.encode()})
    store.save_features("terms/2", {2: b"two"})
    left = {kind for kind in (*kinds, "terms/2") if store.features(kind)}
    assert left == {"terms/2", "terms0", "term/1", "termsmore/1", "vectors/a"}
    store.save_features("terms/3", {})
    assert store.features("terms/2") == {}


def test_a_failure_leaves_what_was_there(store: EntryStore) -> None:
    store.save_features("terms/1", {1: b"one"})
    with pytest.raises(StoreProblem):
        store.save_features("terms/2", {1: b"one", 2: None})  # type: ignore[dict-item]
    assert store.features("terms/1") == {1: b"one"}


def test_a_store_of_the_second_version_gains_the_table_and_keeps_its_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "entries.db"
    with monkeypatch.context() as before:
        before.setattr(entry_store, "STEPS", store_steps.STEPS[:2])
        with EntryStore(path) as store:
            store.save_entries("f", [PLAIN], NOW)
            with pytest.raises(StoreProblem):
                store.features("terms/1")
    with EntryStore(path) as store:
        store.save_features("terms/1", {1: b"one"})
        assert (store.features("terms/1"), store.counts()) == ({1: b"one"}, {"f": 1})
        store.save_entries("f", [replace(PLAIN, text="new")], NOW)
        assert store.features("terms/1") == {}


def test_finding_the_values_of_an_entry_reads_no_others(tmp_path: Path) -> None:
    EntryStore(tmp_path / "entries.db").close()
    db = sqlite3.connect(tmp_path / "entries.db")
    plan = " ".join(row[3] for row in db.execute("EXPLAIN QUERY PLAN DELETE FROM features WHERE entry_id = 1"))
    db.close()
    assert "features_by_entry" in plan


def test_what_was_computed_goes_with_the_feed_of_somebody_who_is_forgotten(tmp_path: Path) -> None:
    with EntryStore(tmp_path / "entries.db") as store:
        store.save_entries("people/ada/1", [PLAIN], NOW)
        store.save_entries("f", [PLAIN], NOW)
        store.save_features("terms/1", {1: b"of ada", 2: b"of others"})
    assert forget_entries(tmp_path, "people/ada/") == 2, "the feed and its entry"
    with EntryStore(tmp_path / "entries.db") as store:
        assert store.features("terms/1") == {2: b"of others"}
    assert b"of ada" not in (tmp_path / "entries.db").read_bytes()
