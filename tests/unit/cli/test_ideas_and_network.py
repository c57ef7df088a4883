"""ideas and network at the terminal: calm to read, whole as JSON, silent on who asked to be left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/me.yaml --
name: Alex Example
languages: [en]
expertise: [sailing knots]
hours_a_week: 0.1
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, every: 1 week, interests: [sailing knots, "[bold]maps"], circle: port, offers: [advice]}
- {id: bea, name: Bea Example, every: 30 days, channel: call, circle: town, knows: [ada]}
- {id: dnc, name: Silent Sample, every: 1 week, interests: [sailing knots], do_not_contact: true, circle: port}
-- content/vault/journal/2026.jsonl --
{"id": "j1", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "message", "direction": "received", \
"summary": "which of the sailing knots is first?"}
-- content/vault/feeds.yaml --
- {id: city, url: city.ics, kind: calendar}
-- content/vault/city.ics --
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//EN
BEGIN:VEVENT
UID:cfp@city.example
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260401
SUMMARY:Call for papers: sailing knots
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


def test_ideas_are_sections_with_the_next_step_beneath(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "ideas")
    assert said.code == 0, said.err
    lines = [line.strip() for line in said.out.splitlines()]
    at = lines.index("sailing knots: 1 person, 0 entries, nothing of yours yet (Ada)")
    assert lines[at + 1] == 'brandkit new post "sailing knots" --for ada'
    assert "[bold]maps: 1 person, 0 entries, nothing of yours yet (Ada)" in lines
    assert "“which of the sailing knots is first?” (Ada)" in lines
    assert "2026-04-01 Call for papers: sailing knots, a deadline; it is about sailing knots" in " ".join(lines)
    assert "Silent" not in said.out


def test_ideas_as_json_hold_all_with_evidence(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "ideas", "--json").json
    assert set(said) == {"topics", "questions", "learned", "aged", "dates"}
    assert said["topics"][0]["people"] == [{"contact": "ada", "field": "interests[0]", "text": "sailing knots"}]
    assert said["questions"][0]["line"] == "j1"
    assert [(one["kind"], one["day"]) for one in said["dates"]] == [("deadline", "2026-04-01")]


def test_a_vault_of_nobody_has_no_ideas_and_says_so_kindly(site: Callable[[str], Path], brandkit: Any) -> None:
    empty = site("-- site.yaml --\ntitle: T\nurl: https://t.example/\ntoday: 2026-03-01\n")
    assert "No ideas yet" in brandkit(empty, "ideas").out
    said = brandkit(empty, "network")
    assert said.code == 0
    assert said.out.startswith("0 people. You have chosen no rhythm yet")


def test_the_network_names_minutes_and_what_rests_on_few(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "network")
    assert said.code == 0, said.err
    text = " ".join(said.out.split())
    assert "2 people. Your rhythms take about 17 minutes a week; you have 6." in text
    assert "With rhythms half as long again it would be 11 minutes." in text
    assert "Ada Example: 10.0 minutes a week Bea Example: 7.0 minutes a week" in text
    assert "advice: Ada Example" in text and "mentoring: nobody yet" in text
    assert "Bea Example (town) knows Ada Example" in text
    assert "Silent" not in text


def test_the_network_as_json_is_exact(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "network", "--json").json
    assert said["people"] == 2
    assert said["minutes"]["weekly"] == 17.0 and said["minutes"]["available"] == 6.0
    assert said["minutes"]["relaxed"] == round(17 / 1.5, 2)
    assert said["circles"] == [{"circle": "port", "contacts": ["ada"]}, {"circle": "town", "contacts": ["bea"]}]
    assert brandkit(folder, "network", "--json").json == said
