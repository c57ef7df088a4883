"""What forbids a suggestion. One function, `gates`, through which every suggestion, draft and export passes.

In: a question. Out: every rule that applies, whether it agrees, and why not. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from brandkit.engage.gates import communities, content, pace, standing
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Gate

Rule = Callable[[Question], Iterator[Gate]]

RULES: tuple[Rule, ...] = (
    *(standing.do_not_contact, standing.deceased, standing.hold, standing.consent, standing.opt_in),
    *(standing.competitor, standing.other_standing),
    *(pace.unanswered, pace.snoozed, pace.dismissed, pace.done, pace.gifts_per_rhythm, pace.updates, pace.ask_budget),
    *(pace.your_hard_time, communities.self_promotion),
    *(content.already_shared, content.own_feed, content.own_organization, content.language, content.avoid),
)
# No reason is good enough against these.
FINAL = frozenset(
    {"do-not-contact", "deceased", "hold", "consent", "opt-in", "other-side", "competitor", "already-shared"}
)


def gates(question: Question) -> tuple[Gate, ...]:
    """Every rule that applies to the question. All must agree."""
    return tuple(gate for rule in RULES for gate in rule(question))


def refusals(found: Iterable[Gate]) -> list[Gate]:
    """The gates that said no."""
    return [gate for gate in found if not gate.ok]
