"""What the last link checks found, kept below the cache for a day, so that nobody is asked twice.

A file that is broken, or was written by somebody else, is as good as none.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from brandkit.io.net.link_check import Kind, LinkResult
from brandkit.io.whole_file import replace_file

_NAME, _FORM = "links.json", 1
_LARGEST = 20_000_000
_DAY = timedelta(days=1)
# A failure may be over in a minute, or be our own: it is asked again.
_KEPT = ("good", "gone", "moved", "unknown")


def recall(cache: Path, now: datetime) -> dict[str, LinkResult]:
    """What is known and younger than a day, by address."""
    return {row["address"]: _result(row) for row in _rows(cache / _NAME) if _is_young(row, now)}


def remember(cache: Path, results: Iterable[LinkResult], now: datetime) -> None:
    """Keep these beside what is still young. A failure to keep is no failure of the run."""
    rows: dict[str, Mapping[str, Any]] = {row["address"]: row for row in _rows(cache / _NAME) if _is_young(row, now)}
    for result in results:
        rows.pop(result.address, None)
        if result.outcome in _KEPT:
            rows[result.address] = {**vars(result), "at": now.timestamp()}
    data = json.dumps({"form": _FORM, "links": list(rows.values())}, ensure_ascii=False, indent=0)
    with contextlib.suppress(OSError):
        replace_file(cache / _NAME, data.encode("utf-8", "replace"))


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > _LARGEST:
            return []
        kept = json.loads(path.read_text(encoding="utf-8"))
        rows = kept["links"] if kept["form"] == _FORM else []
        return [row for row in rows if _is_whole(row)]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []


def _is_whole(row: Any) -> bool:
    texts = ("address", "outcome", "final", "detail")
    return (
        isinstance(row, dict)
        and all(isinstance(row.get(name), str) for name in texts)
        and row["outcome"] in get_args(Kind)
        and isinstance(row.get("at"), (int, float))
    )


def _is_young(row: Mapping[str, Any], now: datetime) -> bool:
    return bool(0 <= now.timestamp() - row["at"] < _DAY.total_seconds())


def _result(row: Mapping[str, Any]) -> LinkResult:
    return LinkResult(row["address"], row["outcome"], row["final"], row["detail"])
