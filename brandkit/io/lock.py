"""One brandkit at a time in one project: the second waits a while, and says so; then it gives up in one line."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from brandkit.base.walls import EnvironmentProblem

try:
    import fcntl
except ImportError:  # Windows has no flock; two runs at once are then the user's care
    fcntl = None  # type: ignore[assignment]

WAITING = "waiting for another brandkit, which is at work in this project"
_AT_ONCE = 1.0  # seconds that are worth no word


def _unheard(_: str) -> None:
    pass


@contextlib.contextmanager
def lock(path: Path, patience: float = 20.0, hear: Callable[[str], None] = _unheard) -> Iterator[None]:
    """Hold the lock file while the block runs; `hear` is told once that it waits.

    Raises EnvironmentProblem after `patience` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        if fcntl is not None:
            _take(file.fileno(), path, patience, hear)
        yield


def is_held(path: Path) -> bool:
    """Whether a run holds the lock just now."""
    if fcntl is None or not path.is_file():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
    return False


def _take(descriptor: int, path: Path, patience: float, hear: Callable[[str], None]) -> None:
    began, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            waited = time.monotonic() - began
            if waited > patience:
                raise EnvironmentProblem(
                    f"another brandkit is at work in this project (it holds {path}); try again when it is done"
                ) from None
            if waited > min(_AT_ONCE, patience) and not told:
                told = True
                hear(WAITING)
            time.sleep(0.1)
        except OSError:
            return  # a disk without locks: two runs at once are then the user's care
