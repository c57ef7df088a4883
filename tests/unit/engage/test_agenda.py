"""The days of the vault that are worth knowing ahead, and those that are left in peace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.config import Committee, Event, Me, Membership, Mentorship, Organization, Settings
from brandkit.engage.contacts import Contact, Hold, KeyDate, Need
from brandkit.engage.days.agenda import AgendaItem, Span, agenda, notice_day, session_due
from brandkit.engage.model import Interaction, Promise, Vault
from brandkit.engage.values import DayOfYear, Rhythm

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 1)
at = datetime.fromisoformat


def contact(id: str = "ada", **more: Any) -> Contact:
    return Contact(**{"id": id, "name": f"{id.title()} Example", **more})


def line(id: str, day: str, **more: Any) -> Interaction:
    return Interaction(
        id=id, at=at(f"{day}T09:00").replace(tzinfo=UTC), **{"type": "call", "contacts": ("ada",), **more}
    )


def vault(**parts: Any) -> Vault:
    return Vault(**{"me": Me(), **parts})


def seen(vault: Vault, until: date = date(2026, 6, 30), **more: Any) -> tuple[AgendaItem, ...]:
    return agenda(vault, Span(TODAY, BERLIN, TODAY, until), **more)


def said(vault: Vault, **more: Any) -> list[tuple[str, str, str]]:
    return [(item.kind, item.title, item.day.isoformat()) for item in seen(vault, **more)]


def test_birthdays_and_dates_come_back_without_an_age() -> None:
    ada = contact(birthday=DayOfYear(4, 2, 1971), dates=(KeyDate("work-anniversary", DayOfYear(5, 1, 2021)),))
    assert said(vault(contacts=(ada,))) == [
        ("birthday", "Birthday of Ada Example", "2026-04-02"),
        ("date", "Ada Example: work anniversary", "2026-05-01"),
    ]


def test_29_february_follows_the_setting() -> None:
    me = Me(settings=Settings(leap_birthday="03-01"))
    (item,) = seen(vault(me=me, contacts=(contact(birthday=DayOfYear(2, 29)),)))
    assert item.day == date(2026, 3, 1)


def test_who_asked_for_peace_or_has_died_is_in_no_list() -> None:
    for closed in ({"do_not_contact": True}, {"deceased": True}):
        them = contact(birthday=DayOfYear(4, 2), **closed)
        mentoring = (Mentorship("m", "mentee", "ada", date(2026, 2, 20), every=Rhythm(1, "month")),)
        promised = (line("p", "2026-02-01", promises=(Promise("me", "send it", date(2026, 3, 8)),)),)
        assert said(vault(contacts=(them,), mentorships=mentoring, journal=promised)) == []


def test_a_hold_rests_until_it_is_over() -> None:
    def held(until: date | None) -> Vault:
        return vault(contacts=(contact(birthday=DayOfYear(4, 2), hold=Hold("illness", until)),))

    assert said(held(None)) == []
    assert said(held(TODAY)) == []
    assert len(said(held(TODAY - timedelta(days=1)))) == 1
    assert said(held(TODAY - timedelta(days=1)), held=lambda one: one.id == "ada") == []
    assert len(said(held(None), held=lambda one: False)) == 1


def test_each_time_of_an_event_and_none_that_was_called_off() -> None:
    weekly = Event("e", "Meetup", at("2026-03-03T19:00"), at("2026-03-03T21:00"), repeats="FREQ=WEEKLY;COUNT=2")
    off = [Event(s, s, at("2026-03-05T09:00"), status=s) for s in ("cancelled", "postponed", "tentative")]  # type: ignore[arg-type]
    found = seen(vault(events=(weekly, *off)))
    assert [item.key for item in found] == ["event-e-2026-03-03", "event-tentative-2026-03-05", "event-e-2026-03-10"]
    assert found[0].start == datetime(2026, 3, 3, 19, tzinfo=BERLIN)
    assert found[0].end == datetime(2026, 3, 3, 21, tzinfo=BERLIN)


def test_an_event_without_a_time_is_of_whole_days_and_stays_until_its_last() -> None:
    fair = Event("fair", "Fair", at("2026-02-27"), at("2026-03-01"))
    (item,) = seen(vault(events=(fair,)))
    assert (item.day, item.start, item.end) == (date(2026, 2, 27), None, date(2026, 3, 1))


def test_a_renewal_and_the_day_to_decide() -> None:
    society = Organization("acm", "Society", member=Membership(renews=date(2026, 4, 10), notice=Rhythm(1, "month")))
    assert said(vault(organizations=(society,))) == [
        ("deadline", "Society: decide on the membership, which renews on 2026-04-10", "2026-03-10"),
        ("renewal", "Society: membership renews", "2026-04-10"),
    ]
    assert notice_day(date(2026, 3, 31), Rhythm(1, "month")) == date(2026, 2, 28)
    assert notice_day(date(2026, 3, 20), Rhythm(30, "day")) == date(2026, 2, 18)


def test_an_ended_membership_is_silent_and_committees_meet_until_their_end() -> None:
    monthly = Committee("Programme", until=date(2026, 4, 30), meets="FREQ=MONTHLY;BYDAY=1TU")
    there = Organization("acm", "Society", committees=(monthly,))
    assert [day for *_, day in said(vault(organizations=(there,)))] == ["2026-03-03", "2026-04-07"]
    ended = Membership(until=date(2026, 2, 28), renews=date(2026, 4, 1))
    assert said(vault(organizations=(Organization("acm", "Society", member=ended, committees=(monthly,)),))) == []
    leaving = Membership(until=date(2026, 3, 31), renews=date(2026, 4, 1))
    rest = said(vault(organizations=(Organization("acm", "Society", member=leaving, committees=(monthly,)),)))
    assert rest == [("meeting", "Society: Programme", "2026-03-03")]


def test_sessions_are_due_a_rhythm_after_the_last() -> None:
    monthly = Mentorship("m", "mentee", "ada", since=date(2025, 10, 1), every=Rhythm(1, "month"))
    journal = (line("a", "2026-01-20", row={"mentorship": "m"}), line("b", "2026-01-31", row={"mentorship": "other"}))
    assert session_due(monthly, journal, TODAY, BERLIN) == date(2026, 2, 20)
    assert session_due(monthly, (), TODAY, BERLIN) == date(2025, 11, 1)
    last = (line("c", "2026-01-31", row={"mentorship": "m"}), line("d", "2026-04-01", row={"mentorship": "m"}))
    assert session_due(monthly, last, TODAY, BERLIN) == date(2026, 2, 28)
    ended = Mentorship("m", "mentee", "ada", date(2025, 10, 1), date(2026, 2, 28), Rhythm(1, "month"))
    assert session_due(ended, journal, TODAY, BERLIN) is None
    assert session_due(Mentorship("m", "mentee", "ada"), journal, TODAY, BERLIN) is None
    due = said(
        vault(
            contacts=(contact(),), mentorships=(monthly,), journal=(line("a", "2026-02-20", row={"mentorship": "m"}),)
        )
    )
    assert due == [("session", "Mentoring session with Ada Example", "2026-03-20")]


def test_open_promises_of_both_and_none_that_was_kept() -> None:
    journal = (
        line("p", "2026-02-01", promises=(Promise("me", "send the list", date(2026, 3, 8)), Promise("me", "later"))),
        line("q", "2026-02-02", promises=(Promise("ada", "look at it", date(2026, 3, 9)),)),
        line("r", "2026-02-03", promises=(Promise("me", "call", date(2026, 3, 7)),)),
        line("s", "2026-02-10", type="promise-kept", keeps="r"),
    )
    assert said(vault(contacts=(contact(),), journal=journal)) == [
        ("promise", "You promised Ada Example: send the list", "2026-03-08"),
        ("promise", "Ada Example promised: look at it", "2026-03-09"),
    ]


def test_what_is_sensitive_is_discreet() -> None:
    ada = contact(
        needs=(Need("a rehab clinic", sensitive=True), Need("a lead")),
        dates=(KeyDate("death of her father", DayOfYear(5, 1)),),
    )
    promises = (Promise("me", "ask the clinic", date(2026, 3, 8)), Promise("me", "find a lead", date(2026, 3, 9)))
    found = seen(vault(contacts=(ada,), journal=(line("p", "2026-02-01", promises=promises),)))
    assert [item.discreet for item in found] == [True, False, True]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 28)), max_size=20), st.integers(0, 900))
def test_everything_is_in_the_span_in_order_and_has_a_key_of_its_own(days: list[tuple[int, int]], length: int) -> None:
    people = tuple(
        contact(
            f"c{n}", birthday=DayOfYear(*day), dates=(KeyDate("a", DayOfYear(*day)), KeyDate("A!", DayOfYear(1, 1)))
        )
        for n, day in enumerate(days)
    )
    until = TODAY + timedelta(days=length)
    found = seen(vault(contacts=people), until)
    assert all(TODAY <= item.day <= until for item in found)
    assert [item.day for item in found] == sorted(item.day for item in found)
    assert len({item.key for item in found}) == len(found)
