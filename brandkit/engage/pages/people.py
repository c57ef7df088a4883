"""The list of people, and one page for each. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from brandkit.base.text import slugify
from brandkit.engage.briefs import person_brief
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Advice, Vault
from brandkit.engage.one_person.knowing import Everybody, everybody_in, what_is_known
from brandkit.engage.one_person.known_words import known_view
from brandkit.engage.pages.live import lately
from brandkit.engage.pages.page import Facts, PageView
from brandkit.engage.rhythm import Touch

_HISTORY = 50
_AT_ONCE = 200  # people in the list of the dashboard; a search finds the others


@dataclass(frozen=True)
class PersonRow:
    """A person in the list of people."""

    contact: Contact
    touch: Touch
    count: int


def people(facts: Facts) -> Iterator[PageView]:
    """Everybody by name; each with what there is to do, to remember, and what happened; and a page to show to them."""
    yield PageView("people/index.html", "people.html", partial(_list, facts))
    written = {contact.id: contact for contact in reversed(facts.written.contacts)} if facts.written else {}
    everybody = cache(partial(everybody_in, facts.written)) if facts.written else None
    for contact, advice in facts.shown():
        yield PageView(f"people/{contact.id}.html", "person.html", partial(_person, facts, contact, advice))
        if everybody is not None and facts.written is not None and contact.id in written:
            known = partial(_known, facts, facts.written, written[contact.id], everybody)
            yield PageView(f"people/{contact.id}-known.html", "known.html", known)


def _list(facts: Facts) -> dict[str, object]:
    shown = sorted(facts.shown(), key=lambda pair: pair[0].name.casefold())
    asked = facts.live.asked if facts.live else {}
    found = [(contact, advice) for contact, advice in shown if _is_asked_for(contact, advice, asked)]
    limit = _AT_ONCE if facts.live else len(found)
    rows = [
        PersonRow(contact, facts.world.people[contact.id].touch, len(advice.suggestions))
        for contact, advice in found[:limit]
    ]
    return {
        "rows": rows,
        "found": len(found),
        "everybody": len(shown),
        "roles": sorted({role for contact, _ in shown for role in contact.roles}),
        "circles": sorted({contact.circle for contact, _ in shown if contact.circle}),
        "events": facts.world.vault.events,
    }


def _is_asked_for(contact: Contact, advice: Advice, asked: Mapping[str, str]) -> bool:
    """Whether all words that are searched for begin a word of what is known, and every filter agrees."""
    if (role := asked.get("role")) and role not in contact.roles:
        return False
    if (circle := asked.get("circle")) and circle != contact.circle:
        return False
    if asked.get("only") == "ideas" and not advice.suggestions:
        return False
    if asked.get("only") == "no-rhythm" and contact.every is not None:
        return False
    wanted = _folded(asked.get("q", ""))
    if not wanted:
        return True
    work, likes = (contact.organization, contact.title, contact.circle), (*contact.interests, *contact.expertise)
    known = _folded(" ".join((contact.id, contact.name, *work, *contact.roles, *likes, *contact.emails)))
    return all(any(word.startswith(one) for word in known) for one in wanted)


def _folded(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    return [word for word in slugify(text).split("-") if word]


def _known(facts: Facts, written: Vault, kept: Contact, everybody: Callable[[], Everybody]) -> Mapping[str, object]:
    return known_view(what_is_known(written, kept, facts.world.zone, everybody()))


def _person(facts: Facts, contact: Contact, advice: Advice) -> dict[str, object]:
    person = facts.world.people[contact.id]
    return {
        "contact": contact,
        "touch": person.touch,
        "suggestions": advice.suggestions,
        "notes": advice.notes,
        "brief": person_brief(person, facts.world, advice.suggestions),
        "history": tuple(reversed(person.history))[:_HISTORY],
        "places": facts.live.places(contact) if facts.live else (),
        "recent": {one.line.id for one in lately(facts)} if facts.live else (),
    }
