"""What a move is: a kind of reason to reach out. It finds occasions; the gates decide; a draft comes last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from brandkit.base.digest import digest_text
from brandkit.engage.gates.question import Question
from brandkit.engage.gates.registry import gates
from brandkit.engage.model import Component, Suggestion
from brandkit.engage.people import Person
from brandkit.engage.world import World


@dataclass(frozen=True)
class Occasion:
    """A reason to reach out, before any gate was asked. `words` is what the draft may say beside the item."""

    question: Question
    why: str
    components: tuple[Component, ...] = ()
    urgency: float | None = None  # for the plan; the score where nothing is said
    words: Mapping[str, object] = field(default_factory=dict)
    expires: date | None = None
    confirm: bool = False
    notes: tuple[str, ...] = ()
    discreet: bool = False


class Move:
    """One file each; `registry.py` orders them. A move finds occasions for one person, or looks at all at once."""

    name: str
    in_words: str  # on the private pages
    done: tuple[str, str | None] = ("done", None)  # the type and direction under which it is logged
    minutes: int | None = 10  # what it usually costs; me.yaml may say otherwise
    timeless = False  # no score, no minutes, no end: it stands first, outside the week's budget

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """What might be suggested for one person, the best first, each with the answer of every gate."""
        return iter(())

    def for_all(self, world: World) -> Iterator[Suggestion]:
        """What might be suggested that is about no one person, or that is found only by looking at several."""
        return iter(())

    def suggest(self, occasion: Occasion) -> Suggestion:
        """Ask the gates."""
        question = occasion.question
        contact = question.contact.id if question.contact else ""
        score = round(sum(component.value for component in occasion.components), 4)
        item = question.item
        return Suggestion(
            id=suggestion_id(contact, self.name, self.about(question)),
            contact=contact,
            move=self.name,
            why=occasion.why,
            score=None if self.timeless else score,
            components=occasion.components,
            minutes=None if self.timeless else self.cost(question),
            expires=None if self.timeless else occasion.expires,
            item=item,
            words=occasion.words,
            confirm=occasion.confirm,
            notes=occasion.notes,
            gates=gates(question),
            urgency=score if occasion.urgency is None else occasion.urgency,
            discreet=occasion.discreet,
        )

    def about(self, question: Question) -> str:
        """What makes this suggestion another one than the last of its kind."""
        return question.item.key if question.item else ""

    def cost(self, question: Question) -> int | None:
        """Minutes that it takes."""
        return question.settings.cost(self.name, self.minutes or 0)


def suggestion_id(contact: str, move: str, about: str) -> str:
    """Eight characters that name a suggestion, the same as long as it is about the same."""
    return digest_text(f"{contact}\n{move}\n{about}")[:8]
