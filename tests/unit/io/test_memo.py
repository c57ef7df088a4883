"""The memo on disk: may be empty, is never wrong, never stops a run."""

from __future__ import annotations

import os
import pickle
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from brandkit.io import memo as memo_module
from brandkit.io import renderer, search_index
from brandkit.io.memo import DiskMemo

Open = Callable[..., DiskMemo]


@pytest.fixture
def open_memo(tmp_path: Path) -> Iterator[Open]:
    """Opens memos, and closes them in the end."""
    memos: list[DiskMemo] = []

    def run(version: str = "1", path: Path | None = None) -> DiskMemo:
        memos.append(DiskMemo(path or tmp_path / "cache/memo.db", version))
        return memos[-1]

    yield run
    for memo in memos:
        memo.close()


def test_rows_come_back_in_another_run(open_memo: Open) -> None:
    open_memo().put_many("bodies", {f"k{n}": f"v{n}" for n in range(1200)})
    found = open_memo().get_many("bodies", [f"k{n}" for n in range(1300)])
    assert len(found) == 1200 and found["k7"] == "v7"
    assert open_memo().get_many("texts", ["k7"]) == {}


def test_another_version_finds_nothing(open_memo: Open) -> None:
    open_memo("1").put_many("documents", {"a": "b"})
    assert open_memo("2").get_many("documents", ["a"]) == {}
    assert open_memo("1").get_many("documents", ["a"]) == {}


@pytest.mark.parametrize("data", [b"", b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 500])
def test_a_damaged_file_is_only_slower(data: bytes, open_memo: Open, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/memo.db").write_bytes(data)
    memo = open_memo()
    memo.put_many("bodies", {"a": "b"})
    assert memo.get_many("bodies", ["a"]) == {"a": "b"}
    again = open_memo()
    again.put_many("bodies", {"c": "d"})
    assert again.get_many("bodies", ["c"]) == {"c": "d"}


def test_a_place_that_cannot_be_written_is_only_slower(open_memo: Open, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    memo = open_memo(path=tmp_path / "file" / "memo.db")
    memo.put_many("bodies", {"a": "b"})
    assert memo.get_many("bodies", ["a"]) == {"a": "b"}


def test_after_one_row_was_not_kept_none_that_counts_on_it_is(open_memo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    memo = open_memo()

    class Full:
        """A database on a disk that has no room."""

        def __init__(self, real: sqlite3.Connection) -> None:
            self.real = real

        def __enter__(self) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        def __exit__(self, *_: object) -> None: ...

        def execute(self, *arguments: object) -> sqlite3.Cursor:
            return self.real.execute(*arguments)  # type: ignore[arg-type]

    real = memo._db
    memo._db = Full(real)  # type: ignore[assignment]
    memo.put_many("bodies", {"body": "html"})
    memo._db = real  # room again
    memo.put_many("documents", {"row": "names body"})
    assert memo.get_many("bodies", ["body"]) and memo.get_many("documents", ["row"])
    assert open_memo().get_many("documents", ["row"]) == {}


def test_a_memo_travels_to_another_process(open_memo: Open) -> None:
    memo = open_memo()
    memo.put_many("bodies", {"a": "b"})
    memo._fresh["bodies"]["only here"] = "c"
    other = pickle.loads(pickle.dumps(memo))
    assert other.get_many("bodies", ["a", "only here"]) == {"a": "b", "only here": "c"}
    other.close()


def test_files_are_kept_whole_and_belong_to_one_version(tmp_path: Path, open_memo: Open) -> None:
    memo = open_memo()
    assert memo.file("abc") is None
    kept = memo.keep_file("abc", b"picture")
    assert kept is not None and kept.read_bytes() == b"picture" and memo.file("abc") == kept
    DiskMemo(kept.parents[2] / "memo.db", "another version").close()
    assert not kept.exists()


DAY = 24 * 60 * 60


def aged(path: Path, days: float) -> Path:
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


def test_files_that_nobody_asked_for_in_a_month_go(tmp_path: Path, open_memo: Open) -> None:
    memo = open_memo()
    kept = {name: memo.keep_file(name, b"x") for name in ("old", "used", "young")}
    assert all(kept.values())
    folder = tmp_path / "cache/files-1"
    scratch = folder / "ol/.old.123"
    scratch.write_bytes(b"")
    for path, days in ((folder / "ol/old", 31), (folder / "us/used", 31), (folder / "yo/young", 29), (scratch, 31)):
        aged(path, days)
    assert memo.file("used") is not None
    open_memo()
    assert {p.name for p in folder.glob("*/*")} == {"used", "young"}


def test_using_a_file_marks_it_and_sweeping_happens_once_a_day(tmp_path: Path, open_memo: Open) -> None:
    path = open_memo().keep_file("abc", b"x")
    assert path is not None
    fresh = aged(path, 0.5).stat().st_mtime
    assert open_memo().file("abc") == path and path.stat().st_mtime == fresh
    aged(path, 2)
    assert open_memo().file("abc") == path and path.stat().st_mtime > fresh
    aged(path, 40)
    open_memo()
    assert path.exists()  # swept today already
    aged(tmp_path / "cache/files-1/.swept", 2)
    open_memo()
    assert not path.exists()


def test_a_file_that_others_have_locked_is_left_to_them(
    tmp_path: Path, open_memo: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_memo().put_many("bodies", {"a": "b"})
    monkeypatch.setattr(memo_module, "_PATIENCE", 0.05)
    other = sqlite3.connect(tmp_path / "cache/memo.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    memo = open_memo("2")  # it would have to empty the tables
    memo.put_many("bodies", {"c": "d"})
    assert memo.get_many("bodies", ["a", "c"]) == {"c": "d"}
    other.execute("COMMIT")
    other.close()
    assert open_memo().get_many("bodies", ["a"]) == {"a": "b"}


def test_a_damaged_file_goes_with_what_belongs_to_it(tmp_path: Path, open_memo: Open) -> None:
    (tmp_path / "cache").mkdir()
    for name in ("memo.db", "memo.db-wal", "memo.db-shm"):
        (tmp_path / "cache" / name).write_bytes(b"not a database" * 100)
    open_memo()
    assert not (tmp_path / "cache/memo.db").exists()


def test_the_search_index_has_a_table_of_its_own(open_memo: Open) -> None:
    open_memo().put_many(search_index._TABLE, {"a": "b"})
    assert search_index._TABLE == "search" and open_memo().get_many("pictures", ["a"]) == {}


@pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hans-CN", "haw"])
def test_a_language_is_said_to_the_search(language: str) -> None:
    assert search_index._lang(language) == f' lang="{language}"'


@pytest.mark.parametrize("language", ["", "e", "../../x", "en_US", "english", 'en" x="', "en-", "en\n"])
def test_what_is_no_language_is_not_said(language: str) -> None:
    assert search_index._lang(language) == ""


def test_every_library_that_shapes_a_page_enters_the_version() -> None:
    names = {name.rpartition("-")[0] or name for name in renderer._libraries()}
    found = {name.partition("-")[0] for name in names}
    assert found >= {
        *("jinja2", "markdown_it_py", "mdit_py_plugins", "pygments", "linkify_it_py", "markupsafe", "nh3"),
        *("latex2mathml", "pillow", "icalendar", "pagefind", "pagefind_bin", "python_dateutil"),
    }


def test_the_source_of_the_search_index_enters_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    now = renderer.renderer_version.__wrapped__()
    monkeypatch.setattr(renderer, "_FILES", ("io/memo.py",))
    assert renderer._FILES != ("io/search_index.py",) and renderer.renderer_version.__wrapped__() != now
