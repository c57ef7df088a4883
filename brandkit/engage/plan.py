"""The plan: one thing a person, what is most worthwhile for the time that there is. Pure and repeatable.

Standing by comes first and costs nothing. Then, again and again, what is worth most: its urgency (how far
past the rhythm, how good what there is to give), less for each of its kind that is chosen already, so that
a week is not five articles. What rests on something sensitive is left to the person's own page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brandkit.engage.model import Advice, Suggestion

_OWED = frozenset({"stand-by", "keep-promise", "session"})
_AGAIN = 0.8  # what each further one of a kind is worth
_NUMBERS = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()


@dataclass(frozen=True)
class Plan:
    """This week: the chosen suggestions, and the minutes that they take."""

    suggestions: tuple[Suggestion, ...]
    minutes: int
    budget: int
    more: int


def plan(advice: Iterable[Advice], budget: int) -> Plan:
    """The best of each person, and of what is about you alone, until the minutes are spent; ties by id."""
    places = {id(s): (one, at) for one in advice for s, at in _of_one(one)}
    open_ = [one.bare[at] for one, at in places.values()]
    first = sorted((s for s in open_ if s.minutes is None), key=_order)
    rest = sorted((s for s in open_ if s.minutes is not None), key=_order)
    chosen, spent = _choose(rest, budget)
    planned = (places[id(s)] for s in (*first, *chosen))
    return Plan(tuple(one.suggestions[at] for one, at in planned), spent, budget, len(rest) - len(chosen))


def _of_one(advice: Advice) -> Sequence[tuple[Suggestion, int]]:
    """One thing a person, and none where one was done this week but what is owed; all that is about nobody else."""
    numbered = zip(advice.bare, range(len(advice.bare)), strict=True)
    shown = [(s, at) for s, at in numbered if not s.discreet and (not advice.rested or s.move in _OWED)]
    return shown[:1] if advice.contact is not None else shown


def _choose(rest: list[Suggestion], budget: int) -> tuple[list[Suggestion], int]:
    """Greedy: the most worthwhile that still fits, then the next."""
    chosen: list[Suggestion] = []
    moves: Counter[str] = Counter()
    spent = 0
    while True:
        fitting = [s for s in rest if spent + (s.minutes or 0) <= budget]
        if not fitting:
            return sorted(chosen, key=_order), spent
        best = min(fitting, key=lambda s: (-s.urgency * _AGAIN ** moves[s.move], s.id))
        rest = [s for s in rest if s is not best]
        chosen.append(best)
        moves[best.move] += 1
        spent += best.minutes or 0


def _order(suggestion: Suggestion) -> tuple[float, str]:
    return -suggestion.urgency, suggestion.id


def headline(suggestions: Iterable[Suggestion]) -> str:
    """A sentence that says how much it is, and that it is enough."""
    people = sum(1 for s in suggestions if s.contact)
    own = sum(1 for s in suggestions if not s.contact)
    if not people and not own:
        return "Nothing presses this week. Enjoy it."
    if not people:
        return f"{_in_words(own)} thing{'' if own == 1 else 's'} of your own. That's enough."
    for_them = "One person, one thing" if people == 1 else f"{_in_words(people)} people, one thing each"
    for_you = f", and {_in_words(own).lower()} of your own" if own else ""
    return f"{for_them}{for_you}. That's enough."


def _in_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
