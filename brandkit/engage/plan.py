"""The plan: one thing a person, as many as fit the time, the most worthwhile first. Pure and repeatable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brandkit.engage.model import Advice, Suggestion


@dataclass(frozen=True)
class Plan:
    """This week: the chosen suggestions, and the minutes that they take."""

    suggestions: tuple[Suggestion, ...]
    minutes: int
    budget: int
    more: int


def plan(advice: Iterable[Advice], budget: int) -> Plan:
    """Each person's best suggestion, by urgency, until the minutes are spent; ties by id.

    What rests on something sensitive is left to the person's own page.
    """
    best = [open_[0] for one in advice if (open_ := [s for s in one.suggestions if not s.discreet])]
    ordered = sorted(best, key=lambda s: (-s.urgency, s.id))
    chosen: list[Suggestion] = []
    spent = 0
    for suggestion in ordered:
        cost = suggestion.minutes or 0
        if spent + cost <= budget:
            chosen.append(suggestion)
            spent += cost
    return Plan(tuple(chosen), spent, budget, len(ordered) - len(chosen))


def headline(count: int) -> str:
    """A sentence that says how much it is, and that it is enough."""
    numbers = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
    if count == 0:
        return "Nothing presses this week. Enjoy it."
    if count == 1:
        return "One person, one thing. That's enough."
    return f"{numbers[count] if count < len(numbers) else count} people, one thing each. That's enough."
