"""Put a built site somewhere. Takes a public output and a clearance; can reach nothing private."""

from __future__ import annotations

from collections.abc import Sequence

from brandkit.base.walls import Clearance, PublicOutput, UsageProblem
from brandkit.io.targets.registry import TARGETS
from brandkit.io.targets.target import DeployPlan


def deploy(
    output: PublicOutput, clearance: Clearance, target: str, arguments: Sequence[str], dry_run: bool
) -> DeployPlan:
    """Carry a deploy out, or only say what it would do. Raises UsageProblem, Refused, EnvironmentProblem."""
    place = next((place for place in TARGETS if place.name == target), None)
    if place is None:
        known = ", ".join(place.name for place in TARGETS)
        raise UsageProblem(
            f"there is no target '{target}' yet; known: {known}. GitHub Pages deploys from its workflow."
        )
    return place.plan(output, arguments) if dry_run else place.put(output, clearance, arguments)
