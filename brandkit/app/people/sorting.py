"""Triage of people who came with an import: how often to be in touch with each, and what they like to read about.

Each answer is a line of the journal at once, so that stopping loses nothing; the contacts' files stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brandkit.app.advise import When
from brandkit.app.words.journaling import Desk, write_checked, write_line
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.walls import UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Interaction
from brandkit.engage.one_person.mentions import mentions
from brandkit.engage.vault import SORTED_OUT
from brandkit.io import forgetting, vault

RHYTHMS = {"m": "1 month", "q": "3 months", "y": "1 year"}
KEEP, NOT_MINE = "k", "n"
ANSWERS = (*RHYTHMS, KEEP, NOT_MINE)


@dataclass(frozen=True)
class Waiting:
    """People who are still to be sorted, and how many came with imports."""

    people: tuple[Contact, ...]
    imported: int


def waiting(desk: Desk) -> Waiting:
    """Who was imported and has neither a rhythm nor an answer, in the order of the vault."""
    journal = desk.vault.journal
    imported = {id_ for line in journal if line.type == "imported" for id_ in line.contacts}
    answered = {id_ for line in journal if line.type == "sorted" for id_ in line.contacts}
    people = [contact for contact in desk.vault.contacts if contact.id in imported and not contact.at_rest]
    left = tuple(contact for contact in people if contact.every is None and contact.id not in answered)
    return Waiting(left, len(people))


def sort_one(desk: Desk, when: When, contact: Contact, key: str, interests: Sequence[str]) -> str:
    """Write one answer down. Returns the id of its line. Raises UsageProblem where another one stands there by now."""

    def row_for(journal: Sequence[Interaction]) -> Mapping[str, Any]:
        if any(line.type == "sorted" and contact.id in line.contacts for line in journal):
            raise UsageProblem(f"{contact.name} was sorted already")
        return row_of(contact, key, interests)

    return write_checked(desk, when, row_for)


def row_of(contact: Contact, key: str, interests: Sequence[str] = ()) -> dict[str, Any]:
    """The line of the journal for an answer."""
    learned: Mapping[str, Any] = {"interests": list(dict.fromkeys(interests))} if interests else {}
    return {
        "contacts": [contact.id],
        "type": "sorted",
        "every": RHYTHMS.get(key),
        "learned": learned,
        "reason": SORTED_OUT if key == NOT_MINE else None,
    }


def take_back(desk: Desk, when: When, line: str) -> None:
    """Undo one answer."""
    write_line(desk, when, {"supersedes": line})


def places_of(desk: Desk, ids: Sequence[str]) -> list[str]:
    """Where the entries of these people stand: a file of their own, or file:line."""
    if not ids:
        return []
    folder = vault.display_name(desk.folder, desk.project.root)
    found = []
    for name, text in forgetting.texts_of(desk.folder).items():
        read = read_yaml(text.removeprefix("\ufeff"), name).value if name.startswith("contacts") else None
        for mention in mentions(name, read.data, ids) if read is not None else ():
            if mention.kind == "own":
                line = f":{read.place(mention.path).line}" if mention.path and read is not None else ""
                found.append(f"{folder}/{name}{line}")
    return found


def interests_in(line: str) -> list[str]:
    """Interests as people type them: separated by commas."""
    return [part for part in (" ".join(one.split()) for one in line.split(",")) if part]


def told(contact: Contact) -> str:
    """What helps to remember who somebody is, on one line."""
    work = " at ".join(part for part in (contact.title, contact.organization) if part)
    met = f"met {contact.met.on.isoformat()}" if contact.met and contact.met.on else ""
    mail = contact.emails[0] if contact.emails else ""
    return ", ".join(part for part in (work, met, mail) if part)
