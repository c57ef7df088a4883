"""Work over several processes: in order, whole, and with what belongs to this process alone."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from brandkit.io.collecting import at_rest
from brandkit.io.lock import lock
from brandkit.io.memo import DiskMemo
from brandkit.io.pool import pool_map, timed


def double(number: int) -> tuple[int, int]:
    return number * 2, os.getpid()


def read(memo: DiskMemo, key: str) -> str:
    return memo.get_many("bodies", [key])[key]


class Late:
    """Something that asks a memo when it is sent to another process."""

    def __init__(self, memo: DiskMemo, key: str) -> None:
        self.memo, self.key = memo, key

    def __getstate__(self) -> dict[str, str]:
        return {"text": read(self.memo, self.key)}


def text_of(item: Late) -> str:
    return item.__dict__.get("text") or read(item.memo, item.key)


@pytest.fixture
def memo(tmp_path: Path) -> DiskMemo:
    found = DiskMemo(tmp_path / "memo.db", "1")
    found.put_many("bodies", {f"k{number}": f"text {number}" for number in range(40)})
    return found


def test_results_come_in_the_order_of_the_items() -> None:
    results = pool_map(double, range(500), 10)
    assert [number for number, _ in results] == [number * 2 for number in range(500)]


def test_a_forked_process_reads_the_memo_through_a_connection_of_its_own(memo: DiskMemo) -> None:
    keys = [f"k{number}" for number in range(40)]
    assert pool_map(partial(read, memo), keys, 2) == [f"text {number}" for number in range(40)]
    assert read(memo, "k1") == "text 1"


@pytest.mark.slow
def test_beside_other_threads_items_are_made_ready_on_ours(memo: DiskMemo) -> None:
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        items = [Late(memo, f"k{number}") for number in range(40)]
        assert pool_map(text_of, items, 2) == [f"text {number}" for number in range(40)]
    finally:
        ended.set()
        other.join()


def test_a_timed_mapper_gives_the_same_and_tells_how_long_each_took() -> None:
    told: dict[int, float] = {}
    results = timed(pool_map, told.__setitem__)(double, range(300), 10)
    assert [number for number, _ in results] == [number * 2 for number in range(300)]
    assert set(told) == set(range(300)) and all(seconds >= 0 for seconds in told.values())


def test_the_collector_is_as_it_was_afterwards() -> None:
    with at_rest():
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_who_is_killed_leaves_no_process_behind_that_holds_its_lock(tmp_path: Path) -> None:
    run = (
        "import sys, time\nfrom pathlib import Path\nfrom brandkit.io.lock import lock\n"
        "from brandkit.io.pool import pool_map\n"
        "def work(number):\n    print('at work', flush=True)\n    time.sleep(0.1)\n"
        "with lock(Path(sys.argv[1])):\n    pool_map(work, range(10_000), 1)\n"
    )
    with subprocess.Popen([sys.executable, "-c", run, str(tmp_path / "lock")], stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None
        killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        with lock(tmp_path / "lock", patience=60):
            killed.stdout.read()  # ends when nobody writes to it any more
