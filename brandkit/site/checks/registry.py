"""Every check of the finished plan, in order. None changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from brandkit.base.diagnostics import Diagnostic, Outcome
from brandkit.site.checks import (
    anchors,
    descriptions,
    foreign_text,
    headings,
    internal_links,
    orphans,
    pictures,
    portable_names,
    scripts,
    vanished,
)
from brandkit.site.model import Route, Site


class Check(Protocol):
    """Looks at the site and its routes, and yields what it finds."""

    def __call__(self, site: Site, routes: Sequence[Route]) -> Iterator[Diagnostic]:
        """The findings, in order of sources."""


# what is broken, said by every build
CHECKS: tuple[Check, ...] = (
    internal_links.check,
    foreign_text.check,
    scripts.check,
    portable_names.check,
)
# what only a site of which nothing was left out can say
OF_THE_WHOLE: tuple[Check, ...] = (vanished.check,)
# what could be better, said by `brandkit check`
ADVICE: tuple[Check, ...] = (anchors.check, pictures.check, headings.check, descriptions.check, orphans.check)


def check(site: Site, routes: Sequence[Route], whole: bool) -> Outcome[None]:
    """Run the checks of every build; `whole`: no mistake left out a text, so what is missing is really gone."""
    checks = (*CHECKS, *OF_THE_WHOLE) if whole else CHECKS
    return Outcome(None, tuple(found for each in checks for found in each(site, routes)))


def advise(site: Site, routes: Sequence[Route]) -> list[Diagnostic]:
    """Run the checks that give advice."""
    return [found for each in ADVICE for found in each(site, routes)]
