"""Row 19, advice, support, promotion: asked for seldom, of those who offer it, and paused in a hard time of yours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Brand = Callable[..., Path]

ME = """name: Alex Example
languages: [en]
goals: [{text: learn incident reviews, topics: [incident reviews]}]
"""
NEW = "---\ntitle: Sourdough in winter\ndate: 2026-02-20\n---\nSourdough rises slowly. Sourdough likes a warm shelf.\n"
DRAFT = "---\ntitle: Incident reviews\ndate: 2026-02-25\ndraft: true\n---\nIncident reviews, without blame.\n"
OLD = "---\ntitle: An old thing\ndate: 2025-12-20\n---\nSome words about an old thing.\n"
ADVICE = "expertise: [incident reviews], offers: [advice]"
SPEAKS = "offers: [promotion], consent: {promote: 2026-01-05}"
PEOPLE = f"""
- {{id: active, name: Ada Active, {ADVICE}}}
- {{id: dormant, name: Dora Dormant, {ADVICE}}}
- {{id: asked, name: Asa Asked, {ADVICE}}}
- {{id: edge, name: Edda Edge, {ADVICE}}}
- {{id: unknowing, name: Una Unknowing, expertise: [bread], offers: [advice]}}
- {{id: fan, name: Fay Fan, {SPEAKS}}}
- {{id: shy, name: Shy Fan, offers: [promotion]}}
- {{id: tocome, name: Tom Tocome, offers: [promotion], consent: {{promote: 2026-06-01}}}}
- {{id: spoke, name: Sam Spoke, {SPEAKS}}}
- {{id: held, name: Hal Held, {SPEAKS}, hold: {{reason: illness, until: 2026-04-01}}}}
"""


def line(who: str, at: str, type: str, direction: str, **more: str) -> dict[str, Any]:
    return {"at": at, "contacts": [who], "type": type, "direction": direction, **more}


JOURNAL = [
    line("dormant", "2024-06-01", "call", "mutual"),
    line("edge", "2025-12-01", "ask", "asked"),
    line("edge", "2025-12-02", "replied", "mutual"),
    line("asked", "2025-12-02", "ask", "asked"),
    line("asked", "2025-12-03", "replied", "mutual"),
    line("active", "2026-02-01", "call", "mutual"),
    line("spoke", "2026-01-10", "promotion", "received", summary="a kind word on stage"),
]
FILES = {"content/vault/me.yaml": ME, "content/posts/new.md": NEW, "content/posts/old.md": OLD}


@pytest.fixture
def folder(brand: Brand) -> Path:
    return brand(PEOPLE, JOURNAL, files=FILES)


def of(move: str, suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["contact"]: s for s in suggestions if s["move"] == move}


def journal(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (folder / "content/vault/journal/2026.jsonl").read_text().splitlines()]


def test_who_was_asked_within_ninety_days_is_not_asked_and_active_and_dormant_ties_stand_apart(
    folder: Path, brandkit: Any
) -> None:
    found = of("ask-advice", brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"active", "dormant", "edge"}, "89 days is not yet 90"
    ties = {who: s["components"][1]["evidence"]["terms"] for who, s in found.items()}
    assert ties == {"active": ["active"], "dormant": ["dormant"], "edge": ["active"]}
    assert found["active"]["notes"] == []
    assert found["dormant"]["notes"][0].endswith("begin with how they are.")
    assert found["active"]["score"] > found["dormant"]["score"]
    assert "asked" in of("ask-advice", brandkit(folder, "suggest", "--json", "--today", "2026-03-02").json)


def test_a_draft_within_ninety_days_is_refused_and_an_override_is_written_down(folder: Path, brandkit: Any) -> None:
    refused = of("ask-advice", brandkit(folder, "suggest", "--blocked", "asked", "--json").json)["asked"]
    before = journal(folder)
    said = brandkit(folder, "draft", refused["id"])
    assert said.code == 3
    assert "ask-budget: you asked them for something on 2025-12-02" in said.err and "--override" in said.err
    assert journal(folder) == before and not (folder / "private/drafts").exists()
    assert brandkit(folder, "draft", refused["id"], "--override", "  ").code == 2
    assert brandkit(folder, "draft", refused["id"], "--override", "she offered again").code == 0
    *rest, last = journal(folder)
    assert rest == before
    assert (last["type"], last["contacts"], last["reason"], last["move"]) == (
        "override", ["asked"], "she offered again", "ask-advice",
    )  # fmt: skip
    assert len(list((folder / "private/drafts").glob("*.txt"))) == 1
    # a draft is no ask yet; done is
    one = of("ask-advice", brandkit(folder, "suggest", "--json").json)["active"]
    assert brandkit(folder, "draft", one["id"]).code == 0
    assert brandkit(folder, "done", one["id"]).code == 0
    assert (journal(folder)[-1]["type"], journal(folder)[-1]["direction"]) == ("ask", "asked")
    assert "active" not in of("ask-advice", brandkit(folder, "suggest", "--json").json)
    assert brandkit(folder, "undo").code == 0
    assert of("ask-advice", brandkit(folder, "suggest", "--json").json)["active"] == one


def test_promotion_needs_consent_and_comes_once_a_quarter_and_leads_to_thanks(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "suggest", "--json").json
    found = of("ask-promotion", said)
    assert set(found) == {"fan"}
    assert found["fan"]["item"]["url"] == "https://me.example/posts/new/"
    rules = {
        who: {g["rule"] for g in s["gates"] if not g["ok"]}
        for who in ("shy", "tocome", "spoke")
        for s in [of("ask-promotion", brandkit(folder, "suggest", "--blocked", who, "--json").json)[who]]
    }
    assert rules == {"shy": {"consent"}, "tocome": {"consent"}, "spoke": {"promotion-per-quarter"}}
    assert "a kind word on stage" in of("thank", said)["spoke"]["why"]
    assert brandkit(folder, "log", "fan", "told her readers", "--type", "promotion").code == 0
    week_later = brandkit(folder, "suggest", "--json", "--today", "2026-03-09").json
    assert "fan" in of("thank", week_later) and "fan" not in of("ask-promotion", week_later)
    may = brandkit(folder, "suggest", "--json", "--today", "2026-05-01").json
    assert of("ask-promotion", may) == {}, "there is nothing new to speak of"


CLOSE = "".join(
    f"- {{id: s{n}, name: Friend{n} Example, offers: [support], every: {every}}}\n"
    for n, every in enumerate(("1 week", "2 weeks", "1 month", "2 months", "3 months", "6 months", "1 year"))
)
LEFT_ALONE = (
    "- {id: nora, name: Nora Never, offers: [support], every: 1 day, do_not_contact: true}\n"
    "- {id: pain, name: Pia Pain, offers: [support], every: 1 day, hold: {reason: illness, until: 2026-04-01}}\n"
    "- {id: cold, name: Cora Cold, every: 1 day}\n"
)


def test_in_a_hard_time_of_yours_at_most_five_who_offer_support_and_nothing_else_is_asked(
    brand: Brand, brandkit: Any
) -> None:
    reader = "- {id: reader, name: Rea Reader, expertise: [incident reviews], offers: [feedback, mentoring]}\n"
    likes = "- {id: likes, name: Lia Likes, interests: [sourdough], every: 90 days}\n"
    people = PEOPLE + CLOSE + LEFT_ALONE + reader + likes
    calls = [line("likes", "2026-02-20", "call", "mutual"), line("s1", "2026-01-15", "ask", "asked")]
    given = {**FILES, "content/posts/draft.md": DRAFT}
    folder = brand(people, [*JOURNAL, *calls], files=given)
    fine = brandkit(folder, "suggest", "--json").json
    paused = {"ask-advice", "ask-promotion", "ask-feedback", "find-mentor", "update"}
    assert paused <= {s["move"] for s in fine} and not of("ask-support", fine)
    (folder / "content/vault/me.yaml").write_text(ME + "state: hard_time\n")
    hard = brandkit(folder, "suggest", "--json").json
    assert not paused & {s["move"] for s in hard}
    found = of("ask-support", hard)
    assert set(found) == {"s0", "s2", "s3", "s4", "s5"}, "the five closest; s1 was asked in January"
    one = found["s0"]
    assert brandkit(folder, "done", one["id"]).code == 0
    left = of("ask-support", brandkit(folder, "suggest", "--json").json)
    assert set(left) == {"s2", "s3", "s4", "s5"}, "whom you asked is one of the five"
    assert brandkit(folder, "undo").code == 0
    assert of("ask-support", brandkit(folder, "suggest", "--json").json) == found
