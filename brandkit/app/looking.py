"""The site as it would be built, without writing anything: for `list`, `explain`, `check`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brandkit.app.project import Project
from brandkit.base.diagnostics import Report
from brandkit.io import clock, disk, manifest
from brandkit.io.memo import DiskMemo
from brandkit.io.pool import pool_map
from brandkit.io.renderer import renderer_version
from brandkit.site.assemble import assemble
from brandkit.site.checks.registry import check
from brandkit.site.config import Settings, load_config
from brandkit.site.model import Route, Site
from brandkit.site.parse import parse
from brandkit.site.render import render
from brandkit.site.routes import plan_routes
from brandkit.site.theme import Theme, load_theme


@dataclass(frozen=True)
class Look:
    """Everything up to the plan of the site, and what was found."""

    settings: Settings
    site: Site
    theme: Theme
    routes: tuple[Route, ...]
    report: Report


def look_at(project: Project, today: date | None, rendered: bool = False) -> Look:
    """Read, parse, assemble and plan; with `rendered`, try every template too. Writes only the cache."""
    report = Report()
    root = project.public_root(today=today)
    memo = DiskMemo(project.cache / "memo.db", renderer_version())
    sources = report.take(disk.read(root, manifest.load(project.public).inputs))
    settings = report.take(load_config(sources, root))
    theme = report.take(load_theme(settings, sources))
    documents = report.take(parse(settings, sources, memo, pool_map))
    site = report.take(assemble(settings, documents, sources, root, clock.now()))
    routes = report.take(plan_routes(site, settings, theme))
    report.add(check(site, routes))
    if rendered:
        report.take(render(routes, theme, sources, pool_map))
    return Look(settings, site, theme, routes, report)
