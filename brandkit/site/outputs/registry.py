"""Every machine-readable output of the site, in the order in which they are planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from brandkit.site.model import Route
from brandkit.site.outputs import blogroll, calendar, feeds, llms, robots, sitemap
from brandkit.site.plans.planner import Planner


class Output(Protocol):
    """Plans the routes of one format."""

    def __call__(self, planner: Planner) -> Iterator[Route]:
        """The routes, each with a view and a writer."""


OUTPUTS: tuple[Output, ...] = (feeds.plan, sitemap.plan, robots.plan, calendar.plan, blogroll.plan, llms.plan)
