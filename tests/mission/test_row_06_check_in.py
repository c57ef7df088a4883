"""Row 6, check in: the rhythm that was chosen, counted from the last touch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

MONTHLY = "every: 30 days"


def check_ins(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["contact"]: s for s in suggestions if s["move"] == "check-in"}


def test_it_is_due_when_the_rhythm_has_passed_and_says_so_kindly(brand: Brand, brandkit: Any) -> None:
    folder = brand(
        {
            **dict.fromkeys(("ada", "exact", "bea", "undone", "after"), MONTHLY),
            "merged": f"{MONTHLY}, formerly: [before]",
            "none": "",
            "month": "every: 1 month",
            "leap": "every: 1 year",
        },
        [
            "2026-01-25 ada call mutual",
            "2026-01-30 exact call mutual",
            "2026-01-31 bea call mutual",
            "2020-01-01 none call mutual",
            "2026-01-31 month call mutual",
            "2024-02-29 leap call mutual",
            {"did": "2026-02-20 undone call mutual", "id": "slip"},
            {"at": "2026-02-21", "supersedes": "slip"},
            "2026-01-20 undone call mutual",
            "2025-12-01 after call mutual",
            "2026-03-02 after call mutual",
            "2025-12-01 merged call mutual",
            "2026-02-20 before call mutual",
        ],
    )
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    assert found["ada"]["why"] == "It has been 35 days; you wanted about monthly."
    assert found["ada"]["score"] == round(sum(c["value"] for c in found["ada"]["components"]), 4)
    assert found["undone"]["why"].startswith("It has been 40 days;")
    assert found["leap"]["why"] == "It has been 731 days; you wanted about once a year."
    assert set(found) == {"ada", "exact", "month", "leap", "undone", "after"}, "29 days is not yet"
    before = check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-02-27").json)
    assert "month" not in before
    day = check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-02-28").json)
    assert "month" in day, "a month after 31 January is 28 February"


def test_past_one_and_a_half_rhythms_it_comes_before_everything_else(brand: Brand, brandkit: Any) -> None:
    need = f"needs: [{{text: find a platform lead, since: 2026-02-01}}], {MONTHLY}"
    folder = brand(
        {"late": need, "due": need, "owed": MONTHLY},
        ["2026-01-15 late call mutual", "2026-01-16 due call mutual", "2026-02-05 owed referral received"],
    )
    said = brandkit(folder, "suggest", "--json").json
    assert [s["move"] for s in said if s["contact"] == "late"][:2] == ["check-in", "share"]
    plan = brandkit(folder, "suggest", "--json", "--minutes", "60").json
    assert (plan[0]["contact"], plan[0]["move"]) == ("late", "check-in"), "45 days; 44 are not yet half as long"
    assert next(s["move"] for s in plan if s["contact"] == "owed") == "thank"


def test_any_interaction_resets_it_and_what_is_no_contact_does_not(brand: Brand, brandkit: Any) -> None:
    resets = {
        **dict.fromkeys(("call", "meeting", "session", "replied"), "mutual"),
        **dict.fromkeys(("message", "share", "update", "respond", "thank", "congratulate", "gift", "help"), "gave"),
        **dict.fromkeys(("referral", "favour", "feedback"), "received"),
        "ask": "asked",
    }
    silent = ("star", "dismissed", "snoozed", "edited", "life-event", "imported", "override", "sorted")
    old = [f"2025-12-01 {'x' + kind} call mutual" for kind in (*resets, *silent)]
    new = [f"2026-02-25 {'x' + kind} {kind} {direction}" for kind, direction in resets.items()]
    new += [f"2026-02-25 {'x' + kind} {kind}" for kind in silent]
    folder = brand(dict.fromkeys(("x" + kind for kind in (*resets, *silent)), MONTHLY), [*old, *new])
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"x" + kind for kind in silent}


def test_imported_without_history_the_clock_starts_at_the_import(brand: Brand, brandkit: Any) -> None:
    folder = brand(
        {**dict.fromkeys(("ada", "bea", "new", "known"), MONTHLY), "met": f"{MONTHLY}, met: {{on: 2026-01-10}}"},
        [
            "2026-02-20 ada imported",
            "2026-01-20 bea imported",
            "2025-12-01 known call mutual",
            "2026-02-20 known imported",
        ],
    )
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    assert "ada" not in found
    assert found["bea"]["why"] == "It has been 40 days since you met or added them; you wanted about monthly."
    assert found["met"]["why"] == "It has been 50 days since you met or added them; you wanted about monthly."
    assert found["new"]["why"] == "Nothing is written down yet with New; you wanted about monthly."
    assert found["known"]["why"] == "It has been 90 days; you wanted about monthly.", "what was before counts"


def test_after_two_unanswered_messages_it_asks_to_let_it_rest(brand: Brand, brandkit: Any) -> None:
    fit = f"{MONTHLY}, interests: [rainwater], birthday: --02-28"
    folder = brand(
        dict.fromkeys(("ada", "bea", "once", "called"), fit),
        [
            "2025-11-01 ada,bea,called message gave",
            "2025-12-01 ada,bea,once,called share gave",
            "2025-12-03 bea replied received",
            "2025-12-04 called call mutual",
        ],
    )
    said = brandkit(folder, "suggest", "--json").json
    assert set(check_ins(said)) == {"bea", "once", "called"}
    assert not [s for s in said if s["contact"] == "ada"], "nothing more"
    question = "2 messages to Ada wait for an answer. Let it rest, or a longer rhythm?"
    assert question in brandkit(folder, "suggest", "ada").out
    assert "let it rest, or a longer rhythm?" in brandkit(folder, "brief", "ada").out.casefold()
    assert brandkit(folder, "build", "--offline").code == 0
    assert question in (folder / "private/people/ada.html").read_text()
    assert "wait for an answer" not in (folder / "private/people/bea.html").read_text()


def test_a_check_in_that_was_done_or_dismissed_is_gone_until_its_time_comes_again(
    brand: Brand, brandkit: Any, answer: Any
) -> None:
    people = {"ada": MONTHLY, "bea": MONTHLY, "call": f"{MONTHLY}, channel: call"}
    folder = brand(people, ["2026-01-20 ada,bea,call call mutual"])
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    answer(folder, "dismiss", found["bea"])
    line = answer(folder, "done", found["call"])
    assert (line["type"], line["direction"]) == ("call", "mutual"), "who was called has answered"
    line = answer(folder, "done", found["ada"])
    assert (line["type"], line["direction"]) == ("message", "gave")
    assert not check_ins(brandkit(folder, "suggest", "--json").json)
    later = check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-04-15").json)
    assert set(later) == {"ada", "call"}, "what was dismissed comes back after the next time they were in touch"
    assert brandkit(folder, "undo").code == 0
    assert check_ins(brandkit(folder, "suggest", "--json").json) == {"ada": found["ada"]}
