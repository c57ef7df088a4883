"""What was last suggested, kept below the state: so that `done ab12` knows what was meant."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from brandkit.io.whole_file import replace_file

_EARLIER = 2000
_NEXT = ",\n"  # a line a row


def remember(state: Path, suggestions: Sequence[Mapping[str, Any]]) -> None:
    """Keep all of these, and the newest of those that were shown before."""
    path = state / "shown.json"
    now = {row["id"]: dict(row) for row in suggestions}
    earlier = [row for row in _rows(path) if row["id"] not in now]
    rows = (json.dumps(row, ensure_ascii=False) for row in (*earlier[-_EARLIER:], *now.values()))
    data = f"[{_NEXT.join(rows)}\n]\n".encode()
    if not path.exists() or path.read_bytes() != data:
        replace_file(path, data)


def find(state: Path, prefix: str) -> list[dict[str, Any]]:
    """The suggestions whose id begins so."""
    return [row for row in _rows(state / "shown.json") if str(row["id"]).startswith(prefix)]


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [row for row in rows if isinstance(row, dict) and "id" in row]
