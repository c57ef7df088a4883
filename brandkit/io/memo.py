"""What was computed once, kept on disk by key: the `Memo` of the public build.

SQLite below the cache; belongs to one version of the renderer and is emptied for another. A memo
that cannot be opened or written is only slower: what was put stays in memory for the run. Files that
nobody asked for in a month are removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

_TABLES = ("documents", "insides", "bodies", "texts", "pictures", "related", "themes", "search", "parts")
_CHUNK = 500
_DAY = 24 * 60 * 60
_KEPT = 30 * _DAY  # a file's mtime is when it was last asked for, to a day
_SWEPT = ".swept"
_PATIENCE = 5  # seconds to wait for another process
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class DiskMemo:
    """Text by key, in tables. Can be sent to another process: it opens the file anew there."""

    def __init__(self, path: Path, version: str) -> None:
        self._path, self._version = path, version
        self._files = path.parent / f"files-{version}"
        _forget_others(self._files, path)
        _forget_unused(self._files, time.time())
        self._fresh: dict[str, dict[str, str]] = {table: {} for table in _TABLES}
        self._full = False
        self._db, self._opened_by = self._open(), os.getpid()

    @property
    def _rows(self) -> sqlite3.Connection:
        """The connection of this process: one that was forked from another opens its own."""
        if self._opened_by != os.getpid():
            self._db, self._opened_by = self._open(), os.getpid()
        return self._db

    def get_many(self, table: str, keys: Iterable[str]) -> Mapping[str, str]:
        """The known ones among `keys`."""
        wanted = list(keys)
        fresh = self._fresh[table]
        found = {key: fresh[key] for key in wanted if key in fresh}
        rest = [key for key in wanted if key not in found]
        for chunk in _chunks(rest):
            found.update(self._select(table, chunk))
        return found

    def put_many(self, table: str, rows: Mapping[str, str]) -> None:
        """Keep rows; in memory alone where the disk will not have them."""
        if not rows:
            return
        try:
            if not self._full:
                with self._rows:
                    self._rows.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows.items())
                return
        except sqlite3.Error:
            self._full = True  # no later row may be kept that counts on this one
        self._fresh[table].update(rows)

    @property
    def templates(self) -> Any | None:
        """What keeps templates in the form that they run in; None where that has no safe place."""
        from brandkit.io.kept_templates import kept_templates

        return kept_templates(self._version)

    def file(self, key: str) -> Path | None:
        """Where the bytes that were kept under `key` stand on disk, or None."""
        path = self._files / key[:2] / key
        if not path.is_file():
            return None
        _mark_used(path, time.time())
        return path

    def keep_file(self, key: str, data: bytes) -> Path | None:
        """Keep bytes, whole or not at all; where they stand, or None where the disk will not have them."""
        path = self._files / key[:2] / key
        scratch = path.with_name(f".{key}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_bytes(data)
            os.replace(scratch, path)
        except OSError:
            return None
        return path

    def _select(self, table: str, keys: list[str]) -> dict[str, str]:
        marks = ",".join("?" * len(keys))
        try:
            return dict(self._rows.execute(f"SELECT key, value FROM {table} WHERE key IN ({marks})", keys))
        except sqlite3.Error:
            return {}

    def _open(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _prepared(sqlite3.connect(self._path, timeout=_PATIENCE), self._version)
        except OSError:
            pass
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:  # else another process may be using it
                self._remove()
        return _prepared(sqlite3.connect(":memory:"), self._version)

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def empty(self) -> None:
        """Forget every row: one that others count on was lost."""
        with contextlib.suppress(sqlite3.Error), self._rows:
            for table in _TABLES:
                self._rows.execute(f"DELETE FROM {table}")
                self._fresh[table].clear()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_db"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._db, self._opened_by = self._open(), os.getpid()


def _prepared(db: sqlite3.Connection, version: str) -> sqlite3.Connection:
    """The tables, empty if another version filled them. Closes what cannot be used."""
    try:
        _make_tables(db, version)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _make_tables(db: sqlite3.Connection, version: str) -> None:
    db.execute("PRAGMA page_size=16384")  # most rows are texts of some kilobytes
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=OFF")  # a cache: a lost write is computed again
    with db:
        db.execute("CREATE TABLE IF NOT EXISTS version (version TEXT)")
        for table in _TABLES:
            db.execute(f"CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, value TEXT)")
        if db.execute("SELECT version FROM version").fetchall() != [(version,)]:
            for table in ("version", *_TABLES):
                db.execute(f"DELETE FROM {table}")
            db.execute("INSERT INTO version VALUES (?)", (version,))


def _forget_others(files: Path, rows: Path) -> None:
    """Remove what another version kept, unless it was at work within a day: a preview may still run."""
    others = (path for path in rows.parent.glob("memo*.db") if path.name != rows.name)
    for path in others:
        with contextlib.suppress(OSError):
            if path.stat().st_mtime > time.time() - _DAY:
                continue
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
    for folder in files.parent.glob("files-*"):
        if folder != files and not rows.with_name(f"memo-{folder.name.removeprefix('files-')}.db").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _mark_used(path: Path, now: float) -> None:
    with contextlib.suppress(OSError):
        if path.stat().st_mtime < now - _DAY:
            os.utime(path, (now, now))


def _forget_unused(folder: Path, now: float) -> None:
    """Remove what nobody asked for in a month, scratch files of killed runs included; looks once a day."""
    swept = folder / _SWEPT
    with contextlib.suppress(OSError):
        if not folder.is_dir() or (swept.exists() and swept.stat().st_mtime > now - _DAY):
            return
        swept.touch()
    for path in folder.glob("*/*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < now - _KEPT:
                path.unlink()


def _chunks(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
