"""The private pages: this week, people, one page a person. Advice in, artifacts out. Pure.

Readable offline, printable, without script; they ask for nothing from any other place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from brandkit.base.templates import environment
from brandkit.base.text import plural
from brandkit.base.walls import Artifact
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Advice, Interaction, Suggestion, Vault
from brandkit.engage.own_texts import OwnTexts
from brandkit.engage.people import Person
from brandkit.engage.plan import Plan, headline
from brandkit.engage.rhythm import Touch, in_words

IN_WORDS = {"share": "Something to share", "check-in": "A word, just so"}


@dataclass(frozen=True)
class PersonRow:
    """A person in the list of people."""

    contact: Contact
    touch: Touch
    count: int


@dataclass(frozen=True)
class Feeds:
    """What the advice was drawn from."""

    feeds: int
    entries: int


def private_pages(
    vault: Vault,
    people: Sequence[Person],
    advice: Sequence[Advice],
    plan: Plan,
    today: date,
    feeds: Feeds,
    texts: Mapping[str, str],
    own: Sequence[OwnTexts] = (),
) -> list[Artifact]:
    """Every page, its style sheet, the texts for one's own posts.

    People marked do-not-contact get no page and stand in no list.
    """
    env = environment(texts, {"day": _day, "plural": plural, "in_words": in_words, "move": _move})
    by_id = {person.contact.id: person for person in people}
    shown = [one for one in advice if not one.contact.do_not_contact and not one.contact.deceased]
    common = {"me": vault.me, "today": today, "feeds": feeds}

    def page(path: str, template: str, **view: object) -> Artifact:
        up = "../" * path.count("/")
        return Artifact(path, env.get_template(template).render(up=up, **common, **view).encode())

    names = {one.contact.id: one.contact for one in shown}
    rows = sorted((_row(by_id[one.contact.id], one) for one in shown), key=lambda r: r.contact.name.casefold())
    pages = [
        page("index.html", "week.html", plan=plan, names=names, headline=headline(len(plan.suggestions)), own=own),
        page("people/index.html", "people.html", rows=rows),
        Artifact("style.css", texts["style.css"].encode()),
        *(artifact for texts_of_one in own for artifact in texts_of_one.artifacts),
    ]
    return [*pages, *(page(f"people/{one.contact.id}.html", "person.html", **_person(by_id, one)) for one in shown)]


def _person(by_id: Mapping[str, Person], advice: Advice) -> dict[str, object]:
    """What the page of a person shows."""
    person = by_id[advice.contact.id]
    return {
        "contact": advice.contact,
        "touch": person.touch,
        "suggestions": advice.suggestions,
        "notes": advice.notes,
        "history": tuple(reversed(person.history))[:50],
    }


def _row(person: Person, advice: Advice) -> PersonRow:
    return PersonRow(person.contact, person.touch, len(advice.suggestions))


def _day(value: date) -> str:
    return f"{value.day} {value:%b} {value.year}"


def _move(value: Suggestion | Interaction | str) -> str:
    name = value if isinstance(value, str) else getattr(value, "move", "") or getattr(value, "type", "")
    return IN_WORDS.get(name, name.replace("-", " ").capitalize())
