"""reconnect: a dormant tie worth reviving.

People with whom one once worked well keep their trust and gather new knowledge while one is out of
touch, so that they help as much as close ones do (Levin, Walter & Murnighan, 2011, Organization
Science 22: "Dormant ties: the value of reconnecting").
"""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.world import World

_DORMANT_DAYS, _FORGOTTEN_DAYS = 365, 3653
_EXCHANGES = 2  # that make a tie
_GIVES = frozenset({"call", "meeting", "session", "replied"})


class Reconnect(Move):
    """Finding each other again."""

    name = "reconnect"
    in_words = "Finding each other again"
    done = ("message", "gave")
    minutes = 15

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One for somebody without a rhythm whom you knew well enough and have not met for a year or more."""
        ties = exchanges(person)
        if is_dormant(person) and ties >= _EXCHANGES:
            years = (person.touch.days or 0) / 365.25
            value = round(min(0.2 + 0.02 * ties, 0.35), 4)
            yield self.suggest(
                Occasion(
                    Question(self.name, world, person),
                    f"You last heard of each other {_long_ago(years)}, and used to be in touch.",
                    (Component("tie", value, Evidence("journal", (f"{ties} times",))),),
                    words={"met": _met(person, world)},
                )
            )

    def about(self, question: Question) -> str:
        """One for each silence."""
        last = question.person.touch.last if question.person else None
        return last.isoformat() if last else ""


def is_dormant(person: Person) -> bool:
    """Whether you were in touch once, have chosen no rhythm, and a year has passed."""
    days = person.touch.days
    silent = days is not None and _DORMANT_DAYS <= days <= _FORGOTTEN_DAYS
    return silent and not person.touch.never and person.contact.every is None


def exchanges(person: Person) -> int:
    """How often something passed both ways."""
    return sum(1 for line in person.history if line.type in _GIVES or line.direction in ("mutual", "received"))


def _long_ago(years: float) -> str:
    return "about a year ago" if years < 1.5 else f"about {round(years)} years ago"


def _met(person: Person, world: World) -> str:
    at = person.contact.met.at if person.contact.met else None
    return next((event.name for event in world.vault.events if event.id == at), "")
