"""What of the vault belongs into a calendar: each thing once, with its rule, its place and its status.

In: the vault, today, what followed calendars offer. Out: `CalendarEntry`s in the order of their keys.
Pure. Only names, kinds, places and days: no needs, no notes, no ages, nothing discreet, and nobody who
is to be left in peace.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from brandkit.base.text import fold
from brandkit.engage.config import Committee, Event, Organization
from brandkit.engage.contacts import Contact
from brandkit.engage.days.agenda import (
    Held,
    days_of_contact,
    is_discreet,
    is_member,
    last_meeting_day,
    meeting_title,
    notice_day,
    open_contacts,
    renewal_of,
    session_due,
    session_title,
    told_apart,
    whole_days,
)
from brandkit.engage.days.occasions import Occasion
from brandkit.engage.days.occurrences import Leap, anchor, day_in, length_of, meetings, next_occurrence, on_day
from brandkit.engage.days.recurrence import YEARS, rule_text, shifted
from brandkit.engage.model import Vault
from brandkit.engage.values import DayOfYear

_STATUS = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}
_LEAP_YEAR = 2000  # birthdays begin there, whatever their year: ages are nobody's business
_LEAP_RULES: dict[Leap, str] = {"02-28": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "03-01": "FREQ=YEARLY;BYYEARDAY=60"}


@dataclass(frozen=True)
class Alarm:
    """A reminder, some days before, and what it says."""

    days: int
    text: str


@dataclass(frozen=True)
class CalendarEntry:
    """One thing of a calendar. `starts` and `ends` are days, the last one included, or moments in a zone."""

    key: str  # the same for the same thing for good
    title: str
    starts: date
    ends: date | None = None
    rule: str = ""
    place: str = ""
    status: str = "CONFIRMED"
    url: str = ""
    busy: bool = False
    alarm: Alarm | None = None


def calendar_entries(
    vault: Vault, today: date, zone: ZoneInfo, held: Held | None = None, occasions: Sequence[Occasion] = ()
) -> tuple[CalendarEntry, ...]:
    """Everything that stands in the calendar; `occasions` are the candidates and deadlines to show with it."""
    known = open_contacts(vault, today, held)
    found = (
        *(entry for contact in known.values() for entry in _days(contact, vault.me.settings.leap_birthday)),
        *(_event(event, zone) for event in vault.events if event.start.year in YEARS),
        *(entry for organization in vault.organizations for entry in _organization(organization, today)),
        *_sessions(vault, known, today, zone),
        *(_offered(occasion, zone) for occasion in occasions if occasion.starts.year in YEARS),
    )
    return tuple(sorted({entry.key: entry for entry in found}.values(), key=lambda entry: entry.key))


def _days(contact: Contact, leap: Leap) -> Iterator[CalendarEntry]:
    for kind, key, title, day in days_of_contact(contact):
        if not is_discreet(title):
            year = _LEAP_YEAR if kind == "birthday" or day.year is None else day.year
            yield CalendarEntry(key, title, on_day(day, year, leap), rule=_yearly(day, leap))


def _yearly(day: DayOfYear, leap: Leap) -> str:
    return _LEAP_RULES[leap] if (day.month, day.day) == (2, 29) else "FREQ=YEARLY"


def _event(event: Event, zone: ZoneInfo) -> CalendarEntry:
    whole, title = whole_days(event), fold(event.name)
    # calendars take the start for the first time that it takes place, whatever the rule says
    first = next_occurrence(event.start, event.repeats, shifted(day_in(event.start, zone), -1), zone)
    start = first if isinstance(first, datetime) else _placed(event.start, zone)
    last = start + length_of(event, zone) if event.end else None
    return CalendarEntry(
        key=f"event-{event.id}",
        title=f"Postponed: {title}" if event.status == "postponed" else title,
        starts=start.date() if whole else start,
        ends=last.date() if last and whole else last,
        rule=rule_text(event.repeats, start.tzinfo, timed=not whole),
        place=fold(event.location),
        status=_STATUS[event.status],
        url=event.url or "",
        busy=event.status == "confirmed",
    )


def _organization(organization: Organization, today: date) -> Iterator[CalendarEntry]:
    member = organization.member
    if not is_member(member, today):
        return
    renews = renewal_of(member)
    if member and renews:
        title, alarm = f"{fold(organization.name)}: membership renews", None
        if member.notice:
            days = (renews - notice_day(renews, member.notice)).days
            alarm = Alarm(days, f"{title} on {renews.isoformat()}")
        yield CalendarEntry(f"renewal-{organization.id}", title, renews, alarm=alarm, url=organization.url or "")
    slugs = told_apart(committee.name for committee in organization.committees)
    for committee, slug in zip(organization.committees, slugs, strict=True):
        yield from _meetings(organization, committee, f"meeting-{organization.id}/{slug}", today)


def _meetings(organization: Organization, committee: Committee, key: str, today: date) -> Iterator[CalendarEntry]:
    last = last_meeting_day(committee, organization.member)
    begin = anchor(today)
    days = meetings(committee.meets, today, begin, min(last, shifted(begin, 3 * 366)))
    if days and last >= today:
        rule = rule_text(committee.meets, None, timed=False, last=None if last == date.max else last)
        yield CalendarEntry(key, meeting_title(organization, committee), days[0], rule=rule)


def _sessions(vault: Vault, known: dict[str, Contact], today: date, zone: ZoneInfo) -> Iterator[CalendarEntry]:
    for mentorship in vault.mentorships:
        due, contact = session_due(mentorship, vault.journal, today, zone), known.get(mentorship.with_)
        if due and contact:
            yield CalendarEntry(f"session-{mentorship.id}", session_title(contact), due)


def _offered(occasion: Occasion, zone: ZoneInfo) -> CalendarEntry:
    """What a followed calendar offers: not yours yet."""
    return CalendarEntry(
        key=occasion.key,
        title=occasion.title,
        starts=_placed(occasion.starts, zone) if isinstance(occasion.starts, datetime) else occasion.starts,
        ends=_placed(occasion.ends, zone) if isinstance(occasion.ends, datetime) else occasion.ends,
        place=occasion.place,
        status="TENTATIVE",
        url=occasion.url,
    )


def _placed(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment on a clock that has a name."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment if isinstance(moment.tzinfo, ZoneInfo) else moment.astimezone(zone)
