"""What a move is: a kind of reason to reach out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from brandkit.base.digest import digest_text
from brandkit.engage.model import Suggestion
from brandkit.engage.people import Person
from brandkit.engage.scoring.component import Setting


class Move(Protocol):
    """Finds occasions for one person. One file each; `registry.py` orders them."""

    @property
    def name(self) -> str:
        """The word under which it is logged, filtered and drafted."""

    def occasions(self, person: Person, setting: Setting) -> Iterator[Suggestion]:
        """What might be suggested, the best first, each with the answer of every gate and without a draft."""


def suggestion_id(contact: str, move: str, about: str) -> str:
    """Eight characters that name a suggestion, the same as long as it is about the same."""
    return digest_text(f"{contact}\n{move}\n{about}")[:8]
