"""Somebody new: from a name, and what else is known, to the text of a contact file. `write_person` puts it there.

In: the vault, the day, plain values as somebody typed them. What the vault's own reader would not take is a
UsageProblem that names all of it, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from brandkit.app.advise import When
from brandkit.app.people.erasing import erased_test
from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, open_desk
from brandkit.base.decode import decode
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.spelling import did_you_mean
from brandkit.base.text import slugify
from brandkit.base.walls import Refused, UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.days.occurrences import comings, day_in
from brandkit.engage.sources.contact_source import quoted
from brandkit.engage.sources.printable import printable
from brandkit.engage.sources.yaml_values import flow, flow_or_block
from brandkit.io import vault

# The lines of a new contact that are there to be filled in: key, what stands there, and what it is for.
_ROWS = (
    ("roles", "[]", "client customer partner peer collaborator mentor mentee supporter friend family"),
    ("every", "3 months", "the rhythm you wish; remove it for no nudge"),
    ("emails", "[]", ""),
    ("phones", "", ""),
    ("languages", "[]", "what they read, as [en, de]; any, if empty"),
    ("interests", "[]", "what they like to read about, as [hiring, developer experience]"),
    ("needs", "[]", "what they look for, as [{text: find a platform lead, since: 2026-02-01}]"),
)

_LONG_AGO = timedelta(days=3650)


@dataclass(frozen=True)
class NewPerson:
    """A contact file that is not written yet."""

    id: str
    path: Path
    text: str


def new_person(project: Project, when: When, said: Mapping[str, Any]) -> NewPerson:
    """The file of a new contact. Raises UsageProblem; Refused for somebody who asked to be forgotten.

    `said` holds `name`, and where they are known: met (the id of an event), organization, title, every, notes (each a
    text), roles, emails, phones, languages, interests, needs (each a list of texts).
    """
    desk, name = open_desk(project), printable(said["name"])
    id_ = slugify(name)
    _check(desk, id_, name, said.get("met"))
    known = {**said, "name": name, "on": _day_of(desk, said.get("met"), when)}
    person = NewPerson(id_, desk.folder / "contacts" / f"{id_}.yaml", _source(id_, known, when.today))
    _read_back(person)
    return person


def write_person(person: NewPerson) -> Path:
    """Write the file; never over one that is there. Raises UsageProblem."""
    vault.create(person.path, person.text)
    return person.path


def _check(desk: Desk, id_: str, name: str, met: str | None) -> None:
    """An id that is taken, or an event that is not there, would be a mistake in the new file.

    Whether somebody asked to be forgotten can be told as far as the name tells.
    """
    if not id_:
        raise UsageProblem("the name should hold a letter or a digit")
    if erased_test(desk)(Contact(id_, name)):
        raise Refused(f"somebody called {name} asked to be forgotten; nobody is written down")
    if desk.vault.contact(id_) is not None:
        raise UsageProblem(f"there is a contact '{id_}' already; add a second name, or an initial")
    events = [event.id for event in desk.vault.events]
    if met and met not in events:
        hint = did_you_mean(met, events)
        raise UsageProblem(f"there is no event '{met}' in events.yaml{f'; {hint}' if hint else ''}")


def _day_of(desk: Desk, met: str | None, when: When) -> date:
    """The last day of the event that was, where one met at one; else today."""
    event = next((event for event in desk.vault.events if event.id == met), None)
    if event is None:
        return when.today
    days = (day_in(moment, when.zone) for moment in comings(event, when.today - _LONG_AGO, when.today, when.zone))
    return max((day for day in days if day <= when.today), default=when.today)


def _source(id_: str, said: Mapping[str, Any], day: date) -> str:
    """The text of the file; what was not said is a line to fill in."""
    return "".join(f"{line}\n" for line in _lines(id_, said, day))


def _lines(id_: str, said: Mapping[str, Any], day: date) -> Iterator[str]:
    yield f"id: {id_ if _is_plain(id_) else quoted(id_)}"
    yield f"name: {quoted(said['name'])}"
    yield from (f"{key}: {_one(printable(said[key]))}" for key in ("organization", "title") if said.get(key))
    for key, empty, purpose in _ROWS:
        value = _value(key, said.get(key), day)
        if value:
            yield f"{key}: {value}"
        elif empty and not (key == "every" and key in said):  # a rhythm that was left empty is one that is not wished
            yield f"{f'{key}: {empty}':<21} # {purpose}" if purpose else f"{key}: {empty}"
    at = f", at: {said['met']}" if said.get("met") else ""
    yield f"met: {{on: {said['on'].isoformat()}{at}}}"
    if notes := (said.get("notes") or "").replace("\r\n", "\n").strip():
        yield f"notes: {flow_or_block(notes, 0)}"


def _is_plain(id_: str) -> bool:
    read = read_yaml(f"[{id_}]", "").value
    return read is not None and read.data == [id_] and not read.problems


def _value(key: str, said: Any, day: date) -> str:
    """A text, or a list of texts, as YAML; nothing where nothing was said."""
    if not said or key == "every":
        return _one(printable(said or ""))
    texts = [_one(text) for text in map(printable, said) if text]
    if key == "needs":
        texts = [f"{{text: {text}, since: {day.isoformat()}}}" for text in texts]
    return f"[{', '.join(texts)}]" if texts else ""


def _one(text: str) -> str:
    """A text as a person would write it, which is read back as a text, whatever it looks like."""
    return quoted(text) if text[:1].isdigit() else text and flow(text)


def _read_back(person: NewPerson) -> None:
    """Read the text as the vault will. Raises UsageProblem with all that is wrong."""
    read = read_yaml(person.text, person.path.name)
    found = [*read.diagnostics, *(decode(Contact, read.value).diagnostics if read.value else ())]
    problems = [f"{one.message}{f' ({one.hint})' if one.hint else ''}" for one in found if one.severity == "error"]
    if problems:
        raise UsageProblem("; ".join(problems))
