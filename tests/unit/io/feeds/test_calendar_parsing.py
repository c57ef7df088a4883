"""Calendars of strangers: what is read of them, what is passed over, and that reading always ends."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandkit.io.feeds import calendar_parsing
from brandkit.io.feeds.calendar_parsing import CalendarRecord, ParsedCalendar, parse_calendar

BERLIN = ZoneInfo("Europe/Berlin")
at = datetime.fromisoformat


def calendar(*events: str, top: str = "", end: str = "\r\n") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{top}\n{body}END:VCALENDAR\n"
    return text.replace("\n", end).encode()


def parse(*events: str, top: str = "") -> tuple[CalendarRecord, ...]:
    parsed = parse_calendar(calendar(*events, top=top))
    assert parsed.problem is None, parsed.problem
    return parsed.records


def one(event: str, top: str = "") -> CalendarRecord:
    (record,) = parse(event, top=top)
    return record


def test_an_event_comes_back_with_all_that_it_says() -> None:
    record = one(
        r"""UID:1@city.example
DTSTART;TZID=Europe/Berlin:20260310T190000
DTEND;TZID=Europe/Berlin:20260310T210000
SUMMARY:Platform\, evening
LOCATION:Town hall\; room 2
URL:https://city.example/1
DESCRIPTION:Two talks.\nAnd
  pizza.
RRULE:FREQ=MONTHLY;BYDAY=2TU
EXDATE;TZID=Europe/Berlin:20260414T190000,20260512T190000
STATUS:TENTATIVE"""
    )
    assert record == CalendarRecord(
        uid="1@city.example",
        title="Platform, evening",
        starts=datetime(2026, 3, 10, 19, tzinfo=BERLIN),
        ends=datetime(2026, 3, 10, 21, tzinfo=BERLIN),
        location="Town hall; room 2",
        url="https://city.example/1",
        text="Two talks.\nAnd pizza.",
        rule="FREQ=MONTHLY;BYDAY=2TU",
        status="tentative",
        zone="Europe/Berlin",
        skipped=(date(2026, 4, 14), date(2026, 5, 12)),
    )


def test_whole_days_end_on_their_last_day() -> None:
    record = one("UID:1\nDTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260313")
    assert (record.starts, record.ends, record.all_day) == (date(2026, 3, 10), date(2026, 3, 12), True)
    assert one("UID:1\nDTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260311").ends is None
    assert one("UID:1\nDTSTART:20260310\nDURATION:P2D").ends == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("DTSTART:20260310T090000Z", "UTC"),
        ("DTSTART;TZID=America/New_York:20260310T090000", "America/New_York"),
        ("DTSTART;TZID=/someone.example/Europe/Berlin:20260310T090000", "Europe/Berlin"),
        ('DTSTART;TZID="W. Europe Standard Time":20260310T090000', "Europe/Berlin"),
        ("DTSTART;TZID=The moon:20260310T090000", ""),
        ("DTSTART;TZID=../../etc/passwd:20260310T090000", ""),
        ("DTSTART:20260310T090000", ""),
    ],
)
def test_zones_by_their_names(line: str, zone: str) -> None:
    record = one(line)
    assert record.zone == zone
    assert isinstance(record.starts, datetime)
    assert record.starts.replace(tzinfo=None) == at("2026-03-10T09:00")


def test_a_clock_without_a_zone_is_that_of_the_calendar() -> None:
    assert one("DTSTART:20260310T090000", top="X-WR-TIMEZONE:Europe/Berlin").zone == "Europe/Berlin"


def test_an_end_before_the_start_or_of_another_sort_is_no_end() -> None:
    for end in ("DTEND:20260309T090000Z", "DTEND;VALUE=DATE:20260311", "DTEND:rubbish", "DURATION:-PT1H"):
        assert one(f"DTSTART:20260310T090000Z\n{end}").ends is None
    assert one("DTSTART:20260310T090000Z\nDURATION:PT90M").ends == datetime(2026, 3, 10, 10, 30, tzinfo=ZoneInfo("UTC"))


def test_what_was_moved_out_of_a_series_stands_for_itself() -> None:
    series, moved = parse(
        "UID:s\nSUMMARY:Meetup\nDTSTART:20260301T180000Z\nRRULE:FREQ=WEEKLY",
        "UID:s\nSUMMARY:Meetup\nRECURRENCE-ID:20260308T180000Z\nDTSTART:20260309T180000Z",
    )
    assert series.skipped == (date(2026, 3, 8),)
    assert (moved.uid, moved.rule, moved.skipped) == ("s#2026-03-08T18:00:00+00:00", "", ())


def test_words_are_plain_text() -> None:
    record = one(
        "DTSTART:20260310\nSUMMARY:Hi <script>alert(1)</script><b>there</b>\x07 \u202etxt\n"
        "DESCRIPTION:<p>One</p><img src=x onerror=alert(1)><p>Two</p>\nURL:javascript:alert(1)\nLOCATION:a\\nb"
    )
    assert (record.title, record.text, record.url, record.location) == ("Hi there txt", "One\nTwo", "", "a b")


def test_what_stands_inside_an_event_is_not_the_event() -> None:
    record = one("DTSTART:20260310\nSUMMARY:Real\nBEGIN:VALARM\nDESCRIPTION:Alarm\nDURATION:PT1H\nEND:VALARM")
    assert (record.title, record.text, record.ends) == ("Real", "", None)


def test_broken_events_are_left_out_and_counted() -> None:
    good = "UID:g\nDTSTART:20260310"
    parsed = parse_calendar(calendar(good, "SUMMARY:no start", "DTSTART:20261340", "DTSTART:00010101"))
    assert [record.uid for record in parsed.records] == ["g"]
    assert parsed.notes == ("3 events could not be read",)
    torn = parse_calendar(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260310\nBEGIN:VEVENT\nUID:b\nDTSTART:20260311")
    assert torn.problem is None
    assert torn.notes == ("2 events could not be read",)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "the calendar is empty"),
        (b"<!DOCTYPE html><p>Sign in", "this is a web page, not a calendar"),
        (b"<rss/>", "this is a feed, not a calendar"),
        (b"\0" * 100, "this is binary data, not a calendar"),
        (b"hello", "this is not a calendar that brandkit can read"),
    ],
)
def test_what_is_no_calendar_is_refused_in_one_line(body: bytes, problem: str) -> None:
    assert parse_calendar(body) == ParsedCalendar("", (), problem)


def test_events_that_share_a_uid_are_told_apart_and_the_same_ones_are_one() -> None:
    records = parse(*["UID:x\nSUMMARY:A\nDTSTART:20260310"] * 2, "UID:x\nSUMMARY:B\nDTSTART:20260310")
    assert len({record.uid for record in records}) == len(records) == 2


def test_a_long_calendar_keeps_its_latest_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_parsing, "EVENT_LIMIT", 3)
    parsed = parse_calendar(calendar(*[f"UID:{n}\nDTSTART:202603{n:02}" for n in range(1, 11)]))
    assert [record.uid for record in parsed.records] == ["8", "9", "10"]
    assert "latest 3 events" in parsed.notes[0]


def test_only_so_many_rules_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_parsing, "RULE_LIMIT", 2)
    records = parse(*[f"UID:{n}\nDTSTART:20260310\nRRULE:FREQ=DAILY" for n in range(4)])
    assert [record.rule for record in records] == ["FREQ=DAILY", "FREQ=DAILY", "", ""]


def test_a_reading_that_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_parsing, "SECONDS", -1.0)
    assert parse_calendar(calendar("DTSTART:20260310")).problem
    assert parse_calendar(b"BEGIN:VCALENDAR").records == ()


def test_the_calendar_says_its_name_and_when_to_come_back() -> None:
    parsed = parse_calendar(calendar(top="X-WR-CALNAME:City events\nX-PUBLISHED-TTL:PT12H"))
    assert (parsed.title, parsed.ttl, parsed.problem) == ("City events", 12 * 3600.0, None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 200_000,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY" + b';a="' * 200_000 + b":x\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:" + b"\n " * 400_000 + b"\nEND:VEVENT",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260310\nDESCRIPTION:" + b"<b>" * 300_000 + b"\nEND:VEVENT",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260310\nEXDATE:" + b"20260310," * 100_000 + b"\nEND:VEVENT",
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 200_000,
    ],
    ids=["nested", "quotes", "folds", "markup", "dates", "begun"],
)
def test_hostile_shapes_take_no_long_time(body: bytes) -> None:
    began = time.thread_time()
    parse_calendar(body)
    assert time.thread_time() - began < 20


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VALARM", "END:VALARM", "UID:1"),
        *(
            "DTSTART:20260310",
            "DTSTART;TZID=Europe/Berlin:20260310T090000",
            "DTEND:99991231T235959Z",
            "DURATION:P9999W",
        ),
        *("DTSTART:24001231T235959Z", "RRULE:FREQ=DAILY", "RECURRENCE-ID:20260310", "EXDATE:20260310", ":", ";", " x"),
        *("SUMMARY:\\", 'DESCRIPTION;ALTREP="x:y":z', "X-WR-TIMEZONE:Nowhere", "STATUS:CANCELLED", "\t", "=:;,"),
    ]
)


@settings(max_examples=60, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=30))
def test_any_lines_have_an_outcome(lines: list[str]) -> None:
    parsed = parse_calendar(("BEGIN:VCALENDAR\n" + "\n".join(lines)).encode("utf-8", "surrogatepass"))
    assert parsed.problem is None or "could not be read (" not in parsed.problem
    assert len({record.uid for record in parsed.records}) == len(parsed.records)
    for record in parsed.records:
        assert record.ends is None or isinstance(record.ends, datetime) is isinstance(record.starts, datetime)


@given(st.binary(max_size=200))
def test_any_bytes_have_an_outcome(body: bytes) -> None:
    parsed = parse_calendar(b"BEGIN:VCALENDAR\n" + body)
    assert "could not be read (" not in (parsed.problem or "")
