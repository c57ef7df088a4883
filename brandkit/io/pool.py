"""`map` over the cores: the `Mapper` of the build. Serial until the work is worth the start-up."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, TypeVar

from brandkit.base.walls import Mapper

A = TypeVar("A")
B = TypeVar("B")

WORTH_IT = 200  # below about this many pages a second process costs more than it saves
_CHUNK = 100
_SPAWNING = 4  # times as much work is needed where a process begins from nothing

# what a process does, and to what: a forked one has both from the beginning, another is told the work once
_work: Callable[[Any], Any] | None = None
_items: Sequence[Any] = ()


def one_by_one(work: Callable[[A], B], items: Sequence[A], worth: int = WORTH_IT) -> list[B]:
    """The results, all made here."""
    return [work(item) for item in items]


def pool_map(
    work: Callable[[A], B], items: Sequence[A], worth: int = WORTH_IT, hear: Callable[[int, int], None] | None = None
) -> list[B]:
    """The results in the order of `items`; from `worth` items on, in several processes.

    `hear` is told how many of how many are done, now and then, where there are so many.
    """
    workers = min(os.cpu_count() or 1, 8)
    forks = sys.platform == "linux" and threading.active_count() == 1  # a copy of a locked lock is never unlocked
    if len(items) < (worth if forks else worth * _SPAWNING) or workers < 2:
        return [work(item) for item in items]
    chunk = max(1, min(_CHUNK, len(items) // (4 * workers)))
    ranges = [range(start, min(start + chunk, len(items))) for start in range(0, len(items), chunk)]
    if not forks:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _join_in, (work,)) as pool:
            # made ready to be sent here: the pool would do it on a thread of its own, and a memo belongs to ours
            sent = [pickle.dumps([items[index] for index in some]) for some in ranges]
            parts = pool.map(_do_sent, sent)
            return [result for part in parts for result in part]
    _begin(work, items)
    gc.freeze()  # what was there before is left alone, so that its memory stays shared
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), _join_in) as pool:
            results: list[B] = []
            for part in pool.map(_do_some, ranges):
                results += part
                if hear:
                    hear(len(results), len(items))
            return results
    finally:
        gc.unfreeze()
        _begin(None)


def _begin(work: Callable[[Any], Any] | None, items: Sequence[Any] = ()) -> None:
    global _work, _items
    _work, _items = work, items


def _join_in(work: Callable[[Any], Any] | None = None) -> None:
    """In another process: begin, and end with the one that it works for, whose locks a forked one holds too."""
    if work is None:
        gc.disable()
    else:
        _begin(work)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Who was killed gives no work any more, and tells nobody: the others would wait for it for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _do_some(some: range) -> list[Any]:
    return _do([_items[index] for index in some])


def _do_sent(sent: bytes) -> list[Any]:
    return _do(pickle.loads(sent))


def _do(items: Sequence[Any]) -> list[Any]:
    assert _work is not None
    return [_work(item) for item in items]


def timed(map: Mapper, hear: Callable[[Any, float], None]) -> Mapper:
    """A mapper that tells of each item how many seconds it took."""

    def run(work: Callable[[A], B], items: Sequence[A], worth: int = WORTH_IT) -> list[B]:
        results = map(partial(_timed, work), items, worth)
        for item, (_, seconds) in zip(items, results, strict=True):
            hear(item, seconds)
        return [result for result, _ in results]

    return run


def _timed(work: Callable[[A], B], item: A) -> tuple[B, float]:
    began = time.perf_counter()
    return work(item), time.perf_counter() - began


def abandon() -> None:
    """End whatever other processes still compute for us; who waits for it hears that the pool is broken."""
    for child in multiprocessing.active_children():
        child.terminate()
