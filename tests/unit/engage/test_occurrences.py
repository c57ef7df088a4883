"""When what repeats takes place: month ends, leap days, clocks that change, rules that lead nowhere."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.engage.config import Event
from brandkit.engage.days.occurrences import (
    comings,
    last_day,
    last_occurrence,
    meetings,
    next_day,
    next_occurrence,
    occurrences,
    on_day,
)
from brandkit.engage.days.recurrence import read_rule
from brandkit.engage.values import DayOfYear

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 1)
YEAR = date(2026, 12, 31)
at = datetime.fromisoformat  # the clock on the wall


def days(start: date, rule: str, until: date = YEAR, since: date = TODAY) -> list[str]:
    return [when.isoformat() for when in occurrences(start, rule, since, until, BERLIN)]


def event(**more: Any) -> Event:
    return Event(**{"id": "e", "name": "E", "start": at("2026-03-10T09:00"), **more})


def test_without_a_rule_there_is_the_start_alone() -> None:
    assert days(date(2026, 3, 10), "") == ["2026-03-10"]
    assert occurrences(date(2025, 3, 10), None, TODAY, YEAR, BERLIN) == ()


@pytest.mark.parametrize(
    "rule",
    [
        *("nonsense", "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=3", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ="),
        *("FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=MONTHLY;BYMONTHDAY=32", "BYDAY=MO"),
        *("FREQ=DAILY;BYHOUR=9,10", "FREQ=WEEKLY;FREQ=DAILY", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=DAILY;UNTIL=20261301"),
        *("=;;==", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=9999999999999999999999"),
    ],
)
def test_a_rule_that_can_not_be_read_leaves_the_start_alone(rule: str) -> None:
    assert days(date(2026, 3, 10), rule) == ["2026-03-10"]


@pytest.mark.parametrize(
    "rule",
    [
        *("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=6MO"),
        *("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=20", "FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=31;BYMONTH=2"),
        *("FREQ=YEARLY;BYDAY=MO;BYSETPOS=366", "FREQ=DAILY;COUNT=99999;BYMONTH=2;BYMONTHDAY=30"),
    ],
)
def test_a_rule_that_fits_no_day_ends_soon(rule: str) -> None:
    began = time.thread_time()
    assert next_occurrence(date(1970, 1, 1), rule, TODAY, BERLIN) is None
    assert last_occurrence(date(1970, 1, 1), rule, TODAY, BERLIN) is None
    assert time.thread_time() - began < 20


def test_the_first_tuesday_of_each_month() -> None:
    found = days(date(2026, 1, 6), "FREQ=MONTHLY;BYDAY=1TU", date(2026, 6, 30))
    assert found == ["2026-03-03", "2026-04-07", "2026-05-05", "2026-06-02"]


def test_the_last_day_of_each_month_and_months_without_a_31st() -> None:
    ends = days(date(2026, 1, 31), "FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 6, 30))
    assert ends == ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
    assert days(date(2026, 1, 31), "FREQ=MONTHLY", date(2026, 6, 30)) == ["2026-03-31", "2026-05-31"]


def test_seven_in_the_evening_stays_seven_in_summer() -> None:
    start = at("2026-03-25T19:00")
    assert days(start, "RRULE:FREQ=WEEKLY", date(2026, 4, 2)) == [
        "2026-03-25T19:00:00+01:00",
        "2026-04-01T19:00:00+02:00",
    ]


def test_a_moment_of_another_zone_recurs_by_its_own_clock_and_falls_on_your_day() -> None:
    start = datetime(2026, 3, 3, 20, tzinfo=ZoneInfo("America/New_York"))  # 02:00 on the fourth in Berlin
    assert occurrences(start, "FREQ=WEEKLY", date(2026, 3, 3), date(2026, 3, 3), BERLIN) == ()
    (one,) = occurrences(start, "FREQ=WEEKLY", date(2026, 3, 4), date(2026, 3, 4), BERLIN)
    assert one == datetime(2026, 3, 4, 1, tzinfo=UTC)


def test_an_end_counts_its_last_day_and_a_moment_in_utc() -> None:
    start = at("2026-03-02T09:00")
    assert len(days(start, "FREQ=DAILY;UNTIL=20260304")) == 3
    assert len(days(start, "FREQ=DAILY;UNTIL=20260304T080000Z")) == 3
    assert len(days(start, "FREQ=DAILY;UNTIL=20260304T075959Z")) == 2
    assert len(days(date(2025, 12, 31), "FREQ=DAILY;COUNT=61")) == 1  # counted from the start


def test_next_and_last() -> None:
    leap = date(2024, 2, 29)
    assert next_occurrence(leap, "FREQ=YEARLY", TODAY, BERLIN) == date(2028, 2, 29)
    assert last_occurrence(leap, "FREQ=YEARLY", TODAY, BERLIN) == leap
    assert next_occurrence(TODAY, "FREQ=DAILY", TODAY, BERLIN) == TODAY
    assert last_occurrence(TODAY, "FREQ=DAILY", TODAY, BERLIN) is None
    assert next_occurrence(date(2090, 5, 1), None, TODAY, BERLIN) == date(2090, 5, 1)


def test_events_called_off_or_put_off_do_not_come_but_tentative_ones_do() -> None:
    for status, count in (("cancelled", 0), ("postponed", 0), ("tentative", 1), ("confirmed", 1)):
        assert len(comings(event(status=status), TODAY, YEAR, BERLIN)) == count


def test_an_event_that_has_begun_is_still_there_until_it_ends() -> None:
    long = event(start=at("2026-02-27T09:00"), end=at("2026-03-01T17:00"))
    assert len(comings(long, TODAY, YEAR, BERLIN)) == 1
    assert comings(long, date(2026, 3, 2), YEAR, BERLIN) == ()
    assert len(comings(event(end=at("2026-03-09T09:00")), TODAY, YEAR, BERLIN)) == 1  # ends before it begins


def test_committees_meet_by_a_rule_without_a_start() -> None:
    assert meetings("FREQ=MONTHLY;BYDAY=1TU", TODAY, TODAY, date(2026, 4, 30)) == (date(2026, 3, 3), date(2026, 4, 7))
    assert meetings("now and then", TODAY, TODAY, YEAR) == ()
    assert meetings(None, TODAY, TODAY, YEAR) == ()


def test_29_february_follows_the_setting() -> None:
    leap = DayOfYear(2, 29)
    assert next_day(leap, date(2026, 1, 1), "02-28") == date(2026, 2, 28)
    assert next_day(leap, date(2026, 1, 1), "03-01") == date(2026, 3, 1)
    assert next_day(leap, date(2028, 1, 1), "03-01") == date(2028, 2, 29)
    assert next_day(leap, date(2026, 3, 1), "02-28") == date(2027, 2, 28)
    assert last_day(leap, date(2026, 3, 1), "03-01") == date(2026, 3, 1)
    assert last_day(leap, date(2026, 2, 28), "03-01") == date(2025, 3, 1)


def test_a_day_does_not_come_back_before_it_first_came() -> None:
    day = DayOfYear(6, 1, 2027)
    assert next_day(day, TODAY, "02-28") == date(2027, 6, 1)
    assert last_day(day, TODAY, "02-28") is None


DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(DATES, st.sampled_from(["02-28", "03-01"]), st.data())
def test_the_next_day_of_the_year_is_never_past_and_less_than_a_year_and_a_day_off(
    today: date, leap: Any, data: st.DataObject
) -> None:
    whole = data.draw(st.dates(date(2000, 1, 1), date(2000, 12, 31)))
    day = DayOfYear(whole.month, whole.day)
    coming, was = next_day(day, today, leap), last_day(day, today, leap)
    assert was is not None
    assert was <= today <= coming <= today + timedelta(days=366)
    assert coming == on_day(day, coming.year, leap)


NUMBERS = st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=3)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that say the same to every reader: dateutil takes a few combinations its own way."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if draw(st.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=4)))))
    if draw(st.booleans()):
        nth = "" if frequency in ("DAILY", "WEEKLY") else draw(st.sampled_from(["", "1", "-1", "3", "-5"]))
        parts.append(
            "BYDAY=" + ",".join(nth + day for day in draw(st.lists(st.sampled_from(["MO", "WE", "SU"]), min_size=1)))
        )
    elif frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(NUMBERS))))
    if len(parts) > 2 and frequency in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(['1', '-1', '2', '1,-1']))}")
    ends = draw(st.sampled_from(["", f"COUNT={draw(st.integers(1, 30))}", "UNTIL=20300615"]))
    return ";".join([*parts, f"WKST={draw(st.sampled_from(['MO', 'SU']))}", *([ends] if ends else [])])


@settings(max_examples=40, deadline=None)
@given(rules(), st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.dates(date(2024, 1, 1), date(2032, 1, 1)))
def test_rules_mean_what_dateutil_says(rule: str, start: date, since: date) -> None:
    from dateutil.rrule import rrulestr

    until = since + timedelta(days=400)
    begin = at(start.isoformat())
    theirs = rrulestr(rule, dtstart=begin)
    expected = []
    for when in theirs:
        if when.date() > until:
            break
        if when.date() >= since:
            expected.append(when.date())
    assert list(occurrences(start, rule, since, until, BERLIN)) == expected, rule


@given(st.text("FREQDAILYBYMONTHCOUNT=;,0123456789-+MOTU ", max_size=60))
def test_any_text_is_a_rule_or_none(text: str) -> None:
    read_rule(text)
    read_rule(f"FREQ=DAILY;{text}")
