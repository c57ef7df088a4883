"""What a place to deploy to is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from brandkit.base.walls import Clearance, PublicOutput


@dataclass(frozen=True)
class DeployPlan:
    """What a deploy would change at the target, by path."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


class Target(Protocol):
    """A place. It takes nothing but a public output with a clearance."""

    @property
    def name(self) -> str:
        """The word by which it is chosen."""

    def plan(self, output: PublicOutput, arguments: Sequence[str]) -> DeployPlan:
        """Compare. Raises UsageProblem, Refused or EnvironmentProblem."""

    def put(self, output: PublicOutput, clearance: Clearance, arguments: Sequence[str]) -> DeployPlan:
        """Bring the place to what the output is: each file old or new, never half."""
