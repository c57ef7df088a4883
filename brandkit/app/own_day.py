"""Today, as this project sees it: the day that was asked for, the pinned one, or the clock, in the site's zone."""

from __future__ import annotations

from datetime import date, datetime

from brandkit.app.advise import When
from brandkit.app.project import Project
from brandkit.io import clock, disk
from brandkit.io.scan import Scan, scan
from brandkit.site.config import FILE, load_config, moment


def when(project: Project, today: date | None) -> When:
    """The moment to advise for. Findings about site.yaml are the public build's to report."""
    root = project.public_root()
    seen = scan([(FILE, project.root / FILE)], project.root, lambda _: False, Scan())
    settings = load_config(disk.DiskSources(seen, {FILE: project.root / FILE}), root).value
    zone, pinned = settings.config.zone, settings.config.today
    if today is not None:
        return When(datetime(today.year, today.month, today.day, 12, tzinfo=zone), zone, pinned)
    return When(moment(settings.config, clock.now()), zone, pinned)
