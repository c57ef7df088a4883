"""ask-support: a hard time of your own; a few people who offer support and are close. Only when me.yaml says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Suggestion
from brandkit.engage.moves.asking import tie
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.world import World

_MOST = 5
_SELDOM = 36525.0  # days: a rhythm longer than any, for those without one


class AskSupport(Move):
    """Letting somebody be there for you."""

    name = "ask-support"
    in_words = "Somebody who would be there for you"
    done = ("ask", "asked")
    minutes = 10

    def for_all(self, world: World) -> Iterator[Suggestion]:
        """At most five people, those whom you wish to hear most often first; whom you asked already is one of them."""
        if world.me.state != "hard_time":
            return
        offering = [person for person in world.people.values() if "support" in person.contact.offers]
        left = _MOST - sum(1 for person in offering if _was_asked(person, world))
        for person in sorted(offering, key=_distance):
            suggestion = self._suggest(person, world)
            if left > 0 or not suggestion.allowed:
                yield suggestion
            left -= suggestion.allowed

    def _suggest(self, person: Person, world: World) -> Suggestion:
        component, notes = tie(person, world)
        return self.suggest(
            Occasion(
                Question(self.name, world, person),
                f"{person.contact.first_name} offers support. It is all right to ask.",
                (Component("offers", 0.9, Evidence("offers", ("support",))), component),
                notes=notes,
            )
        )


def _was_asked(person: Person, world: World) -> bool:
    """Whether you asked them for support lately."""
    on = person.ledger.last.get(AskSupport.name)
    return on is not None and world.today < on + timedelta(days=world.setting.settings.ask_days)


def _distance(person: Person) -> tuple[float, str]:
    every = person.contact.every
    return (every.days if every else _SELDOM, person.contact.id)
