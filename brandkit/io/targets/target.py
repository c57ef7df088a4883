"""What a place to deploy to is, and in which order files go there.

A place is handed nothing but a public output, and a clearance before it changes anything. What it cannot do or
reach ends as UsageProblem, Refused or EnvironmentProblem, in one line. It must never know the vault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Protocol

from brandkit.base.walls import Clearance, PublicOutput


@dataclass(frozen=True)
class Destination:
    """Where exactly: `to` is a folder, a host and path, a remote, a bucket; each target says which.

    `typed`: it was said on the command line, not by a file that may have come with the project. `chosen`: a person said
    which remote or branch, there or in site.yaml; else both are what the target takes unasked.
    """

    to: str
    project: Path
    branch: str = "gh-pages"
    endpoint: str = ""
    typed: bool = True
    chosen: bool = True


@dataclass(frozen=True)
class DeployPlan:
    """What a deploy would change at the target, by path; how many files stand there now; what one should know.

    `place` names the target in full, with no secret in it.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    standing: int
    notes: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Prepared:
    """A target that was looked at: the plan, and the one way to carry it out."""

    plan: DeployPlan
    put: Callable[[Clearance], None]


class Target(Protocol):
    """A place."""

    @property
    def name(self) -> str:
        """The word by which it is chosen."""

    def prepare(self, output: PublicOutput, there: Destination) -> AbstractContextManager[Prepared]:
        """Look at the place and compare; nothing there changes before `put`, which leaves each file old or new."""


def in_waves(plan: DeployPlan) -> list[list[str]]:
    """What is to be sent, in the order in which no page or feed leads to a file that is not there yet."""
    new = set(plan.new)

    def rank(path: str) -> int:
        if path.endswith(".html"):  # a new page before those that list it
            return 1 if path in new else 2
        return 3 if path.endswith((".xml", ".json", ".ics", ".txt", ".opml")) else 0

    ordered = sorted((*plan.new, *plan.changed), key=lambda path: (rank(path), path))
    return [list(wave) for _, wave in groupby(ordered, key=rank)]


def compared(files: Iterable[str], standing: Iterable[str], equal: Callable[[str], bool]) -> DeployPlan:
    """The plan that makes what stands there into `files`; `equal` is asked of what stands in both."""
    wanted, there = dict.fromkeys(files), set(standing)
    return DeployPlan(
        new=tuple(path for path in wanted if path not in there),
        changed=tuple(path for path in wanted if path in there and not equal(path)),
        removed=tuple(sorted(there - wanted.keys())),
        standing=len(there),
    )
