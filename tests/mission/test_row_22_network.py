"""Row 22, a network that grows and lasts: the time that rhythms take, ties that sleep, help that rests on few."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

ME = "name: Alex Example\nlanguages: [en]\nvoice: {closing: Alex}\nhours_a_week: 0.5\nsettings: {minutes: {call: 45}}\n"
PEOPLE = (
    "- {id: ada, name: Ada Example, every: 30 days}\n"
    "- {id: bea, name: Bea Example, every: 2 weeks, channel: call}\n"
    "- {id: cleo, name: Cleo Example}\n"
)
GONE = (
    "- {id: silent, name: Silent Sample, every: 1 week, offers: [support], do_not_contact: true}\n"
    "- {id: late, name: Late Sample, every: 1 week, offers: [support], deceased: true}\n"
)


def said(brandkit: Any, folder: Path) -> dict[str, Any]:
    ran = brandkit(folder, "network", "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = ran.json
    return found


def call(who: str, at: str, direction: str = "mutual", type: str = "call") -> dict[str, Any]:
    return {"at": at, "contacts": [who], "type": type, "direction": direction}


def test_weekly_minutes_are_the_sum_of_seven_by_rhythm_times_cost(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE + GONE, files={"content/vault/me.yaml": ME})
    minutes = said(brandkit, folder)["minutes"]
    assert minutes["weekly"] == round(7 / 30 * 10 + 7 / 14 * 45, 2)
    assert {row["contact"]: row["weekly"] for row in minutes["contacts"]} == {"ada": 2.33, "bea": 22.5}
    assert (minutes["available"], minutes["relaxed"]) == (30.0, None)
    tight = brand(PEOPLE, files={"content/vault/me.yaml": ME.replace("0.5", "0.25")}, name="tight")
    assert said(brandkit, tight)["minutes"]["relaxed"] == round((7 / 3 + 22.5) / 1.5, 2)
    assert "With rhythms half as long again it would be 17 minutes." in " ".join(brandkit(tight, "network").out.split())


def test_a_tie_that_sleeps_is_named_and_one_with_a_rhythm_or_a_single_word_is_not(brand: Brand, brandkit: Any) -> None:
    people = "".join(f"- {{id: {who}, name: {who.title()} Example}}\n" for who in ("old", "once", "fresh", "silent"))
    people = people.replace("Silent Example", "Silent Example, do_not_contact: true")
    people += "- {id: timed, name: Timed Example, every: 1 year}\n"
    journal = [call(who, f"2024-0{n}-01") for who in ("old", "timed", "silent") for n in (3, 5)]
    journal += [call("once", "2024-05-01"), call("fresh", "2025-06-01"), call("fresh", "2025-07-01")]
    found = said(brandkit, brand(people, journal))
    assert found["dormant"] == [{"contact": "old", "exchanges": 2, "last": "2024-05-01"}]


def test_kinds_of_support_that_rest_on_fewer_than_two_people_are_named(brand: Brand, brandkit: Any) -> None:
    people = (
        "- {id: ada, name: Ada Example, offers: [feedback, advice]}\n"
        "- {id: bea, name: Bea Example, offers: [feedback, promotion]}\n"
        "- {id: held, name: Held Example, offers: [advice], hold: {reason: illness}}\n"
    )
    kinds = {row["kind"]: row for row in said(brandkit, brand(people + GONE))["support"]}
    assert kinds["feedback"] == {"kind": "feedback", "contacts": ["ada", "bea"], "thin": False}
    assert kinds["advice"] == {"kind": "advice", "contacts": ["ada"], "thin": True}
    assert kinds["promotion"]["contacts"] == [], "it wants their consent"
    assert kinds["support"]["contacts"] == kinds["mentoring"]["contacts"] == []
    agreed = people.replace("promotion]", "promotion], consent: {promote: 2026-01-05}")
    again = {row["kind"]: row for row in said(brandkit, brand(agreed, name="agreed"))["support"]}
    assert again["promotion"]["contacts"] == ["bea"]


def test_who_gave_and_who_asked_are_facts_in_the_order_of_names(brand: Brand, brandkit: Any) -> None:
    journal = [
        call("cleo", "2026-01-01", "received", "referral"),
        call("cleo", "2026-01-02", "received", "referral"),
        call("ada", "2026-01-03", "gave", "message"),
        call("ada", "2026-01-04", "asked", "ask"),
        call("ada", "2024-12-01", "gave", "message"),
        call("silent", "2026-01-05", "gave", "message"),
    ]
    found = said(brandkit, brand(PEOPLE + GONE, journal))["given"]
    assert found == [
        {"contact": "ada", "gave": 1, "received": 0, "asked": 1, "mutual": 0},
        {"contact": "cleo", "gave": 0, "received": 2, "asked": 0, "mutual": 0},
    ]


def test_who_asked_to_be_left_out_or_has_died_changes_no_figure(brand: Brand, brandkit: Any) -> None:
    journal = [call("ada", "2026-01-05"), call("silent", "2026-01-05"), call("late", "2024-01-05")]
    without = said(brandkit, brand(PEOPLE, journal[:1], name="without"))
    ran = brandkit(brand(PEOPLE + GONE, journal), "network", "--json")
    assert [{**row, "lines": []} for row in ran.json["touches"]] == [{**r, "lines": []} for r in without["touches"]]
    assert {k: v for k, v in ran.json.items() if k != "touches"} == {k: v for k, v in without.items() if k != "touches"}
    assert "silent" not in ran.out and "late" not in ran.out.replace("relaxed", "")
