"""One's own posts for the private side, without a build: read, parse and assemble, no more.

Findings are the public build's to report.
"""

from __future__ import annotations

from datetime import date

from brandkit.app.project import Project
from brandkit.app.running import open_memo, patiently
from brandkit.base.walls import OwnPage
from brandkit.io import clock, disk, manifest
from brandkit.io.pool import pool_map
from brandkit.site.assemble import assemble
from brandkit.site.config import load_config
from brandkit.site.own_pages import own_pages
from brandkit.site.parse import parse


def own_posts(project: Project, today: date) -> tuple[str, tuple[OwnPage, ...]]:
    """The address of the site; every post, shown or held back, newest first."""
    root = project.public_root(today=today)
    memo = open_memo(project)

    def read() -> tuple[str, tuple[OwnPage, ...]]:
        sources = disk.read(root, disk.look(root, manifest.load(project.public).inputs)).value
        settings = load_config(sources, root).value
        content = parse(settings, sources, memo, pool_map).value
        site = assemble(settings, content, sources, root, clock.now()).value
        return settings.config.url, own_pages(site, settings.config, memo)

    return patiently(memo, read)
