"""The private calendar: UIDs that stay, numbers that rise only with a change, and nobody's secrets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from brandkit.engage.config import Committee, Event, Me, Membership, Mentorship, Organization, Settings
from brandkit.engage.contacts import Contact, Hold, KeyDate, Need
from brandkit.engage.days.agenda import Span, agenda
from brandkit.engage.days.calendar_entries import CalendarEntry, calendar_entries
from brandkit.engage.days.calendar_file import Revision, calendar_text, revisions_from, revisions_json
from brandkit.engage.days.occasions import Occasion
from brandkit.engage.model import Vault
from brandkit.engage.values import DayOfYear, Rhythm

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 1)
OWNER = "alex@example.org"
at = datetime.fromisoformat


def contact(id: str = "ada", **more: Any) -> Contact:
    return Contact(**{"id": id, "name": f"{id.title()} Example", **more})


def event(**more: Any) -> Event:
    return Event(**{"id": "e", "name": "Meetup", "start": at("2026-03-10T19:00"), "location": "Berlin", **more})


def entries(**parts: Any) -> tuple[CalendarEntry, ...]:
    return calendar_entries(Vault(**{"me": Me(), **parts}), TODAY, BERLIN)


def written(found: tuple[CalendarEntry, ...], known: dict[str, Revision] | None = None) -> list[Any]:
    text = calendar_text(found, known or {}, OWNER, TODAY).text
    components = list(Calendar.from_ical(text).walk("VEVENT"))
    assert not any(component.errors for component in components)
    return components


def only(**parts: Any) -> Any:
    (component,) = written(entries(**parts))
    return component


def days(component: Any, count: int) -> list[str]:
    from dateutil.rrule import rrulestr

    start = component.decoded("DTSTART")
    naive = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, datetime.min.time())
    rule = rrulestr(component["RRULE"].to_ical().decode(), dtstart=naive)
    return [when.date().isoformat() for when in rule.xafter(at("2025-12-31"), count=count)]


def test_a_birthday_is_of_a_whole_day_each_year_and_has_no_age() -> None:
    birthday = only(contacts=(contact(birthday=DayOfYear(4, 2, 1971)),))
    assert birthday["UID"].startswith("birthday-ada@")
    assert birthday.decoded("DTSTART") == date(2000, 4, 2)
    assert days(birthday, 2) == ["2026-04-02", "2027-04-02"]
    assert b"1971" not in birthday.to_ical()


@pytest.mark.parametrize(
    ("leap", "expected"),
    [
        ("02-28", ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"]),
        ("03-01", ["2026-03-01", "2027-03-01", "2028-02-29", "2029-03-01"]),
    ],
)
def test_29_february_follows_the_setting(leap: Any, expected: list[str]) -> None:
    me = Me(settings=Settings(leap_birthday=leap))
    assert days(only(me=me, contacts=(contact(birthday=DayOfYear(2, 29)),)), 4) == expected


def test_an_event_stands_in_its_zone() -> None:
    text = calendar_text(entries(events=(event(end=at("2026-03-10T21:00")),)), {}, OWNER, TODAY).text
    assert "DTSTART;TZID=Europe/Berlin:20260310T190000" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "LOCATION:Berlin" in text


def test_an_event_without_a_time_is_of_whole_days() -> None:
    fair = only(events=(event(start=at("2026-03-10"), end=at("2026-03-12")),))
    assert (fair.decoded("DTSTART"), fair.decoded("DTEND")) == (date(2026, 3, 10), date(2026, 3, 13))


def test_a_series_begins_when_it_first_takes_place_and_ends_in_utc() -> None:
    series = only(events=(event(repeats="FREQ=MONTHLY;BYDAY=1TU;UNTIL=20260630"),))
    assert series.decoded("DTSTART").date() == date(2026, 4, 7)
    assert series["RRULE"]["UNTIL"] == [datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC)]
    assert "RRULE" not in only(events=(event(repeats="FREQ=SECONDLY"),))


@pytest.mark.parametrize("status", ["confirmed", "tentative", "cancelled", "postponed"])
def test_the_status_is_what_calendars_know(status: Any) -> None:
    expected = {"cancelled": "CANCELLED", "confirmed": "CONFIRMED"}.get(status, "TENTATIVE")
    found = only(events=(event(status=status),))
    assert found["STATUS"] == expected
    assert found["SUMMARY"] == ("Postponed: Meetup" if status == "postponed" else "Meetup")


def test_a_renewal_rings_before_it_and_an_ended_membership_is_silent() -> None:
    member = Membership(renews=date(2026, 3, 20), notice=Rhythm(30, "day"))
    renewal = only(organizations=(Organization("acm", "Society", member=member),))
    (alarm,) = renewal.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-30)
    ended = replace(member, until=date(2026, 2, 1))
    assert entries(organizations=(Organization("acm", "Society", member=ended),)) == ()


def test_meetings_end_with_the_committee() -> None:
    programme = Committee("Programme", until=date(2026, 4, 30), meets="FREQ=MONTHLY;BYDAY=1TU")
    meeting = only(organizations=(Organization("acm", "Society", committees=(programme,)),))
    assert days(meeting, 9) == [f"2026-0{n}" for n in ("1-06", "2-03", "3-03", "4-07")]
    over = replace(programme, until=date(2026, 2, 28))
    assert entries(organizations=(Organization("acm", "Society", committees=(over,)),)) == ()


def test_a_session_and_what_followed_calendars_offer() -> None:
    mentoring = Mentorship("m", "mentee", "ada", since=date(2026, 2, 15), every=Rhythm(1, "month"))
    (session,) = entries(contacts=(contact(),), mentorships=(mentoring,))
    assert (session.key, session.starts) == ("session-m", date(2026, 3, 15))
    offered = Occasion("city", "1", "Fair", at("2026-03-10T19:00"), at("2026-03-10T21:00"))
    (found,) = written(calendar_entries(Vault(Me()), TODAY, BERLIN, None, (offered,)))
    assert (found["STATUS"], found["TRANSP"], found["UID"][:10]) == ("TENTATIVE", "TRANSPARENT", "candidate-")


def test_nothing_private_and_nobody_who_is_to_be_left_in_peace() -> None:
    secret = contact(
        birthday=DayOfYear(4, 2, 1971),
        dates=(KeyDate("death of her father", DayOfYear(5, 1)),),
        needs=(Need("CANARY-need", sensitive=True),),
        notes="CANARY-notes",
        facts=("CANARY-fact",),
    )
    closed = [
        contact("bob", birthday=DayOfYear(4, 2), do_not_contact=True),
        contact("cy", birthday=DayOfYear(4, 2), deceased=True),
        contact("di", birthday=DayOfYear(4, 2), hold=Hold("bereavement")),
    ]
    text = calendar_text(entries(contacts=(secret, *closed)), {}, OWNER, TODAY).text
    assert "birthday-ada@" in text
    for word in ("CANARY", "father", "bob", "Bob", "Cy Ex", "Di Ex", "1971", OWNER):
        assert word not in text


def test_the_same_in_gives_the_same_bytes_also_on_another_day() -> None:
    found = entries(contacts=(contact(birthday=DayOfYear(2, 29)),), events=(event(),))
    first = calendar_text(found, {}, OWNER, TODAY)
    again = calendar_text(found, first.sequences, OWNER, TODAY + timedelta(days=9))
    assert again == first


def test_the_number_rises_with_each_change_that_matters_and_with_no_other() -> None:
    before = calendar_text(entries(events=(event(),)), {}, OWNER, TODAY)
    changes: list[dict[str, Any]] = [
        *({"start": at("2026-03-11T19:00")}, {"end": at("2026-03-10T20:00")}, {"repeats": "FREQ=WEEKLY"}),
        *({"location": "Bonn"}, {"name": "Other"}, {"status": "cancelled"}, {"start": at("2026-03-10")}),
    ]
    for change in changes:
        (after,) = written(entries(events=(event(**change),)), dict(before.sequences))
        assert after["SEQUENCE"] == 1, change
    for silence in ({"role": "speaker"}, {"meet": 5}, {"url": "https://ex.org/"}):
        (after,) = written(entries(events=(event(**silence),)), dict(before.sequences))
        assert after["SEQUENCE"] == 0, silence


def test_uids_stay_when_the_address_changes_or_something_was_away_for_a_while() -> None:
    first = calendar_text(entries(events=(event(),)), {}, OWNER, TODAY)
    second = calendar_text(entries(events=(event(name="New"),)), first.sequences, "new@example.org", TODAY)
    away = calendar_text((), second.sequences, "new@example.org", TODAY)
    back = calendar_text(entries(events=(event(),)), away.sequences, "new@example.org", TODAY)
    assert list(first.sequences) == list(back.sequences)
    assert [one.sequence for one in back.sequences.values()] == [2]
    assert list(calendar_text(entries(events=(event(),)), {}, "x@example.org", TODAY).sequences) != list(
        first.sequences
    )


def test_what_strangers_announced_is_forgotten_after_a_while() -> None:
    offered = (CalendarEntry("candidate-1", "Fair", date(2026, 3, 10)), CalendarEntry("event-e", "Mine", TODAY))
    known = calendar_text(offered, {}, OWNER, TODAY).sequences
    later = calendar_text((), known, OWNER, TODAY + timedelta(days=500)).sequences
    assert [uid.partition("@")[0] for uid in later] == ["event-e"]


def test_what_is_remembered_survives_being_written_and_rubbish_is_passed_over() -> None:
    known = calendar_text(entries(events=(event(),)), {}, OWNER, TODAY).sequences
    assert revisions_from(json.loads(json.dumps(revisions_json(known)))) == known
    assert revisions_from([1]) == revisions_from({"a": 1, "b": {"sequence": "x"}, "c": {}}) == {}


NAMES = st.sampled_from(["Meetup", "Fair", "Ünïcode, with; \\ and \n lines", "x" * 90])
EVENTS = st.builds(
    event,
    id=st.sampled_from(["a", "b", "a-b", "a.b"]),
    name=NAMES,
    start=st.datetimes(at("1990-01-01"), at("2090-01-01")),
    end=st.none() | st.datetimes(at("1990-01-01"), at("2090-01-01")),
    status=st.sampled_from(["confirmed", "tentative", "cancelled", "postponed"]),
    repeats=st.sampled_from([None, "FREQ=YEARLY", "FREQ=WEEKLY;UNTIL=20300101", "FREQ=DAILY;COUNT=3", "nonsense"]),
)
VAULTS = st.lists(EVENTS, max_size=4, unique_by=lambda one: one.id)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(VAULTS, min_size=2, max_size=4))
def test_numbers_never_fall_uids_are_unique_and_every_file_can_be_read(runs: list[list[Event]]) -> None:
    known: dict[str, Revision] = {}
    for number, events in enumerate(runs):
        done = calendar_text(entries(events=tuple(events)), known, OWNER, TODAY + timedelta(days=number))
        found = list(Calendar.from_ical(done.text).walk("VEVENT"))
        assert not any(one.errors for one in found)
        assert len({one["UID"] for one in found}) == len(found) == len(events)
        for uid, revision in known.items():
            assert 0 <= done.sequences[uid].sequence - revision.sequence <= 1
        known = dict(done.sequences)


FAR = st.sampled_from([at("0001-01-01"), at("0099-06-01T10:00"), at("2026-03-29T02:30"), at("9999-12-31T23:59")])
RULES = st.sampled_from([None, "FREQ=DAILY", "FREQ=WEEKLY;UNTIL=99991231", "FREQ=MONTHLY;UNTIL=00010101T000000Z"])
ZONES = st.sampled_from([None, UTC, BERLIN, ZoneInfo("America/New_York"), timezone(timedelta(hours=-23))])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_slips_of_the_pen_in_years_stop_nothing(data: st.DataObject) -> None:
    far, near = data.draw(FAR), data.draw(FAR)
    rhythm = data.draw(st.sampled_from([Rhythm(100, "year"), Rhythm(1, "day"), Rhythm(1, "month")]))
    whole = Vault(
        Me(),
        contacts=(contact(birthday=DayOfYear(2, 29, 9996), dates=(KeyDate("x", DayOfYear(12, 31, 1)),)),),
        events=(event(start=far.replace(tzinfo=data.draw(ZONES)), end=near, repeats=data.draw(RULES)),),
        organizations=(
            Organization(
                "o",
                "O",
                member=Membership(renews=near.date(), notice=rhythm),
                committees=(Committee("c", until=far.date(), meets=data.draw(RULES)),),
            ),
        ),
        mentorships=(Mentorship("m", "mentee", "ada", since=near.date(), every=rhythm),),
    )
    zone = data.draw(st.sampled_from([BERLIN, ZoneInfo("America/New_York"), ZoneInfo("UTC")]))
    agenda(whole, Span(TODAY, zone, TODAY, TODAY + timedelta(days=120)))
    text = calendar_text(calendar_entries(whole, TODAY, zone), {}, OWNER, TODAY).text
    assert not any(one.errors for one in Calendar.from_ical(text).walk("VEVENT"))
