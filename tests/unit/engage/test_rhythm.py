"""Where things stand with a person: the last touch, when it is time again, and who waits for whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from brandkit.engage.contacts import Contact, Met
from brandkit.engage.journal import TYPES
from brandkit.engage.model import Interaction
from brandkit.engage.rhythm import SILENT, Touch, in_words, touch_of
from brandkit.engage.values import Rhythm

TODAY = date(2026, 3, 1)
MONTHLY = Contact("ada", "Ada Example", every=Rhythm(30, "day"))


def touch(*journal: Interaction, contact: Contact = MONTHLY, today: date = TODAY, zone: str = "UTC") -> Touch:
    return touch_of(contact, sorted(journal, key=lambda one: one.at), today, ZoneInfo(zone))


@pytest.mark.parametrize("type", TYPES)
def test_any_interaction_resets_the_clock_and_a_mere_note_does_not(line: Any, type: str) -> None:
    found = touch(line("call", "2026-01-01"), line(type, "2026-02-20"))
    assert found.last == (date(2026, 1, 1) if type in SILENT else date(2026, 2, 20))
    assert found.due == MONTHLY.every.after(found.last)  # type: ignore[union-attr]


def test_lines_about_others_and_lines_to_come_do_not_count(line: Any) -> None:
    found = touch(line("call", "2026-01-01"), line("call", "2026-03-02"), line("call", "2026-02-20", ("bea",)))
    assert (found.last, found.days) == (date(2026, 1, 1), 59)


def test_the_day_is_the_one_where_you_live(line: Any) -> None:
    late = line("call", "2026-02-01T23:30:00+00:00")
    assert touch(late, zone="Europe/Berlin").last == date(2026, 2, 2)
    assert touch(late, zone="America/New_York").last == date(2026, 2, 1)


def test_imported_without_history_the_clock_starts_there(line: Any) -> None:
    found = touch(line("imported", "2026-02-20"))
    assert (found.last, found.clock, found.never) == (None, date(2026, 2, 20), True)
    after = touch(line("imported", "2026-02-20"), line("call", "2026-02-01"))
    assert (after.clock, after.never) == (date(2026, 2, 1), False)


def test_the_day_on_which_you_met_starts_the_clock_where_nothing_else_does(line: Any) -> None:
    new = Contact("ada", "Ada", every=Rhythm(30, "day"), met=Met(on=date(2026, 2, 25)))
    assert touch(contact=new).clock == date(2026, 2, 25)
    assert touch(line("call", "2026-01-01"), contact=new).clock == date(2026, 1, 1)
    assert touch(contact=Contact("ada", "Ada", met=Met(on=date(2026, 4, 1)))).clock is None


def test_without_a_rhythm_nothing_is_due(line: Any) -> None:
    assert touch(line("call", "2020-01-01"), contact=Contact("ada", "Ada")).due is None
    assert touch().due is None


def test_messages_without_an_answer_are_counted_from_the_end(line: Any) -> None:
    sent = [line("message", f"2026-01-0{n}") for n in (1, 2, 3)]
    assert touch(*sent).unanswered == 3
    assert touch(*sent, line("replied", "2026-01-02T12:00:00+00:00", direction="received")).unanswered == 1
    assert touch(*sent, line("call", "2026-01-04", direction="mutual")).unanswered == 0
    assert touch(*sent, line("imported", "2026-01-05"), line("star", "2026-01-06")).unanswered == 3
    assert touch(*sent, line("message", "2026-01-07", direction="received")).unanswered == 0
    assert touch(*sent, line("share", "2026-01-07", reaction="liked")).unanswered == 0


def test_lateness_is_counted_in_rhythms(line: Any) -> None:
    assert touch(line("call", "2026-01-30")).lateness(MONTHLY, TODAY) == 1.0
    assert touch(line("call", "2026-01-15")).lateness(MONTHLY, TODAY) == 1.5
    assert touch().lateness(MONTHLY, TODAY) == 0.0


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (7, "about weekly"),
        (14, "about every two weeks"),
        (30, "about monthly"),
        (30.44, "about monthly"),
        (60, "about every two months"),
        (91.3, "about every three months"),
        (182, "about twice a year"),
        (365.25, "about once a year"),
    ],
)
def test_a_rhythm_is_said_as_people_say_it(days: float, words: str) -> None:
    assert in_words(days) == words
