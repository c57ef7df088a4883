"""The list of people, and one page for each. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brandkit.engage.briefs import person_brief
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Advice
from brandkit.engage.one_person.knowing import what_is_known
from brandkit.engage.one_person.known_words import known_view
from brandkit.engage.pages.page import Facts, PageView
from brandkit.engage.rhythm import Touch

_HISTORY = 50


@dataclass(frozen=True)
class PersonRow:
    """A person in the list of people."""

    contact: Contact
    touch: Touch
    count: int


def people(facts: Facts) -> Iterator[PageView]:
    """Everybody by name; each with what there is to do, to remember, and what happened; and a page to show to them."""
    shown = facts.shown()
    touches = {contact.id: facts.world.people[contact.id].touch for contact, _ in shown}
    rows = [PersonRow(contact, touches[contact.id], len(advice.suggestions)) for contact, advice in shown]
    yield PageView("people/index.html", "people.html", {"rows": sorted(rows, key=lambda r: r.contact.name.casefold())})
    for contact, advice in shown:
        yield PageView(f"people/{contact.id}.html", "person.html", _person(facts, contact, advice))
        if facts.written is not None and (kept := facts.written.contact(contact.id)) is not None:
            known = known_view(what_is_known(facts.written, kept, facts.world.zone))
            yield PageView(f"people/{contact.id}-known.html", "known.html", known)


def _person(facts: Facts, contact: Contact, advice: Advice) -> dict[str, object]:
    person = facts.world.people[contact.id]
    return {
        "contact": contact,
        "touch": person.touch,
        "suggestions": advice.suggestions,
        "notes": advice.notes,
        "brief": person_brief(person, facts.world, advice.suggestions),
        "history": tuple(reversed(person.history))[:_HISTORY],
    }
