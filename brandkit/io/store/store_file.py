"""The file of a private store: opened for its owner alone, brought to the tables of this version, written whole or not.

In: a path, the steps that made each version. Out: an open SQLite connection, transactions, plain problems.
Knows no table and no row.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from brandkit.base.walls import EnvironmentProblem


class StoreProblem(EnvironmentProblem):
    """The file can not be used, or not now. The message is one plain line."""


class StoreTooNew(StoreProblem):
    """The file was written by a newer brandkit than this one."""


def open_file(path: Path, steps: Sequence[str]) -> sqlite3.Connection:
    """Open, or make, the file, with all steps done. Raises StoreProblem where that can not be."""
    try:
        _make_private(path)
        db = sqlite3.connect(path, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreProblem(f"{path} can not be opened ({error})") from error
    try:
        _prepare(db, path, steps)
    except sqlite3.Error as error:
        db.close()
        raise StoreProblem(f"{path} is no usable entry store ({error}){_cure(error)}") from error
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it, or nothing."""
    with plain_errors():
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


@contextmanager
def plain_errors() -> Iterator[None]:
    """A full disk, a lock that is held for long, a torn file: for people, not for debugging."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreProblem(f"the entry store can not be used now ({error}){_cure(error)}") from error


def _cure(error: sqlite3.Error) -> str:
    return "; brandkit doctor --repair puts it aside, and feeds are read anew" if is_damage(error) else ""


def verdict(path: Path) -> str:
    """What SQLite's own quick check says of a file: "ok", or what is wrong with it in one line.

    Raises StoreProblem where it cannot be looked at now: a full disk is no damage.
    """
    with plain_errors():
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
                return str(db.execute("PRAGMA quick_check(1)").fetchone()[0]).replace("\n", " ")
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return str(error)
            raise


def version_of(path: Path) -> int:
    """By how many steps the file was made; 0 where that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return _version(db)
    except sqlite3.Error:
        return 0


def set_aside(path: Path, day: date) -> str:
    """Give a file that cannot be used another name, with what stands beside it; returns that name."""
    names = (f"{path.name}.damaged-{day.isoformat()}", *(f"{path.name}.damaged-{day}-{n}" for n in range(2, 1000)))
    name = next(name for name in names if not path.with_name(name).exists())
    for suffix in ("-wal", "-shm", ""):  # the file last: stopped before, it is still found damaged
        with suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + suffix), path.with_name(name + suffix))
    return name


@contextmanager
def copied(path: Path) -> Iterator[Path | None]:
    """A whole copy of the file as it is now, beside it, while the block runs; None where the file is damaged."""
    copy = path.with_name(f".{path.name}.new")
    _forget(copy)
    try:
        copy.touch(mode=0o600)
        with plain_errors(), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.execute("PRAGMA busy_timeout = 5000")
            whole = _copy(source, target)
        yield copy if whole and verdict(copy) == "ok" else None
    finally:
        _forget(copy)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> bool:
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        return True
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error tells of the file, and not of the disk or of others who use it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def _forget(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _make_private(path: Path) -> None:
    """The folder and the file, for their owner alone: what one follows is nobody's business."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)


def _prepare(db: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    """Settings of the connection, and the tables of this version."""
    db.execute("PRAGMA busy_timeout = 5000")
    _refuse_newer(db, path, len(steps))
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    if _version(db) != len(steps):
        with transaction(db):  # asked again inside: another brandkit may have been quicker
            _refuse_newer(db, path, len(steps))
            for number, script in enumerate(steps[_version(db) :], start=_version(db) + 1):
                for statement in _statements(script):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")


def _refuse_newer(db: sqlite3.Connection, path: Path, newest: int) -> None:
    if _version(db) > newest:
        raise StoreTooNew(f"{path} was written by a newer brandkit; this one does not change it")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """One statement after the other: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
