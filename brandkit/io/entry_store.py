"""The private memory of feeds: one SQLite file with what is known of each feed, and every entry ever seen.

In: states, `EntryRecord`s, what calendars say (occasion_store.py), what was computed from entries
(feature_store.py). Out: plain rows. Entries that leave their feed are kept, up to so many of one feed.
Knows no network, no feed format, and not when a feed is due.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from brandkit.io import feature_store, occasion_store
from brandkit.io.calendar_parsing import CalendarRecord
from brandkit.io.occasion_store import StoredOccasion as StoredOccasion
from brandkit.io.sanitise import EntryRecord
from brandkit.io.store_file import StoreProblem as StoreProblem
from brandkit.io.store_file import StoreTooNew as StoreTooNew
from brandkit.io.store_file import open_file, plain_errors, transaction

# One step for each version of the file; a step is never changed once it was released.
_MIGRATIONS = (
    """
    CREATE TABLE feeds (
        feed_id TEXT PRIMARY KEY,
        url TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL DEFAULT '',
        etag TEXT,
        last_modified TEXT,
        content_digest TEXT,
        checked_at TEXT,
        next_check_at TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        problem TEXT,
        moved_to TEXT,
        gone INTEGER NOT NULL DEFAULT 0,
        paused INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE entries (
        entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
        feed_id TEXT NOT NULL REFERENCES feeds (feed_id) ON DELETE CASCADE,
        seen_at TEXT NOT NULL,
        guid TEXT NOT NULL,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        summary TEXT NOT NULL,
        html TEXT NOT NULL,
        text TEXT NOT NULL,
        author TEXT NOT NULL,
        published TEXT,
        updated TEXT,
        language TEXT,
        tags TEXT NOT NULL,
        dated TEXT NOT NULL,
        digest TEXT NOT NULL,
        UNIQUE (feed_id, guid)
    ) STRICT;
    CREATE INDEX entries_by_address ON entries (feed_id, url, title);
    CREATE INDEX entries_by_date ON entries (dated);
    CREATE VIRTUAL TABLE entries_fts USING fts5 (
        title, summary, text, author, tags,
        content = 'entries', content_rowid = 'entry_id', tokenize = 'porter unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER entries_added AFTER INSERT ON entries BEGIN
        INSERT INTO entries_fts (rowid, title, summary, text, author, tags)
        VALUES (new.entry_id, new.title, new.summary, new.text, new.author, new.tags);
    END;
    CREATE TRIGGER entries_removed AFTER DELETE ON entries BEGIN
        INSERT INTO entries_fts (entries_fts, rowid, title, summary, text, author, tags)
        VALUES ('delete', old.entry_id, old.title, old.summary, old.text, old.author, old.tags);
    END;
    CREATE TRIGGER entries_changed AFTER UPDATE OF title, summary, text, author, tags ON entries BEGIN
        INSERT INTO entries_fts (entries_fts, rowid, title, summary, text, author, tags)
        VALUES ('delete', old.entry_id, old.title, old.summary, old.text, old.author, old.tags);
        INSERT INTO entries_fts (rowid, title, summary, text, author, tags)
        VALUES (new.entry_id, new.title, new.summary, new.text, new.author, new.tags);
    END;
    """,
    occasion_store.SCRIPT,
    feature_store.SCRIPT,
    # Nobody searched by words, and keeping them took longer than all the rest.
    """
    DROP TRIGGER entries_added;
    DROP TRIGGER entries_removed;
    DROP TRIGGER entries_changed;
    DROP TABLE entries_fts;
    """,
)
VERSION = len(_MIGRATIONS)


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


@dataclass(frozen=True)
class StoredEntry(EntryRecord):
    """An entry with its number, its feed, and when it was first seen."""

    entry_id: int
    feed_id: str
    seen_at: datetime

    @property
    def dated(self) -> datetime:
        """When it was published, or else updated, or else first seen."""
        return self.published or self.updated or self.seen_at


class Gist(NamedTuple):
    """What an entry says, as it stands in the file: `dated` is when it was published, or updated, or first seen.

    Two of one number and one digest say the same.
    """

    entry_id: int
    feed_id: str
    guid: str
    url: str
    title: str
    summary: str
    text: str
    dated: str
    language: str | None
    author: str
    digest: str


@dataclass(frozen=True)
class Saved:
    """How many entries of one reading were new, changed, or known as they are."""

    new: int
    changed: int
    same: int


# A feed that makes up new entries all the time would fill the disk, and be weighed with all the others.
MOST_OF_ONE_FEED = 10_000

_as_one_text = json.JSONEncoder(sort_keys=True).encode
_STATE_COLUMNS = tuple(field.name for field in fields(FeedStateRow))
_RECORD_COLUMNS = tuple(field.name for field in fields(EntryRecord))


class EntryStore:
    """The open file. Use as a context, or close it."""

    def __init__(self, path: Path) -> None:
        """Open, or make, the file. Raises StoreProblem where that can not be."""
        self._db = open_file(path, _MIGRATIONS)

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
        values = [[_stored(getattr(row, name)) for name in _STATE_COLUMNS] for row in rows]
        sql = f"INSERT INTO feeds ({names}) VALUES ({marks}) ON CONFLICT (feed_id) DO UPDATE SET {changes}"
        with transaction(self._db):
            self._db.executemany(sql, values)

    def save_entries(self, feed_id: str, records: Iterable[EntryRecord], seen_at: datetime) -> Saved:
        """Add the new ones, update the changed ones, in one transaction; others are left as they are.

        Of a feed that has given very many, the oldest are let go.
        """
        with transaction(self._db):
            self._db.execute("INSERT INTO feeds (feed_id) VALUES (?) ON CONFLICT DO NOTHING", (feed_id,))
            saved = _Saving(self._db, feed_id, seen_at).save(list(records))
            newest = "SELECT entry_id FROM entries WHERE feed_id = ? ORDER BY dated DESC, entry_id DESC"
            sql = f"DELETE FROM entries WHERE entry_id IN ({newest} LIMIT -1 OFFSET ?)"
            if saved.new:
                self._db.execute(sql, (feed_id, MOST_OF_ONE_FEED))
            return saved

    def entries(self, since: datetime | None = None) -> list[StoredEntry]:
        """The entries in the order of their numbers; with `since`, those dated then or later."""
        columns = ", ".join((*_RECORD_COLUMNS, "entry_id", "feed_id", "seen_at"))
        start = _stored(since) if since else ""
        rows = self._rows(f"SELECT {columns} FROM entries WHERE dated >= ? ORDER BY entry_id", start)
        return [_entry(row) for row in rows]

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


class _Saving:
    """One reading of one feed, on its way into the table."""

    def __init__(self, db: sqlite3.Connection, feed_id: str, seen_at: datetime) -> None:
        self._db = db
        self._feed_id = feed_id
        self._seen_at = seen_at
        rows = db.execute(
            "SELECT guid, url, title, entry_id, digest, seen_at FROM entries WHERE feed_id = ? ORDER BY entry_id",
            (feed_id,),
        ).fetchall()
        self._by_guid = {row[0]: row for row in rows}
        self._by_address: dict[tuple[str, str], list[Any]] = {}
        for row in rows:
            self._by_address.setdefault((row[1], row[2]), []).append(row)

    def save(self, records: list[EntryRecord]) -> Saved:
        """Each record into its row: its own, that of an entry whose guid was replaced, or a new one."""
        present = {record.guid for record in records}
        counts = {"new": 0, "changed": 0, "same": 0}
        for record in records:
            known = self._by_guid.get(record.guid) or self._renamed(record, present)
            counts[self._put(record, known)] += 1
        return Saved(**counts)

    def _renamed(self, record: EntryRecord, present: set[str]) -> Any:
        """A row with this address and title whose own guid left the feed: some feeds make up new ones."""
        candidates = self._by_address.get((record.url, record.title), []) if record.url else []
        for row in candidates:
            if row[0] not in present:
                candidates.remove(row)
                return row
        return None

    def _put(self, record: EntryRecord, known: Any) -> str:
        values = _values(record, _moment(known[5]) if known else self._seen_at)
        if known is None:
            names = ", ".join(("feed_id", "seen_at", *values))
            marks = ", ".join("?" * (len(values) + 2))
            row = (self._feed_id, _stored(self._seen_at), *values.values())
            self._db.execute(f"INSERT INTO entries ({names}) VALUES ({marks})", row)
            # A guid that stands twice in one reading is one entry.
            self._by_guid[record.guid] = (
                record.guid,
                record.url,
                record.title,
                None,
                values["digest"],
                row[1],
            )
            return "new"
        if known[4] == values["digest"] and known[0] == record.guid:
            return "same"
        changes = ", ".join(f"{name} = ?" for name in values)
        self._db.execute(
            f"UPDATE entries SET {changes} WHERE feed_id = ? AND guid = ?",
            (*values.values(), self._feed_id, known[0]),
        )
        return "same" if known[4] == values["digest"] else "changed"


def _values(record: EntryRecord, seen_at: datetime | None) -> dict[str, Any]:
    values: dict[str, Any] = {name: _stored(getattr(record, name)) for name in _RECORD_COLUMNS}
    said = _as_one_text({name: value for name, value in values.items() if name != "guid"})
    values["dated"] = _stored(record.published or record.updated or seen_at)
    values["digest"] = blake2b(said.encode("utf-8"), digest_size=16).hexdigest()
    return values


def _stored(value: Any) -> Any:
    """A value as SQLite keeps it: times in UTC and one width, so that they sort as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _state(row: tuple[Any, ...]) -> FeedStateRow:
    values = dict(zip(_STATE_COLUMNS, row, strict=True))
    for name in ("checked_at", "next_check_at"):
        values[name] = _moment(values[name])
    for name in ("gone", "paused"):
        values[name] = bool(values[name])
    return FeedStateRow(**values)


def _entry(row: tuple[Any, ...]) -> StoredEntry:
    values = dict(zip((*_RECORD_COLUMNS, "entry_id", "feed_id", "seen_at"), row, strict=True))
    for name in ("published", "updated", "seen_at"):
        values[name] = _moment(values[name])
    values["tags"] = tuple(json.loads(values["tags"]))
    return StoredEntry(**values)
