"""One person: what is known of them, and two contacts that are one. Reads; writes nothing but an export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brandkit.app.advise import When
from brandkit.app.words.journaling import Desk, find_contact
from brandkit.base.walls import UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.one_person.knowing import Known, what_is_known
from brandkit.engage.one_person.merging import Merge, merge
from brandkit.engage.sources.duplicates import People
from brandkit.engage.sources.patches import unified
from brandkit.io import forgetting, vault


@dataclass(frozen=True)
class MergePlan:
    """Two contacts, why they may be one, and the patch that makes them one."""

    keep: Contact
    gone: Contact
    evidence: str
    merge: Merge
    patch: str
    apply: str


def known_of(desk: Desk, when: When, who: str) -> tuple[Contact, Known]:
    """All that is kept about a person. Raises UsageProblem."""
    contact = find_contact(desk, who)
    return contact, what_is_known(desk.vault, contact, when.zone)


def plan_merge(desk: Desk, keep: str, gone: str) -> MergePlan:
    """What would make one of two contacts. Raises UsageProblem."""
    one, other = find_contact(desk, keep), find_contact(desk, gone)
    if one.id == other.id:
        raise UsageProblem(f"{one.name} ({one.id}) is one already")
    texts = {name: text for name, text in forgetting.texts_of(desk.folder).items() if name.endswith((".yaml", ".yml"))}
    merged = merge(texts, one.id, other.id)
    people = People()
    people.add(one.id, one)
    like = people.find(other, frozenset())
    patch = patch_of(desk, {name: (texts[name], after) for name, after in merged.texts.items()})
    return MergePlan(one, other, like.evidence if like else "", merged, patch, how_to_apply(desk))


def patch_of(desk: Desk, changes: dict[str, tuple[str, str | None]]) -> str:
    """One patch for several files of the vault: (before, after) by path below it."""
    folder = _shown_folder(desk)
    return "".join(unified(f"{folder}{name}", before, after) for name, (before, after) in sorted(changes.items()))


def how_to_apply(desk: Desk) -> str:
    """The command that applies a patch which was saved to a file."""
    inside = desk.folder.is_relative_to(desk.project.root)
    return "patch -p1 < FILE" if inside else f"patch -p1 -d {desk.folder} < FILE"


def _shown_folder(desk: Desk) -> str:
    """How the paths of a patch begin: from the project, or from the vault where that stands elsewhere."""
    inside = desk.folder.is_relative_to(desk.project.root)
    return f"{vault.display_name(desk.folder, desk.project.root)}/" if inside else ""


def write_export(path: Path, text: str) -> None:
    """A new file. Raises UsageProblem where one stands already."""
    vault.create(path, text)
