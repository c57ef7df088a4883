"""The file of the store: every version that ever was is brought forward, and what cannot be used is said in a line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from brandkit.io.store import entry_store, store_file, store_steps
from brandkit.io.store.entry_store import EntryStore
from brandkit.io.store.store_file import StoreProblem, copied, open_file, set_aside, verdict, version_of

FEED = "INSERT INTO feeds (feed_id, url, title) VALUES ('f', 'https://acme.example/feed', 'Acme')"
ENTRY = """
    INSERT INTO entries (feed_id, seen_at, guid, url, title, summary, html, text, author, tags, dated, digest)
    VALUES ('f', '2026-02-01T00:00:00.000000+00:00', 'g', 'https://acme.example/1', 'One', '', '', 'words', '', '[]',
            '2026-02-01T00:00:00.000000+00:00', 'd')
"""


def file_of_version(path: Path, version: int) -> Path:
    """The store as a brandkit of that version left it, with a feed and an entry."""
    with closing(open_file(path, store_steps.STEPS[:version])) as db:
        db.execute(FEED)
        db.execute(ENTRY)
    assert version_of(path) == version
    return path


@pytest.mark.parametrize("version", range(1, entry_store.VERSION + 1))
def test_every_older_version_is_brought_forward_with_what_is_in_it(tmp_path: Path, version: int) -> None:
    path = file_of_version(tmp_path / "entries.db", version)
    with EntryStore(path) as store:
        assert [entry.title for entry in store.entries()] == ["One"]
        assert store.feed_states()["f"].title == "Acme"
    assert (version_of(path), verdict(path)) == (entry_store.VERSION, "ok")


@pytest.mark.parametrize("version", range(1, entry_store.VERSION))
def test_a_migration_that_is_cut_off_leaves_the_older_version_whole(tmp_path: Path, version: int) -> None:
    path = file_of_version(tmp_path / "entries.db", version)
    with pytest.raises(StoreProblem):
        open_file(path, (*store_steps.STEPS, "CREATE TABLE nonsense ("[:-1] + " this is no SQL;"))
    assert (version_of(path), verdict(path)) == (version, "ok")


def test_the_file_is_written_ahead_waits_for_others_and_keeps_its_ties(tmp_path: Path) -> None:
    with closing(open_file(tmp_path / "s.db", ("CREATE TABLE t (x);",))) as db:
        asked = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "busy_timeout")}
        assert asked == {"journal_mode": "wal", "busy_timeout": 5000}
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_copy_has_what_is_not_in_the_main_file_yet_and_goes_with_the_block(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with closing(open_file(path, ("CREATE TABLE t (x);",))) as db:
        db.execute("INSERT INTO t VALUES (1)")
        with copied(path) as copy:
            assert copy is not None
            with closing(sqlite3.connect(copy)) as other:
                assert other.execute("SELECT x FROM t").fetchall() == [(1,)]
    assert [one.name for one in tmp_path.glob(".*")] == []


def test_of_a_damaged_file_there_is_no_copy_and_it_can_be_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(b"rubbish " * 4096)
    with copied(path) as copy:
        assert copy is None
    assert verdict(path) != "ok"
    path.with_name("s.db-wal").write_bytes(b"")
    for name in ("s.db.damaged-2026-03-01", "s.db.damaged-2026-03-01-2"):
        assert set_aside(path, date(2026, 3, 1)) == name
        assert not path.exists()
        path.write_bytes(b"rubbish again")
    assert (tmp_path / "s.db.damaged-2026-03-01").read_bytes().startswith(b"rubbish rubbish")
    assert (tmp_path / "s.db.damaged-2026-03-01-wal").exists()


def test_a_page_that_was_overwritten_is_found(tmp_path: Path) -> None:
    path = file_of_version(tmp_path / "entries.db", entry_store.VERSION)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    assert verdict(path) != "ok"
    assert "\n" not in verdict(path)


def test_whoever_waits_too_long_is_told_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with closing(open_file(path, ("CREATE TABLE t (x);",))) as db, closing(open_file(path, ("",))) as other:
        other.execute("PRAGMA busy_timeout = 1")
        says = pytest.raises(StoreProblem, match="can not be used now")
        with store_file.transaction(db), says, store_file.transaction(other):
            pass


def test_a_file_that_cannot_be_looked_at_now_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem):
        verdict(tmp_path / "missing" / "s.db")
