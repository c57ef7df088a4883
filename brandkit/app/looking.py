"""The site as it would be built, without writing anything: for `list`, `explain`, `check`."""

from __future__ import annotations

from datetime import date

from brandkit.app.project import Project
from brandkit.app.publish import Planned, plan
from brandkit.app.running import open_memo, patiently
from brandkit.base.walls import Artifact, CopyOf, Staged
from brandkit.io import clock, disk, manifest
from brandkit.io.pool import pool_map
from brandkit.site.checks.registry import advise
from brandkit.site.render import render


def look_at(project: Project, today: date | None, closely: bool = False) -> Planned:
    """Read, parse, assemble and plan; `closely`, try every template and give advice too. Writes only the cache."""
    root = project.public_root(today=today)
    memo = open_memo(project)

    def look() -> Planned:
        seen = disk.look(root, manifest.load(project.public).inputs)
        planned = plan(root, seen, clock.now(), memo, pool_map)
        if closely:
            planned.report.add(advise(planned.site, planned.routes))
            drawn = [route for route in planned.routes if not route.painter]
            planned.report.take(render(drawn, planned.theme, planned.sources, memo, pool_map, _Nowhere()))
        return planned

    return patiently(memo, look)


class _Nowhere:
    """Takes what was made only to see whether it can be made."""

    def put(self, made: Artifact | CopyOf) -> Staged:
        """Forget it."""
        return Staged(made.path, None)
