"""How much the vault held at the last run: a file that was lost leaves less. Numbers alone, and nothing of anybody."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from brandkit.io.whole_file import replace_file

_NAME = "vault-held"
_FEW = 2  # that so many became fewer says nothing


class Held(NamedTuple):
    """People, and lines of the journal that stand."""

    people: int = 0
    lines: int = 0


def is_much_less(now: int, before: int, few: int = _FEW) -> bool:
    """Whether what is there now is less than half of what was."""
    return before > few and now * 2 < before


def recall(state: Path) -> Held:
    """What a run saw last; nothing where none is known."""
    try:
        people, lines = (state / _NAME).read_text(encoding="ascii").split()
        return Held(int(people), int(lines))
    except (OSError, ValueError):
        return Held()


def remember(state: Path, held: Held) -> None:
    """Keep the numbers. Of what became much less the old one stays, until somebody has looked.

    A failure to keep is no failure of the run.
    """
    before = recall(state)
    new = Held(*(old if is_much_less(now, old) else now for now, old in zip(held, before, strict=True)))
    if new == before:
        return
    with suppress(OSError):
        replace_file(state / _NAME, f"{new.people} {new.lines}\n".encode(), 0o600)


def forget(state: Path) -> None:
    """Begin anew: what is there now is meant."""
    with suppress(FileNotFoundError):
        (state / _NAME).unlink()
