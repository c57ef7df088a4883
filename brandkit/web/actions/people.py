"""People from the dashboard: what happened with them, somebody new, and sorting those who came with an import."""

from __future__ import annotations

from typing import Any

from brandkit.app.people.new_person import new_person, write_person
from brandkit.app.people.sorting import ANSWERS, NOT_MINE, interests_in, sort_one
from brandkit.app.words.hearing import HeardLine, hear, hear_line, write_heard
from brandkit.app.words.journaling import find_contact
from brandkit.base.walls import UsageProblem
from brandkit.engage.discretion import is_quiet
from brandkit.engage.pages.page import Told
from brandkit.web.actions.action import Answer, Asked

_TEXTS = ("organization", "title", "every", "met", "notes")
_LISTS = ("roles", "emails", "phones", "interests", "needs", "languages")
_LONGEST = 4000  # letters of a field
_SORTED = {"m": "about monthly", "q": "about every three months", "y": "about once a year", "k": "kept"}


def log(asked: Asked) -> Answer:
    """Write down what happened, as it was understood."""
    heard = understood(asked)
    line, again = write_heard(asked.desk, asked.when, heard)
    quiet = is_quiet((heard.row["type"],), " ".join(heard.lines), heard.contacts)
    said = "Written down once more; the same stood there already." if again else "Written down."
    return Answer(Told(said, () if quiet else tuple(heard.lines), line))


def understood(asked: Asked) -> HeardLine:
    """What a line says. Raises UsageProblem."""
    form = asked.form
    who, line, event = form.get("who"), form.get("line"), form.get("event")
    if not who and not line:
        raise UsageProblem("say with whom, and what happened")
    if not who:
        return hear_line(asked.desk, asked.when, line)
    return hear(asked.desk, asked.when, who, line, {"event": event} if event else {})


def person(asked: Asked) -> Answer:
    """Somebody new, as a file of their own."""
    form = asked.form
    said: dict[str, Any] = {name: form.get(name) for name in _TEXTS if form.get(name) or name == "every"}
    said |= {name: interests_in(form.get(name)) for name in _LISTS if form.get(name)}
    if any(len(form.get(name)) > _LONGEST for name in ("name", *_TEXTS, *_LISTS)):
        raise UsageProblem("one of these is too long for a contact; longer notes go into the file")
    found = new_person(asked.project, asked.when, {**said, "name": form.get("name")})
    same = [one.id for one in asked.desk.vault.contacts if one.name.casefold() == form.get("name").casefold()]
    path = write_person(found)
    where = path.relative_to(asked.project.root).as_posix() if path.is_relative_to(asked.project.root) else str(path)
    twins = [f"There is another one of that name: {id_}." for id_ in same]
    return Answer(Told(f"Added. {where} is yours to edit.", tuple(twins)), go=f"/people/{found.id}.html")


def sort(asked: Asked) -> Answer:
    """One answer to how often to be in touch with somebody."""
    contact, key = find_contact(asked.desk, asked.form.get("who")), asked.form.get("answer")
    if key not in ANSWERS:
        raise UsageProblem("say how often: monthly, quarterly, yearly, just keep, or not mine")
    line = sort_one(asked.desk, asked.when, contact, key, interests_in(asked.form.get("interests")))
    said = "not yours; they stand in no list" if key == NOT_MINE else _SORTED[key]
    return Answer(Told(f"{contact.name}: {said}.", line=line))
