"""How tests wait: for what happens, not for a moment. Machines are busy, and stand still for a while at times."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 60.0  # seconds after which what has not happened will not happen


def until(happened: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something is so."""
    over = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < over, "it never came to be so"
        time.sleep(0.01)


def with_more_time(show: Callable[[float], None], *spans: float) -> None:
    """Show something of a span of time: a busy machine may need a longer one, and a fault shows with each."""
    for seconds in spans[:-1]:
        try:
            return show(seconds)
        except AssertionError:
            continue
    return show(spans[-1])
