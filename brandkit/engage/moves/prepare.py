"""prepare: an event is near; and, when it is over, whom did you meet?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from brandkit.engage.config import Attendee, Event
from brandkit.engage.days.occurrences import comings, day_in, length_of
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Item, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.rhythm import day_of, spoken
from brandkit.engage.world import World

_AHEAD = 14  # days
_AFTER = 7


class Prepare(Move):
    """Before an event, and the morning after."""

    name = "prepare"
    in_words = "An event"
    minutes = 20

    def for_all(self, world: World) -> Iterator[Suggestion]:
        """One for each event from 14 days before, its next time alone; one for writing it up until a week after."""
        since, until = world.today - timedelta(days=_AFTER), world.today + timedelta(days=_AHEAD)
        for event in world.vault.events:
            length = length_of(event, world.zone)
            moments = comings(event, since, until, world.zone)
            days = [(day_in(moment, world.zone), day_in(moment + length, world.zone)) for moment in moments]
            coming = [(start, end) for start, end in days if end >= world.today]
            yield from (self._before(world, event, start, end) for start, end in coming[:1])
            for start, end in days:
                if since <= end < world.today and not was_written_up(world, event, start):
                    yield self._after(world, event, start, end)

    def _before(self, world: World, event: Event, start: date, end: date) -> Suggestion:
        near = 1.8 if (start - world.today).days <= 3 else 0.9
        who = people_at(world, event)
        there = f" {who} will be there." if who else ""
        begun = start < world.today
        when = f"goes on until {spoken(end, world.today)}" if begun else f"begins {_on(spoken(start, world.today))}"
        item = Item("event", f"{event.id}@{start.isoformat()}", event.name)
        return self.suggest(
            Occasion(
                Question(self.name, world, item=item),
                f"{event.name} {when}.{there}",
                (Component("event", 0.8, Evidence(f"events {event.id}")),),
                urgency=near,
                expires=end if begun else start,
                notes=(f"All that you need is in: brandkit brief {event.id}",),
            )
        )

    def _after(self, world: World, event: Event, start: date, end: date) -> Suggestion:
        item = Item("event", f"{event.id}@{start.isoformat()}+", event.name)
        return self.suggest(
            Occasion(
                Question(self.name, world, item=item),
                f"{event.name} is over. Whom did you meet, and what did you promise?",
                (Component("event", 0.9, Evidence(f"events {event.id}")),),
                urgency=1.7,
                expires=end + timedelta(days=_AFTER),
                notes=(f"One line each: brandkit brief {event.id}",),
            )
        )


def attending(world: World, attendee: Attendee) -> Person | None:
    """The contact whom an attendee means: by id, or by the same name, written down since."""
    if attendee.contact:
        return world.people.get(attendee.contact)
    same = [p for p in world.people.values() if p.contact.name.casefold() == attendee.name.casefold()]
    return same[0] if len(same) == 1 else None


def people_at(world: World, event: Event) -> str:
    """Who will be there, in words: those who may be named at all."""
    names = []
    for attendee in event.attendees:
        person = attending(world, attendee)
        if person is not None and _may_be_named(world, person.contact.id):
            names.append(person.contact.first_name)
        elif person is None and attendee.name:
            names.append(attendee.name)
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _on(when: str) -> str:
    return when if when in ("today", "tomorrow") else f"on {when}"


def was_written_up(world: World, event: Event, start: date) -> bool:
    """Whether there is a line about everybody who was there, or about anybody where nobody was expected."""
    met = written_about(world, event, start)
    known = {a.contact for a in event.attendees if a.contact and a.contact in world.people}
    expected = {id_ for id_ in known if _may_be_named(world, id_)}
    return bool(met) and expected <= met


def written_about(world: World, event: Event, start: date) -> set[str]:
    """The people about whom something is in the journal already since that time of the event."""
    return {
        contact
        for line in world.vault.journal
        if line.event == event.id and line.type != "done" and start <= day_of(line.at, world.zone) <= world.today
        for contact in line.contacts
    }


def _may_be_named(world: World, id_: str) -> bool:
    return not world.people[id_].contact.at_rest
