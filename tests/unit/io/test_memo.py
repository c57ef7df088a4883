"""The memo on disk: may be empty, is never wrong, never stops a run."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
