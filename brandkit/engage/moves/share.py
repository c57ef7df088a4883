"""share: the few entries of followed feeds most worth sending to this person, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from brandkit.engage.choosing import Choosing
from brandkit.engage.gates.question import Question
from brandkit.engage.gates.registry import refusals
from brandkit.engage.model import Component, Suggestion, item_of, reason_among
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.own_matches import published_on
from brandkit.engage.people import Person
from brandkit.engage.scoring.wishes import needs_to_renew
from brandkit.engage.world import World

MOST = 3
_REFUSED = 3  # refusals for reasons that no other entry would change: enough to show
_ABOUT_THE_ENTRY = frozenset(
    {"already-shared", "own-feed", "own-organization", "language", "avoid", "snoozed", "dismissed", "done"}
)


class Share(Move):
    """Something worth reading, sent to one person, for nothing."""

    name = "share"
    in_words = "Something to share"
    done = ("share", "gave")
    minutes = 5

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """Up to three that pass every gate, from different hosts; among them what a gate refused."""
        since = world.today - timedelta(days=world.setting.settings.share_days)
        choosing = Choosing(person, world.setting, since)
        allowed = refused = 0
        while allowed < MOST and refused < _REFUSED and (position := choosing.next()) is not None:
            suggestion = self._suggest(person, world, choosing, position)
            if suggestion.allowed:
                choosing.choose(position)
                allowed += 1
            refused += any(gate.rule not in _ABOUT_THE_ENTRY for gate in refusals(suggestion.gates))
            yield suggestion

    def _suggest(self, person: Person, world: World, choosing: Choosing, position: int) -> Suggestion:
        entry, components = world.setting.index.entries[position], choosing.components(position)
        discreet = choosing.is_discreet(position, components)
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item_of(entry), entry),
                # a plan may be read over somebody's shoulder
                f"This may be of use to {person.contact.first_name}." if discreet else _why(person, components),
                components,
                expires=published_on(entry, world) + timedelta(days=world.setting.settings.share_days),
                notes=(*needs_to_renew(person.contact, world.setting), *_set_aside(components)),
                discreet=discreet,
            )
        )


def _set_aside(components: Sequence[Component]) -> Iterator[str]:
    """That its like was set aside, and so it stands further down."""
    for one in components:
        if one.name == "aside" and one.evidence is not None:
            yield f"It stands further down, since you set aside its like: {one.evidence.field.partition(': ')[2]}."


def _why(person: Person, components: Sequence[Component]) -> str:
    """One sentence that names what the entry meets, from the component that says most."""
    name, contact = person.contact.first_name, person.contact
    best = reason_among(components)
    if best is None or best.evidence is None:
        return f"This may be worth reading for {name}."
    place, _, title = best.evidence.field.partition(": ")
    listed, _, number = place.rstrip("]").partition("[")
    if listed == "needs":
        need = contact.needs[int(number)]
        since = f" ({need.since.day} {need.since:%b})" if need.since else ""
        return f"{name} is looking for this: {need.text.rstrip(' .')}{since}."
    if listed in _SAID:
        return _SAID[listed].format(name=name, what=getattr(contact, listed)[int(number)])
    if place == "sent":
        return f"It is like something that you sent before: {title}."
    return f"{name} liked something like it before: {title}."


_SAID = {
    "interests": "{name} likes to read about {what}.",
    "expertise": "{name} knows about {what}, and this is about it.",
    "prefers": "{name} favours {what}.",
}
