"""What the disk keeps of one person beside the vault's YAML, and taking it away: journal, state, drafts, pages.

In: folders, and a test that says whether a text is about the person. Nothing is left behind in a file: what was
deleted in the database is overwritten. Files of the vault are read as they stand; of these only the journal is
rewritten.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from brandkit.base.walls import EnvironmentProblem, OutputDir
from brandkit.io import draft_files, kept_arrays, kept_file, last_vault, manifest
from brandkit.io.commit import MARKER
from brandkit.io.vault import create, files_of
from brandkit.io.whole_file import replace_file

Theirs = Callable[[str], bool]
_TABLES = ("entries", "occasions", "feeds")


def texts_of(vault: Path) -> dict[str, str]:
    """Every text of the vault with exactly its bytes, fragments of journal lines too, by path below the vault."""
    torn = ((path.relative_to(vault).as_posix(), path) for path in sorted((vault / "journal").glob("*.torn")))
    found = (*files_of(vault), *torn)
    return {
        name: path.read_bytes().decode("utf-8", "surrogateescape")
        for name, path in found
        if not name.startswith("feeds/")
    }


def rewrite_journal(vault: Path, texts: Mapping[str, str]) -> None:
    """Replace files of the journal, each whole: the old one or the new one, never a part."""
    for name, text in texts.items():
        path = vault / name
        if not name.startswith("journal/") or not path.is_file():
            raise EnvironmentProblem(f"{path} is no file of the journal any more; nothing was rewritten there")
        replace_file(path, text.encode("utf-8", "surrogateescape"))
        if not text.strip() and path.suffix == ".torn":
            path.unlink()


def remember(vault: Path, name: str, head: str, lines: tuple[str, ...]) -> None:
    """Add lines to a small file of the vault, which begins with `head` where it is new."""
    path = vault / name
    if not path.exists():
        create(path, head)
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def salt(size: int) -> str:
    """Bytes of chance, in hexadecimal."""
    return os.urandom(size).hex()


# The state


def state_without(state: Path, is_theirs: Theirs) -> dict[Path, tuple[bytes, int]]:
    """Each JSON file of the state that names the person: its new bytes, and how many rows of it go."""
    found: dict[Path, tuple[bytes, int]] = {}
    for path in sorted(state.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        kept, gone = _without(data, is_theirs)
        if gone:
            found[path] = json.dumps(kept, ensure_ascii=False, indent=0).encode("utf-8", "surrogatepass"), gone
    return found


def _without(data: Any, is_theirs: Theirs) -> tuple[Any, int]:
    """Rows and keys that are not theirs, and how many are."""
    if isinstance(data, list):
        kept = [row for row in data if not is_theirs("\n".join(_strings(row)))]
        return kept, len(data) - len(kept)
    if not isinstance(data, dict):
        return data, 0
    found: dict[str, Any] = {}
    gone = 0
    for key, value in data.items():
        if is_theirs(key) or (isinstance(value, str) and is_theirs(value)):
            gone += 1
            continue
        found[key], count = _without(value, is_theirs)
        gone += count
    return found, gone


def _strings(data: Any) -> Iterator[str]:
    """Every text within, keys too."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def rewrite_state(files: Mapping[Path, tuple[bytes, int]]) -> None:
    """Replace these files of the state, each whole."""
    for path, (data, _) in files.items():
        replace_file(path, data)


def forget_kept(state: Path) -> None:
    """Remove what was worked out from the vault and from entries: it holds what those held, and is made anew."""
    kept_file.forget(state)
    kept_arrays.forget(state)
    last_vault.forget(state)  # that much went was meant


def count_entries(state: Path, prefix: str) -> int:
    """How many rows of the entry store come from feeds whose id begins so."""
    path = state / "entries.db"
    if not path.is_file():
        return 0
    with _opened(path) as db:
        return sum(_count(db, table, prefix) for table in _tables(db))


def forget_entries(state: Path, prefix: str) -> int:
    """Remove these feeds and all that was read from them, and leave no trace of it in the file."""
    path = state / "entries.db"
    if not path.is_file():
        return 0
    with _opened(path) as db:
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA foreign_keys = ON")  # what was counted of an entry goes with it
        gone = 0
        with db:
            for table in _tables(db):
                gone += _count(db, table, prefix)
                db.execute(f"DELETE FROM {table} WHERE substr(feed_id, 1, ?) = ?", (len(prefix), prefix))
        if gone:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone


def _opened(path: Path) -> closing[sqlite3.Connection]:
    try:
        db = sqlite3.connect(path)
        db.execute("PRAGMA busy_timeout = 5000")
        db.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        raise EnvironmentProblem(f"{path} can not be opened ({error}); see brandkit doctor") from error
    return closing(db)


def _tables(db: sqlite3.Connection) -> list[str]:
    known = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table for table in _TABLES if table in known]


def _count(db: sqlite3.Connection, table: str, prefix: str) -> int:
    sql = f"SELECT count(*) FROM {table} WHERE substr(feed_id, 1, ?) = ?"
    return int(db.execute(sql, (len(prefix), prefix)).fetchone()[0])


# The private folder


def drafts_of(private: OutputDir, is_theirs: Theirs) -> list[Path]:
    """The drafts whose name says that they are for the person."""
    folder = private.path / draft_files.FOLDER
    return [path for path in _files(folder) if is_theirs(path.name)]


def texts_of_drafts(private: OutputDir) -> dict[str, str]:
    """Every draft, by its path from the private folder."""
    folder = private.path / draft_files.FOLDER
    return {path.relative_to(private.path).as_posix(): path.read_text("utf-8", "replace") for path in _files(folder)}


def pages_naming(private: OutputDir, is_theirs: Theirs) -> int:
    """How many of the pages that a build makes are called after the person, or name them."""
    paths = [(path, path.relative_to(private.path).as_posix()) for path in _files(private.path)]
    pages = (path for path, name in paths if not private.keeps(name) and path.name != MARKER)
    return sum(is_theirs(f"{path.name}\n{path.read_text('utf-8', 'replace')}") for path in pages)


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def forget_pages(private: OutputDir) -> None:
    """Remove the pages that a build makes anew, and what is remembered of them. Raises Refused for a foreign folder."""
    from brandkit.io.commit import check_owned

    check_owned(private)
    manifest.forget(private)
    for stage in private.cache.glob("stage-*"):
        shutil.rmtree(stage)
    if not private.path.is_dir():
        return
    for path in sorted(private.path.iterdir()):
        if private.keeps(path.name) or path.name.startswith("."):
            continue
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
