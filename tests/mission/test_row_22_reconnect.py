"""Row 22: a dormant tie worth reviving is somebody whom you once knew well, without a rhythm, silent for a year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

PEOPLE = {
    "old": "met: {on: 2023-05-01, at: tea}",
    "nearly": "",
    "once": "",
    "gaveonly": "",
    "wished": "every: 1 year",
    "ancient": "",
    "never": "do_not_contact: true",
    "gone": "deceased: true",
    "held": "hold: {reason: illness, until: 2026-04-01}",
    "imported": "",
}
LAST = {"nearly": "2025-03-02", "ancient": "2015-01-01"}
EVENT = {"content/vault/events.yaml": "- {id: tea, name: Tea and Trees, start: 2023-05-01}\n"}


def test_whom_you_knew_well_and_have_not_heard_of_for_a_year(brand: Callable[..., Path], brandkit: Any) -> None:
    twice = [who for who in PEOPLE if who not in ("once", "gaveonly", "imported")]
    journal = [f"{LAST.get(who, '2025-02-20')} {who} call mutual" for who in twice for _ in range(2)]
    journal += ["2025-02-20 once call mutual", "2025-02-20 imported imported"]
    journal += ["2025-01-20 gaveonly gift gave", "2025-02-20 gaveonly help gave"]
    folder = brand(PEOPLE, journal, files=EVENT)

    def found(*day: str) -> dict[str, dict[str, Any]]:
        said = brandkit(folder, "suggest", "--json", *day).json
        return {s["contact"]: s for s in said if s["move"] == "reconnect"}

    one = found()
    assert set(one) == {"old"}
    assert one["old"]["why"] == "You last heard of each other about a year ago, and used to be in touch."
    text = one["old"]["draft"]["text"]
    assert "since we met at Tea and Trees" in text and "http" not in text
    assert set(found("--today", "2026-03-02")) == {"old", "nearly"}
