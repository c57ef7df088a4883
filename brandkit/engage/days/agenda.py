"""Every day of the vault that is worth knowing ahead: birthdays, events, renewals, meetings, sessions, promises.

In: the vault, the days of interest, who is in a hard time. Out: `AgendaItem`s, soonest first. Pure.
Who does not wish to be contacted, or has died, is in none of them; who is in a hard time is left in
peace; needs, notes and ages never stand here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from brandkit.base.text import fold, slugify, words
from brandkit.engage.config import Committee, Event, Membership, Mentorship, Organization
from brandkit.engage.contacts import Contact
from brandkit.engage.days.occurrences import Leap, comings, day_in, length_of, meetings, on_day
from brandkit.engage.model import Interaction, Promise, Vault
from brandkit.engage.promises import OpenPromise, open_promises
from brandkit.engage.rhythm import day_of
from brandkit.engage.values import DayOfYear, Rhythm, add_months

Kind = Literal["birthday", "date", "event", "renewal", "meeting", "session", "promise", "deadline", "candidate"]
Held = Callable[[Contact], bool]
# Days of grief and of the body are nobody else's business: they stay off what may be seen over a shoulder.
_DISCREET = re.compile(r"death|died|passed|memorial|funeral|loss|grie|surgery|diagnos|sober|divorce|miscarriage")


@dataclass(frozen=True)
class Span:
    """From which day to which, as seen today, in the zone that days are counted in."""

    today: date
    zone: ZoneInfo
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.since <= day <= self.until


@dataclass(frozen=True)
class AgendaItem:
    """Something that has a day. `start` and `end` are moments; of whole days there is at most the last, `end`."""

    kind: Kind
    key: str  # the same for the same thing in every run
    title: str
    day: date
    start: datetime | None = None
    end: date | None = None
    about: str = ""  # the id of the contact, event, organization or mentorship
    discreet: bool = False


def agenda(vault: Vault, span: Span, held: Held | None = None) -> tuple[AgendaItem, ...]:
    """Every dated thing from `since` to `until`, soonest first.

    `held` says who is in a hard time; without it, the holds that are written down count.
    """
    known = open_contacts(vault, span.today, held)
    found = (
        *_days_of_people(known.values(), span, vault.me.settings.leap_birthday),
        *(item for event in vault.events for item in _event(event, span)),
        *(item for organization in vault.organizations for item in _organization(organization, span)),
        *(item for mentorship in vault.mentorships for item in _session(mentorship, vault, known, span)),
        *_promises(vault, known, span),
    )
    return in_order(found)


def in_order(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """By day; whole days before moments."""

    def place(item: AgendaItem) -> tuple[date, bool, float, str]:
        return item.day, item.start is not None, item.start.timestamp() if item.start else 0.0, item.key

    return tuple(sorted(items, key=place))


def open_contacts(vault: Vault, today: date, held: Held | None = None) -> dict[str, Contact]:
    """Those whose days may stand in a list: not who asked for peace, has died, or is in a hard time."""
    resting = held or (lambda contact: in_hold(contact, today))
    return {contact.id: contact for contact in vault.contacts if not (contact.at_rest or resting(contact))}


def in_hold(contact: Contact, today: date) -> bool:
    """Whether a hold is written down that has not ended."""
    return contact.hold is not None and (contact.hold.until is None or contact.hold.until >= today)


def _days_of_people(contacts: Iterable[Contact], span: Span, leap: Leap) -> Iterator[AgendaItem]:
    for contact in contacts:
        for kind, key, title, day in days_of_contact(contact):
            for when in _each_year(day, span, leap):
                about = f"{key}-{when.isoformat()}"
                yield AgendaItem(kind, about, title, when, about=contact.id, discreet=is_discreet(title))


def days_of_contact(contact: Contact) -> Iterator[tuple[Literal["birthday", "date"], str, str, DayOfYear]]:
    """Birthday and key dates as (kind, key, title, day); a kind that stands twice is counted in its key."""
    name = fold(contact.name)
    if contact.birthday:
        yield "birthday", f"birthday-{contact.id}", f"Birthday of {name}", contact.birthday
    for key_date, slug in zip(contact.dates, told_apart(date_.kind for date_ in contact.dates), strict=True):
        what = fold(key_date.kind).replace("-", " ")
        yield "date", f"date-{contact.id}/{slug}", f"{name}: {what}", key_date.date


def told_apart(names: Iterable[str]) -> list[str]:
    """Slugs of names, those that are alike numbered in their order."""
    seen: Counter[str] = Counter()
    slugs = []
    for name in names:
        slug = slugify(name, "day")
        seen[slug] += 1
        slugs.append(slug if seen[slug] == 1 else f"{slug}/{seen[slug]}")
    return slugs


def is_discreet(title: str) -> bool:
    """Whether a day is of the sort that stays between two people."""
    return bool(_DISCREET.search(title.casefold()))


def _each_year(day: DayOfYear, span: Span, leap: Leap) -> Iterator[date]:
    for year in range(max(span.since.year, day.year or 1), span.until.year + 1):
        when = on_day(day, year, leap)
        if span.holds(when):
            yield when


def _event(event: Event, span: Span) -> Iterator[AgendaItem]:
    length = length_of(event, span.zone)
    for start in comings(event, span.since, span.until, span.zone):
        day = day_in(start, span.zone)
        title, key = fold(event.name), f"event-{event.id}-{day.isoformat()}"
        if whole_days(event):
            yield AgendaItem("event", key, title, day, end=day + length if length else None, about=event.id)
        else:
            yield AgendaItem("event", key, title, day, start, start + length if event.end else None, event.id)


def whole_days(event: Event) -> bool:
    """Whether no time of day was given: a day alone is read as its midnight, without a zone."""
    return all(
        moment.tzinfo is None and (moment.hour, moment.minute) == (0, 0)
        for moment in (event.start, event.end)
        if moment is not None
    )


def _organization(organization: Organization, span: Span) -> Iterator[AgendaItem]:
    member, name = organization.member, fold(organization.name)
    if not is_member(member, span.today):
        return
    renews = renewal_of(member)
    if member and renews:
        about = f"{organization.id}-{renews.isoformat()}"
        if span.holds(renews):
            title = f"{name}: membership renews"
            yield AgendaItem("renewal", f"renewal-{about}", title, renews, about=organization.id)
        notice = notice_day(renews, member.notice) if member.notice else None
        if notice and span.holds(notice):
            title = f"{name}: decide on the membership, which renews on {renews.isoformat()}"
            yield AgendaItem("deadline", f"notice-{about}", title, notice, about=organization.id)
    slugs = told_apart(committee.name for committee in organization.committees)
    for committee, slug in zip(organization.committees, slugs, strict=True):
        last = min(span.until, last_meeting_day(committee, member))
        for day in meetings(committee.meets, span.today, span.since, last):
            key = f"meeting-{organization.id}/{slug}-{day.isoformat()}"
            yield AgendaItem("meeting", key, meeting_title(organization, committee), day, about=organization.id)


def is_member(member: Membership | None, today: date) -> bool:
    """Whether a membership has not ended; where none is written down, nothing has."""
    return member is None or member.until is None or member.until >= today


def renewal_of(member: Membership | None) -> date | None:
    """When a membership renews; what ends before does not."""
    if member is None or member.renews is None or (member.until and member.until < member.renews):
        return None
    return member.renews


def last_meeting_day(committee: Committee, member: Membership | None) -> date:
    """The last day on which a committee may meet with you in it."""
    return min(committee.until or date.max, (member.until if member else None) or date.max)


def meeting_title(organization: Organization, committee: Committee) -> str:
    """What a meeting is called."""
    return fold(f"{organization.name}: {committee.name}")


def notice_day(renews: date, notice: Rhythm) -> date:
    """The day by which to decide: so long before the renewal."""
    if renews.year <= 100:  # a slip of the pen, with nothing before it
        return renews
    if notice.unit in ("day", "week"):
        return renews - timedelta(days=notice.count * (7 if notice.unit == "week" else 1))
    return add_months(renews, -notice.count * (12 if notice.unit == "year" else 1))


def _session(mentorship: Mentorship, vault: Vault, known: dict[str, Contact], span: Span) -> Iterator[AgendaItem]:
    due = session_due(mentorship, vault.journal, span.today, span.zone)
    contact = known.get(mentorship.with_)
    if due and contact and span.holds(due):
        key = f"session-{mentorship.id}-{due.isoformat()}"
        yield AgendaItem("session", key, session_title(contact), due, about=mentorship.id)


def session_title(contact: Contact) -> str:
    """What a session is called."""
    return f"Mentoring session with {fold(contact.name)}"


def session_due(mentorship: Mentorship, journal: Iterable[Interaction], today: date, zone: ZoneInfo) -> date | None:
    """One rhythm after the last line of the journal about it, else after its start; None once it has ended."""
    if mentorship.every is None or (mentorship.until and mentorship.until < today):
        return None
    days = (day_of(line.at, zone) for line in journal if line.row.get("mentorship") == mentorship.id)
    last = max((day for day in days if day <= today), default=mentorship.since)
    due = mentorship.every.after(last) if last and last.year < 9000 else None
    return due if due and (mentorship.until is None or due <= mentorship.until) else None


def _promises(vault: Vault, known: dict[str, Contact], span: Span) -> Iterator[AgendaItem]:
    strangers = {contact.id for contact in vault.contacts} - known.keys()
    for one in open_promises(vault.journal):
        due, line = one.promise.due, one.line
        if due and span.holds(due) and not strangers & {one.promise.by, *line.contacts}:
            title, about = _promise_title(one, known)
            hurts = _hurts(one.promise, line, known)
            yield AgendaItem("promise", f"promise-{line.id}/{one.number}", title, due, about=about, discreet=hurts)


def _promise_title(one: OpenPromise, known: dict[str, Contact]) -> tuple[str, str]:
    promise, text = one.promise, fold(one.promise.text)
    if not one.is_mine:
        name = fold(known[promise.by].name) if promise.by in known else promise.by
        return f"{name} promised: {text}", promise.by
    names = [fold(known[id_].name) for id_ in one.to if id_ in known]
    whom = f" {', '.join(names)}" if names else ""
    return f"You promised{whom}: {text}", one.to[0] if one.to else ""


def _hurts(promise: Promise, line: Interaction, known: dict[str, Contact]) -> bool:
    """Whether a promise touches grief, or a need that is sensitive."""
    if line.type == "life-event" or is_discreet(promise.text):
        return True
    needs = (need.text for id_ in line.contacts if id_ in known for need in known[id_].needs if need.sensitive)
    return any(_weighty(need) & _weighty(promise.text) for need in needs)


def _weighty(text: str) -> set[str]:
    return {word for word in words(text.casefold()) if len(word) > 3}
