"""Put a built site somewhere. Takes a public output and a clearance; can reach nothing private."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from brandkit.base.text import plural
from brandkit.base.walls import Clearance, PublicOutput, Refused, UsageProblem
from brandkit.io.targets.registry import TARGETS
from brandkit.io.targets.target import DeployPlan, Destination

_ALWAYS, _SHARE = 10, 0.2  # how many files may go without a word: this many, or this part of what stands there


@dataclass(frozen=True)
class Order:
    """What was asked for: where to, and what the person has said is meant."""

    target: str
    there: Destination
    dry_run: bool = False
    allow_removals: bool = False


def deploy(output: PublicOutput, clearance: Clearance, order: Order, show: Callable[[DeployPlan], None]) -> DeployPlan:
    """Look at the place, `show` the plan, and carry it out. Raises UsageProblem, Refused, EnvironmentProblem."""
    check_target(order.target)
    place = next(place for place in TARGETS if place.name == order.target)
    if "index.html" not in output.files:
        raise Refused("the site has no home page, so it takes the place of nothing")
    with place.prepare(output, order.there) as prepared:
        show(prepared.plan)
        if not order.dry_run:
            if removes_much(prepared.plan) and not order.allow_removals:
                raise Refused(_too_many(prepared.plan))
            prepared.put(clearance)
        return prepared.plan


def check_target(name: str | None) -> None:
    """Raises UsageProblem for a word that names no target."""
    known = [place.name for place in TARGETS]
    if name is not None and name not in known:
        raise UsageProblem(f"there is no target '{name}'; known: {', '.join(known)}")


def removes_much(plan: DeployPlan) -> bool:
    """Whether so much would go that a person should have said so."""
    return len(plan.removed) > max(_ALWAYS, _SHARE * plan.standing)


def _too_many(plan: DeployPlan) -> str:
    gone = plural(len(plan.removed), "file")
    return (
        f"{gone} of the {plan.standing} that stand there would be removed, so nothing was deployed.\n"
        "If that is meant, say so with --allow-removals."
    )
