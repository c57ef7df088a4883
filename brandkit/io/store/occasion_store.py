"""The table of what followed calendars announce, within the private memory of feeds.

In: the open database, records of one calendar. Out: rows. A calendar says all that it knows each time,
so that its rows are replaced; when each was first seen is kept. Transactions are the caller's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.io.feeds.calendar_parsing import CalendarRecord

# A step of the store's migrations: never changed once it was released.
SCRIPT = """
    ALTER TABLE feeds ADD COLUMN kind TEXT NOT NULL DEFAULT 'feed';
    CREATE TABLE occasions (
        feed_id TEXT NOT NULL REFERENCES feeds (feed_id) ON DELETE CASCADE,
        uid TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        title TEXT NOT NULL,
        starts TEXT NOT NULL,
        ends TEXT,
        all_day INTEGER NOT NULL,
        location TEXT NOT NULL,
        url TEXT NOT NULL,
        text TEXT NOT NULL,
        rule TEXT NOT NULL,
        status TEXT NOT NULL,
        zone TEXT NOT NULL,
        skipped TEXT NOT NULL,
        PRIMARY KEY (feed_id, uid)
    ) STRICT;
    """
_COLUMNS = ("title", "starts", "ends", "all_day", "location", "url", "text", "rule", "status", "zone", "skipped")


@dataclass(frozen=True)
class StoredOccasion(CalendarRecord):
    """An event of a calendar with its feed, and when it was first seen."""

    feed_id: str = ""
    seen_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def replace_rows(
    db: sqlite3.Connection, feed_id: str, records: Iterable[CalendarRecord], seen_at: datetime
) -> tuple[int, int, int]:
    """These in place of what the calendar said before; returns how many are new, changed or withdrawn, and the same."""
    columns = ", ".join(_COLUMNS)
    known = {
        row[0]: row[1:]
        for row in db.execute(f"SELECT uid, seen_at, {columns} FROM occasions WHERE feed_id = ?", (feed_id,))
    }
    rows = {record.uid: _values(record) for record in records}
    now = seen_at.astimezone(UTC).isoformat(timespec="microseconds")
    db.execute("DELETE FROM occasions WHERE feed_id = ?", (feed_id,))
    marks = ", ".join("?" * (len(_COLUMNS) + 3))
    db.executemany(
        f"INSERT INTO occasions (feed_id, uid, seen_at, {columns}) VALUES ({marks})",
        [(feed_id, uid, known[uid][0] if uid in known else now, *values) for uid, values in rows.items()],
    )
    new = sum(uid not in known for uid in rows)
    same = sum(uid in known and known[uid][1:] == values for uid, values in rows.items())
    return new, len(rows) - new - same + len(known.keys() - rows.keys()), same


def read_rows(db: sqlite3.Connection) -> list[StoredOccasion]:
    """What the calendars announce, in the order of feeds and UIDs; not of what is followed as a feed now."""
    columns = ", ".join(_COLUMNS)
    sql = (
        f"SELECT feed_id, uid, seen_at, {columns} FROM occasions JOIN (SELECT feed_id, kind FROM feeds)"
        " USING (feed_id) WHERE kind = 'calendar' ORDER BY feed_id, uid"
    )
    return [_occasion(row) for row in db.execute(sql)]


def _values(record: CalendarRecord) -> tuple[Any, ...]:
    skipped = json.dumps([day.isoformat() for day in record.skipped])
    by_name = {**vars(record), "starts": _written(record.starts), "ends": _written(record.ends), "skipped": skipped}
    return tuple(int(value) if isinstance(value := by_name[name], bool) else value for name in _COLUMNS)


def _written(when: date | None) -> str | None:
    """A day, or the clock on the wall; the zone stands in a column of its own."""
    if isinstance(when, datetime):
        return when.replace(tzinfo=None).isoformat(timespec="seconds")
    return when.isoformat() if when else None


def _occasion(row: tuple[Any, ...]) -> StoredOccasion:
    values = dict(zip(("feed_id", "uid", "seen_at", *_COLUMNS), row, strict=True))
    zone = _zone(values["zone"])
    values["starts"], values["ends"] = _read(values["starts"], zone), _read(values["ends"], zone)
    values["seen_at"] = datetime.fromisoformat(values["seen_at"])
    values["skipped"] = tuple(date.fromisoformat(day) for day in json.loads(values["skipped"]))
    return StoredOccasion(**{**values, "all_day": bool(values["all_day"])})


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # a zone that this machine does not know
        return None


def _read(text: str | None, zone: ZoneInfo | None) -> Any:
    if text is None:
        return None
    return datetime.fromisoformat(text).replace(tzinfo=zone) if "T" in text else date.fromisoformat(text)
