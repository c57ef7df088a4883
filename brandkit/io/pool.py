"""`map` over the cores: the `Mapper` of the build. Serial until the work is worth the start-up."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

WORTH_IT = 200  # below about this many pages a second process costs more than it saves
_CHUNK = 40
_SPAWNING = 4  # times as much work is needed where a process begins from nothing


def pool_map(work: Callable[[A], B], items: Sequence[A], worth: int = WORTH_IT) -> list[B]:
    """The results in the order of `items`; from `worth` items on, in several processes."""
    workers = min(os.cpu_count() or 1, 8)
    forks = sys.platform == "linux" and threading.active_count() == 1  # a copy of a locked lock is never unlocked
    if len(items) < (worth if forks else worth * _SPAWNING) or workers < 2:
        return [work(item) for item in items]
    context = multiprocessing.get_context("fork" if forks else "spawn")
    chunk = max(1, min(_CHUNK, len(items) // (4 * workers)))
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        return list(pool.map(work, items, chunksize=chunk))


def abandon() -> None:
    """End whatever other processes still compute for us; who waits for it hears that the pool is broken."""
    for child in multiprocessing.active_children():
        child.terminate()
