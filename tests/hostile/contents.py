"""Bodies that are no feed, or one that is broken, enormous, or meant to hurt; and feeds that change their mind."""

from __future__ import annotations

from tests.hostile import bodies
from tests.hostile.bodies import good, item, json_feed, rss
from tests.hostile.hostile_server import Visit, answer, in_turn, says
from tests.hostile.misbehaviour import NO_FEED, Misbehaviour, quiet

ENTITIES = "this feed defines XML entities of its own, which brandkit does not expand"
BROKEN = "the XML is broken at line 1; what could be read was kept"

BODIES = (
    Misbehaviour(
        "gives a web page",
        says(b"<!doctype html><html><title>Hello</title></html>", Content_Type="text/html"),
        "this is a web page, not a feed",
    ),
    Misbehaviour(
        "gives a page that asks who we are",
        says(b"<html><body><form>Are you human?", Content_Type="text/html"),
        "this is a web page, not a feed",
    ),
    Misbehaviour("gives nothing", says(b""), "the feed is empty"),
    Misbehaviour("gives white space", says(b" \r\n\t" * 9_999), "the feed is empty"),
    Misbehaviour("gives NUL", says(b"\0" * 99_999), "this is binary data, not a feed"),
    Misbehaviour(
        "gives a picture", says(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99, Content_Type="image/png"), NO_FEED
    ),
    Misbehaviour("gives plain words", says(b"Service is being updated, please come back."), NO_FEED),
    Misbehaviour(
        "gives a list of feeds",
        says(b"<opml><body><outline xmlUrl='http://127.0.0.2/'/></body></opml>"),
        "this is a list of feeds (OPML), not a feed",
    ),
    Misbehaviour("gives a calendar", says(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "this is a calendar, not a feed"),
    Misbehaviour(
        "gives JSON that is none",
        says(b'{"version": "https://jsonfeed.org/version/1", "items": ['),
        "the JSON of this feed is broken at line 1",
    ),
    Misbehaviour("gives JSON of another kind", says(b'{"error": "not found"}'), "this is JSON, but not a JSON Feed"),
    Misbehaviour("gives JSON 300,000 deep", says(b"[" * 300_000), "the JSON of this feed is broken"),
    Misbehaviour(
        "gives JSON of too many values",
        says(b'{"items": [' + b"[]," * 600_000 + b"0]}"),
        "the JSON of this feed holds more values than brandkit reads",
    ),
    Misbehaviour("laughs a billion times", says(bodies.billion_laughs()), ENTITIES),
    Misbehaviour(
        "repeats one long entity", says(bodies.entities(f'<!ENTITY a "{"a" * 99_999}">', "&a;" * 9_999)), ENTITIES
    ),
    Misbehaviour("asks for a file", says(bodies.entities('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")), ENTITIES),
    Misbehaviour(
        "asks for the canary", says(bodies.entities('<!ENTITY % a SYSTEM "http://127.0.0.2/">%a;', "x")), ENTITIES
    ),
    quiet(
        "names a document type elsewhere",
        says(rss(item("a"), head='<!DOCTYPE rss SYSTEM "http://127.0.0.2/a.dtd">')),
        1,
    ),
    quiet("names a stylesheet", says(rss(item("a"), head='<?xml-stylesheet href="http://127.0.0.2/a.xsl"?>')), 1),
    quiet(
        "gives XML 100,000 deep",
        says(bodies.nested(100_000)),
        1,
        "the feed is nested too deeply: its first entry was read",
    ),
    Misbehaviour(
        "gives 100,000 attributes",
        says(bodies.many_attributes(100_000)),
        "this feed holds an element with more attributes than any feed needs",
    ),
    quiet("breaks its XML in the middle", says(good("broken") + b"<oops"), 2, BROKEN),
    quiet("is cut in the middle of an entry", says(good("broken")[:-60]), 2, BROKEN),
    quiet("has UTF-16 with a mark", says(good("wide").decode().encode("utf-16"))),
    quiet("has UTF-16 without a mark", says(good("wide").decode().encode("utf-16-le"))),
    quiet("has UTF-32 with a mark", says(good("wide").decode().encode("utf-32"))),
    quiet("has UTF-32 without a mark", says(good("wide").decode().encode("utf-32-be"))),
    quiet("declares UTF-16 and has UTF-8", says(rss(item("a"), head='<?xml version="1.0" encoding="utf-16"?>')), 1),
    quiet("declares what nobody knows", says(good("odd"), Content_Type="text/xml; charset=klingon")),
    quiet("hides behind UTF-7", says(rss(item("+ADw-script+AD4-")), Content_Type="text/xml; charset=utf-7"), 1),
    quiet("mixes encodings", says(rss(item("Grüße")) + "ü".encode("latin-1")), 1, BROKEN),
    quiet("has NUL in its words", says(rss(item("a\0b", more=f"<description>{'word ' * 99}</description>"))), 1),
    quiet("calls itself a picture", says(good("png"), Content_Type="image/png")),
    quiet("has no entries", says(rss()), 0, "the feed has no entries yet"),
    quiet(
        "gives 50,000 entries",
        says(bodies.flood(50_000)),
        5_000,
        "the feed is very long: its first 5,000 entries were read",
    ),
    quiet("gives one entry of 4 MB", says(rss(item("a", more=f"<description>{'word ' * 800_000}</description>"))), 1),
    quiet("has a title of 1 MB", says(rss(item("a" * 1_000_000, "https://a.example/"))), 1),
    quiet("has one id for all", says(rss(*(item(f"n{n}", more="<guid>1</guid>") for n in range(5)))), 5),
    quiet(
        "has dates beyond all",
        says(
            bodies.dated(
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "Mon, 01 Jan 0000 00:00:00 GMT",
                "-1",
                "99999999999999999999",
                "2099-01-01",
            )
        ),
        5,
    ),
    quiet("has JSON of huge numbers", says(json_feed({"id": 10**300, "date_published": 1e308, "title": 10**99})), 1),
    quiet(
        "has JSON of wrong types",
        says(json_feed({"id": [], "url": {}, "tags": 5, "authors": "x"}, 1, None, "a")),
        1,
        "left out what is no entry: 3 of 4",
    ),
    quiet("leads its entries astray", says(bodies.bad_links()), 8),
    quiet("is full of scripts and trackers", says(bodies.active()), len(bodies.ACTIVE)),
)


def _with_etag(visit: Visit) -> None:
    visit.send(answer(good("etags"), ETag=f'"{visit.number}"'))


def _with_ids(visit: Visit) -> None:
    visit.send(answer(rss(*(item(f"i{n}", more=f"<guid>{visit.number}-{n}</guid>") for n in range(2)))))


LATER = (
    quiet("has another ETag each time", _with_etag),
    quiet("says for ever that nothing changed", in_turn(says(good("forever"), ETag='"1"'), says(b"", "304 Same"))),
    quiet("has an ETag of 1 MB", says(good("etag"), ETag='"' + "a" * 60_000 + '"')),
    quiet("has other ids each time", _with_ids),
)
