"""An introduction, step by step: where it stands, words for whoever is to be asked, answers onto the journal.

Each is asked alone. The draft for one side is made from that side's view, and every step passes the same gates as a
suggestion; what may never be overridden refuses the step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from brandkit.app.advise import When, gather
from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, find_contact, open_desk, write_line
from brandkit.base.walls import Refused, UsageProblem
from brandkit.engage.contacts import Contact
from brandkit.engage.drafting.drafts import with_draft
from brandkit.engage.gates.registry import FINAL, refusals
from brandkit.engage.introductions import Introduction, introduction_of
from brandkit.engage.model import Component, Draft, Evidence, Suggestion
from brandkit.engage.moves.introduce import Introduce, Pair
from brandkit.engage.world import World

_MOVE = Introduce.name
Said = Literal["yes", "no"]


@dataclass(frozen=True)
class Table:
    """Two people, and what is known of the introduction so far."""

    desk: Desk
    when: When
    world: World
    templates: Mapping[str, str]
    a: Contact
    b: Contact

    @property
    def introduction(self) -> Introduction:
        """Where it stands."""
        return introduction_of(self.world.vault.journal, self.a.id, self.b.id)

    def other(self, contact: Contact) -> Contact:
        """The other one of the two."""
        return self.b if contact.id == self.a.id else self.a

    def side(self, who: str) -> Contact:
        """One of the two, by id or name. Raises UsageProblem for anybody else."""
        found = find_contact(self.desk, who)
        if found.id not in (self.a.id, self.b.id):
            raise UsageProblem(f"{found.name} is neither {self.a.name} nor {self.b.name}")
        return found


def lay_table(project: Project, when: When, a: str, b: str, offline: bool) -> Table:
    """Two people, with all that gates ask about. Raises UsageProblem."""
    desk = open_desk(project)
    one, other = find_contact(desk, a), find_contact(desk, b)
    if one.id == other.id:
        raise UsageProblem("an introduction is between two people")
    known = gather(project, when, offline, None)
    return Table(desk, when, known.world, known.templates, one, other)


def to_be_asked(table: Table, who: str | None) -> Contact | None:
    """Whose turn it is, or who was named. Raises Refused where it rests, UsageProblem where they have answered."""
    introduction = table.introduction
    if who is None:
        begun = introduction.next if introduction.answers else table.a.id
        return None if begun is None or introduction.ended else table.side(begun)
    asked = table.side(who)
    _check_open(introduction)
    if introduction.answers.get(asked.id) == "yes":
        raise UsageProblem(f"{asked.first_name} said yes already")
    return asked


def words_for(table: Table, contact: Contact, reveals: bool = False) -> Suggestion:
    """The step as a suggestion, with its draft. Raises Refused where a rule says no, naming every such rule."""
    suggestion = _permitted(table, contact, reveals)
    return with_draft(suggestion, contact, table.world.me, table.templates)


def notes_of(suggestion: Suggestion) -> tuple[str, ...]:
    """What speaks against the step without forbidding it."""
    return (*(f"{gate.rule}: {gate.reason}" for gate in refusals(suggestion.gates)), *suggestion.notes)


@dataclass(frozen=True)
class Words:
    """What to say to one side, and what speaks against it without forbidding it."""

    contact: Contact
    draft: Draft
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where an introduction stands: who is to be asked, whose answer is awaited, words for what comes next."""

    said: str
    asked: Contact | None = None
    awaited: tuple[Contact, ...] = ()
    is_agreed: bool = False
    words: tuple[Words, ...] = ()
    refused: str = ""


def standing_of(table: Table) -> Standing:
    """The next step, with its words; nothing is written down."""
    introduction, sides = table.introduction, (table.a, table.b)
    if introduction.made:
        return Standing("They were introduced.")
    if introduction.ended:
        return Standing("It rests. The other one is not told.")
    awaited = tuple(one for one in sides if introduction.answers.get(one.id) == "asked")
    asked = None if introduction.agreed else to_be_asked(table, None)
    said = "Both said yes." if introduction.agreed else "Each is asked alone."
    if awaited:
        said = f"{awaited[0].first_name} was asked; there is no hurry."
    told = sides if introduction.agreed else (asked,) if asked else ()
    try:
        words = tuple(_words(table, one, introduction.agreed) for one in told)
    except Refused as refusal:
        return Standing(said, awaited=awaited, refused=str(refusal))
    return Standing(said, asked, awaited, introduction.agreed, words)


def _words(table: Table, contact: Contact, reveals: bool) -> Words:
    suggestion = words_for(table, contact, reveals)
    return Words(contact, suggestion.draft or Draft("email", "", ""), notes_of(suggestion))


def log_asked(table: Table, contact: Contact) -> str:
    """They were asked."""
    _permitted(table, contact, reveals=False)
    return _write(table, contact, "asked", direction="gave", move=_MOVE, item=_key(table, "asked"))


def log_answer(table: Table, contact: Contact, said: Said) -> str:
    """They answered. Raises UsageProblem once the introduction was made."""
    if table.introduction.made:
        raise UsageProblem("the introduction was made already", "; brandkit undo takes back what was written last")
    return _write(table, contact, said, direction="received")


def make(table: Table) -> tuple[Suggestion, Suggestion]:
    """The words for both, each with the name of the other; then it is written down. Raises Refused, UsageProblem."""
    introduction = table.introduction
    if introduction.made:
        raise UsageProblem("the introduction was made already")
    _check_open(introduction)
    drafts = words_for(table, table.a, reveals=True), words_for(table, table.b, reveals=True)
    row = {"contacts": [table.a.id, table.b.id], "type": "introduction", "direction": "gave"}
    pair = {"a": introduction.a, "b": introduction.b, "state": "made", "move": _MOVE, "item": _key(table, "made")}
    write_line(table.desk, table.when, {**row, **pair})
    return drafts


def _check_open(introduction: Introduction) -> None:
    if introduction.made:
        raise UsageProblem("the introduction was made already")
    if introduction.ended:
        raise Refused("opt-in: it rests; one of them would rather not, and the other one is not told")


def _step(table: Table, contact: Contact, reveals: bool) -> Suggestion:
    """The same step that the move would suggest, gates asked."""
    other = table.other(contact)
    pair = Pair(table.world, table.world.person(contact), table.world.person(other))
    why = f"Introduce {contact.first_name} and {other.first_name}."
    return Introduce().step(pair, why, Component("begun", 0.8, Evidence("journal")), reveals)


def _permitted(table: Table, contact: Contact, reveals: bool) -> Suggestion:
    """The step, where neither side must be left alone. Raises Refused that names the rules of both."""
    suggestion, mirrored = _step(table, contact, reveals), _step(table, table.other(contact), reveals)
    both = ((contact, suggestion), (table.other(contact), mirrored))
    found = {gate: one for one, step in both for gate in refusals(step.gates) if gate.rule in FINAL}
    told = {gate: one for gate, one in found.items() if gate.rule != "other-side"} or found
    if told:
        sides = {gate: "" if gate.rule == "opt-in" else f" ({one.first_name})" for gate, one in told.items()}
        rules = "\n".join(f"  {gate.rule}: {gate.reason}{side}" for gate, side in sides.items())
        raise Refused(f"this introduction is not to be made:\n{rules}")
    return suggestion


def _key(table: Table, state: str) -> str:
    return f"{'+'.join(sorted((table.a.id, table.b.id)))}@{state}"


def _write(table: Table, contact: Contact, state: str, **more: Any) -> str:
    introduction = table.introduction
    row = {"contacts": [contact.id], "type": "introduction", "a": introduction.a, "b": introduction.b, "state": state}
    return write_line(table.desk, table.when, {**row, **more})
