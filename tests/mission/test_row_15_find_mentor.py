"""Row 15, find mentors: experts in your goals who offer it, or who could introduce you."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

ME = """name: Alex Example
languages: [en]
goals:
  - {text: learn incident reviews, topics: [incident reviews], by: 2026-12-31}
  - {text: an old wish, topics: [juggling], by: 2026-01-31}
"""
FILES = {
    "content/vault/me.yaml": ME,
    "content/vault/mentorships.yaml": (
        "- {id: m1, role: mentee, with: mine, since: 2025-10-01, every: 1 month}\n"
        "- {id: m2, role: mentee, with: former, since: 2024-10-01, until: 2025-10-01, every: 1 month}\n"
    ),
}
KNOWS = "expertise: [incident reviews]"
BOTH = f"{KNOWS}, offers: [mentoring]"
PEOPLE = f"""
- {{id: c4, name: Mara Able, {BOTH}}}
- {{id: c5, name: Nora Never, {BOTH}, do_not_contact: true}}
- {{id: c6, name: Kind Stranger, offers: [mentoring], expertise: [bread]}}
- {{id: c7, name: Silent Expert, {KNOWS}}}
- {{id: way, name: Wanda Way, offers: [introductions], knows: [c6, nora2, dead, c7]}}
- {{id: noway, name: Nobody Way, offers: [introductions], knows: [c6, c5]}}
- {{id: quiet, name: Quiet Way, knows: [c7]}}
- {{id: nora2, name: Nora Second, {KNOWS}, do_not_contact: true}}
- {{id: dead, name: Dan Gone, {BOTH}, deceased: true}}
- {{id: held, name: Hal Held, {BOTH}, hold: {{reason: illness, until: 2026-04-01}}}}
- {{id: mine, name: Mine Already, {BOTH}}}
- {{id: former, name: Former Mentor, {BOTH}}}
- {{id: asked, name: Asked Lately, {BOTH}}}
- {{id: late, name: Juggling Late, expertise: [juggling], offers: [mentoring]}}
"""
JOURNAL = [
    {"at": "2026-02-20", "contacts": ["c4"], "type": "call", "direction": "mutual"},
    {"at": "2026-01-02", "contacts": ["asked"], "type": "ask", "direction": "asked"},
    {"at": "2026-01-03", "contacts": ["asked"], "type": "replied", "direction": "received"},
]


def mentors(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["contact"]: s for s in suggestions if s["move"] == "find-mentor"}


def test_only_who_knows_and_offers_it_with_the_reason_or_who_could_introduce_you(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    found = mentors(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"c4", "way", "former"}
    assert found["c4"]["why"] == (
        "Mara knows about incident reviews and offers mentoring; you want to learn incident reviews."
    )
    assert "Wanda offers introductions and knows Silent, who knows about incident reviews" in found["way"]["why"]
    assert "Silent" not in found["way"]["draft"]["text"], "whom Wanda thinks of is hers to say"
    assert found["c4"]["notes"] == [] and "begin with how they are" in found["former"]["notes"][0]
    # once c7 offers it, there is no need for a way
    offering = PEOPLE.replace("{id: c7, name: Silent Expert,", "{id: c7, name: Silent Expert, offers: [mentoring],")
    (folder / "content/vault/contacts.yaml").write_text(offering)
    assert set(mentors(brandkit(folder, "suggest", "--json").json)) == {"c4", "c7", "former"}


def test_asked_of_somebody_to_be_left_alone_there_is_no_draft(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    for who, rule in {"c5": "do-not-contact", "dead": "deceased", "held": "hold"}.items():
        refused = mentors(brandkit(folder, "suggest", "--blocked", who, "--json").json)[who]
        assert {"rule": rule, "ok": False} in [{k: g[k] for k in ("rule", "ok")} for g in refused["gates"]]
        draft = brandkit(folder, "draft", refused["id"], "--override", "I would like to")
        assert draft.code == 3 and "can not be overridden" in draft.err
    assert not (folder / "private/drafts").exists()
    assert "override" not in (folder / "content/vault/journal/2026.jsonl").read_text()


def test_once_asked_they_are_not_asked_again_until_it_is_undone(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    one = mentors(brandkit(folder, "suggest", "--json").json)["c4"]
    assert brandkit(folder, "done", one["id"]).code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (line["type"], line["direction"], line["contacts"]) == ("ask", "asked", ["c4"])
    assert "c4" not in mentors(brandkit(folder, "suggest", "--json").json)
    # the order of goals says nothing: what was done stays done when another goal comes first
    more = ME.replace("goals:\n", "goals:\n  - {text: sing, topics: [singing]}\n")
    (folder / "content/vault/me.yaml").write_text(more)
    assert "c4" not in mentors(brandkit(folder, "suggest", "--json", "--today", "2026-08-01").json)
    (folder / "content/vault/me.yaml").write_text(ME)
    assert brandkit(folder, "undo").code == 0
    assert mentors(brandkit(folder, "suggest", "--json").json)["c4"] == one
