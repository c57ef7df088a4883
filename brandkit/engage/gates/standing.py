"""Who must be left alone, whatever there is to say: do-not-contact, death, a hard time, a refusal. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from brandkit.engage.gates.question import Question
from brandkit.engage.introductions import introduction_of
from brandkit.engage.model import Gate
from brandkit.engage.people import Person

KIND_IN_GRIEF = frozenset({"stand-by"})
_ASKED_NOT_TO_BE = "they asked not to be contacted"
_DIED = "they have died"


def closed_because(person: Person, today: date) -> str | None:
    """Why nothing but standing by may be said to this person at all; None where something may."""
    if person.contact.do_not_contact:
        return _ASKED_NOT_TO_BE
    if person.contact.deceased:
        return _DIED
    return _hard_time(person) if person.held(today) else None


def _hard_time(person: Person) -> str:
    return f"this is a hard time for {person.contact.first_name}"


def do_not_contact(q: Question) -> Iterator[Gate]:
    """They asked, and that is that."""
    if q.contact is not None:
        yield Gate("do-not-contact", not q.contact.do_not_contact, _ASKED_NOT_TO_BE)


def deceased(q: Question) -> Iterator[Gate]:
    """Nothing is written to the dead."""
    if q.contact is not None:
        yield Gate("deceased", not q.contact.deceased, _DIED)


def hold(q: Question) -> Iterator[Gate]:
    """In a hard time, nothing but standing by."""
    if q.person is not None and q.move not in KIND_IN_GRIEF:
        yield Gate("hold", not q.person.held(q.today), _hard_time(q.person))


def consent(q: Question) -> Iterator[Gate]:
    """Speaking for you in public is theirs to agree to; so is being introduced at all."""
    if q.contact is None:
        return
    agreed = q.contact.consent.promote
    if q.move == "ask-promotion":
        yield Gate("consent", agreed is not None and agreed <= q.today, "they have not agreed to speak for you")
    if q.move == "introduce":
        refused = [p for p in (q.person, q.other) if p is not None and p.contact.consent.introduce == "no"]
        yield Gate("consent", not refused, "one of them would rather not be introduced to people")


def opt_in(q: Question) -> Iterator[Gate]:
    """Both said yes before either hears who the other is."""
    if q.reveals and q.person is not None and q.other is not None:
        sides = (q.person.contact, q.other.contact)
        answers = introduction_of(q.world.vault.journal, sides[0].id, sides[1].id).answers
        missing = sorted(side.first_name for side in sides if answers.get(side.id) != "yes")
        yield Gate("opt-in", not missing, f"both have to say yes first; {' and '.join(missing)} did not yet")


def competitor(q: Question) -> Iterator[Gate]:
    """Those who compete are not brought together."""
    if q.person is not None and q.other is not None:
        a, b = q.person.contact, q.other.contact
        yield Gate("competitor", b.id not in a.competes_with and a.id not in b.competes_with, "they compete")


def other_standing(q: Question) -> Iterator[Gate]:
    """Whoever must be left alone is not introduced to anybody either."""
    if q.other is not None:
        yield Gate("other-side", closed_because(q.other, q.today) is None, "the other one is to be left alone now")
