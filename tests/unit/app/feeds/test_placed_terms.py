"""What is kept of the terms of entries: the same as if nothing had been kept, and less work."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from brandkit.app.feeds import placed_terms
from brandkit.engage.model import Entry
from brandkit.engage.scoring import placing
from brandkit.engage.scoring.counting import counted, counts_of
from brandkit.engage.scoring.placing import COLUMNS, Placed, placed_of
from brandkit.io import kept_arrays
from brandkit.io.feeds.sanitise import EntryRecord
from brandkit.io.store.entry_store import EntryStore

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = "tea bread ridge cheese cloud barrel river stone light garden".split()


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few entries count as many."""
    monkeypatch.setattr(placing, "FEW", 3)
    monkeypatch.setattr(placed_terms, "FEW", 3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EntryStore]:
    with EntryStore(tmp_path / "entries.db") as store:
        yield store


def record(dice: random.Random, number: int) -> EntryRecord:
    title, text = (" ".join(dice.choices(WORDS, k=count)) for count in (3, 9))
    url = f"https://x.example/{number}"
    day = NOW - timedelta(hours=number % 40)
    return EntryRecord(str(number), url, title, "", "", text, "", day, None, dice.choice(("en", "de")), ())


def read(store: EntryStore, folder: Path, feeds: set[str]) -> tuple[Placed, list[Entry]]:
    """The terms of what is followed, the newest first."""
    rows = [row for row in store.gists() if row.feed_id in feeds]
    rows.sort(key=lambda row: (row.dated, row.guid), reverse=True)
    entries = [
        Entry(
            r.guid,
            r.feed_id,
            r.url,
            r.url,
            r.title,
            r.summary,
            r.text,
            datetime.fromisoformat(r.dated),
            r.language or "",
        )
        for r in rows
    ]
    keys = [(row.entry_id, row.digest) for row in rows]
    return placed_terms.placed_terms(entries, keys, store, folder), entries


def anew(entries: list[Entry]) -> Placed:
    blobs = [counted(entry) for entry in entries]
    return placed_of(counts_of(b"".join(blobs), [len(blob) for blob in blobs]))


def is_same(one: Placed, other: Placed) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in COLUMNS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_whatever_comes_changes_and_goes_what_is_kept_says_what_all_would(
    store: EntryStore, tmp_path: Path, seed: int
) -> None:
    dice, feeds, number = random.Random(seed), {"a", "b", "c"}, 0
    said: dict[str, list[EntryRecord]] = {name: [] for name in feeds}
    for _ in range(14):
        event = dice.choice(
            ("new", "new", "new", "changed", "unfollowed", "followed", "renamed", "forgotten", "nothing")
        )
        feed = dice.choice("abc")
        if event == "new":
            said[feed] += [record(dice, number := number + 1) for _ in range(dice.choice((1, 2, 20)))]
        elif event == "changed" and said[feed]:
            at = dice.randrange(len(said[feed]))
            said[feed][at] = replace(record(dice, 0), guid=said[feed][at].guid, url=said[feed][at].url)
        elif event == "unfollowed":
            feeds.discard(feed)
        elif event == "followed":
            feeds.add(feed)
        elif event == "renamed" and said[feed]:
            said[feed][-1] = replace(said[feed][-1], guid=f"{said[feed][-1].guid}x")
        elif event == "forgotten":
            kept_arrays.forget(tmp_path) if dice.random() < 0.5 else store.forget_feeds({"a", "b"})
        for name, records in said.items():
            store.save_entries(name, records, NOW)
        found, entries = read(store, tmp_path, feeds)
        assert is_same(found, anew(entries)), event
        assert is_same(read(store, tmp_path, feeds)[0], found)


def test_what_was_placed_is_not_counted_again(
    store: EntryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(1)
    store.save_entries("a", [record(dice, number) for number in range(30)], NOW)
    read(store, tmp_path, {"a"})
    asked: list[int] = []
    sizes = EntryStore.feature_sizes

    def ask(self: EntryStore, kind: str, ids: Iterable[int]) -> dict[int, int]:
        asked.extend(ids := list(ids))
        return sizes(self, kind, ids)

    monkeypatch.setattr(EntryStore, "feature_sizes", ask)
    read(store, tmp_path, {"a"})
    assert asked == []
    store.save_entries("a", [replace(record(dice, 99), title="unheard", text="words")], NOW)
    read(store, tmp_path, {"a"})
    assert set(asked) == {31}


def test_few_entries_keep_nothing(store: EntryStore, tmp_path: Path) -> None:
    store.save_entries("a", [record(random.Random(1), number) for number in range(2)], NOW)
    read(store, tmp_path, {"a"})
    assert not (tmp_path / kept_arrays.NAME).exists()
