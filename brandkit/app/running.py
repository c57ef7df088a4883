"""`publish` with the real memo, pool and clock."""

from __future__ import annotations

from brandkit.app.project import Project
from brandkit.app.publish import Published, publish
from brandkit.base.walls import Mapper, OutputDir, PublicRoot
from brandkit.io import clock, disk, manifest
from brandkit.io.collecting import at_rest
from brandkit.io.memo import DiskMemo
from brandkit.io.pool import pool_map
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import Scan


def open_memo(project: Project) -> DiskMemo:
    """What was computed in this project before. It belongs to the thread that opens it."""
    return DiskMemo(project.cache / "memo.db", renderer_version())


def publish_now(
    project: Project, root: PublicRoot, out: OutputDir, seen: Scan | None = None, map: Mapper = pool_map
) -> Published:
    """Build the site as it is now, or as it would be on the day that `root` asks for; of what was `seen` just now."""
    with at_rest():
        looked = seen or disk.look(root, manifest.load(out).inputs)
        return publish(root, looked, out, clock.now(), open_memo(project), map)
