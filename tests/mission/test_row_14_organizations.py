"""Row 14, professional organizations: memberships to renew, committees that meet; what has ended is silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

ORGANIZATIONS = """
- {id: soc, name: Example Society, url: "https://society.example",
   member: {since: 2020-01-01, renews: 2026-03-20, notice: 30 days},
   committees: [{name: Programme, role: chair, until: 2026-12-31, meets: "FREQ=MONTHLY;BYDAY=1TU"},
                {name: Old Board, until: 2026-01-31, meets: "FREQ=MONTHLY;BYDAY=1WE"}]}
- {id: early, name: Early Guild, member: {renews: 2026-04-01, notice: 30 days}}
- {id: over, name: Ended Club, member: {until: 2026-02-15, renews: 2026-03-05},
   committees: [{name: Ended Committee, meets: "FREQ=MONTHLY;BYDAY=1TU"}]}
- {id: leaving, name: Leaving Club, member: {until: 2026-03-10, renews: 2026-03-15}}
- {id: none, name: No Member, committees: [{name: Friends Table, meets: "FREQ=MONTHLY;BYDAY=1TH"}]}
"""
FILES = {"content/vault/organizations.yaml": ORGANIZATIONS}


def renewals(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["item"]["key"]: s for s in suggestions if s["move"] == "renew"}


def test_within_its_notice_a_membership_is_suggested_and_an_ended_one_is_silent(brand: Brand, brandkit: Any) -> None:
    folder = brand("", files=FILES)
    found = renewals(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"soc@2026-03-20"}
    one = found["soc@2026-03-20"]
    assert one["why"].startswith("Your membership of Example Society is to be renewed by Friday 20 March.")
    at = lambda day: set(renewals(brandkit(folder, "suggest", "--json", "--today", day).json))  # noqa: E731
    assert at("2026-02-17") == set(), "31 days before"
    assert at("2026-02-18") == {"soc@2026-03-20"}, "30 days before; the club that ends before it renews is silent"
    assert brandkit(folder, "suggest", "--json").code == 0  # ids are known again
    assert brandkit(folder, "done", one["id"]).code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (line["type"], line["move"], line["item"]) == ("done", "renew", "soc@2026-03-20")
    assert not renewals(brandkit(folder, "suggest", "--json").json)
    assert brandkit(folder, "undo").code == 0
    assert renewals(brandkit(folder, "suggest", "--json").json) == found


def events(folder: Path) -> dict[str, str]:
    text = (folder / "private/calendar.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    parts = [part.partition("END:VEVENT")[0] for part in text.split("BEGIN:VEVENT")[1:]]
    return {part.split("SUMMARY:")[1].splitlines()[0]: part for part in parts}


def test_the_calendar_rings_before_a_renewal_and_holds_the_meetings_of_committees(brand: Brand, brandkit: Any) -> None:
    folder = brand("", files=FILES)
    assert brandkit(folder, "build", "--offline").code == 0
    found = events(folder)
    renews = found["Example Society: membership renews"]
    assert "DTSTART;VALUE=DATE:20260320" in renews
    assert "BEGIN:VALARM" in renews and "TRIGGER:-P30D" in renews
    meets = found["Example Society: Programme"]
    assert "RRULE:FREQ=MONTHLY" in meets and "BYDAY=1TU" in meets and "UNTIL=20261231" in meets
    assert "No Member: Friends Table" in found
    assert not [name for name in found if name.startswith(("Ended Club", "Leaving Club")) or "Old Board" in name]
    page = (folder / "private/calendar.html").read_text(encoding="utf-8")
    assert "Example Society: Programme" in page and "Old Board" not in page and "Ended" not in page
    public = "".join(p.read_text(errors="ignore") for p in (folder / "public").rglob("*") if p.is_file())
    assert "Example Society" not in public
