"""Every machine-readable output of the site, in the order in which they are planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from brandkit.site.config import SiteConfig
from brandkit.site.model import Route, Site
from brandkit.site.outputs import atom, robots, sitemap
from brandkit.site.present import Presenter


class Output(Protocol):
    """Plans the routes of one format."""

    def __call__(self, site: Site, config: SiteConfig, show: Presenter) -> Iterator[Route]:
        """The routes, each with a view and a writer."""


OUTPUTS: tuple[Output, ...] = (atom.plan, sitemap.plan, robots.plan)
