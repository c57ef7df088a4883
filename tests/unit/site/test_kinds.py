"""The kinds of content: what each key means for lists, feeds, the calendar and the home page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from brandkit.site.kinds.registry import KINDS

Build = Callable[..., Any]
Post = Callable[..., str]
BERLIN = "timezone: Europe/Berlin\n"
PATH = "content/events/e.md"


def event(*lines: str, title: str = "E") -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "Come.", ""])


def card(built: Any, path: str = "events/index.html") -> Any:
    view = built.route(path).view
    (found,) = (*view.upcoming, *view.cards)
    return found


def on(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "upcoming"),
    [
        (["start: 2026-03-01"], True),  # today, all day
        (["start: 2026-02-28"], False),
        (["start: 2026-02-28", "end: 2026-03-01"], True),
        (["start: 2026-03-01T11:59"], False),
        (["start: 2026-03-01T12:30"], True),
        (["start: 2026-03-01T09:00", "end: 2026-03-01T11:00"], False),
        (["start: 2026-03-01T09:00", "end: 2026-03-01T13:00"], True),
        (["start: 2026-03-01T09:00", "end: 2026-03-01"], True),
        (["start: 2026-05-01", "status: cancelled"], False),
        (["start: 2026-05-01", "status: postponed"], False),
        (["start: 2026-05-01", "status: tentative"], True),
        (["start: 2026-01-07T19:00", "repeats: FREQ=WEEKLY", "status: cancelled"], False),
    ],
)
def test_what_is_not_over_and_not_called_off_is_upcoming(lines: list[str], upcoming: bool, build: Build) -> None:
    built = build({PATH: event(*lines)})
    assert built.codes == []
    assert card(built).upcoming is upcoming
    assert (built.route("index.html").view.next_event is not None) is upcoming


def test_next_of_one_day_is_what_says_its_hour(build: Build) -> None:
    talk = "---\ntitle: A talk\ndate: 2026-05-01\nvenue: Harbour hall\n---\nAbout.\n"
    files = {PATH: event("start: 2026-05-01T19:00", "location: The old quay"), "content/talks/a.md": talk}
    both = build(files)
    assert both.route("index.html").view.next_event.path == card(both).path
    earlier = build({**files, "content/talks/a.md": talk.replace("05-01", "04-30")})
    assert earlier.route("index.html").view.next_event.title == "A talk"


def test_a_day_stays_a_day_and_a_moment_a_moment(build: Build) -> None:
    day = card(build({PATH: event("start: 2026-05-01", "end: 2026-05-03")}, BERLIN))
    assert (str(day.starts), str(day.ends)) == ("2026-05-01", "2026-05-03")
    moment = card(build({PATH: event("start: 2026-05-01T19:00")}, BERLIN))
    assert moment.starts.isoformat() == "2026-05-01T19:00:00+02:00" and moment.ends is None
    calendar = build({PATH: event("start: 2026-05-01", "end: 2026-05-03")}, BERLIN).files["calendar.ics"]
    assert "DTSTART;VALUE=DATE:20260501" in calendar and "DTEND;VALUE=DATE:20260504" in calendar


@pytest.mark.parametrize(("now", "offset"), [("2026-03-10", "+01:00"), ("2026-04-10", "+02:00")])
def test_a_meetup_keeps_its_hour_in_summer(now: str, offset: str, build: Build) -> None:
    lines = ("start: 2026-01-07T19:00", "end: 2026-01-07T21:00", "repeats: FREQ=WEEKLY")
    found = card(build({PATH: event(*lines)}, BERLIN, now=on(now)))
    assert found.upcoming
    assert (found.starts.hour, found.ends.hour, found.starts.isoformat()[-6:]) == (19, 21, offset)


@pytest.mark.parametrize(
    ("start", "rule", "now", "following"),
    [
        ("2026-01-06", "FREQ=MONTHLY;BYDAY=1TU", "2026-03-02", "2026-03-03"),
        ("2026-01-06", "FREQ=MONTHLY;BYDAY=1TU", "2026-03-03", "2026-03-03"),  # all day today
        ("2026-01-06", "RRULE:FREQ=WEEKLY;UNTIL=20260331", "2026-03-26", "2026-03-31"),
        ("2026-01-06", "FREQ=WEEKLY;UNTIL=20260331", "2026-04-01", None),
        ("2026-01-06", "FREQ=WEEKLY;COUNT=3", "2026-01-15", "2026-01-20"),
        ("2026-01-06", "FREQ=WEEKLY;COUNT=3", "2026-01-21", None),
        # 19:00 in Berlin, in summer time, is 17:00 UTC: the last evening counts
        ("2026-01-06T19:00", "FREQ=WEEKLY;UNTIL=20260331T170000Z", "2026-03-30", "2026-03-31T19:00:00+02:00"),
        ("2026-01-06T19:00", "FREQ=WEEKLY;UNTIL=20260331", "2026-03-30", "2026-03-31T19:00:00+02:00"),
        ("2026-01-06T19:00", "FREQ=WEEKLY;UNTIL=20260331", "2026-04-01", None),
    ],
)
def test_what_recurs_is_shown_with_its_next_time(
    start: str, rule: str, now: str, following: str | None, build: Build
) -> None:
    built = build({PATH: event(f"start: {start}", f"repeats: {rule}")}, BERLIN, now=on(now))
    assert built.codes == []
    found = card(built)
    assert (found.starts.isoformat() if found.upcoming else None) == following
    assert "RRULE:FREQ=" in built.files["calendar.ics"]


@pytest.mark.parametrize(
    ("start", "until", "written"),
    [
        ("2026-01-06T19:00", "20260331", "20260331T215959Z"),
        ("2026-01-06T19:00", "20260331T190000", "20260331T170000Z"),
        ("2026-01-06T19:00", "20260331T170000Z", "20260331T170000Z"),
        ("2026-01-06", "20260331", "20260331"),
        ("2026-01-06", "20260331T170000Z", "20260331"),
    ],
)
def test_calendars_know_until_when(start: str, until: str, written: str, build: Build) -> None:
    built = build({PATH: event(f"start: {start}", f"repeats: FREQ=WEEKLY;UNTIL={until}")}, BERLIN)
    assert f"RRULE:FREQ=WEEKLY;UNTIL={written}\r\n" in built.files["calendar.ics"]


def test_a_day_may_end_what_recurs_by_the_hour(build: Build) -> None:
    lines = ("start: 2026-01-06T19:00", "end: 2026-01-06", "repeats: FREQ=WEEKLY")
    built = build({PATH: event(*lines)}, BERLIN)
    assert built.codes == [] and card(built).upcoming
    assert "DTEND;TZID=Europe/Berlin:20260107T000000" in built.files["calendar.ics"]


@pytest.mark.parametrize(
    "rule",
    [
        *("every month", "FREQ=NEVER", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=SECONDLY", "COUNT=3"),
        *("FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;UNTIL=soon", "[a, b]"),
    ],
)
def test_a_rule_that_cannot_be_read_is_a_finding_and_the_event_stands(rule: str, build: Build) -> None:
    built = build({PATH: event("start: 2026-05-01", f"repeats: {rule}")})
    (found,) = built.report.diagnostics
    assert (found.code, str(found.place)) == ("BK140", f"{PATH}:4:10")
    assert card(built).upcoming


def test_an_event_without_a_start_is_left_out(build: Build) -> None:
    built = build({PATH: event("location: Here")})
    assert [(d.code, d.place.file) for d in built.report.diagnostics] == [("BK145", PATH)]
    assert "events/e/index.html" not in built.paths


def test_a_talk_to_come_is_announced_but_no_news(build: Build, post: Post) -> None:
    files = {
        "content/talks/next.md": post("event: Conf", "tags: [t]", title="Next", date="2026-05-01"),
        "content/talks/last.md": post(title="Last", date="2026-01-01"),
    }
    built = build(files)
    view = built.route("talks/index.html").view
    assert ([c.title for c in view.upcoming], [c.title for c in view.cards]) == (["Next"], ["Last"])
    for path in ("feed.xml", "rss.xml", "feed.json", "talks/feed.xml"):
        assert "talks/last/" in built.files[path] and "talks/next/" not in built.files[path], path
    assert "tags/t/feed.xml" not in built.paths
    for path in ("calendar.ics", "sitemap.xml"):
        assert "https://test.example/talks/next/" in built.files[path].replace("\r\n ", ""), path
    later = build(files, now=on("2026-05-02"))
    assert "talks/next/" in later.files["feed.xml"] and later.route("talks/index.html").view.upcoming == ()


@pytest.mark.parametrize("lines", [["by: Ada"], ["consent: 2026-01-01"], []])
def test_a_testimonial_without_name_or_consent_reaches_no_file(lines: list[str], build: Build) -> None:
    path = "content/testimonials/said.md"
    built = build({path: "\n".join(["---", *lines, "quote: zebra crossing", "---", "zebra crossing", ""])})
    assert [(d.code, d.place.file) for d in built.report.diagnostics] == [("BK145", path)]
    assert not [name for name, text in built.files.items() if "zebra" in text]
    assert not [name for name in built.paths if "testimonials" in name or "said" in name]


def test_a_testimonial_with_both_is_shown(build: Build) -> None:
    said = "---\nby: Ada\nconsent: by mail, 2026-01-01\nquote: Great.\n---\n"
    built = build({"content/testimonials/said.md": said})
    assert built.codes == []
    (shown,) = built.route("index.html").view.testimonials
    assert (shown.title, shown.facts["quote"]) == ("Ada", "Great.")


def test_a_note_is_called_by_its_first_words(build: Build) -> None:
    built = build({"content/notes/n.md": "---\ndate: 2026-02-01\n---\nShort and *sweet*.\n"})
    assert built.codes == [] and built.page("Short and sweet.").path == "/notes/n/"
    assert built.route("notes/index.html").view.cards[0].content is not None


def test_the_url_of_an_event_is_its_web_site_and_of_a_post_its_path(build: Build, post: Post) -> None:
    files = {
        PATH: event("start: 2026-05-01", "url: https://conf.example/2026"),
        "content/events/f.md": event("start: 2026-05-01", "url: /meet/", title="F"),
        "content/posts/p.md": post("url: /far/away/", title="P"),
    }
    built = build(files)
    assert built.codes == []
    assert built.page("E").path == "/events/e/"
    assert built.page("E").document.facts["site"] == "https://conf.example/2026"
    assert built.page("F").path == "/meet/" and built.page("F").document.facts["site"] is None
    assert built.page("P").path == "/far/away/"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("title", ["Plain", 'Quo"te: \\ #x', "Ünï — 漢字"])
def test_every_archetype_is_read_back(kind: Any, title: str, build: Build) -> None:
    path = f"content/{kind.folder}/new.md"
    built = build({path: kind.archetype(title, "2026-03-01")}, drafts=True)
    assert built.codes == []
    (page,) = built.site.sections[kind.folder]
    assert page.document.title == title
    assert page.document.draft is (kind.name != "page")
    assert page.document.inside.params == {}


def test_the_site_is_stale_once_the_next_event_is_over(build: Build) -> None:
    built = build({PATH: event("start: 2026-03-05", "end: 2026-03-06")}, BERLIN)
    until = built.site.valid_until
    assert until is not None and until.isoformat().startswith("2026-03-06T23:59:59")
    assert card(built).upcoming
    assert not card(build({PATH: event("start: 2026-03-05", "end: 2026-03-06")}, BERLIN, now=until)).upcoming


def test_the_site_is_stale_once_the_next_time_is_over(build: Build) -> None:
    text = event("start: 2026-01-06T19:00", "end: 2026-01-06T21:00", "repeats: FREQ=WEEKLY")
    built = build({PATH: text}, BERLIN)
    until = built.site.valid_until
    assert until is not None and until.isoformat().startswith("2026-03-03T21:00")
    later = card(build({PATH: text}, BERLIN, now=until + timedelta(seconds=1)))
    assert str(later.starts.date()) == "2026-03-10"
