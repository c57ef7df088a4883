"""calendar.ics (RFC 5545): events and talks, to subscribe to. An entry keeps its UID for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from brandkit.site.config import SiteConfig
from brandkit.site.kinds.event import rule_for_calendars
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Page, Route
from brandkit.site.plans.planner import Planner
from brandkit.site.views.outputs import CalendarEntryView, CalendarView

PATH = "calendar.ics"
_STATUS = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def plan(planner: Planner) -> Iterator[Route]:
    """One calendar, if there is anything to put into it."""
    pages = (*planner.site.sections["events"], *planner.site.sections["talks"])
    entries = tuple(entry for page in pages if (entry := _entry(page, planner.config)) is not None)
    if pages:
        view = CalendarView(planner.config.title, planner.config.url, planner.config.timezone, entries)
        yield Route(PATH, view, writer=write)


def _entry(page: Page, config: SiteConfig) -> CalendarEntryView | None:
    document, facts = page.document, page.document.facts
    kind = kind_named(document.kind)
    starts = kind.starts(facts, document.date)
    if starts is None or page.status != "published":
        return None
    if kind.dated and isinstance(starts, datetime):
        local = starts.astimezone(config.zone)
        starts = local.date() if (local.hour, local.minute) == (0, 0) else starts  # a day, unless a time was given
    return CalendarEntryView(
        uid=page.permalink,
        title=document.title,
        permalink=page.permalink,
        starts=starts,
        ends=facts.get("end"),
        location=facts.get("location") or facts.get("venue") or "",
        status=_STATUS[facts.get("status") or "confirmed"],
        repeats=facts.get("repeats") or "",
        summary=document.description or document.excerpt,
        stamp=document.updated or document.publish or _LONG_AGO,
    )


def write(view: CalendarView) -> str:
    """The calendar as text."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//brandkit//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", view.title)
    calendar.add("x-wr-calname", view.title)
    calendar.add("url", view.url)
    for entry in view.entries:
        calendar.add_component(_event(entry, view.timezone))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode("utf-8")  # type: ignore[no-any-return]


def _event(entry: CalendarEntryView, timezone: str):  # type: ignore[no-untyped-def]
    from icalendar import Event, vRecur

    zone = ZoneInfo(timezone)

    def placed(value: date) -> date:
        return value.astimezone(zone) if isinstance(value, datetime) else value

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("dtstart", placed(entry.starts))
    if entry.ends is not None:
        event.add("dtend", _end(entry.starts, entry.ends, zone))
    if entry.repeats:
        event.add(
            "rrule", vRecur.from_ical(rule_for_calendars(entry.repeats, zone, isinstance(entry.starts, datetime)))
        )
    event.add("url", entry.permalink)
    event.add("status", entry.status)
    if entry.location:
        event.add("location", entry.location)
    if entry.summary:
        event.add("description", entry.summary)
    return event


def _end(starts: date, ends: date, zone: ZoneInfo) -> date:
    """The end as calendars count: a day like its start, or a moment; of whole days it is the day after the last."""
    timed = isinstance(starts, datetime)
    if isinstance(ends, datetime):
        local = ends.astimezone(zone)
        return local if timed else local.date() + timedelta(days=1)
    after = ends + timedelta(days=1)
    return datetime.combine(after, time(), zone) if timed else after
