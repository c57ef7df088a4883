"""An export with people, held against the vault: who is new, who is there already, who may be somebody known.

Read, clean, compare, plan; then write what the plan says: new files and journal lines, never a change of a file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path

from brandkit.app.advise import When
from brandkit.app.people.erasing import erased_test
from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, open_desk
from brandkit.base.diagnostics import Diagnostic
from brandkit.base.spelling import did_you_mean
from brandkit.base.walls import Stop, UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.journal import line_of
from brandkit.engage.sources.contact_source import NewContact, additions, cleaned, contact_source, free_id, quoted
from brandkit.engage.sources.duplicates import Likeness, People
from brandkit.importers.person import NOT_READABLE, ImportedPeople, ImportedPerson
from brandkit.importers.registry import IMPORTERS, importer_named
from brandkit.io import ids, named_file, vault

Erased = Callable[[ImportedPerson], bool]


@dataclass(frozen=True)
class Wanted:
    """What is asked of an import."""

    take_duplicates: bool = False
    event: str | None = None
    erased: Erased = lambda _: False


@dataclass(frozen=True)
class NewPerson:
    """Somebody who gets a file of their own."""

    id: str
    name: str
    source: str


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who is there already, and the lines that would add what is new."""

    id: str
    evidence: str
    patch: str


@dataclass(frozen=True)
class PossiblePerson:
    """Somebody who may be one who is known; left out unless asked for."""

    name: str
    line: int
    like: str
    evidence: str


@dataclass(frozen=True)
class ImportPlan:
    """All that an import would do, and all that it would not. `known` are those who were there already."""

    kind: str
    new: tuple[NewPerson, ...] = ()
    known: int = 0
    patches: tuple[KnownPerson, ...] = ()
    possible: tuple[PossiblePerson, ...] = ()
    erased: int = 0
    lost: Mapping[str, int] = field(default_factory=dict)
    attendees: str = ""
    findings: tuple[Diagnostic, ...] = ()


@dataclass
class _Holding:
    """The people of a file, one by one, held against all who are known so far."""

    desk: Desk
    kind: str
    wanted: Wanted
    taken: set[str]
    before: frozenset[str]
    people: People = field(default_factory=People)
    new: dict[str, NewContact] = field(default_factory=dict)
    known: list[KnownPerson] = field(default_factory=list)
    possible: list[PossiblePerson] = field(default_factory=list)
    attendees: dict[str, None] = field(default_factory=dict)
    declined: set[str] = field(default_factory=set)
    lost: Counter[str] = field(default_factory=Counter)
    erased: int = 0

    @property
    def contacts(self) -> dict[str, Contact]:
        return {contact.id: contact for contact in self.desk.vault.contacts}

    def is_you(self, new: NewContact) -> bool:
        own = self.desk.vault.me.email
        return own is not None and own.casefold() in {address.casefold() for address in new.emails}


def plan_import(project: Project, kind: str, file: Path, wanted: Wanted) -> tuple[Desk, ImportPlan]:
    """Read a file and hold it against the vault. Raises UsageProblem, and Stop where the vault has to be mended."""
    body = named_file.read(file)
    read = _hinted(importer_named(kind)(body, file.name), kind, body)
    desk = open_desk(project)
    _check(desk, wanted)
    return desk, held_against(desk, kind, read, replace(wanted, erased=erased_test(desk)))


def _hinted(read: ImportedPeople, kind: str, body: bytes) -> ImportedPeople:
    """Where a file is no such export, the kind that it looks like."""
    if read.people or [d.code for d in read.findings] != [NOT_READABLE.id]:
        return read
    others = (name for name, other, _ in IMPORTERS if name != kind and other(body, "").people)
    likely = next(others, None)
    hint = f"it reads as {likely}: brandkit import {likely} {read.findings[0].place.file}"
    return replace(read, findings=(replace(read.findings[0], hint=hint),)) if likely else read


def held_against(desk: Desk, kind: str, read: ImportedPeople, wanted: Wanted) -> ImportPlan:
    """What an import of these people would do."""
    holding = _Holding(desk, kind, wanted, _taken_ids(desk), _brought_before(desk, kind))
    contacts = holding.contacts
    for contact in desk.vault.contacts:
        holding.people.add(contact.id, contact)
    for person in read.people:
        _hold(holding, contacts, person)
    return ImportPlan(
        kind,
        tuple(NewPerson(id_, new.name, contact_source(id_, new)) for id_, new in holding.new.items()),
        len(holding.known),
        tuple(known for known in holding.known if known.patch),
        tuple(holding.possible),
        holding.erased,
        dict(holding.lost),
        _attendees(desk, wanted.event, holding) if wanted.event else "",
        read.findings,
    )


def _check(desk: Desk, wanted: Wanted) -> None:
    """Refuse to guess: a contact that cannot be read might be in the file, or might not want to be written to."""
    spoilt = [d for d in desk.report.diagnostics if d.severity == "error" and "/contacts" in d.place.file]
    if spoilt:
        raise Stop(f"{spoilt[0].place}: {spoilt[0].message}; mend it first, see brandkit check")
    events = [event.id for event in desk.vault.events]
    if wanted.event and wanted.event not in events:
        hint = did_you_mean(wanted.event, events)
        raise UsageProblem(f"there is no event '{wanted.event}' in events.yaml{f'; {hint}' if hint else ''}")


def _hold(holding: _Holding, contacts: Mapping[str, Contact], person: ImportedPerson) -> None:
    """One person: yourself, known, erased, possibly known, or new."""
    new, lost = cleaned(_as_new(person))
    if not new.name:
        holding.lost["people whose name is no text"] += 1
        return
    if holding.is_you(new):
        holding.lost["yourself"] += 1
        return
    like = holding.people.find(new, holding.before)
    if (like is None or not like.certain) and holding.wanted.erased(person):
        holding.erased += 1
        return
    if person.attendance == "no" and like is None:
        holding.lost["guests who do not come"] += 1
        return
    at_rest = like is not None and _at_rest(contacts.get(like.id))
    if like is not None and (like.certain or at_rest):
        known = KnownPerson(like.id, like.evidence, "" if at_rest else _patch(holding, contacts, like.id, new))
        holding.known.append(known)
        _attend(holding, person, "" if at_rest else like.id)
    elif like is not None and not holding.wanted.take_duplicates:
        holding.possible.append(PossiblePerson(new.name, person.line, _shown(contacts, like), like.evidence))
        _attend(holding, person, f"{{name: {quoted(new.name)}}}")
        return
    else:
        _attend(holding, person, _take(holding, new))
    holding.lost.update(dict(person.lost))
    holding.lost.update(lost)


def _take(holding: _Holding, new: NewContact) -> str:
    id_ = free_id(new.name, holding.taken)
    holding.taken.add(id_.casefold())
    holding.new[id_] = new
    holding.people.add(id_, new, fresh=True)
    return id_


def _attend(holding: _Holding, person: ImportedPerson, who: str) -> None:
    """Those who come; a list that says nothing about that holds those who come."""
    if person.attendance in ("no", "maybe", "waiting"):
        holding.lost[f"guests who said {person.attendance}"] += 1
        holding.declined |= {who} if person.attendance == "no" else set()
    elif who:
        holding.attendees[who] = None


def _patch(holding: _Holding, contacts: Mapping[str, Contact], id_: str, new: NewContact) -> str:
    """What this person says that the contact does not; for one who is new themselves, as they are about to be."""
    contact = contacts.get(id_) or _as_contact(id_, holding.new[id_])
    return additions(contact, new)


def _at_rest(contact: Contact | None) -> bool:
    """Who is not to be written to is not added to either, nor made a second time."""
    return contact is not None and contact.at_rest


def _shown(contacts: Mapping[str, Contact], like: Likeness) -> str:
    contact = contacts.get(like.id)
    return f"{contact.name} ({like.id})" if contact else f"{like.id}, who is new in this file"


def _as_new(person: ImportedPerson) -> NewContact:
    return NewContact(
        name=person.name,
        pronouns=person.pronouns,
        organization=person.organization,
        title=person.title,
        roles=person.categories,
        emails=person.emails,
        phones=person.phones,
        profiles=person.profiles,
        links=person.links,
        languages=person.languages,
        timezone=person.timezone,
        birthday=person.birthday,
        dates=person.dates,
        met_on=person.met_on,
        deceased=person.deceased,
        notes=person.notes,
    )


def _as_contact(id_: str, new: NewContact) -> Contact:
    """A contact that is about to be written, as it will be read."""
    from brandkit.engage.vault import read_vault

    text = contact_source(id_, new)
    return read_vault({"contacts/new.yaml": text}).value.contacts[0]


def _taken_ids(desk: Desk) -> set[str]:
    """Every id that stands or stood for somebody, and every name of a file, in lower case."""
    found = {id_ for contact in desk.vault.contacts for id_ in (contact.id, *getattr(contact, "formerly", ()))}
    texts = vault.read(desk.folder, "").value
    found |= {id_ for name, text in texts.items() if name.endswith(".jsonl") for id_ in _ids_in(text)}
    files = (name.removeprefix("contacts/") for name in texts if name.startswith("contacts/"))
    return {id_.casefold() for id_ in (*found, *(name.rpartition(".")[0] for name in files))}


def _ids_in(text: str) -> Iterator[str]:
    """Who is named by the lines of a journal, also by those that have been taken back."""
    for line in text.split("\n"):
        try:
            row = json.loads(line) if line.strip() else {}
        except (ValueError, RecursionError):
            continue
        named = row.get("contacts") if isinstance(row, dict) else None
        yield from (id_ for id_ in named or () if isinstance(id_, str)) if isinstance(named, list) else ()


def _brought_before(desk: Desk, kind: str) -> frozenset[str]:
    """Who came in with an earlier import of this kind."""
    lines = (line for line in desk.vault.journal if line.type == "imported" and line.summary == _summary(kind))
    return frozenset(id_ for line in lines for id_ in line.contacts)


def _summary(kind: str) -> str:
    return f"from {kind}"


def _attendees(desk: Desk, event_id: str, holding: _Holding) -> str:
    """The attendees of an event with those of the list, without who has declined; empty where nothing changes."""
    (event,) = (event for event in desk.vault.events if event.id == event_id)
    there = [one.contact or f"{{name: {quoted(one.name)}}}" for one in event.attendees]
    kept = [who for who in there if who not in holding.declined]
    fresh = [who for who in holding.attendees if who not in kept]
    return f"attendees: [{', '.join((*kept, *fresh))}]" if [*kept, *fresh] != there else ""


def write_import(desk: Desk, when: When, plan: ImportPlan) -> Sequence[Path]:
    """Write the new files, then the journal. Returns the files. Raises UsageProblem where a file stands already."""
    written = []
    for person in plan.new:
        path = desk.folder / "contacts" / f"{person.id}.yaml"
        vault.create(path, person.source)
        written.append(path)
    if plan.new:
        at = when.now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        row = {"type": "imported", "summary": _summary(plan.kind)}
        lines = [line_of({"id": ids.new_id(), "at": at, "contacts": [person.id], **row}) for person in plan.new]
        with desk.project.journal_locked():
            vault.append_journal_lines(desk.folder, when.now.year, lines)
    return written
