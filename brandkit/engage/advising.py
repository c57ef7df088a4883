"""Moves, gates and drafts for everybody: people in, advice out. Pure.

Each person's advice depends on that person, the entries and you; another contact changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from brandkit.engage.config import Me
from brandkit.engage.drafts import with_draft
from brandkit.engage.gates import closed_because
from brandkit.engage.model import Advice, Suggestion
from brandkit.engage.moves.registry import MOVES
from brandkit.engage.people import Person
from brandkit.engage.scoring.component import Setting


def advise_all(people: Iterable[Person], setting: Setting, me: Me, templates: Mapping[str, str]) -> tuple[Advice, ...]:
    """Advice for each person, in the order given."""
    return tuple(advise_one(person, setting, me, templates) for person in people)


def advise_one(
    person: Person, setting: Setting, me: Me, templates: Mapping[str, str], explain_refusals: bool = False
) -> Advice:
    """What may be suggested for one person, the best first; what may not, if somebody asks."""
    closed = closed_because(person.contact, person.ledger, setting.settings, setting.today)
    if closed and not explain_refusals:
        return Advice(person.contact, (), notes=(f"Nothing is suggested: {closed}.",))
    found = [s for move in MOVES for s in move.occasions(person, setting)]
    allowed = sorted((s for s in found if s.allowed), key=lambda s: (-s.urgency, s.id))
    drafted = tuple(with_draft(s, person.contact, me, templates) for s in allowed)
    refused = tuple(s for s in found if not s.allowed)
    return Advice(person.contact, drafted, refused, tuple(_notes(person, drafted)))


def _notes(person: Person, suggestions: tuple[Suggestion, ...]) -> Iterator[str]:
    name = person.contact.first_name
    if person.touch.unanswered >= 2:
        yield f"{person.touch.unanswered} messages to {name} wait for an answer. Let it rest, or a longer rhythm?"
    elif not any(s.move == "share" for s in suggestions):
        yield f"Nothing worth sending to {name} this week."
