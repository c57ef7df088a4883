"""The table of what was computed from entries, within the private memory of feeds.

In: the open database, values by entry number. Out: the same. A value lives as long as the words that it
was computed from: the file itself drops it when they change, or when their entry goes. A kind is a family
and a version, like "terms/2"; of one family only the version that was saved last is kept. Knows not what
the bytes mean. Transactions are the caller's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

# A step of the store's migrations: never changed once it was released. The table has row numbers of its
# own, as values of more than a kilobyte would take twice the room without them.
SCRIPT = """
    CREATE TABLE features (
        kind TEXT NOT NULL,
        entry_id INTEGER NOT NULL REFERENCES entries (entry_id) ON DELETE CASCADE,
        value BLOB NOT NULL,
        PRIMARY KEY (kind, entry_id)
    ) STRICT;
    CREATE INDEX features_by_entry ON features (entry_id);
    CREATE TRIGGER features_outdated AFTER UPDATE OF title, summary, text, language ON entries
    WHEN old.title <> new.title OR old.summary <> new.summary OR old.text <> new.text
        OR old.language IS NOT new.language
    BEGIN
        DELETE FROM features WHERE entry_id = old.entry_id;
    END;
    """

_OF_THESE = "kind = ? AND entry_id IN (SELECT value FROM json_each(?))"


def read_values(db: sqlite3.Connection, kind: str) -> dict[int, bytes]:
    """The values of one kind by entry number, in the order of the numbers."""
    return dict(db.execute("SELECT entry_id, value FROM features WHERE kind = ? ORDER BY entry_id", (kind,)))


def read_sizes(db: sqlite3.Connection, kind: str, ids: Iterable[int]) -> dict[int, int]:
    """How many bytes the value of each of these entries has, by entry number."""
    sql = f"SELECT entry_id, length(value) FROM features WHERE {_OF_THESE}"
    return dict(db.execute(sql, (kind, json.dumps(list(ids)))))


def read_joined(db: sqlite3.Connection, kind: str, starts: Mapping[int, int], size: int) -> bytearray:
    """The values of these entries in one piece, each where it is said to start."""
    found = bytearray(size)
    sql = f"SELECT entry_id, value FROM features WHERE {_OF_THESE}"
    for entry_id, value in db.execute(sql, (kind, json.dumps(list(starts)))):
        found[starts[entry_id] : starts[entry_id] + len(value)] = value
    return found


def keep_values(db: sqlite3.Connection, kind: str, values: Mapping[int, bytes]) -> None:
    """Add or replace these; other versions of the family go. A number that no entry has any more is left out."""
    family = kind.split("/", 1)[0]
    others = "DELETE FROM features WHERE (kind = :family OR kind >= :first AND kind < :behind) AND kind <> :kind"
    behind = family + chr(ord("/") + 1)
    db.execute(others, {"family": family, "first": family + "/", "behind": behind, "kind": kind})
    db.executemany(
        "INSERT OR REPLACE INTO features (kind, entry_id, value) SELECT ?, entry_id, ? FROM entries WHERE entry_id = ?",
        [(kind, value, entry_id) for entry_id, value in values.items()],
    )
