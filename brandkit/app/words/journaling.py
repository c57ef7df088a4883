"""What a person did, onto the journal: check it against the vault, give it an id, append it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any

from brandkit.app.advise import When
from brandkit.app.project import Project
from brandkit.base.diagnostics import Report
from brandkit.base.spelling import did_you_mean
from brandkit.base.text import slugify
from brandkit.base.walls import UsageProblem
from brandkit.engage.answering import check_unanswered, stands_already
from brandkit.engage.contacts import Contact
from brandkit.engage.journal import last_standing, line_of, read_journal
from brandkit.engage.ledger import is_share
from brandkit.engage.model import Interaction, Vault
from brandkit.engage.moves.registry import BY_NAME
from brandkit.engage.vault import read_vault
from brandkit.io import ids, shown, vault

_LONGEST_NAME = 500  # letters
RowFor = Callable[[Sequence[Interaction]], Mapping[str, Any]]


class UnknownPerson(UsageProblem):
    """Nobody is called so."""


@dataclass(frozen=True)
class Desk:
    """The vault of a project, read, with where it stands. `journal` are the journal's texts as they were then."""

    project: Project
    folder: Path
    vault: Vault
    report: Report
    journal: Mapping[str, str] | None = None


def open_desk(project: Project) -> Desk:
    """Read the vault. Mistakes are in the report and stop nothing here."""
    report = Report()
    folder = vault.locate(project.root)
    shown_as = vault.display_name(folder, project.root)
    texts = report.take(vault.read(folder, shown_as))
    journal = {name: text for name, text in texts.items() if name.startswith("journal/")}
    return Desk(project, folder, report.take(read_vault(texts, shown_as)), report, journal)


def find_contact(desk: Desk, who: str) -> Contact:
    """A contact by id, by whole name, or by words of either, the last perhaps only begun. Raises UsageProblem."""
    wanted = who.strip().casefold()
    if len(wanted) > _LONGEST_NAME:
        raise UsageProblem("that is too long for a name")
    contacts = desk.vault.contacts
    for name in ("id", "name"):
        found = [contact for contact in contacts if str(getattr(contact, name)).casefold() == wanted]
        if len(found) == 1:
            return found[0]
    found = [contact for contact in contacts if _bears(contact, wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        more = f" and {len(found) - 6} more" if len(found) > 6 else ""
        raise UsageProblem(f"'{who}' could be {', '.join(f'{c.id} ({c.name})' for c in found[:6])}{more}: write the id")
    nobody = f"there is no contact '{who}'"
    if any(d.severity == "error" for d in desk.report.diagnostics):
        raise UnknownPerson(f"{nobody}; some contacts could not be read", "; see brandkit check")
    if meant := did_you_mean(who.strip(), [name for c in contacts for name in (c.id, c.name, c.first_name)]):
        raise UnknownPerson(f"{nobody}; {meant}")
    raise UnknownPerson(nobody, "; add them with: brandkit new contact NAME")


def _bears(contact: Contact, wanted: str) -> bool:
    """Whether an id or the name has these words, one after the other; an accent that is left out is no other name.

    The inside of a word is nobody's name, but in scripts that write names without a space.
    """
    begun = slugify(wanted)
    if begun and any(f"-{begun}" in f"-{slugify(name)}" for name in (contact.id, *contact.formerly, contact.name)):
        return True
    return bool(wanted) and not wanted.isascii() and wanted.upper() == wanted and wanted in contact.name


def write_line(desk: Desk, when: When, row: Mapping[str, Any]) -> str:
    """Append one interaction. Returns its id once it is on the disk."""
    with desk.project.journal_locked():
        return _append(desk, when, row)


def write_checked(desk: Desk, when: When, row_for: RowFor) -> str:
    """Read the journal again, let `row_for` make a line of what stands in it, or refuse, and append: one step.

    Whoever writes at the same time waits, so that what was found still holds. Returns the line's id.
    """
    with desk.project.journal_locked():
        return _append(desk, when, row_for(_journal_now(desk)))


def write_answer(desk: Desk, when: When, suggestion: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Append the answer to a suggestion. Raises UsageProblem where it was answered already."""

    def row_for(journal: Sequence[Interaction]) -> Mapping[str, Any]:
        is_put_off = row["type"] in ("snoozed", "dismissed")  # what was put off can be done all the same
        counting = [line for line in journal if is_put_off or line.type != "snoozed"]
        check_unanswered(counting, suggestion, when.today, when.zone)
        return row

    return write_checked(desk, when, row_for)


def write_once(desk: Desk, when: When, row: Mapping[str, Any]) -> str:
    """Append one interaction. Raises UsageProblem where the very same was written down already."""

    def row_for(journal: Sequence[Interaction]) -> Mapping[str, Any]:
        if _stands(journal, when, row):
            raise UsageProblem("that was written down already")
        return row

    return write_checked(desk, when, row_for)


def write_again(desk: Desk, when: When, row: Mapping[str, Any]) -> tuple[str, bool]:
    """Append one interaction. Returns its id, and whether the very same stood there already: two calls may be alike."""
    before: list[bool] = []

    def row_for(journal: Sequence[Interaction]) -> Mapping[str, Any]:
        before.append(_stands(journal, when, row))
        return row

    return write_checked(desk, when, row_for), before[0]


def _stands(journal: Sequence[Interaction], when: When, row: Mapping[str, Any]) -> bool:
    return stands_already(journal, json.loads(line_of(row)), when.today, when.zone)


def take_back(desk: Desk, when: When, wanted: str = "") -> tuple[str, Interaction]:
    """Take back the line of that id, or the one that was written last. Returns the new line's id, and the old line.

    Raises UsageProblem where it does not stand any more, or there is none.
    """
    taken: list[Interaction] = []

    def row_for(journal: Sequence[Interaction]) -> Mapping[str, Any]:
        taken.append(_standing(journal, wanted) if wanted else _last(journal))
        return {"supersedes": taken[0].id}

    return write_checked(desk, when, row_for), taken[0]


def _append(desk: Desk, when: When, row: Mapping[str, Any]) -> str:
    id_ = ids.new_id()
    at = when.now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    vault.append_journal(desk.folder, when.now.year, line_of({"id": id_, "at": at, **row}))
    return id_


def _journal_now(desk: Desk) -> tuple[Interaction, ...]:
    """The lines that stand now. Nothing but the journal is read; who is known is as the desk knows it."""
    shown_as = vault.display_name(desk.folder, desk.project.root)
    texts = vault.read_journal(desk.folder, shown_as).value
    if texts == desk.journal:  # nobody wrote since
        return desk.vault.journal
    earlier = {old: contact.id for contact in desk.vault.contacts for old in contact.formerly}
    known = {*earlier, *(one.id for one in desk.vault.contacts)}
    known |= {id_ for line in desk.vault.journal for id_ in line.contacts}
    lines = read_journal([(name, text) for name, text in sorted(texts.items()) if name.endswith(".jsonl")], known).value
    return tuple(replace(line, contacts=tuple(earlier.get(id_, id_) for id_ in line.contacts)) for line in lines)


def _standing(journal: Sequence[Interaction], id_: str) -> Interaction:
    line = next((line for line in journal if line.id == id_), None)
    if line is None:
        raise UsageProblem("that was taken back already")
    return line


def find_suggestion(desk: Desk, prefix: str) -> dict[str, Any]:
    """A suggestion that was shown, by the beginning of its id. Raises UsageProblem."""
    found = shown.find(desk.project.state, prefix)
    if not found:
        raise UsageProblem(f"no suggestion '{prefix}' was shown", "; see brandkit suggest for those of this week")
    if len(found) > 1:
        raise UsageProblem(f"'{prefix}' could be {', '.join(row['id'] for row in found)}: write more of it")
    return found[0]


def last_sent(desk: Desk, contacts: Sequence[str]) -> str:
    """The link that was sent last to all of these people. Raises UsageProblem where there is none."""
    sent = [line for line in desk.vault.journal if set(contacts) <= set(line.contacts) and is_share(line)]
    if not sent:
        raise UsageProblem(f"nothing was sent to {', '.join(contacts)} yet", "; say what it is about with: --link URL")
    return sorted(sent, key=lambda line: line.at)[-1].link  # of one moment, the line written last


def last_line(desk: Desk) -> Interaction:
    """The line that an undo would take back. Raises UsageProblem where there is none."""
    return _last(desk.vault.journal)


def _last(journal: Sequence[Interaction]) -> Interaction:
    line = last_standing(journal)
    if line is None:
        raise UsageProblem("the journal is empty; there is nothing to take back")
    return line


def answer_of(suggestion: Mapping[str, Any], type_: str, **more: Any) -> dict[str, Any]:
    """A line that answers a suggestion: what it was about, and what became of it."""
    item = suggestion.get("item") or {}
    return {
        "contacts": [suggestion["contact"]] if suggestion["contact"] else [],
        "type": type_,
        "summary": item.get("title"),
        "link": item.get("url"),
        "move": suggestion["move"],
        "item": None if item.get("url") else item.get("key"),
        **more,
    }


def done_row(suggestion: Mapping[str, Any]) -> dict[str, Any]:
    """The line that says that a suggestion was carried out, as its move is logged."""
    move, key = BY_NAME[suggestion["move"]], str((suggestion.get("item") or {}).get("key") or "")
    type_, direction = move.done
    called = (suggestion.get("draft") or {}).get("channel") == "call"
    if type_ == "message" and called:
        type_, direction = "call", "mutual"  # who was called has answered
    more: dict[str, Any] = {"direction": direction}
    if type_ == "promise-kept":
        more["keeps"] = key
    elif type_ == "session" or (type_ == "thank" and suggestion["item"]["kind"] == "mentorship"):
        more["mentorship"] = key.partition("@")[0]
    elif type_ == "introduction":
        pair, _, state = key.partition("@")
        more["a"], more["b"] = pair.split("+")
        more["state"] = state
        if state == "made":
            more["contacts"] = [more["a"], more["b"]]
    elif type_ == "stand-by" and (suggestion.get("item") or {}).get("url"):  # read in their feed: it holds from now on
        told = next((c.get("evidence", {}).get("terms") for c in suggestion["components"]), None)
        more["reason"] = told[0] if told else None
    elif suggestion["move"] == "prepare":
        more["event"] = key.partition("@")[0]
    elif suggestion["move"] == "answer":
        more["community"] = suggestion["item"].get("feed", "").rpartition("/")[2]
    return answer_of(suggestion, type_, **more)


def names(contacts: Sequence[Contact]) -> str:
    """`Ada`, `Ada and Grace`, `Ada, Grace and Mei`."""
    first = [contact.first_name for contact in contacts]
    return first[0] if len(first) == 1 else f"{', '.join(first[:-1])} and {first[-1]}"
