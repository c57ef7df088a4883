"""What leaves the vault on request: who is asked for, whether they agreed, and the new file where one is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from brandkit.app.advise import When, gather
from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, find_contact
from brandkit.base.text import slugify
from brandkit.base.walls import Refused, UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.sources.exports import EXPORTS, PUBLIC, Asked, Exported, agreed, offered_testimonial
from brandkit.io import vault


def export(desk: Desk, kind: str, who: str | None, asked: Asked) -> Exported:
    """The text of an export. Raises UsageProblem, and Refused for somebody who has not agreed."""
    makers = {name: make for name, make, _ in EXPORTS}
    contact = find_contact(desk, who) if who else None
    if contact is not None and kind in PUBLIC:
        _check_consent(contact, "name")
    elif contact is not None and contact.at_rest and not asked.everyone:
        raise Refused(f"{contact.name} is not to be written to; a backup of your own takes everybody with --all")
    return makers[kind](desk.vault, replace(asked, who=contact))


def offer_testimonial(desk: Desk, who: str, when: When) -> tuple[Path, str]:
    """Path and text of a new file to be read and committed. Raises Refused where it was not agreed to."""
    contact = find_contact(desk, who)
    _check_consent(contact, "name", "quote")
    if gather(desk.project, when, offline=True, progress=None).world.person(contact).held(when.today):
        raise Refused(f"{contact.name} has a hard time; let it wait")
    text = offered_testimonial(desk.vault, contact)
    if text is None:
        raise UsageProblem(
            f"there are no words of {contact.name} to quote; write them down with: "
            f'brandkit log {contact.id} "THEIR WORDS" --type feedback --received'
        )
    return _path(desk.project, contact), text


def _check_consent(contact: Contact, *what: str) -> None:
    if contact.at_rest:
        raise Refused(f"{contact.name} is not to be written to, and not to be written about")
    if not agreed(contact, *what):
        missing = " and ".join(one for one in what if not agreed(contact, one))
        raise Refused(
            f"{contact.name} has not agreed that their {missing} may be public. "
            f"Ask them, then add to the contact: consent: {{publish: [{', '.join(what)}]}}"
        )


def _path(project: Project, contact: Contact) -> Path:
    return project.root / "content" / "testimonials" / f"{slugify(contact.name, contact.id)}.md"


def write_new(path: Path, text: str) -> None:
    """A new file. Raises UsageProblem where one stands already."""
    vault.create(path, text)
