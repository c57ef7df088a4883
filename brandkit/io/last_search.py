"""How many private strings the last deploy, or its dry run, searched for: a vault that lost its people has few."""

from __future__ import annotations

from pathlib import Path

from brandkit.io.whole_file import replace_file

_NAME = "searched-for"


def recall(state: Path) -> int:
    """The number; 0 where none is known."""
    try:
        return int((state / _NAME).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def remember(state: Path, count: int) -> None:
    """Keep the number."""
    replace_file(state / _NAME, f"{count}\n".encode(), 0o600)
