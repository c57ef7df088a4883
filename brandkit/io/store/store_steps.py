"""How the file of feeds and entries came to be as it is: one step for each version of it. Knows no row."""

from __future__ import annotations

from brandkit.io.store import feature_store, occasion_store

# A step is never changed once it was released.
STEPS = (
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
