"""The private memory of feeds: one SQLite file with what is known of each feed, and every entry ever seen.

In: states, `EntryRecord`s (entry_rows.py), what calendars say (occasion_store.py), what was computed from entries
(feature_store.py). Out: plain rows. Entries that leave their feed are kept, up to so many of one feed.
Knows no network, no feed format, and not when a feed is due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from brandkit.io.feeds.calendar_parsing import CalendarRecord
from brandkit.io.feeds.sanitise import EntryRecord
from brandkit.io.store import feature_store, occasion_store
from brandkit.io.store.entry_rows import ENTRY_COLUMNS, Gist, Saved, Saving, StoredEntry, as_entry, as_moment, as_stored
from brandkit.io.store.occasion_store import StoredOccasion
from brandkit.io.store.store_file import open_file, plain_errors, transaction
from brandkit.io.store.store_steps import STEPS

VERSION = len(STEPS)


@dataclass(frozen=True)
class FeedStateRow:
    """What is known of one followed feed."""

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


# A feed that makes up new entries all the time would fill the disk, and be weighed with all the others.
MOST_OF_ONE_FEED = 10_000

_STATE_COLUMNS = tuple(field.name for field in fields(FeedStateRow))


class EntryStore:
    """The open file. Use as a context, or close it."""

    def __init__(self, path: Path) -> None:
        """Open, or make, the file. Raises StoreProblem where that can not be."""
        self._db = open_file(path, STEPS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        self._db.close()

    def feed_states(self) -> dict[str, FeedStateRow]:
        """What is known of each feed, by its id."""
        rows = self._rows(f"SELECT {', '.join(_STATE_COLUMNS)} FROM feeds ORDER BY feed_id")
        return {row[0]: _state(row) for row in rows}

    def save_feed_state(self, row: FeedStateRow) -> None:
        """Keep this in place of what was known of the feed."""
        self.save_feed_states([row])

    def save_feed_states(self, rows: Iterable[FeedStateRow]) -> None:
        """Keep these in place of what was known of the feeds, all at once."""
        names, marks = ", ".join(_STATE_COLUMNS), ", ".join("?" * len(_STATE_COLUMNS))
        changes = ", ".join(f"{name} = excluded.{name}" for name in _STATE_COLUMNS[1:])
        values = [[as_stored(getattr(row, name)) for name in _STATE_COLUMNS] for row in rows]
        sql = f"INSERT INTO feeds ({names}) VALUES ({marks}) ON CONFLICT (feed_id) DO UPDATE SET {changes}"
        with transaction(self._db):
            self._db.executemany(sql, values)

    def save_entries(self, feed_id: str, records: Iterable[EntryRecord], seen_at: datetime) -> Saved:
        """Add the new ones, update the changed ones, in one transaction; others are left as they are.

        Of a feed that has given very many, the oldest are let go.
        """
        with transaction(self._db):
            self._db.execute("INSERT INTO feeds (feed_id) VALUES (?) ON CONFLICT DO NOTHING", (feed_id,))
            saved = Saving(self._db, feed_id, seen_at).save(list(records))
            newest = "SELECT entry_id FROM entries WHERE feed_id = ? ORDER BY dated DESC, entry_id DESC"
            sql = f"DELETE FROM entries WHERE entry_id IN ({newest} LIMIT -1 OFFSET ?)"
            if saved.new:
                self._db.execute(sql, (feed_id, MOST_OF_ONE_FEED))
            return saved

    def entries(self, since: datetime | None = None) -> list[StoredEntry]:
        """The entries in the order of their numbers; with `since`, those dated then or later."""
        columns = ", ".join(ENTRY_COLUMNS)
        start = as_stored(since) if since else ""
        rows = self._rows(f"SELECT {columns} FROM entries WHERE dated >= ? ORDER BY entry_id", start)
        return [as_entry(row) for row in rows]

    def gists(self) -> list[Gist]:
        """What is reasoned about of each entry, in the order of their numbers."""
        rows = self._rows(f"SELECT {', '.join(Gist._fields)} FROM entries ORDER BY entry_id")
        return [Gist._make(row) for row in rows]

    def save_occasions(self, feed_id: str, records: Iterable[CalendarRecord], seen_at: datetime) -> Saved:
        """What a calendar says now, in place of what it said before, in one transaction."""
        with transaction(self._db):
            sql = "INSERT INTO feeds (feed_id, kind) VALUES (?, 'calendar') ON CONFLICT DO UPDATE SET kind = 'calendar'"
            self._db.execute(sql, (feed_id,))
            return Saved(*occasion_store.replace_rows(self._db, feed_id, records, seen_at))

    def occasions(self) -> list[StoredOccasion]:
        """Everything that followed calendars announce, in the order of feeds and UIDs."""
        with plain_errors():
            return occasion_store.read_rows(self._db)

    def features(self, kind: str) -> dict[int, bytes]:
        """What was computed from entries as they are now, by entry number; a kind is like "terms/2"."""
        with plain_errors():
            return feature_store.read_values(self._db, kind)

    def feature_sizes(self, kind: str, ids: Iterable[int]) -> dict[int, int]:
        """How many bytes those of these entries have, which have any."""
        with plain_errors():
            return feature_store.read_sizes(self._db, kind, ids)

    def features_joined(self, kind: str, starts: Mapping[int, int], size: int) -> bytearray:
        """Those of some entries in one piece, each where it is said to start."""
        with plain_errors():
            return feature_store.read_joined(self._db, kind, starts, size)

    def save_features(self, kind: str, values: Mapping[int, bytes]) -> None:
        """Keep these in one transaction, and no other version of their family."""
        with transaction(self._db):
            feature_store.keep_values(self._db, kind, values)

    def forget_feeds(self, keep_ids: Collection[str]) -> int:
        """Drop all feeds but these, with their entries; returns how many feeds that were."""
        with transaction(self._db):
            gone = [feed_id for feed_id in self.feed_states() if feed_id not in keep_ids]
            self._db.executemany("DELETE FROM feeds WHERE feed_id = ?", [(feed_id,) for feed_id in gone])
        return len(gone)

    def counts(self) -> dict[str, int]:
        """How many entries there are of each feed, feeds without any included."""
        sql = (
            "SELECT feed_id, count(entry_id) FROM feeds LEFT JOIN entries USING (feed_id)"
            " GROUP BY feed_id ORDER BY feed_id"
        )
        return {feed_id: int(count) for feed_id, count in self._rows(sql)}

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        with plain_errors():
            return self._db.execute(sql, values).fetchall()


def _state(row: tuple[Any, ...]) -> FeedStateRow:
    values = dict(zip(_STATE_COLUMNS, row, strict=True))
    for name in ("checked_at", "next_check_at"):
        values[name] = as_moment(values[name])
    for name in ("gone", "paused"):
        values[name] = bool(values[name])
    return FeedStateRow(**values)
