"""Row 16, be mentored, and mentor: sessions by their own rhythm, what is open and done, and thanks when it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

NAMES = ("grace", "mentee", "soon", "over", "longago", "pupil", "nora", "held", "irregular")
PEOPLE = "".join(f"- {{id: {name}, name: {name.title()} Example}}\n" for name in NAMES)
PEOPLE = PEOPLE.replace("Nora Example}", "Nora Example, do_not_contact: true}")
PEOPLE = PEOPLE.replace("Held Example}", "Held Example, hold: {reason: illness, until: 2026-04-01}}")
PEOPLE = PEOPLE.replace("Grace Example}", "Grace Example, needs: [{text: divorce lawyer, sensitive: true}]}")
MENTORSHIPS = """
- {id: m1, role: mentee, with: grace, since: 2025-10-01, every: 1 month, goals: [first keynote]}
- {id: m2, role: mentor, with: mentee, since: 2026-01-15, every: 4 weeks}
- {id: m3, role: mentee, with: soon, since: 2025-10-01, every: 1 month}
- {id: m4, role: mentee, with: over, since: 2025-01-01, until: 2026-02-20, every: 1 month}
- {id: m5, role: mentee, with: longago, since: 2024-01-01, until: 2025-02-20, every: 1 month}
- {id: m6, role: mentor, with: pupil, since: 2025-01-01, until: 2026-02-20, every: 1 month}
- {id: m7, role: mentee, with: nora, since: 2025-10-01, every: 1 month}
- {id: m8, role: mentee, with: held, since: 2025-10-01, every: 1 month}
- {id: m9, role: mentee, with: irregular, since: 2025-10-01}
"""
FILES = {"content/vault/mentorships.yaml": MENTORSHIPS}


def met(who: str, mentorship: str, at: str, *actions: tuple[str, bool]) -> dict[str, Any]:
    todo = [{"text": text, "done": done} for text, done in actions]
    line = {"at": at, "contacts": [who], "type": "session", "direction": "mutual", "mentorship": mentorship}
    return {**line, "actions": todo} if todo else line


JOURNAL = [
    met("grace", "m1", "2025-12-20", ("old action", False)),
    met("grace", "m1", "2026-01-20", ("draft the talk", False), ("choose a title", True), ("divorce lawyer", False)),
    met("grace", "m1", "2026-06-20", ("not written yet", False)),
    {"at": "2026-02-10", "contacts": ["grace"], "type": "call", "direction": "mutual"},
    met("soon", "m3", "2026-02-10"),
    met("over", "m4", "2026-01-10"),
    met("longago", "m5", "2025-01-10"),
    met("pupil", "m6", "2026-01-10"),
]


def of(move: str, suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["contact"]: s for s in suggestions if s["move"] == move}


def test_a_session_is_due_one_rhythm_after_the_last_and_only_while_it_runs(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    found = of("session", brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"grace", "mentee"}, "a call between is no session, and what ended or rests is not due"
    assert found["grace"]["item"]["key"] == "m1@2026-02-20"
    assert found["grace"]["why"] == "Your session with Grace was due on Friday 20 February."
    assert found["mentee"]["why"] == "Mentee's session with you was due on Thursday 12 February."
    assert found["grace"]["notes"] == ["Still to do from last time: draft the talk."]
    on = lambda day: set(of("session", brandkit(folder, "suggest", "--json", "--today", day).json))  # noqa: E731
    assert "grace" not in on("2026-02-19")
    assert "grace" in on("2026-02-20")


def test_the_brief_shows_what_is_to_do_and_what_was_done(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    said = brandkit(folder, "brief", "grace").out
    assert "To do: draft the talk" in said and "Done: choose a title" in said
    assert "old action" not in said and "not written yet" not in said
    assert "action" not in brandkit(folder, "brief", "soon").out
    assert brandkit(folder, "brief", "nora").code == 3
    assert brandkit(folder, "build", "--offline").code == 0
    page = (folder / "private/mentorships.html").read_text(encoding="utf-8")
    assert "To do: draft the talk" in page and "Done: choose a title" in page and "first keynote" in page
    assert "not written yet" not in page and "Nora" not in page
    week = (folder / "private/index.html").read_text(encoding="utf-8")
    assert "divorce" not in week


def test_when_it_ends_there_is_one_thank_you_and_then_silence(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    thanks = of("thank", brandkit(folder, "suggest", "--json").json)
    assert set(thanks) == {"over"}, "not long ago, not to whom you taught, and not while it runs"
    assert "has ended" in thanks["over"]["why"] and "me.example" not in thanks["over"]["draft"]["text"]
    assert brandkit(folder, "done", thanks["over"]["id"]).code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (line["type"], line["direction"], line["contacts"], line["mentorship"]) == ("thank", "gave", ["over"], "m4")
    assert not of("thank", brandkit(folder, "suggest", "--json", "--today", "2026-03-15").json)
    assert brandkit(folder, "undo").code == 0
    assert of("thank", brandkit(folder, "suggest", "--json").json) == thanks


def test_a_session_that_was_held_is_logged_for_its_mentorship_and_the_next_is_a_month_later(
    brand: Brand, brandkit: Any
) -> None:
    folder = brand(PEOPLE, JOURNAL[:2], files=FILES)
    one = of("session", brandkit(folder, "suggest", "--json").json)["grace"]
    assert brandkit(folder, "done", one["id"]).code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (line["type"], line["direction"], line["mentorship"]) == ("session", "mutual", "m1")
    assert "grace" not in of("session", brandkit(folder, "suggest", "--json", "--today", "2026-03-31").json)
    again = of("session", brandkit(folder, "suggest", "--json", "--today", "2026-04-01").json)["grace"]
    assert again["item"]["key"] == "m1@2026-04-01"
    assert brandkit(folder, "undo").code == 0
    assert of("session", brandkit(folder, "suggest", "--json").json)["grace"] == one
