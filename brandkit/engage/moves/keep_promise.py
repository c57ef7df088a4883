"""keep-promise: what you promised is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from brandkit.engage.discretion import touches_secret
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Item, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.promises import OpenPromise, open_promises
from brandkit.engage.rhythm import day_of, spoken
from brandkit.engage.world import World

_AHEAD = 7  # days before a promise is due: within the week that is planned
_UNDATED = 14  # days after which a promise without a date is brought up


class KeepPromise(Move):
    """Doing what you said."""

    name = "keep-promise"
    in_words = "Something you promised"
    done = ("promise-kept", "gave")
    minutes = 15

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """Each open promise of yours that is due this week or was due before, the oldest first."""
        said = (line for line in person.history if day_of(line.at, world.zone) <= world.today)
        mine = [open_ for open_ in open_promises(said) if open_.is_mine and person.contact.id in open_.to]
        due = [(_due(open_, world), open_) for open_ in mine]
        for day, open_ in sorted(due, key=lambda pair: (pair[0], pair[1].key)):
            if day <= world.today + timedelta(days=_AHEAD):
                yield self._suggest(person, world, open_, day)

    def _suggest(self, person: Person, world: World, open_: OpenPromise, day: date) -> Suggestion:
        promise, made = open_.promise, day_of(open_.line.at, world.zone)
        text = promise.text.rstrip(". ")
        when = ""
        if promise.due is not None:
            when = f", {'for' if promise.due >= world.today else 'by'} {spoken(promise.due, world.today)}"
        overdue = day < world.today
        return self.suggest(
            Occasion(
                Question(self.name, world, person, Item("line", open_.key, promise.text)),
                f"{_made(made, world.today)} you promised {person.contact.first_name} this{when}: {text}.",
                (Component("promise", 0.9, Evidence(f"journal {open_.line.id}", (), promise.text)),),
                urgency=1.9 if overdue else 1.2,
                words={"late": overdue},  # what was promised may be about somebody else, and stays with you
                discreet=touches_secret(promise.text, person.contact),
            )
        )


def _made(day: date, today: date) -> str:
    said = spoken(day, today)
    return said.capitalize() if said in ("today", "yesterday") else f"On {said}"


def _due(open_: OpenPromise, world: World) -> date:
    return open_.promise.due or day_of(open_.line.at, world.zone) + timedelta(days=_UNDATED + _AHEAD)
