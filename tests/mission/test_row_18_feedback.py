"""Row 18, feedback: who could read a draft post; until it is published nobody else can."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

DRAFT = """---
title: Remote caching for one person
date: 2026-02-01
draft: true
---
Remote caching is worth it from the second laptop on. Marmalade is a canary.
"""
POST = "---\ntitle: Sourdough\ndate: 2026-02-02\n---\nSourdough rises slowly in winter.\n"
FIT = "expertise: [remote caching], offers: [feedback]"
PEOPLE = f"""
- {{id: a1, name: Anna One, circle: work, {FIT}}}
- {{id: a2, name: Ann Two, circle: work, {FIT}}}
- {{id: a3, name: Anne Three, circle: work, {FIT}}}
- {{id: a4, name: Annika Four, circle: work, {FIT}}}
- {{id: other, name: Olga Other, circle: choir, {FIT}}}
- {{id: baker, name: Ben Baker, expertise: [sourdough], offers: [feedback]}}
- {{id: mute, name: Mia Mute, expertise: [remote caching]}}
- {{id: asked, name: Ada Asked, circle: choir, {FIT}}}
- {{id: nora, name: Nora Never, circle: choir, {FIT}, do_not_contact: true}}
- {{id: held, name: Hal Held, circle: choir, {FIT}, hold: {{reason: illness, until: 2026-04-01}}}}
"""
JOURNAL = [
    *({"at": "2026-02-10", "contacts": [who], "type": "call", "direction": "mutual"} for who in ("a1", "a2", "a3")),
    {"at": "2025-12-02", "contacts": ["asked"], "type": "ask", "direction": "asked"},
    {"at": "2025-12-03", "contacts": ["asked"], "type": "replied", "direction": "received"},
]
FILES = {"content/posts/caching.md": DRAFT, "content/posts/bread.md": POST}


def readers(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["contact"]: s for s in suggestions if s["move"] == "ask-feedback"}


def test_three_who_know_the_subject_and_offer_it_one_of_them_from_another_circle(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    found = readers(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"a1", "a2", "other"}
    assert found["a1"]["why"] == (
        "Anna offers feedback and knows about remote caching, which “Remote caching for one person” is about."
    )
    assert found["a1"]["components"][0]["evidence"]["terms"] == ["remote caching"]
    assert "Remote caching for one person" in found["a1"]["draft"]["text"]
    assert "http" not in found["a1"]["draft"]["text"], "a draft has no address yet"
    # whoever was asked ninety days ago may be asked again, and a published post asks for no reader
    later = readers(brandkit(folder, "suggest", "--json", "--today", "2026-03-03").json)
    assert "other" in later or "asked" in later
    assert "asked" not in readers(
        brandkit(folder, "suggest", "--blocked", "asked", "--json", "--today", "2026-03-03").json
    )
    (folder / "content/posts/caching.md").write_text(DRAFT.replace("draft: true\n", ""))
    assert readers(brandkit(folder, "suggest", "--json").json) == {}


def test_who_was_asked_within_ninety_days_is_refused_with_the_day(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    refused = readers(brandkit(folder, "suggest", "--blocked", "asked", "--json").json)["asked"]
    assert "you asked them for something on 2025-12-02" in [gate.get("reason") for gate in refused["gates"]]
    one = readers(brandkit(folder, "suggest", "--json").json)["a1"]
    assert brandkit(folder, "done", one["id"]).code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (line["type"], line["direction"], line["contacts"]) == ("ask", "asked", ["a1"])
    assert set(readers(brandkit(folder, "suggest", "--json").json)) == {"a2", "a3", "other"}
    assert brandkit(folder, "undo").code == 0
    assert readers(brandkit(folder, "suggest", "--json").json)["a1"] == one


def test_the_draft_post_stays_out_of_site_feeds_and_sitemap(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    assert brandkit(folder, "build", "--offline").code == 0
    names = [p.relative_to(folder / "public").as_posix() for p in (folder / "public").rglob("*") if p.is_file()]
    said = b"".join((folder / "public" / name).read_bytes() for name in names)
    for text in (b"Marmalade", b"Remote caching for one person", b"posts/caching"):
        assert text not in said
    assert not [name for name in names if "caching" in name]
    assert b"Sourdough" in said and "sitemap.xml" in names
