"""A draft, written out: ask the gates, write down an override, put the words where they can be edited.

In: the id of a suggestion, a channel, a reason to override, or words as a person edited them. Out: files below
private/drafts/, of which none that a person edited is replaced but on their word. Nothing is sent. Whoever calls for
files to be written holds the project's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from brandkit.app.advise import When, find_draftable
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk, write_line
from brandkit.base.text import fold, slugify
from brandkit.base.url import host_of
from brandkit.base.walls import OutputDir, Refused, UsageProblem
from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact
from brandkit.engage.drafting.draft_view import FORUM, quoted
from brandkit.engage.drafting.drafts import WITHOUT, with_draft
from brandkit.engage.drafting.lint import lint
from brandkit.engage.drafting.mail import eml_text
from brandkit.engage.gates.registry import FINAL, refusals
from brandkit.engage.model import Draft, Gate, Suggestion
from brandkit.io import disk, draft_files
from brandkit.io.scan import Scan, scan
from brandkit.site.config import FILE, load_config

_SUBJECT = "Subject:"
Put = Callable[[OutputDir, str, bytes], draft_files.Placed]


class Draftable(NamedTuple):
    """A suggestion with every gate's answer, and what its draft is made from."""

    suggestion: Suggestion
    contact: Contact | None
    me: Me
    templates: Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """A draft as it stands on the disk. `kept` are the files that the person edited, and brandkit left alone."""

    suggestion: Suggestion
    draft: Draft
    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    notes: tuple[str, ...]


def write_draft(project: Project, when: When, id_: str, channel: str | None, override: str | None) -> Written:
    """Write the draft of a suggestion. Raises Refused where a gate says no, UsageProblem where there is no draft."""
    found = suggestion_to_draft(project, when, id_)
    reason = _reason(override)
    broken = _permitted(found.suggestion, reason)
    drafted = with_draft(found.suggestion, found.contact, found.me, found.templates, channel)
    if drafted.draft is None:
        raise UsageProblem(_why_not(found.suggestion, drafted))
    if broken:
        write_line(open_desk(project), when, _override_row(found.suggestion, reason))
    return _written(project, found, drafted.draft, draft_files.place)


def save_words(project: Project, when: When, id_: str, subject: str, text: str) -> Written:
    """Keep the words of a suggestion as a person edited them: their own from now on, in its files.

    Raises as `write_draft` does. Also where brandkit has no words in a language, a person may have.
    """
    if not text.strip():
        raise UsageProblem("there are no words to keep yet")
    found = suggestion_to_draft(project, when, id_)
    _permitted(found.suggestion, "")
    if found.suggestion.move in WITHOUT:
        raise UsageProblem(_why_not(found.suggestion, found.suggestion))
    channel = found.contact.channel if found.contact else FORUM
    subject = fold(subject) if channel == "email" else ""
    said = Draft(channel, subject, text.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n")
    return _written(project, found, said, draft_files.keep)


def reset_words(project: Project, when: When, id_: str) -> Written:
    """Back to brandkit's own words; those of a person stay beside them, in NAME.txt.before. Raises as `write_draft`."""
    found = suggestion_to_draft(project, when, id_)
    _permitted(found.suggestion, "")
    drafted = with_draft(found.suggestion, found.contact, found.me, found.templates)
    if drafted.draft is None:
        raise UsageProblem(_why_not(found.suggestion, drafted))
    return _written(project, found, drafted.draft, draft_files.put_back)


def standing_words(project: Project, suggestion: Suggestion) -> Draft | None:
    """The words of a suggestion as a person left them, where they did. Cheap: one file is looked at."""
    data = draft_files.own(project.private, f"{_name(suggestion)}.txt")
    channel = suggestion.draft.channel if suggestion.draft else ""
    return None if data is None else _from_text(channel, data)


def suggestion_to_draft(project: Project, when: When, id_: str) -> Draftable:
    """The suggestion whose id begins so, also one that a gate refused. Raises UsageProblem."""
    found = find_draftable(project, when, id_) if id_.strip() else None
    if found is None:
        raise UsageProblem(f"no suggestion '{id_}' stands now", "; see brandkit suggest for those of this week")
    return Draftable(*found)


def _reason(override: str | None) -> str:
    if override is not None and not override.strip():
        raise UsageProblem("an override needs a reason, for you to read later", ': --override "why"')
    return fold(override or "")


def _permitted(suggestion: Suggestion, reason: str) -> bool:
    """Whether a rule has to be overridden, and may be. Raises Refused where not, naming every rule."""
    refused = refusals(suggestion.gates)
    final = [gate for gate in refused if gate.rule in FINAL]
    if final and reason:
        raise Refused(f"this can not be overridden:\n{_rules(final)}")
    if final:
        raise Refused(f"there is no draft for this:\n{_rules(refused)}")
    if refused and not reason:
        raise Refused(f"there is no draft for this:\n{_rules(refused)}", '\nIf you have a reason: --override "why"')
    return bool(refused)


def _rules(gates: list[Gate]) -> str:
    return "\n".join(f"  {gate.rule}: {gate.reason}" for gate in gates)


def _why_not(suggestion: Suggestion, drafted: Suggestion) -> str:
    if suggestion.move in WITHOUT:
        return f"{suggestion.move} is for you: there is nobody to write to"
    return drafted.notes[-1]


def _override_row(suggestion: Suggestion, reason: str) -> dict[str, object]:
    item = suggestion.item
    return {
        "contacts": [suggestion.contact] if suggestion.contact else [],
        "type": "override",
        "reason": reason,
        "link": item.url if item else "",
        "move": suggestion.move,
        "item": item.key if item and not item.url else "",
    }


def _written(project: Project, found: Draftable, draft: Draft, put: Put) -> Written:
    """The text, and for mail an .eml of the same words, which are the person's where they edited them."""
    suggestion, name, out = found.suggestion, _name(found.suggestion), project.private
    text = put(out, f"{name}.txt", _as_text(draft).encode("utf-8", "replace"))
    said = _from_text(draft.channel, text.data) if text.kept else draft
    files = [text]
    if draft.channel == "email":
        to = next(iter(found.contact.emails), "") if found.contact else ""
        files.append(draft_files.place(out, f"{name}.eml", eml_text(said, to, found.me)))
    notes = lint(said, suggestion.move, _own_hosts(project), quoted(suggestion, draft.channel))
    kept = tuple(file.path for file in files if file.kept)
    return Written(suggestion, said, tuple(file.path for file in files), kept, notes)


def _name(suggestion: Suggestion) -> str:
    parts = [slugify(suggestion.contact), slugify(suggestion.move, "draft"), slugify(suggestion.id, "x")]
    return "-".join(part for part in parts if part)


def _as_text(draft: Draft) -> str:
    return f"{_SUBJECT} {draft.subject}\n\n{draft.text}" if draft.subject else draft.text


def _from_text(channel: str, data: bytes) -> Draft:
    """A draft as a person left it: the subject is the first line, if it says so."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith(_SUBJECT):
        return Draft(channel, fold(first.removeprefix(_SUBJECT)), rest.strip() + "\n")
    return Draft(channel, "", text.strip() + "\n")


def _own_hosts(project: Project) -> tuple[str, ...]:
    """The host of one's own site. Findings about site.yaml are the public build's to report."""
    seen = scan([(FILE, project.root / FILE)], project.root, lambda _: False, Scan())
    settings = load_config(disk.DiskSources(seen, {FILE: project.root / FILE}), project.public_root()).value
    host = host_of(settings.config.url)
    return (host,) if host else ()
