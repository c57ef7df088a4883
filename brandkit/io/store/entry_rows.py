"""Entries as rows: what is kept of each, which is new, which changed, and which only goes by another id.

In: `EntryRecord`s and an open file. Out: `StoredEntry`s, `Gist`s, and how many were new. Knows no feed format.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from brandkit.io.feeds.sanitise import EntryRecord

_as_one_text = json.JSONEncoder(sort_keys=True).encode
_RECORD_COLUMNS = tuple(field.name for field in fields(EntryRecord))
ENTRY_COLUMNS = (*_RECORD_COLUMNS, "entry_id", "feed_id", "seen_at")


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


class Saving:
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
        values = _values(record, as_moment(known[5]) if known else self._seen_at)
        if known is None:
            names = ", ".join(("feed_id", "seen_at", *values))
            marks = ", ".join("?" * (len(values) + 2))
            row = (self._feed_id, as_stored(self._seen_at), *values.values())
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
    values: dict[str, Any] = {name: as_stored(getattr(record, name)) for name in _RECORD_COLUMNS}
    said = _as_one_text({name: value for name, value in values.items() if name != "guid"})
    values["dated"] = as_stored(record.published or record.updated or seen_at)
    values["digest"] = blake2b(said.encode("utf-8"), digest_size=16).hexdigest()
    return values


def as_stored(value: Any) -> Any:
    """A value as SQLite keeps it: times in UTC and one width, so that they sort as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def as_moment(value: str | None) -> datetime | None:
    """A moment as it is kept."""
    return datetime.fromisoformat(value) if value else None


def as_entry(row: tuple[Any, ...]) -> StoredEntry:
    """An entry from its row of `ENTRY_COLUMNS`."""
    values = dict(zip(ENTRY_COLUMNS, row, strict=True))
    for name in ("published", "updated", "seen_at"):
        values[name] = as_moment(values[name])
    values["tags"] = tuple(json.loads(values["tags"]))
    return StoredEntry(**values)
