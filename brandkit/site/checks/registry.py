"""Every check of the finished plan, in order. None changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from brandkit.base.diagnostics import Diagnostic
from brandkit.site.checks import internal_links
from brandkit.site.model import Route, Site


class Check(Protocol):
    """Looks at the site and its routes, and yields what it finds."""

    def __call__(self, site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
        """The findings, in order of sources."""


CHECKS: tuple[Check, ...] = (internal_links.check,)


def check(site: Site, routes: Sequence[Route]) -> list[Diagnostic]:
    """Run all checks."""
    return [found for each in CHECKS for found in each(site, routes)]
