"""What followed calendars offer: candidates, deadlines, and neither twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from brandkit.engage.config import Feed
from brandkit.engage.days.occasions import Occasion, candidates, deadlines, followed, occasion_items

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 1)
at = datetime.fromisoformat


def occasion(**more: Any) -> Occasion:
    return Occasion(**{"feed": "city", "uid": "1", "title": "Fair", "starts": date(2026, 3, 10), **more})


def offered(*found: Occasion, days: int = 120) -> list[tuple[str, str]]:
    return [(one.title, one.day(BERLIN).isoformat()) for one in candidates(found, TODAY, days, BERLIN)]


def due(*found: Occasion) -> list[tuple[str, str]]:
    return [(one.title, one.day(BERLIN).isoformat()) for one in deadlines(found, TODAY, zone=BERLIN)]


def test_events_that_come_soon_are_candidates_the_soonest_first() -> None:
    soon, sooner = occasion(), occasion(uid="2", title="Meetup", starts=at("2026-03-09T19:00"))
    past, far = occasion(uid="3", starts=date(2026, 2, 1)), occasion(uid="4", starts=date(2026, 8, 1))
    assert offered(soon, sooner, past, far) == [("Meetup", "2026-03-09"), ("Fair", "2026-03-10")]
    assert offered(soon, days=5) == []


def test_what_was_called_off_is_none_and_what_goes_on_still_is() -> None:
    assert offered(occasion(status="cancelled")) == []
    assert offered(occasion(starts=date(2026, 2, 27), ends=date(2026, 3, 2))) == [("Fair", "2026-02-27")]


def test_a_series_gives_its_next_time_that_was_not_left_out() -> None:
    series = occasion(starts=at("2026-01-06T19:00"), rule="FREQ=WEEKLY", skipped=(date(2026, 3, 3),))
    assert offered(series) == [("Fair", "2026-03-10")]
    (one,) = candidates([series], TODAY, zone=BERLIN)
    assert one.key != candidates([series], TODAY + timedelta(days=14), zone=BERLIN)[0].key


def test_what_was_moved_keeps_its_key() -> None:
    assert occasion().key == occasion(starts=date(2026, 3, 20)).key != occasion(feed="other").key


def test_one_event_of_two_calendars_is_one() -> None:
    same = (occasion(feed="a"), occasion(feed="b"), occasion(feed="c", title="FAIR"))
    assert len(offered(*same)) == 1
    linked = (occasion(url="https://ex.org/1"), occasion(feed="b", title="The Fair", url="http://www.ex.org/1/"))
    assert len(offered(*linked)) == 1


@pytest.mark.parametrize(
    "title",
    ["CalmConf: Call for Papers", "CfP CalmConf closes", "Deadline: abstracts", "Einreichungsfrist", "Einreichung bis"],
)
def test_a_title_that_calls_is_a_deadline_and_no_candidate(title: str) -> None:
    call = occasion(title=title, starts=date(2026, 2, 1), ends=date(2026, 3, 15))
    assert due(call) == [(title, "2026-03-15")]
    assert offered(call) == []
    assert due(occasion(title=title, status="cancelled")) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The call for papers closes on 2026-04-01.", "2026-04-01"),
        ("Come! CfP until 1 April 2026, tickets from 2 May 2026.", "2026-04-01"),
        ("Deadline for submissions: April 1st, 2026", "2026-04-01"),
        ("Bis 01.04.2026 Einreichung möglich.", "2026-04-01"),
        ("Einreichungsfrist: 1. März 2026", "2026-03-01"),
    ],
)
def test_a_text_that_calls_names_its_day(text: str, day: str) -> None:
    conference = occasion(title="CalmConf", starts=date(2026, 6, 10), text=text)
    (found,) = deadlines([conference], TODAY)
    assert found.starts.isoformat() == day
    assert found.title.startswith("CalmConf: ")
    assert found.kind == "deadline"
    assert offered(conference) == [("CalmConf", "2026-06-10")]


@pytest.mark.parametrize(
    "text",
    ["No deadline, just come.", "Befristet bis 2026-04-01.", "Deadline was 2026-02-01.", "Deadline: 31 June 2026"],
)
def test_a_text_without_a_coming_day_is_no_deadline(text: str) -> None:
    assert due(occasion(text=text)) == []


def test_only_what_is_followed_as_a_calendar_and_wanted_by_its_words() -> None:
    feed = Feed("city", "events.ics", kind="calendar", include=("fair",), exclude=("wine",))
    assert followed([occasion(), occasion(title="Wine fair"), occasion(title="Run")], [feed]) == (occasion(),)
    assert followed([occasion()], [Feed("city", "https://ex.org/")]) == ()


def test_they_stand_in_the_agenda() -> None:
    timed = occasion(starts=at("2026-03-10T19:00"), ends=at("2026-03-10T21:00"))
    whole, moment = occasion_items([timed, occasion(uid="2", kind="deadline")], BERLIN)
    assert (whole.kind, whole.start, moment.kind) == ("deadline", None, "candidate")
    assert moment.start == datetime(2026, 3, 10, 19, tzinfo=BERLIN)


def test_no_calendar_drowns_the_others() -> None:
    many = [occasion(uid=str(n), title=f"Fair {n}") for n in range(500)]
    found = candidates([*many, occasion(feed="other", title="Small", starts=date(2026, 3, 11))], TODAY)
    assert len(found) == 201
    assert found[-1].title == "Small"
