"""Every plan of routes, in order. Where two want one path, the earlier one has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from brandkit.site.model import Route
from brandkit.site.outputs.registry import OUTPUTS
from brandkit.site.plans import documents, files, fixed, home, lists, redirects, standing
from brandkit.site.plans.planner import Planner


class Plan(Protocol):
    """Plans the routes of one part of the site."""

    def __call__(self, planner: Planner) -> Iterator[Route]:
        """The routes, each with all that it may see."""


PLANS: tuple[Plan, ...] = (
    home.plan,
    lists.plan,
    fixed.plan,
    standing.plan,
    *OUTPUTS,
    documents.plan,
    redirects.plan,
    files.plan,
)
