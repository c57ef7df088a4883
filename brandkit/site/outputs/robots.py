"""robots.txt: everybody is welcome, and here is the sitemap."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.site.model import Route
from brandkit.site.outputs import sitemap
from brandkit.site.plans.planner import Planner
from brandkit.site.views.outputs import RobotsView


def plan(planner: Planner) -> Iterator[Route]:
    """One file at the root of the site; a robots.txt of one's own below content/static/ comes first."""
    if "robots.txt" not in planner.site.files:
        yield Route("robots.txt", RobotsView(planner.config.url + sitemap.PATH), writer=write)


def write(view: RobotsView) -> str:
    """The file."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n"
