"""One brandkit at a time: the second waits and says so once, or gives up in one line."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from brandkit.base.walls import EnvironmentProblem
from brandkit.io.lock import WAITING, is_held, lock
from tests.patience import PATIENCE


def test_the_second_waits_until_the_first_is_done_and_says_so_once(tmp_path: Path) -> None:
    path, heard, done = tmp_path / ".brandkit/lock", [], threading.Event()

    def second() -> None:
        with lock(path, patience=PATIENCE, hear=lambda line: (heard.append(line), told.set())):
            done.set()

    told = threading.Event()
    with lock(path):
        thread = threading.Thread(target=second)
        thread.start()
        assert told.wait(PATIENCE)
        assert not done.is_set()
    thread.join(PATIENCE)
    assert done.is_set()
    assert heard == [WAITING]


def test_nothing_is_said_where_nobody_has_to_wait(tmp_path: Path) -> None:
    heard: list[str] = []
    for _ in range(2):
        with lock(tmp_path / "lock", hear=heard.append):
            assert is_held(tmp_path / "lock")
    assert not is_held(tmp_path / "lock")
    assert heard == []


def test_patience_ends_in_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    says = pytest.raises(EnvironmentProblem, match="try again when it is done")
    with lock(tmp_path / "lock"), says as caught, lock(tmp_path / "lock", patience=0):
        pass
    assert "\n" not in str(caught.value)


def test_who_was_killed_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("left over")
    assert not is_held(tmp_path / "lock")
    with lock(tmp_path / "lock", patience=0):
        pass
