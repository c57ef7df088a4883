"""Moves, gates and drafts for everybody: the world in, advice out. Pure.

Each person's advice depends on that person, the entries and you; a contact that has nothing to do with
them changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from brandkit.engage.drafting.drafts import with_draft
from brandkit.engage.drafting.later import WithDrafts
from brandkit.engage.gates.standing import closed_because
from brandkit.engage.model import Advice, Suggestion
from brandkit.engage.moves.registry import MOVES
from brandkit.engage.people import Person
from brandkit.engage.rhythm import day_of
from brandkit.engage.world import World

_WEEK = 6  # days: a weekly sitting on the same day is a new week
_NOT_DONE = frozenset({"dismissed", "snoozed", "override", "edited", "done"})
Several = Mapping[str, Sequence[Suggestion]]


def advise_all(world: World, templates: Mapping[str, str]) -> tuple[Advice, ...]:
    """Advice for each person, in the order of the vault, and last for you."""
    several = found_among_all(world)
    people = (advise_one(person, world, templates, several) for person in world.people.values())
    return (*people, _advice(None, several.get("", ()), world, templates))


def advise_one(
    person: Person, world: World, templates: Mapping[str, str], several: Several, explain: bool = False
) -> Advice:
    """What may be suggested for one person, the best first; with `explain` also what may not, in a hard time too."""
    contact = person.contact
    closed = closed_because(person, world.today)
    if closed and not explain and not person.held(world.today):
        return Advice(contact, (), notes=(f"Nothing is suggested: {closed}.",))
    moves = [move for move in MOVES if move.timeless or not closed or explain]
    found = [suggestion for move in moves for suggestion in move.for_person(person, world)]
    found += several.get(contact.id, ()) if not closed or explain else ()
    advice = _advice(person, found, world, templates)
    notes = (f"Nothing else is suggested: {closed}.",) if closed else tuple(_notes(person, advice.bare))
    return Advice(contact, advice.suggestions, advice.refused, notes, _was_answered(person, world))


def _was_answered(person: Person, world: World) -> bool:
    """Whether a suggestion for them was carried out in the last days."""
    since = world.today - timedelta(days=_WEEK)
    done = (line for line in person.history if line.move and line.type not in _NOT_DONE)
    return any(since < day_of(line.at, world.zone) <= world.today for line in done)


def found_among_all(world: World) -> Several:
    """What is found only by looking at several people, or is about nobody, by contact."""
    found: dict[str, list[Suggestion]] = {}
    for move in MOVES:
        for suggestion in move.for_all(world):
            found.setdefault(suggestion.contact, []).append(suggestion)
    return found


def _advice(person: Person | None, found: Sequence[Suggestion], world: World, templates: Mapping[str, str]) -> Advice:
    contact = person.contact if person else None
    allowed = sorted((s for s in found if s.allowed), key=lambda s: (-s.urgency, s.id))
    drafted = WithDrafts(allowed, lambda s: with_draft(s, contact, world.me, templates))
    return Advice(contact, drafted, tuple(s for s in found if not s.allowed))


def _notes(person: Person, suggestions: Sequence[Suggestion]) -> Iterator[str]:
    name = person.contact.first_name
    if person.touch.unanswered >= 2:
        yield f"{person.touch.unanswered} messages to {name} wait for an answer. Let it rest, or a longer rhythm?"
    elif not any(s.move == "share" for s in suggestions):
        yield f"Nothing worth sending to {name} this week."
