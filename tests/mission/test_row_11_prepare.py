"""Row 11, industry events: two weeks ahead it is on the plan, the brief says all that is needed, then whom you met."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

PEOPLE = """
- {id: c1, name: Mia Mentor, roles: [mentor], every: 30 days, interests: [rainwater],
   needs: [{text: find a platform lead, since: 2026-02-01}]}
- {id: c2, name: Pete Peer, roles: [peer]}
- {id: c3, name: Cleo Collab, roles: [collaborator, friend]}
- {id: held, name: Hal Held, roles: [peer], needs: [{text: a secret}], hold: {reason: bereavement, until: 2026-05-01}}
- {id: nora, name: Nora Never, roles: [peer], do_not_contact: true}
- {id: dan, name: Dan Gone, roles: [mentor], deceased: true}
- {id: away, name: Away Elsewhere, roles: [peer]}
"""
EVENTS = """
- {id: conf, name: PyExample, start: 2026-03-10T09:00, end: 2026-03-11T17:00, location: Berlin,
   attendees: [c1, c2, c3, held, nora, dan, {name: Newcomer Example}]}
- {id: edge, name: Fourteen Days, start: 2026-03-15}
- {id: far, name: Fifteen Days, start: 2026-03-16}
- {id: axed, name: Called Off, start: 2026-03-05T09:00, status: cancelled, attendees: [c1]}
- {id: later, name: Put Off, start: 2026-03-06T09:00, status: postponed, attendees: [c1]}
- {id: gone, name: Called Off Before, start: 2026-02-27T09:00, status: cancelled, attendees: [c1]}
- {id: weekly, name: Tea Circle, start: 2026-01-06T19:00, end: 2026-01-06T22:00, repeats: FREQ=WEEKLY, attendees: [c2]}
- {id: tea2, name: Tea Written Up, start: 2026-01-06T19:00, end: 2026-01-06T22:00, repeats: FREQ=WEEKLY}
- {id: night, name: Night Shift, start: 2026-02-28T22:00, end: 2026-03-01T02:00}
- {id: old, name: Long Ago, start: 2026-02-10T09:00}
"""
JOURNAL = [
    {
        "at": "2026-02-01", "contacts": ["c1"], "type": "call", "direction": "mutual", "summary": "spoke of barrels",
        "promises": [
            {"by": "me", "text": "send the barrel plan", "due": "2026-03-20"},
            {"by": "c1", "text": "bring the old map"},
            {"by": "me", "text": "already posted"},
        ],
    },
    {"at": "2026-02-25", "contacts": ["c2"], "type": "meeting", "direction": "mutual", "event": "tea2"},
    {"at": "2026-03-12", "contacts": ["c2"], "type": "meeting", "direction": "mutual", "event": "weekly"},
    {"at": "2026-02-02", "contacts": ["c1"], "type": "promise-kept", "keeps": "j001/3", "direction": "gave"},
]  # fmt: skip
FILES = {"content/vault/events.yaml": EVENTS}


def prepared(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {s["item"]["key"]: s for s in suggestions if s["move"] == "prepare"}


def test_from_fourteen_days_before_and_the_day_after_but_never_what_was_called_off_or_put_off(
    brand: Brand, brandkit: Any
) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    found = prepared(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {
        "conf@2026-03-10", "edge@2026-03-15", "weekly@2026-03-03", "weekly@2026-02-24+", "tea2@2026-03-03",
        "night@2026-02-28",
    }, "of what repeats the next time alone, and the last"  # fmt: skip
    assert found["conf@2026-03-10"]["contact"] is None
    why = found["conf@2026-03-10"]["why"]
    assert "PyExample begins on Tuesday 10 March. Mia, Pete, Cleo and 2 more will be there." in why
    assert "Nora" not in why and "Dan" not in why
    assert "Night Shift goes on until today." in found["night@2026-02-28"]["why"], "it began yesterday"
    assert found["weekly@2026-02-24+"]["why"].startswith("Tea Circle is over. Whom did you meet")
    after = prepared(brandkit(folder, "suggest", "--json", "--today", "2026-03-12").json)
    assert {"conf@2026-03-10+", "tea2@2026-03-10+", "edge@2026-03-15", "far@2026-03-16"} <= set(after)
    assert not {key for key in after if key.startswith(("axed", "later", "gone", "old", "night"))}


def test_the_brief_has_for_each_last_words_open_promises_a_question_and_something_to_share(
    brand: Brand, brandkit: Any
) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    brief = brandkit(folder, "brief", "conf", "--json").json
    groups = {group: [one["name"] for one in people] for group, people in brief["groups"].items()}
    assert groups == {
        "Mentors": ["Mia Mentor"],
        "Collaborators": ["Cleo Collab"],
        "Peers": ["Pete Peer", "Hal Held"],
        "New to you": ["Newcomer Example"],
    }
    mia, hal = brief["groups"]["Mentors"][0], brief["groups"]["Peers"][1]
    assert [line["summary"] for line in mia["last_words"]] == ["spoke of barrels"]
    assert [(p["by"], p["text"]) for p in mia["promises"]] == [
        ("me", "send the barrel plan"),
        ("c1", "bring the old map"),
    ]
    assert "How is it going: find a platform lead?" in mia["questions"]
    assert mia["to_share"]["url"] == "https://hiring.example/lead"
    assert hal["hint"].startswith("This is a hard time for Hal.")
    assert not (hal["needs"] or hal["questions"] or hal["to_share"] or hal["promises"])
    assert all(one["questions"] for one in (mia, brief["groups"]["Peers"][0], brief["groups"]["Collaborators"][0]))
    said = brandkit(folder, "brief", "conf").out
    for words in ("spoke of barrels", "You promised: send the barrel plan", "They promised: bring the old map"):
        assert words in said
    assert "https://hiring.example/lead" in said
    for words in ("Nora", "Dan", "Away", "a secret", "already posted", "☐"):
        assert words not in said


def test_the_day_after_there_is_one_screen_to_tick_whom_you_met(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    after = ("--today", "2026-03-12")
    said = brandkit(folder, "brief", "conf", *after).out
    assert "It is over. Whom did you meet?" in said and 'brandkit log NAME --at conf "' in said
    assert [line.split()[1] for line in said.splitlines() if "☐" in line] == ["Mia", "Cleo", "Pete", "Hal", "Newcomer"]
    assert 'brandkit new contact "Newcomer Example" --met conf' in said
    assert brandkit(folder, "build", "--offline", *after).code == 0
    page = (folder / "private/events/conf.html").read_text(encoding="utf-8")
    assert page.count("☐") == 5 and "Nora" not in page and "Dan" not in page
    # a line about everybody who was there ends the question; what was written of another event did not
    assert "conf@2026-03-10+" in prepared(brandkit(folder, "suggest", "--json", *after).json)
    assert brandkit(folder, "log", "c1", "moss, and how to grow it", "--at", "conf", *after).code == 0
    written = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (written["type"], written["direction"], written["event"]) == ("meeting", "mutual", "conf")
    said = brandkit(folder, "brief", "conf", *after).out
    assert said.count("☑") == 1 and said.count("☐") == 4
    asked = prepared(brandkit(folder, "suggest", "--json", *after).json)["conf@2026-03-10+"]
    assert brandkit(folder, "done", asked["id"], *after).code == 0
    assert "conf@2026-03-10+" not in prepared(brandkit(folder, "suggest", "--json", *after).json)


def test_the_brief_of_a_thing_that_repeats_looks_back_the_day_after_and_ahead_before_the_next(
    brand: Brand, brandkit: Any
) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    for today, start, over in (("2026-02-25", "2026-02-24", True), ("2026-03-02", "2026-03-03", False)):
        brief = brandkit(folder, "brief", "weekly", "--json", "--today", today).json
        assert (brief["start"], brief["is_over"]) == (start, over), today
    ahead = brandkit(folder, "brief", "tea2", "--json", "--today", "2026-02-25").json
    assert (ahead["start"], ahead["is_over"]) == ("2026-03-03", False), "it was written up"
    off, later = (brandkit(folder, "brief", event).out for event in ("gone", "later"))
    assert "was called off" in off and "Whom did you meet" not in off
    assert "is put off" in later


def test_an_event_that_was_prepared_for_is_gone_until_undone(brand: Brand, brandkit: Any) -> None:
    folder = brand(PEOPLE, JOURNAL, files=FILES)
    conf = prepared(brandkit(folder, "suggest", "--json").json)["conf@2026-03-10"]
    assert brandkit(folder, "done", conf["id"]).code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert {key: line[key] for key in line if key not in ("id", "at")} == {
        "type": "done", "summary": "PyExample", "move": "prepare", "item": "conf@2026-03-10", "event": "conf",
    }  # fmt: skip
    assert "conf@2026-03-10" not in prepared(brandkit(folder, "suggest", "--json").json)
    after = prepared(brandkit(folder, "suggest", "--json", "--today", "2026-03-12").json)
    assert "conf@2026-03-10+" in after, "to have prepared is not to have met anybody"
    assert brandkit(folder, "undo").code == 0
    assert prepared(brandkit(folder, "suggest", "--json").json)["conf@2026-03-10"] == conf
    assert brandkit(folder, "draft", conf["id"]).code == 2, "there is nobody to write to"


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:1@events.example
DTSTAMP:20260101T000000Z
SUMMARY:Barrel Summit
DTSTART:20260420T080000Z
DTEND:20260420T160000Z
END:VEVENT
BEGIN:VEVENT
UID:2@events.example
DTSTAMP:20260101T000000Z
SUMMARY:Call for papers: Barrel Summit
DTSTART;VALUE=DATE:20260320
END:VEVENT
BEGIN:VEVENT
UID:3@events.example
DTSTAMP:20260101T000000Z
SUMMARY:Cancelled Summit
STATUS:CANCELLED
DTSTART:20260421T080000Z
END:VEVENT
BEGIN:VEVENT
UID:4@events.example
DTSTAMP:20260101T000000Z
SUMMARY:Past Summit
DTSTART:20260221T080000Z
END:VEVENT
END:VCALENDAR
"""


def test_followed_calendars_give_candidates_and_deadlines_in_ideas_and_on_the_calendar(
    brand: Brand, brandkit: Any
) -> None:
    folder = brand(
        PEOPLE,
        JOURNAL,
        files={
            **FILES,
            "content/vault/feeds.yaml": "- {id: city, url: city.ics, kind: calendar}\n",
            "content/vault/city.ics": CALENDAR,
        },
    )
    dates = {one["title"]: (one["kind"], one["day"]) for one in brandkit(folder, "ideas", "--json").json["dates"]}
    assert dates["Barrel Summit"] == ("candidate", "2026-04-20")
    assert dates["Call for papers: Barrel Summit"] == ("deadline", "2026-03-20")
    assert not {"Cancelled Summit", "Past Summit"} & set(dates)
    assert brandkit(folder, "build", "--offline").code == 0
    page = (folder / "private/calendar.html").read_text(encoding="utf-8")
    file = (folder / "private/calendar.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    for text in (page, file):
        assert "Barrel Summit" in text and "Call for papers: Barrel Summit" in text and "PyExample" in text
        assert "Cancelled Summit" not in text and "Past Summit" not in text
    assert "Called Off" not in page and "Put Off" not in page and "Nora" not in page
    own = file.split("SUMMARY:Called Off")[0].rpartition("BEGIN:VEVENT")[2] + file.split("SUMMARY:Called Off")[1]
    assert "STATUS:CANCELLED" in own.partition("END:VEVENT")[0], "whoever has it in their calendar already hears of it"
    public = "".join(p.read_text(errors="ignore") for p in (folder / "public").rglob("*") if p.is_file())
    assert "PyExample" not in public and "Barrel Summit" not in public
