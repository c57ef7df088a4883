"""Row 21, trust: what you promised and by when, until it was kept; and what was promised to you, in the brief."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

PEOPLE = """
- {id: ada, name: Ada Example}
- {id: bea, name: Bea Example, needs: [{text: a divorce lawyer, sensitive: true}]}
- {id: cleo, name: Cleo Example}
- {id: nora, name: Nora Never, do_not_contact: true}
- {id: held, name: Hal Held, hold: {reason: illness, until: 2026-04-01}}
"""


def call(who: list[str], at: str, *promises: tuple[str, str, str | None]) -> dict[str, Any]:
    made = [{"by": by, "text": text, **({"due": due} if due else {})} for by, text, due in promises]
    return {"at": at, "contacts": who, "type": "call", "direction": "mutual", "promises": made}


JOURNAL = [
    call(["ada"], "2026-02-10", ("me", "send the list", "2026-02-17"), ("me", "ask Tom", "2026-03-05")),
    call(["ada"], "2026-02-11", ("ada", "look at the plan", "2026-02-20"), ("me", "far away", "2026-05-01")),
    call(["ada"], "2026-02-12", ("me", "was kept", "2026-02-18")),
    {"at": "2026-02-15", "contacts": ["ada"], "type": "promise-kept", "direction": "gave", "keeps": "j003"},
    call(["bea"], "2026-02-10", ("me", "name a divorce lawyer", "2026-02-20")),
    call(["nora"], "2026-02-10", ("me", "leave her alone", "2026-02-20")),
    call(["held"], "2026-02-10", ("me", "send the slides", "2026-02-20")),
    call(["ada", "cleo"], "2026-02-05", ("me", "send both the photos", "2026-02-21")),
]


def promised(suggestions: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(s["contact"], s["item"]["title"]): s for s in suggestions if s["move"] == "keep-promise"}


def test_what_is_due_stands_on_the_plan_and_what_was_kept_or_is_far_away_does_not(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL)
    found = promised(brandkit(folder, "suggest", "--json").json)
    mine = {("ada", "send the list"), ("ada", "ask Tom"), ("ada", "send both the photos")}
    assert set(found) == mine | {("cleo", "send both the photos"), ("bea", "name a divorce lawyer")}
    why = found["ada", "send the list"]["why"]
    assert why == "On Tuesday 10 February you promised Ada this, by Tuesday 17 February: send the list."
    plan = promised(brandkit(folder, "suggest", "--json", "--minutes", "600").json)
    assert set(plan) == {("ada", "send the list"), ("cleo", "send both the photos")}, (
        "one thing a person, none discreet"
    )
    assert brandkit(folder, "build", "--offline").code == 0
    week = (folder / "private/index.html").read_text(encoding="utf-8")
    assert "send the list" in week
    for words in ("divorce", "leave her alone", "the slides", "was kept"):
        assert words not in week
    assert "name a divorce lawyer" in (folder / "private/people/bea.html").read_text(encoding="utf-8")


def test_the_brief_shows_the_open_promises_of_both(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL)
    said = brandkit(folder, "brief", "ada").out
    for words in ("You promised: send the list, by Tuesday 17 February", "You promised: far away"):
        assert words in said
    assert "They promised: look at the plan, by Friday 20 February" in said
    assert "was kept" not in said
    assert "look at the plan" not in brandkit(folder, "brief", "cleo").out
    held = brandkit(folder, "brief", "held").out
    assert "the slides" in held, "what was promised they may be counting on"
    assert "Ask:" not in held


def test_one_of_several_is_kept_alone_and_only_to_whom_it_was_kept(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL)
    found = promised(brandkit(folder, "suggest", "--json").json)
    assert "I have not forgotten" in found["ada", "send the list"]["draft"]["text"]
    for one, keeps in ((("ada", "send the list"), "j001/1"), (("ada", "send both the photos"), "j008")):
        assert brandkit(folder, "done", found[one]["id"]).code == 0
        line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
        assert (line["type"], line["contacts"], line["keeps"]) == ("promise-kept", ["ada"], keeps)
    left = promised(brandkit(folder, "suggest", "--json").json)
    assert set(found) - set(left) == {("ada", "send the list"), ("ada", "send both the photos")}
    assert "You promised: send both the photos" in brandkit(folder, "brief", "cleo").out
    assert "You promised: send both the photos" not in brandkit(folder, "brief", "ada").out
    assert brandkit(folder, "build", "--offline", "--today", "2026-02-16").code == 0
    page = (folder / "private/calendar.html").read_text(encoding="utf-8")
    assert "You promised Cleo Example: send both the photos" in page and "ask Tom" in page
    assert "Nora" not in page and "divorce" not in page
    assert brandkit(folder, "undo").code == brandkit(folder, "undo").code == 0
    assert promised(brandkit(folder, "suggest", "--json").json) == found


def test_a_promise_in_plain_words_comes_up_in_time(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE)
    said = brandkit(folder, "log", "cleo", "call; I promised the map by 2026-03-06", "--yes")
    assert said.code == 0
    assert ("cleo", "the map") in promised(brandkit(folder, "suggest", "--json").json)
    assert brandkit(folder, "log", "ada", "call", "--promise", "a photo", "--due", "2026-04-20", "--yes").code == 0
    keys = promised(brandkit(folder, "suggest", "--json").json)
    assert ("ada", "a photo") not in keys
    assert ("ada", "a photo") in promised(brandkit(folder, "suggest", "--json", "--today", "2026-04-13").json)
