"""Near misses: the known word that a mistyped one was meant to be. Pure, and cheap to import."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def closest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The known word that `word` nearly spells, or None."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint for a word that nearly spells a known one."""
    match = closest(word, known)
    return f"did you mean '{match}'?" if match else None
