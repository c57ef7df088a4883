"""A post that is written for somebody: a private brief beside the public file, which says nothing of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brandkit.app.advise import When, gather
from brandkit.app.project import Project
from brandkit.app.words.journaling import find_contact, names, open_desk
from brandkit.base.walls import Refused, UsageProblem
from brandkit.engage.gates.standing import closed_because
from brandkit.engage.sources.post_brief import brief_source
from brandkit.engage.values import read_id


@dataclass(frozen=True)
class ForSomebody:
    """A brief, not written yet, and the names of those whom the post is for."""

    path: Path
    text: str
    names: str


def brief_for(project: Project, when: When, slug: str, who: str) -> ForSomebody:
    """The brief of the post with this slug, for WHO[,WHO]. Nothing is fetched.

    Raises UsageProblem for somebody unknown, Refused for one who is to be left in peace.
    """
    desk = open_desk(project)
    contacts = {c.id: c for c in (find_contact(desk, one) for one in who.split(",") if one.strip())}
    if not contacts:
        raise UsageProblem("say for whom: an id or a name")
    try:
        read_id(slug)
    except ValueError:
        raise UsageProblem(f"a brief cannot be called '{slug}'; give the post another title") from None
    world = gather(project, when, True, None).world
    people = [world.person(contact) for contact in contacts.values()]
    for person in people:
        closed = closed_because(person, when.today)
        if closed:
            raise Refused(f"nothing is begun for {person.contact.first_name}: {closed}")
    path = desk.folder / "briefs" / f"{slug}.yaml"
    return ForSomebody(path, brief_source(slug, people, world), names(list(contacts.values())))
