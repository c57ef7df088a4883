"""Introductions: where each stands, from the journal's lines. Double opt-in. Pure.

Each side is asked on its own, and hears of the other only when both said yes. A no is remembered here
and told to nobody: to the other side it looks like silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from brandkit.engage.model import Interaction

Answer = Literal["asked", "yes", "no"]


@dataclass(frozen=True)
class Introduction:
    """Two people, and what each has said so far."""

    a: str
    b: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    made: bool = False
    last: datetime | None = None

    @property
    def agreed(self) -> bool:
        """Whether both said yes."""
        return all(self.answers.get(side) == "yes" for side in (self.a, self.b))

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to do: it was made, or somebody said no."""
        return self.made or "no" in self.answers.values()

    @property
    def next(self) -> str | None:
        """Who is to be asked now; None while somebody thinks about it, when both agreed, or when it has ended."""
        if self.ended or "asked" in self.answers.values():
            return None
        return next((side for side in (self.a, self.b) if side not in self.answers), None)


def introductions_of(journal: Iterable[Interaction]) -> dict[frozenset[str], Introduction]:
    """Every introduction, by the pair; lines about other things are passed over."""
    found: dict[frozenset[str], Introduction] = {}
    for line in journal:
        if line.type == "introduction" and line.a and line.b and line.a != line.b:
            pair = frozenset((line.a, line.b))
            found[pair] = _after(found.get(pair) or Introduction(line.a, line.b), line)
    return found


def introduction_of(journal: Iterable[Interaction], a: str, b: str) -> Introduction:
    """One introduction; nothing said yet where there is no line."""
    pair = frozenset((a, b))
    lines = (line for line in journal if line.type == "introduction" and frozenset((line.a, line.b)) == pair)
    return introductions_of(lines).get(pair) or Introduction(a, b)


def _after(so_far: Introduction, line: Interaction) -> Introduction:
    """The state after one more line. Its contact is the one who was asked or who answered."""
    answers, made = dict(so_far.answers), so_far.made
    for side in line.contacts:
        if side in (so_far.a, so_far.b) and line.state in ("asked", "yes", "no"):
            answers[side] = line.state  # type: ignore[assignment]
    if line.state == "made":
        made = True
    return Introduction(so_far.a, so_far.b, answers, made, line.at)
