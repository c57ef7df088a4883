"""`publish` with the real memo, pool and clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from brandkit.app.project import Project
from brandkit.app.publish import Published, publish
from brandkit.base.walls import Forgotten, Mapper, OutputDir, PublicRoot
from brandkit.io import clock, disk, manifest
from brandkit.io.collecting import at_rest
from brandkit.io.memo import DiskMemo
from brandkit.io.pool import pool_map
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import Scan

T = TypeVar("T")
_TRIALS, _AGAIN = 5, 0.1  # seconds between them


def open_memo(project: Project) -> DiskMemo:
    """What was computed in this project before. It belongs to the thread that opens it."""
    version = renderer_version()
    return DiskMemo(project.cache / f"memo-{version}.db", version)


def publish_now(
    project: Project, root: PublicRoot, out: OutputDir, seen: Scan | None = None, map: Mapper = pool_map
) -> Published:
    """Build the site as it is now, or as it would be on the day that `root` asks for; of what was `seen` just now."""
    memo, looks = open_memo(project), [seen] if seen else []

    def build() -> Published:
        looked = looks.pop() if looks else disk.look(root, manifest.load(out).inputs)
        return publish(root, looked, out, clock.now(), memo, map)

    with at_rest():
        return patiently(memo, build)


def patiently(memo: DiskMemo, work: Callable[[], T]) -> T:
    """What `work` returns. It is tried again where a file changed or vanished between being seen and being read, which
    is a save in progress, and with an empty memo where that had lost something."""
    for trial in range(_TRIALS):
        try:
            return work()
        except FileNotFoundError:
            if trial == _TRIALS - 1:
                raise
            time.sleep(_AGAIN)
        except Forgotten:
            memo.empty()
    return work()
