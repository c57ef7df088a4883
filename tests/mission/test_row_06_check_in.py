"""Row 6, check in: the rhythm that was chosen, counted from the last touch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]


def touch(who: str, at: str, type: str = "call", **more: str) -> dict[str, Any]:
    direction = "mutual" if type in ("call", "meeting") else "gave"
    return {"at": at, "contacts": [who], "type": type, "direction": direction, **more}


def check_ins(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["contact"]: s for s in suggestions if s["move"] == "check-in"}


def contact(id: str, every: str | None = "30 days") -> str:
    return f"- {{id: {id}, name: {id.title()} Example{f', every: {every}' if every else ''}}}\n"


def test_it_is_due_when_the_rhythm_has_passed_and_says_so_kindly(brand: Brand, brandkit: Any) -> None:
    folder = brand(
        contact("ada") + contact("bea") + contact("none", None),
        [touch("ada", "2026-01-25"), touch("bea", "2026-01-31"), touch("none", "2020-01-01")],
    )
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    assert found["ada"]["why"] == "It has been 35 days; you wanted about monthly."
    assert found["ada"]["score"] == round(sum(c["value"] for c in found["ada"]["components"]), 4)
    assert set(found) == {"ada"}, "29 days is not yet due, and without a rhythm there is no nudge"
    assert set(check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-03-02").json)) == {"ada", "bea"}


def test_a_month_after_the_last_of_january_is_the_last_of_february(brand: Brand, brandkit: Any) -> None:
    folder = brand(contact("ada", "1 month"), [touch("ada", "2026-01-31")])
    assert not check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-02-27").json)
    assert check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-02-28").json)


def test_past_one_and_a_half_rhythms_it_comes_before_everything_else(brand: Brand, brandkit: Any) -> None:
    need = "needs: [{text: find a platform lead, since: 2026-02-01}], every: 30 days"
    folder = brand(
        f"- {{id: late, name: L Ate, {need}}}\n- {{id: due, name: D Ue, {need}}}\n",
        [touch("late", "2026-01-14"), touch("due", "2026-01-28")],
    )
    said = brandkit(folder, "suggest", "--json").json
    assert [s["move"] for s in said if s["contact"] == "late"][:2] == ["check-in", "share"]
    plan = brandkit(folder, "suggest", "--json", "--minutes", "60").json
    assert plan[0]["contact"] == "late"
    assert plan[0]["move"] == "check-in"


def test_any_interaction_resets_it_and_what_is_no_contact_does_not(brand: Brand, brandkit: Any) -> None:
    resets = ("message", "meeting", "thank", "share", "replied", "gift", "session")
    silent = ("star", "dismissed", "edited", "life-event", "imported")
    journal = [touch(f"p{n}", "2025-12-01") for n in range(len(resets) + len(silent))]
    journal += [touch(f"p{n}", "2026-02-25", kind) for n, kind in enumerate((*resets, *silent))]
    folder = brand("".join(contact(f"p{n}") for n in range(len(resets) + len(silent))), journal)
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {f"p{n}" for n in range(len(resets), len(resets) + len(silent))}


def test_imported_without_history_the_clock_starts_at_the_import(brand: Brand, brandkit: Any) -> None:
    folder = brand(
        contact("ada") + contact("bea") + contact("new"),
        [
            {"at": "2026-02-20", "contacts": ["ada"], "type": "imported"},
            {"at": "2026-01-20", "contacts": ["bea"], "type": "imported"},
        ],
    )
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    assert "ada" not in found
    assert found["bea"]["why"].startswith("It has been 40 days since")
    assert found["new"]["why"] == "Nothing is written down yet with New; you wanted about monthly."


def test_after_two_unanswered_messages_it_asks_to_let_it_rest(brand: Brand, brandkit: Any) -> None:
    sent = [("2025-11-01", "message"), ("2025-12-01", "message")]
    folder = brand(
        contact("ada") + contact("bea"),
        [
            *(touch("ada", day, kind) for day, kind in sent),
            *(touch("bea", day, kind) for day, kind in sent),
            {"at": "2025-12-03", "contacts": ["bea"], "type": "replied", "direction": "received"},
        ],
    )
    assert set(check_ins(brandkit(folder, "suggest", "--json").json)) == {"bea"}
    question = "2 messages to Ada wait for an answer. Let it rest, or a longer rhythm?"
    assert question in brandkit(folder, "suggest", "ada").out
    assert brandkit(folder, "build", "--offline").code == 0
    assert question in (folder / "private/people/ada.html").read_text()
    assert "wait for an answer" not in (folder / "private/people/bea.html").read_text()


def test_a_check_in_that_was_done_or_dismissed_is_gone_until_its_time_comes_again(brand: Brand, brandkit: Any) -> None:
    people = contact("ada") + contact("bea")
    folder = brand(people, [touch("ada", "2026-01-20"), touch("bea", "2026-01-20")])
    found = check_ins(brandkit(folder, "suggest", "--json").json)
    assert brandkit(folder, "done", found["ada"]["id"]).code == 0
    assert brandkit(folder, "dismiss", found["bea"]["id"]).code == 0
    assert not check_ins(brandkit(folder, "suggest", "--json").json)
    later = check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-04-15").json)
    assert set(later) == {"ada"}, "what was dismissed comes back only after the next time they were in touch"


def test_a_call_that_was_made_waits_for_no_answer(brand: Brand, brandkit: Any) -> None:
    people = contact("ada").replace("}", ", channel: call}") + contact("bea")
    written = [touch("bea", day, "message") for day in ("2026-01-02", "2026-02-02")]
    folder = brand(people, [touch("ada", "2025-11-01"), touch("bea", "2025-11-01"), *written])
    for day in ("2026-01-02", "2026-02-02"):
        one = check_ins(brandkit(folder, "suggest", "--json", "--today", day).json)["ada"]
        assert brandkit(folder, "done", one["id"], "--today", day).code == 0
    assert set(check_ins(brandkit(folder, "suggest", "--json", "--today", "2026-03-20").json)) == {"ada"}
