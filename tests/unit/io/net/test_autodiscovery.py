"""What an answer holds, and what the links of a page offer: bytes in, no network."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.io.net.autodiscovery import Answer, read_answer, usual_places
from brandkit.io.net.fetch import Response

PAGE = "https://ada.example.org/blog/"
RSS = """<rss version="2.0"><channel><title>Ada &amp; co</title><language>en-GB</language>
<item><title>Old</title><link>https://ada.example.org/1</link><pubDate>Mon, 02 Feb 2026 09:00:00 GMT</pubDate></item>
<item><title>New</title><link>https://ada.example.org/2</link><pubDate>Mon, 09 Feb 2026 09:00:00 GMT</pubDate></item>
</channel></rss>"""
CALENDAR = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:City\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Meetup\r\n\
DTSTART:20260301T180000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def read(
    text: str | bytes, content_type: str | None = "text/html; charset=utf-8", moved_to: str | None = None
) -> Answer:
    body = text if isinstance(text, bytes) else text.encode()
    return read_answer(Response(PAGE, PAGE, 200, body, content_type, moved_to=moved_to))


def offered(text: str) -> list[tuple[str, str]]:
    return [(offer.url, offer.title) for offer in read(f"<!doctype html><html><head>{text}").offers]


def test_a_feed_is_read_with_its_newest_titles_first() -> None:
    find = read(RSS, "application/rss+xml").find
    assert find is not None
    assert (find.url, find.title, find.language, find.newest) == (PAGE, "Ada & co", "en-GB", ("New", "Old"))


def test_a_feed_that_is_served_as_a_page_is_still_a_feed() -> None:
    assert read(RSS, "text/html").find is not None


def test_a_feed_that_moved_for_good_is_followed_where_it_is_now() -> None:
    find = read(RSS, "application/rss+xml", moved_to="https://ada.example.org/feed#top").find
    assert find is not None
    assert find.url == "https://ada.example.org/feed"


def test_a_calendar_is_called_one() -> None:
    find = read(CALENDAR, "text/calendar").find
    assert find is not None
    assert (find.kind, find.title, find.newest, find.count) == ("calendar", "City", ("Meetup",), 1)


def test_links_are_joined_to_the_page_and_to_its_base() -> None:
    link = '<link rel="alternate" type="application/atom+xml" href="atom.xml" title="All">'
    assert offered(link) == [("https://ada.example.org/blog/atom.xml", "All")]
    assert offered(f'<base href="/site/">{link}') == [("https://ada.example.org/site/atom.xml", "All")]


def test_main_feeds_stand_before_calendars_and_comments() -> None:
    found = read(
        "<!doctype html><link rel=alternate type=application/rss+xml href=/comments/feed title='Comments'>"
        "<link type='text/calendar' rel='alternate' href='/events.ics'>"
        '<LINK REL="Alternate" TYPE="application/feed+json" HREF="/feed.json">'
        "<link rel='alternate stylesheet' type='text/css' href='/x.css'>"
        "<link rel='alternate' type='application/json' href='/wp-json/pages/2'>"
        "<link rel='alternate' hreflang='de' href='/de/'>"
    ).offers
    assert [(offer.url.rpartition("org")[2], offer.kind) for offer in found] == [
        ("/feed.json", "feed"),
        ("/events.ics", "calendar"),
        ("/comments/feed", "feed"),
    ]


def test_one_address_is_offered_once() -> None:
    link = "<link rel=alternate type=application/rss+xml href=http://www.ada.example.org/feed/>"
    assert offered(link + link.replace("http://www.", "https://")) == [("http://www.ada.example.org/feed/", "")]


@pytest.mark.parametrize(
    "markup",
    [
        '<!-- <link rel="alternate" type="application/rss+xml" href="/a"> -->',
        '<script>x = \'<link rel="alternate" type="application/rss+xml" href="/a">\'</script>',
        '<!-- open <link rel="alternate" type="application/rss+xml" href="/a">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="http://[broken">',
    ],
)
def test_what_is_no_link_to_a_feed_is_not_offered(markup: str) -> None:
    assert offered(markup) == []


def test_titles_of_strangers_come_out_on_one_harmless_line() -> None:
    markup = '<link rel=alternate type=application/rss+xml href=/f title="A\x1b[31m\u202e&lt;b&gt;red&lt;/b&gt;\n two">'
    ((_, title),) = offered(markup)
    assert title == "A [31mred two"


def test_a_page_without_a_root_element_is_no_feed_though_it_has_a_title() -> None:
    answer = read("<!doctype html><meta charset=utf-8><title>Ada</title><p>Hello")
    assert answer.find is None
    assert answer.problem == "this page names no feed"


@pytest.mark.parametrize(
    "part",
    ["<!--", "<link ", '<link "', "<link a='", "<script>", "<base ", "<link " + "a=b " * 50, "<link a" + " " * 9],
)
def test_a_hostile_page_costs_no_more_than_another(part: str) -> None:
    start = time.process_time()
    read("<!doctype html>" + part * (400_000 // len(part)))
    assert time.process_time() - start < 3


@given(st.one_of(st.binary(max_size=300), st.text(alphabet="<>!-=\"'/ linkbasrehtp:\n", max_size=300)))
def test_any_bytes_give_an_answer(body: bytes | str) -> None:
    answer = read(body)
    assert answer.find or answer.offers or answer.problem


def test_the_usual_places_are_few_and_near_the_page() -> None:
    places = usual_places("https://ada.example.org/?x=1#y")
    assert places == tuple(
        f"https://ada.example.org/{name}" for name in ("feed", "feed.xml", "atom.xml", "rss.xml", "index.xml")
    )
    assert usual_places(PAGE)[:3] == (f"{PAGE}feed", "https://ada.example.org/feed", f"{PAGE}feed.xml")
    assert len(usual_places(PAGE)) == 6
