"""session: the next meeting of a mentorship is due, by its own rhythm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brandkit.engage.config import Mentorship
from brandkit.engage.days.agenda import session_due
from brandkit.engage.discretion import touches_secret
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Action, Component, Evidence, Item, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.rhythm import day_of, spoken
from brandkit.engage.world import World


class Session(Move):
    """Time set aside, as mentor or as mentee."""

    name = "session"
    in_words = "A session is due"
    done = ("session", "mutual")
    minutes = 60

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One for each running mentorship whose rhythm has come round."""
        for mentorship in world.vault.mentorships:
            if mentorship.with_ != person.contact.id:
                continue
            due = session_due(mentorship, person.history, world.today, world.zone)
            if due is not None and due <= world.today:
                yield self._suggest(person, world, mentorship, due)

    def _suggest(self, person: Person, world: World, mentorship: Mentorship, due: date) -> Suggestion:
        name = person.contact.first_name
        who = f"Your session with {name}" if mentorship.role == "mentee" else f"{name}'s session with you"
        todo = [action.text for action in open_actions(person, mentorship.id, world)]
        todo = [text for text in todo if not touches_secret(text, person.contact)]  # that is for the brief
        return self.suggest(
            Occasion(
                Question(self.name, world, person, Item("mentorship", f"{mentorship.id}@{due.isoformat()}")),
                f"{who} was due {_on(due, world.today)}.",
                (Component("session", 0.8, Evidence(f"mentorships {mentorship.id}", tuple(todo))),),
                urgency=1.0,
                words={"role": mentorship.role},
                notes=(f"Still to do from last time: {'; '.join(todo)}.",) if todo else (),
            )
        )


def _on(day: date, today: date) -> str:
    said = spoken(day, today)
    return said if said in ("today", "yesterday") else f"on {said}"


def open_actions(person: Person, mentorship: str, world: World) -> tuple[Action, ...]:
    """What the last session left to be done."""
    held = (line for line in person.history if day_of(line.at, world.zone) <= world.today)
    lines = [line for line in held if line.mentorship == mentorship and line.actions]
    return tuple(action for action in lines[-1].actions if not action.done) if lines else ()
