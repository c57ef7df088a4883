"""What the open web sends: feeds, their markup, web pages that name feeds, calendars, lists of feeds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from oracles import harmless, plain_lines
from target import Target, files, texts, together

from brandkit.base.url import is_web
from brandkit.importers.opml import read_opml
from brandkit.io.feeds.calendar_parsing import parse_calendar
from brandkit.io.feeds.feed_parsing import parse_feed
from brandkit.io.feeds.sanitise import plain_text, tame_html, web_address
from brandkit.io.net.autodiscovery import read_answer
from brandkit.io.net.fetch import Response

_URL = "https://feeds.example/all/feed.xml"
_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _feed(data: bytes) -> None:
    parsed = parse_feed(data, _URL, now=_NOW)
    assert "could not be read (" not in (parsed.problem or ""), parsed.problem
    plain_lines(parsed.problem or "", *parsed.notes, parsed.title)
    for entry in parsed.entries:
        harmless(entry.html)
        plain_lines(entry.title, entry.summary, entry.author, *entry.tags)
        assert not any(ord(char) < 32 and char != "\n" for char in entry.text), "a control in a text"
        assert entry.url == "" or is_web(entry.url), entry.url
        assert entry.guid
        for moment in (entry.published, entry.updated):
            assert moment is None or (moment.utcoffset() is not None and 1990 <= moment.year <= 2028), moment
    if zlib.crc32(data) % 8 == 0:
        assert parse_feed(data, _URL, now=_NOW) == parsed, "parsed twice, and not the same"


def _markup(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    tamed = tame_html(text, ("https://a.example/b/",))
    harmless(tamed)
    harmless(tame_html(tamed))
    plain_text(text)
    address = web_address(text, ("https://a.example/",))
    assert address == "" or is_web(address), address


def _page(data: bytes) -> None:
    for kind in ("text/html", "application/xml", None):
        answer = read_answer(Response(_URL, _URL, 200, data, kind))
        plain_lines(answer.problem, *(offer.title for offer in answer.offers))
        assert all(is_web(offer.url) for offer in answer.offers)


def _calendar(data: bytes) -> None:
    parsed = parse_calendar(data)
    assert "could not be read (" not in (parsed.problem or ""), parsed.problem
    plain_lines(parsed.problem or "", *parsed.notes, parsed.title, *(record.title for record in parsed.records))
    for record in parsed.records:
        assert record.uid and record.title
        assert record.url == "" or is_web(record.url), record.url
        assert not any(ord(c) < 32 and c != "\n" for c in record.text + record.location), "a control"


def _list(data: bytes) -> None:
    read = read_opml(data)
    assert read.feeds or read.problem or read.skipped
    plain_lines(*read.skipped, read.problem or "")
    for feed in read.feeds:
        assert is_web(feed.url), feed.url
        plain_lines(feed.title, *feed.tags)


def _payloads(corpora: Path) -> Iterator[bytes]:
    for case in json.loads((corpora / "dompurify-xss/expect.json").read_text(encoding="utf-8")):
        yield case["payload"].encode()


_XML = tuple(
    (
        "<?xml version='1.0'?>|<rss>|<channel>|<item>|<title>|<description>|<link>|<guid>|<entry>|"
        "<content type='html'>|<![CDATA[|]]>|<!ENTITY a 'b'>|<!DOCTYPE|&lt;|&#0;|&amp;|xml:base='|<pubDate>|"
        '<updated>|encoding=\'utf-16\'|<author>|<category>|{"version":"https://jsonfeed.org/version/1"'
    ).split("|")
)
_HTML = tuple(("<script>|<svg>|<math>|<style>|onerror=|javascript:|<a href=|<img src=|<!--|-->|&#x").split("|"))
_CARD = tuple(
    (
        "BEGIN:VCARD\r\n|END:VCARD\r\n|VERSION:4.0|N:|FN:|EMAIL;TYPE=pref:|TEL:|ORG:|BDAY:--0229|"
        "ENCODING=QUOTED-PRINTABLE:|=C3=A4|CHARSET=|NOTE:|\\n|\\,|item1.|X-ABLabel:|URL:|PHOTO:"
    ).split("|")
)
_CAL = tuple(
    (
        "BEGIN:VCALENDAR\r\n|BEGIN:VEVENT\r\n|END:VEVENT\r\n|DTSTART;TZID=Europe/Berlin:|DTEND:20260101T000000Z|"
        "RRULE:FREQ=YEARLY|DURATION:PT1H|SUMMARY:|EXDATE:|RECURRENCE-ID:|BEGIN:VTIMEZONE|UID:|VALUE=DATE:"
    ).split("|")
)

TARGETS = (
    Target("feed", _feed, together(files("feedparser-tests"), files("feedvalidator-testcases")), _XML + _HTML),
    Target("markup", _markup, _payloads, _HTML),
    Target(
        "page",
        _page,
        together(
            _payloads,
            texts(
                '<html><head><base href="/a/"><link rel="alternate" type="application/rss+xml" title="T" href="feed">'
            ),
            files("feedparser-tests", ".html"),
        ),
        (*_HTML, "<link rel=alternate ", "type=application/atom+xml", "<base href="),
    ),
    Target("calendar", _calendar, files("ics-icalendar", ".ics"), _CAL),
    Target(
        "opml", _list, files("opml-listparser", ".xml"), (*_XML, "<opml>", "<body>", "<outline ", "xmlUrl=", "text=")
    ),
)
