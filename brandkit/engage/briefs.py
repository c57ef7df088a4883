"""Briefs: all that you need before you meet a person, or the people at an event. For your eyes; pure.

In: the world and the advice of today. Out: frozen views, for the terminal and for a page to print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from brandkit.engage.config import Event
from brandkit.engage.contacts import Contact, Need
from brandkit.engage.days.occurrences import comings, day_in, length_of
from brandkit.engage.life_events import touches_grief
from brandkit.engage.model import Action, Advice, Entry, Interaction, Suggestion
from brandkit.engage.moves.prepare import attending, was_written_up, written_about
from brandkit.engage.people import Person
from brandkit.engage.promises import OpenPromise, open_promises
from brandkit.engage.rhythm import day_of, in_words, spoken
from brandkit.engage.world import World

_LAST_WORDS = 3
_QUESTIONS = 2
_FRESH = timedelta(days=8)  # in which an event is written up
_LOOKED_AHEAD, _LOOKED_BACK = 400, 30  # days in which the next or last time of an event is looked for
# Roles by which the people at an event are grouped: the word in contacts.yaml, and the heading.
_GROUPS = {
    "mentor": "Mentors", "mentee": "Mentees", "collaborator": "Collaborators", "partner": "Partners",
    "client": "Clients", "customer": "Customers", "peer": "Peers", "supporter": "Supporters", "friend": "Friends",
    "family": "Family",
}  # fmt: skip
_OFF = {"cancelled": "was called off", "postponed": "is put off"}
_OTHERS, _STRANGERS = "Others", "New to you"


@dataclass(frozen=True)
class PersonBrief:
    """What to have in mind before a talk with one person. In a hard time there is a hint, and nothing else."""

    contact: Contact
    standing: str
    hint: str = ""  # what matters more than all below
    last_words: tuple[Interaction, ...] = ()
    mine: tuple[OpenPromise, ...] = ()
    theirs: tuple[OpenPromise, ...] = ()
    needs: tuple[Need, ...] = ()
    actions: tuple[Action, ...] = ()  # of a mentorship
    published: tuple[Entry, ...] = ()
    to_share: Suggestion | None = None
    questions: tuple[str, ...] = ()
    is_met: bool = False  # there is a line about them from this event


@dataclass(frozen=True)
class Stranger:
    """Somebody at an event who is not among your contacts."""

    name: str


@dataclass(frozen=True)
class EventBrief:
    """An event, before or after, and who is there."""

    event: Event
    start: date
    end: date
    when: str
    is_over: bool
    off: str = ""  # that it was called off, or put off
    groups: Mapping[str, Sequence[PersonBrief | Stranger]] = field(default_factory=dict)


def person_brief(person: Person, world: World, suggestions: Sequence[Suggestion] = ()) -> PersonBrief:
    """`suggestions` are those of this person: what there is to share is taken from them."""
    contact, standing = person.contact, _standing(person, world)
    if person.held(world.today):
        hint = f"This is a hard time for {contact.first_name}. Listen; nothing else is needed."
        mine = tuple(one for one in _open(person, world) if one.is_mine)
        return PersonBrief(contact, standing, hint, mine=mine)  # what you promised, they may be counting on
    known = [line for line in person.history if day_of(line.at, world.zone) <= world.today]
    open_ = _open(person, world)
    needs = tuple(need for need in contact.needs if _counts(need, world))
    unanswered = person.touch.unanswered >= 2
    return PersonBrief(
        contact=contact,
        standing=standing,
        hint="Your last messages wait for an answer. Let it rest, or a longer rhythm?" if unanswered else "",
        last_words=tuple(line for line in reversed(known) if line.summary and line.type not in _UNSAID)[:_LAST_WORDS],
        mine=tuple(one for one in open_ if one.is_mine),
        theirs=tuple(one for one in open_ if not one.is_mine),
        needs=needs,
        actions=_actions(person, known, world),
        published=person.published[:2],
        to_share=next((s for s in suggestions if s.move == "share"), None),
        questions=tuple(_questions(person, needs))[:_QUESTIONS],
    )


_UNSAID = frozenset({"dismissed", "snoozed", "sorted", "imported", "edited", "override", "done", "star"})


def event_brief(event: Event, world: World, advice: Sequence[Advice]) -> EventBrief:
    """The next time that an event takes place, or the last time if it is over."""
    start, end = _time_of(event, world)
    by_id = {one.contact.id: one.suggestions for one in advice if one.contact is not None}
    groups: dict[str, list[PersonBrief | Stranger]] = {}
    met = written_about(world, event, start)
    for attendee in event.attendees:
        person = attending(world, attendee)
        if person is None:
            groups.setdefault(_STRANGERS, []).append(Stranger(attendee.name or attendee.contact or ""))
        elif not person.contact.at_rest:
            brief = person_brief(person, world, by_id.get(person.contact.id, ()))
            brief = replace(brief, is_met=end < world.today and person.contact.id in met)
            groups.setdefault(_group(person.contact), []).append(brief)
    order = [*_GROUPS.values(), _OTHERS, _STRANGERS]
    when = spoken(start, world.today) if start == end else f"{spoken(start, world.today)} to {spoken(end, world.today)}"
    in_order = {name: groups[name] for name in order if name in groups}
    off = _OFF.get(event.status, "")
    return EventBrief(event, start, end, when, end < world.today and not off, off, in_order)


def _time_of(event: Event, world: World) -> tuple[date, date]:
    """The days of the coming that is on or next, or of the last one; a called-off event keeps the day it had."""
    length, today = length_of(event, world.zone), world.today

    def days(moment: datetime) -> tuple[date, date]:
        return day_in(moment, world.zone), day_in(moment + length, world.zone)

    since, until = today - timedelta(days=_LOOKED_BACK), today + timedelta(days=_LOOKED_AHEAD)
    found = [days(moment) for moment in comings(event, since, until, world.zone)] or [days(event.start)]
    coming = next((one for one in found if one[1] >= today), None)
    last = next((one for one in reversed(found) if one[1] < today), None)
    if coming is None or last is None:
        return coming or last or days(event.start)
    # of a thing that repeats, what is nearer: whom you met, until that is written down, or whom you will meet
    is_fresh = today - last[1] < min(coming[0] - today, _FRESH) and not was_written_up(world, event, last[0])
    return last if is_fresh else coming


def _group(contact: Contact) -> str:
    return next((_GROUPS[role] for role in _GROUPS if role in contact.roles), _OTHERS)


def _standing(person: Person, world: World) -> str:
    touch, every = person.touch, person.contact.every
    wish = f"; you wanted {in_words(every.days)}" if every else ""
    if touch.last is None:
        return f"Nothing is written down yet{wish}."
    return f"Last in touch {_on(spoken(touch.last, world.today))}{wish}."


def _on(said: str) -> str:
    return said if said in ("today", "yesterday") else f"on {said}"


def _open(person: Person, world: World) -> list[OpenPromise]:
    """What they promised, and what you promised them."""
    id_ = person.contact.id
    known = [line for line in person.history if day_of(line.at, world.zone) <= world.today]
    return [one for one in open_promises(known) if one.promise.by == id_ or (one.is_mine and id_ in one.to)]


def _counts(need: Need, world: World) -> bool:
    oldest = world.today - timedelta(days=world.setting.settings.need_days)
    return need.since is None or need.since >= oldest


def _actions(person: Person, known: Sequence[Interaction], world: World) -> tuple[Action, ...]:
    """What the last session of a running mentorship left to do, and what was done."""
    running = {
        m.id
        for m in world.vault.mentorships
        if m.with_ == person.contact.id and (m.until is None or m.until >= world.today)
    }
    sessions = [line for line in known if line.mentorship in running and line.actions]
    return sessions[-1].actions if sessions else ()


def _questions(person: Person, needs: Sequence[Need]) -> Iterator[str]:
    """Things to ask: what they wrote, what they look for, what they like. Sensitive needs are theirs to bring up."""
    told = (entry for entry in person.published if not touches_grief(entry.title, entry.text or entry.summary))
    for entry in list(told)[:1]:
        yield f"You wrote “{entry.title}”: what came of it?"
    for need in needs:
        if not need.sensitive:
            yield f"How is it going: {need.text}?"
    for interest in person.contact.interests[:1]:
        yield f"What is worth reading about {interest} at the moment?"
    yield "What is keeping you busy?"
