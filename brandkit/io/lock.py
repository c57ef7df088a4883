"""One brandkit at a time in one project: the second waits a moment, then says so."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from brandkit.base.walls import EnvironmentProblem

try:
    import fcntl
except ImportError:  # Windows has no flock; two runs at once are then the user's care
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def lock(path: Path, patience: float = 20.0) -> Iterator[None]:
    """Hold the lock file while the block runs. Raises EnvironmentProblem after `patience` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        if fcntl is not None:
            _take(file.fileno(), path, time.monotonic() + patience)
        yield


def _take(descriptor: int, path: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise EnvironmentProblem(
                    f"another brandkit is at work in this project (it holds {path}); try again when it is done"
                ) from None
            time.sleep(0.1)
        except OSError:
            return  # a disk without locks: two runs at once are then the user's care
