"""Row 9, show appreciation: favours, referrals, promotion and feedback that were not yet thanked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]


def thanks(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = [s for s in suggestions if s["move"] == "thank"]
    assert len({s["contact"] for s in found}) == len(found), "one a person"
    return {s["contact"]: s for s in found}


def test_what_was_received_and_not_thanked_for_within_a_week_is_brought_up(brand: Brand, brandkit: Any) -> None:
    client, friend = "roles: [client]", "roles: [friend]"
    received = "referral favour promotion feedback gift help".split()
    folder = brand(
        {
            "c2": client,
            **dict.fromkeys(received, friend),
            **dict.fromkeys(("week", "six", "thanked", "before", "gave", "undone", "taken", "future", "year"), client),
            "merged": "formerly: [earlier]",
            "held": "hold: {reason: illness}",
            "never": "do_not_contact: true",
        },
        [
            {"did": "2026-02-10 c2,held,never referral received", "summary": "sent Bob of Acme to me."},
            *(f"2026-02-10 {kind} {kind} received" for kind in received),
            "2026-02-22 week favour received",
            "2026-02-23 six favour received",
            "2026-02-10 thanked favour received",
            "2026-02-12 thanked thank gave",
            "2026-02-09 before thank gave",
            "2026-02-10 before favour received",
            "2026-02-10 gave referral gave",
            {"did": "2026-02-10 undone favour received", "id": "slip"},
            {"at": "2026-02-11", "supersedes": "slip"},
            "2026-02-10 taken favour received",
            {"did": "2026-02-12 taken thank gave", "id": "not-sent"},
            {"at": "2026-02-13", "supersedes": "not-sent"},
            "2026-02-10 future favour received",
            "2026-03-02 future thank gave",
            "2025-02-28 year favour received",
            "2026-02-10 earlier favour received",
            "2026-02-12 merged thank gave",
        ],
    )
    found = thanks(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"c2", *received, "week", "before", "taken", "future"}
    assert found["c2"]["why"] == "C2 recommended you on Tuesday 10 February: sent Bob of Acme to me."
    assert "Thank you for the referral." in found["c2"]["draft"]["text"]
    for one in found.values():
        assert "?" not in one["draft"]["text"]
        assert "http" not in one["draft"]["text"]
        assert "Bob" not in one["draft"]["text"], "what was written down is for you"
    clients = brandkit(folder, "suggest", "--json", "--role", "client").json
    assert {s["contact"] for s in clients} == {"c2", "week", "before", "taken", "future"}


def test_once_thanked_it_is_gone(brand: Brand, brandkit: Any, answer: Any) -> None:
    old = {"did": "2026-01-10 ada,bea favour received", "id": "old"}
    folder = brand({"ada": "", "bea": ""}, [old, {"did": "2026-02-10 ada,bea referral received", "id": "new"}])
    found = thanks(brandkit(folder, "suggest", "--json").json)
    assert found["ada"]["item"]["key"] == found["bea"]["item"]["key"] == "new", "the latest"
    answer(folder, "dismiss", found["bea"])
    line = answer(folder, "done", found["ada"])
    assert (line["type"], line["direction"], line["contacts"], line["item"]) == ("thank", "gave", ["ada"], "new")
    then = thanks(brandkit(folder, "suggest", "--json").json)
    assert {who: s["item"]["key"] for who, s in then.items()} == {"bea": "old"}, "thanks cover what came before them"
    assert brandkit(folder, "undo").code == 0
    assert thanks(brandkit(folder, "suggest", "--json").json)["ada"] == found["ada"]
