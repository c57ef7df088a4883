"""robots.txt: everybody is welcome, and here is the sitemap."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.site.config import SiteConfig
from brandkit.site.model import Route, Site
from brandkit.site.outputs import sitemap
from brandkit.site.present import Presenter
from brandkit.site.views import RobotsView


def plan(site: Site, config: SiteConfig, show: Presenter) -> Iterator[Route]:
    """One file at the root of the site; a robots.txt of one's own below content/static/ comes first."""
    if "robots.txt" not in site.static:
        yield Route("robots.txt", RobotsView(config.url + sitemap.PATH), writer=write)


def write(view: RobotsView) -> str:
    """The file."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n"
