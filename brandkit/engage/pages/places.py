"""Communities, organizations, introductions and mentorships: where you stand in each. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from brandkit.engage.config import Community, Mentorship, Organization
from brandkit.engage.contacts import Contact
from brandkit.engage.days.agenda import is_member, session_due
from brandkit.engage.gates.communities import help_ratio, was_active
from brandkit.engage.introductions import Introduction
from brandkit.engage.model import Action, Advice, Entry, Suggestion
from brandkit.engage.pages.page import Facts, PageView
from brandkit.engage.rhythm import day_of


@dataclass(frozen=True)
class Place:
    """A community: how much of what you did there was help, who is there, what is asked."""

    community: Community
    helped: float
    did: bool
    members: tuple[Contact, ...]
    questions: tuple[Suggestion, ...]
    threads: tuple[Entry, ...]


@dataclass(frozen=True)
class Meeting:
    """A mentorship: when the next session is due, and what the last one left to do."""

    mentorship: Mentorship
    contact: Contact
    due: object
    actions: tuple[Action, ...]
    sessions: int


def communities(facts: Facts) -> Iterator[PageView]:
    """Communities with their open questions; organizations with memberships and committees."""
    yield PageView("communities.html", "communities.html", partial(_communities, facts))


def introductions(facts: Facts) -> Iterator[PageView]:
    """Those that were begun, and those that could be. What one side answered is for your eyes alone."""
    yield PageView("introductions.html", "introductions.html", partial(_introductions, facts))


def mentorships(facts: Facts) -> Iterator[PageView]:
    """Running ones first."""
    yield PageView("mentorships.html", "mentorships.html", partial(_mentorships, facts))


def _communities(facts: Facts) -> dict[str, object]:
    world = facts.world
    shown = {contact.id: contact for contact, _ in facts.shown()}
    questions = [s for one in facts.advice if one.contact is None for s in _of_move(one, "answer")]
    places = [
        Place(
            place,
            help_ratio(place, world),
            was_active(place, world),
            tuple(shown[id_] for id_ in place.members if id_ in shown),
            tuple(s for s in questions if s.item and s.item.feed == f"communities/{place.id}"),
            tuple(world.threads.get(place.id, ()))[:5],
        )
        for place in world.vault.communities
    ]
    organizations: list[Organization] = list(world.vault.organizations)
    member = {one.id: is_member(one.member, world.today) for one in organizations}
    return {"places": places, "organizations": organizations, "member": member}


def _introductions(facts: Facts) -> dict[str, object]:
    shown = {contact.id: contact for contact, _ in facts.shown()}
    begun: list[Introduction] = [one for one in facts.world.introductions.values() if one.a in shown and one.b in shown]
    proposed = [s for _, one in facts.shown() for s in _of_move(one, "introduce")]
    pairs = {s.id: _asked_first(s.contact, s.item.key.partition("@")[0].split("+")) for s in proposed if s.item}
    return {"begun": begun, "proposed": proposed, "names": shown, "pairs": pairs}


def _asked_first(contact: str, sides: list[str]) -> list[str]:
    return sorted(sides, key=lambda side: side != contact)


def _mentorships(facts: Facts) -> dict[str, object]:
    world, shown = facts.world, {contact.id: contact for contact, _ in facts.shown()}
    rows = []
    for mentorship in world.vault.mentorships:
        if mentorship.with_ not in shown:
            continue
        history = world.people[mentorship.with_].history
        known = (line for line in history if day_of(line.at, world.zone) <= world.today)
        lines = [line for line in known if line.mentorship == mentorship.id]
        actions = next((line.actions for line in reversed(lines) if line.actions), ())
        due = session_due(mentorship, world.vault.journal, world.today, world.zone)
        rows.append(Meeting(mentorship, shown[mentorship.with_], due, actions, len(lines)))
    rows.sort(key=lambda row: (row.due is None, row.mentorship.id))
    return {"rows": rows}


def _of_move(advice: Advice, move: str) -> Iterator[Suggestion]:
    """The suggestions of one kind; the drafts of the others are not written for it."""
    return (advice.suggestions[at] for at, s in enumerate(advice.bare) if s.move == move)
