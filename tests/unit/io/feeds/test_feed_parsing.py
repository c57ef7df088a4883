"""From a feed's bytes to harmless records: formats, encodings, dates, links, hostile and broken input."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.io.feeds import feed_parsing
from brandkit.io.feeds.feed_parsing import EntryRecord, ParsedFeed, parse_feed
from brandkit.io.feeds.sanitise import plain_text, tame_html, web_address

URL = "https://ex.org/feeds/all.xml"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def rss(items: str, channel: str = "<title>Feed</title>") -> bytes:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{channel}{items}</channel></rss>'.encode()


def atom(inside: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed</title>{inside}</feed>'.encode()


def only(parsed: ParsedFeed) -> EntryRecord:
    assert parsed.problem is None
    (entry,) = parsed.entries
    return entry


# Formats


def test_rss_with_everything() -> None:
    parsed = parse_feed(
        rss(
            "<item><title>Hiring &amp;amp; firing</title><link>https://ex.org/p/1</link><guid>tag:1</guid>"
            "<pubDate>Mon, 05 Jan 2026 10:00:00 +0100</pubDate><dc:creator>Ada Example</dc:creator>"
            "<category>People</category><category>people</category><category>People</category>"
            "<description>Short &lt;b&gt;text&lt;/b&gt;</description>"
            "<content:encoded><![CDATA[<h2>Head</h2><p>Long <a href='/x'>text</a>\n here</p>]]>"
            "</content:encoded></item>",
            "<title>The Feed</title><link>https://ex.org/</link><language>en-GB</language><ttl>90</ttl>",
        ),
        URL,
    )
    assert (parsed.title, parsed.link, parsed.language, parsed.ttl) == (
        "The Feed",
        "https://ex.org/",
        "en-GB",
        5_400,
    )
    assert only(parsed) == EntryRecord(
        guid="tag:1",
        url="https://ex.org/p/1",
        title="Hiring & firing",
        summary="Short text",
        html='<h2>Head</h2><p>Long <a href="https://ex.org/x" rel="noopener nofollow">text</a>\n here</p>',
        text="Head\nLong text here",
        author="Ada Example",
        published=datetime(2026, 1, 5, 9, tzinfo=UTC),
        updated=None,
        language="en-GB",
        tags=("People", "people"),
    )


def test_atom_keeps_explicit_text_literal_and_xml_base_in_force() -> None:
    entry = only(
        parse_feed(
            atom(
                '<entry xml:lang="de" xml:base="https://other.example/a/"><id>urn:1</id>'
                '<title type="text">The &lt;blink&gt; tag</title><link href="b"/>'
                "<updated>2026-01-02T03:04:05Z</updated>"
                "<author><name>A</name></author><author><name>B</name></author>"
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
                '<p><a href="c">c</a></p></div></content>'
                "</entry>"
            ),
            URL,
        )
    )
    assert (entry.title, entry.url, entry.language) == ("The <blink> tag", "https://other.example/a/b", "de")
    assert (entry.author, entry.updated) == ("A, B", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert 'href="https://other.example/a/c"' in entry.html


def test_rdf_and_cdf() -> None:
    rdf = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b'<channel rdf:about="https://ex.org/"><title>R</title></channel>'
        b'<item rdf:about="https://ex.org/1"><title>one</title><link>https://ex.org/1</link></item></rdf:RDF>'
    )
    cdf = b'<channel href="https://ex.org/"><title>C</title><item href="https://ex.org/2"><title>two</title></item></channel>'
    assert (only(parse_feed(rdf, URL)).url, only(parse_feed(cdf, URL)).url) == (
        "https://ex.org/1",
        "https://ex.org/2",
    )


def test_json_feed_of_both_versions() -> None:
    item = {"id": 7, "url": "/p", "title": "T <b>", "content_html": "<p>Long text</p>", "content_text": "t"}
    item |= {"date_published": "2026-01-05t10:00:00+01:00", "tags": ["a", 1, "a"], "language": "en"}
    one = {"version": "https://jsonfeed.org/version/1", "title": "J", "home_page_url": "https://ex.org/"}
    two = {**one, "version": "https://jsonfeed.org/version/1.1", "language": "de"}
    first = parse_feed(json.dumps({**one, "items": [{**item, "author": {"name": "A"}}]}).encode(), URL)
    second = parse_feed(json.dumps({**two, "items": [{**item, "authors": [{"name": "B"}, 3]}, "x"]}).encode(), URL)
    entry = only(first)
    assert (entry.guid, entry.url, entry.title, entry.text) == ("7", "https://ex.org/p", "T <b>", "Long text")
    assert (entry.published, entry.tags, entry.author) == (datetime(2026, 1, 5, 9, tzinfo=UTC), ("a",), "A")
    assert (only(second).author, second.language) == ("B", "de")
    assert second.notes == ("left out what is no entry: 1 of 2",)


# What is no feed


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"<!DOCTYPE html>\n<html><head><title>x</title></head></html>", "a web page"),
        (b"<!-- c --><HTML><body>", "a web page"),
        (b"\0\0\0\0" * 50, "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", "binary"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "a calendar"),
        (b"<opml version='2.0'><body/></opml>", "a list of feeds"),
        (b"just words", "not a feed"),
        (b"<note><to>x</to></note>", "not a feed"),
        (b"{}", "not a JSON Feed"),
        (b"[1, 2]", "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "broken at line 1"),
        (b"[" * 100_000, "broken"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "broken"),
    ],
)
def test_what_is_no_feed_is_told_in_one_line(body: bytes, words: str) -> None:
    parsed = parse_feed(body, URL)
    assert parsed.entries == ()
    assert words in (parsed.problem or "")
    assert "\n" not in (parsed.problem or "")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp037"]
)
def test_entities_of_its_own_are_refused_in_any_encoding(encoding: str) -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{lines}]>'
        + rss("<item><title>&a8;</title></item>").decode()[21:]
    )
    parsed = parse_feed(text.encode(encoding), URL)
    assert parsed.entries == ()
    assert "entities" in (parsed.problem or "")


@pytest.mark.parametrize("hidden", [b"<!EN\x01TITY", b"<!EN\0TITY", b"<!EN&#0;TITY", b"<!ent&#xFFFFFFFF;ITY"])
def test_entities_are_refused_however_they_are_hidden(hidden: bytes) -> None:
    body = b"<!DOCTYPE rss [" + hidden + b' a "b">]>' + rss("<item><title>&a;</title></item>" + " " * 400)[21:]
    assert "entities" in (parse_feed(body, URL).problem or "")


def test_utf_7_hides_nothing() -> None:
    body = b'<?xml version="1.0" encoding="utf-7"?>' + rss("<item><title>+ADw-script+AD4-</title></item>")[21:]
    assert only(parse_feed(body, URL)).title == "+ADw-script+AD4-"


def test_a_document_type_alone_does_no_harm() -> None:
    kind = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    assert only(parse_feed(kind + rss("<item><title>a</title></item>")[21:], URL)).title == "a"


# Broken feeds keep what is good


@pytest.mark.parametrize(
    "trouble",
    ["&undefined;", "a & b", "<b>", "\x0b\x1b", "&#0;&#x1F;&#xD800;&#99999999999;", "<unbound:x/>", "\x00"],
)
def test_good_entries_of_a_broken_feed_survive(trouble: str) -> None:
    items = f"<item><title>one</title></item><item><title>two {trouble}</title></item><item><title>three</title></item>"
    titles = [entry.title for entry in parse_feed(rss(items), URL).entries]
    assert titles[0] == "one"
    assert titles[1].startswith("two")
    assert titles[-1] == "three"


def test_broken_xml_is_noted_and_named_entities_are_not_broken() -> None:
    cut = rss("<item><title>one</title></item><item><title>tw")[:-25]
    assert parse_feed(cut, URL).entries[0].title == "one"
    assert parse_feed(cut, URL).notes == ("the XML is broken at line 1; what could be read was kept",)
    named = parse_feed(rss("<item><title>caf&eacute;&nbsp;&mdash;</title></item>"), URL)
    assert (only(named).title, named.notes) == ("café —", ())


@pytest.mark.parametrize("host", ["acme<b>.example", "exa mple.com", "-ä.example", "xn--a.example", "1.2.3.4.5"])
def test_one_address_that_no_server_can_have_does_not_spoil_a_feed(host: str) -> None:
    item = "<item><title>{}</title><link>https://{}/1</link><description>{}</description></item>"
    text = escape("<p>Words, <a href='/more'>more</a></p>")
    parsed = parse_feed(rss(item.format("One", escape(host), text) + item.format("Two", "f.example", text)), "")
    assert [entry.title for entry in parsed.entries] == ["One", "Two"]
    assert "Words" in parsed.entries[0].html
    assert 'href="https://f.example/more"' in parsed.entries[1].html


def test_an_empty_feed_is_a_feed() -> None:
    parsed = parse_feed(rss(""), URL)
    assert (parsed.title, parsed.problem, parsed.notes) == ("Feed", None, ("the feed has no entries yet",))


# Encodings


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", None, None),
        ("utf-8-sig", "iso-8859-1", None),
        ("utf-8", "iso-8859-1", "text/xml; charset=ISO-8859-1"),
        ("utf-8", None, "text/xml"),
        ("utf-16", "utf-16", None),
        ("utf-16-le", None, None),
        ("utf-32-be", None, "text/xml; charset=utf-8"),
        ("iso-8859-1", "iso-8859-1", None),
        ("cp1252", None, None),
        ("cp1252", "utf-8", "application/rss+xml; charset=utf-8"),
        ("iso-8859-15", None, "text/xml; charset='iso-8859-15'"),
        ("cp037", "cp037", None),
        ("utf-8", "no-such-thing", "text/xml; charset=bogus"),
        ("utf-8", "punycode", None),
        ("utf-8", "rot13", None),
    ],
)
def test_encodings(encoding: str, declared: str | None, header: str | None) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    text = head + rss("<item><title>Zoë à Köln</title></item>").decode()[21:]
    assert only(parse_feed(text.encode(encoding), URL, header)).title == "Zoë à Köln"


def test_one_stray_byte_does_not_spoil_a_feed_in_utf_8() -> None:
    body = rss("<item><title>Zoë 東京 Привет</title></item>").replace(b"</title></item>", b" \xe9</title></item>")
    assert only(parse_feed(body, URL)).title == "Zoë 東京 Привет \ufffd"


# Dates, addresses, identities


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-02-01T00:00:00+02:00", datetime(2026, 1, 31, 22, tzinfo=UTC)),
        ("Sun, 01 Feb 2026 00:00:00 EST", datetime(2026, 2, 1, 5, tzinfo=UTC)),
        ("2026-02-01", datetime(2026, 2, 1, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("2031-01-01T00:00:00Z", None),
        ("soon", None),
        ("", None),
        ("9" * 5_000, None),
    ],
)
def test_dates_are_in_utc_and_sane(date: str, expected: datetime | None) -> None:
    body = rss(f"<item><title>a</title><pubDate>{date}</pubDate></item>")
    assert only(parse_feed(body, URL, now=NOW)).published == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (" https://a.example/\n x ", "https://a.example/%20x"),
        ("/p?a=1&amp;b=2#c", "https://ex.org/p?a=1&b=2#c"),
        ("next", "https://ex.org/feeds/next"),
        ("//b.example/", "https://b.example/"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:a@b.example", ""),
        ("file:///etc/passwd", ""),
        ("http://[::1", ""),
        ('https://a.example/"&gt;&lt;script&gt;', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/" + "x" * 3_000, ""),
    ],
)
def test_addresses_are_absolute_web_addresses_or_none(link: str, expected: str) -> None:
    body = rss(f"<item><title>a</title><link>{link}</link></item>")
    assert only(parse_feed(body, URL)).url == expected


def test_links_of_a_local_feed_hang_on_its_site() -> None:
    body = rss("<item><title>a</title><link>/p</link></item>", "<title>t</title><link>https://ex.org/blog/</link>")
    assert only(parse_feed(body, "feeds/a.xml")).url == "https://ex.org/p"


def test_a_permalink_guid_is_an_address_and_another_is_not() -> None:
    items = '<item><guid>https://ex.org/1</guid></item><item><guid isPermaLink="false">https://ex.org/2</guid></item>'
    assert [entry.url for entry in parse_feed(rss(items), URL).entries] == ["https://ex.org/1", ""]


def test_without_guid_the_address_or_the_words_are_the_identity() -> None:
    one = "<item><title>a</title><link>https://ex.org/a</link></item>"
    two = "<item><title>b</title><description>words</description></item>"
    first, second = parse_feed(rss(one + two), URL).entries
    assert first.guid == "https://ex.org/a"
    assert re.fullmatch("[0-9a-f]{32}", second.guid)
    assert parse_feed(rss(two), URL).entries[0].guid == second.guid


def test_one_guid_for_all_does_not_lose_entries() -> None:
    items = "".join(f"<item><guid>same</guid><title>{n}</title></item>" for n in (1, 2, 1))
    entries = parse_feed(rss(items), URL).entries
    assert [entry.title for entry in entries] == ["1", "2"]
    assert len({entry.guid for entry in entries}) == 2
    reversed_items = "".join(f"<item><guid>same</guid><title>{n}</title></item>" for n in (1, 2))
    assert parse_feed(rss(reversed_items), URL).entries == entries


# Nothing active, nothing endless


class Tags(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)' onclick='alert(1)'>x</a>",
        "<a href=' jav&#x09;ascript:alert(1)'>x</a>",
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<form action='https://evil.example'><input name=a></form>",
        "<iframe src='https://evil.example'></iframe>",
        "<p style='background:url(https://evil.example)' class=x id=y>x</p>",
        "<math><mtext></p><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<img src='https://tracker.example/pixel.gif' width=1 height=1>",
        "<video src=x poster=y></video><audio src=x></audio><object data=x></object><embed src=x>",
        "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=x'><link rel=stylesheet href=x>",
        "<<script>script>alert(1)<</script>/script>",
    ],
)
def test_nothing_active_gets_through(payload: str) -> None:
    code = escape(payload)
    items = f"<item><title>{code}</title><author>{code}</author><category>{code}</category>"
    items += f"<description>{code}</description></item>"
    entries = [only(parse_feed(rss(items), URL))]
    inside = f"<entry><id>1</id><title type='text'>{code}</title><summary>{code}</summary>"
    inside += f"<content type='html'>{code}</content></entry>"
    entries.append(only(parse_feed(atom(inside), URL)))
    for entry in entries:
        for tag, attributes in Tags(entry.html).found:
            assert tag in {"a", "p"}
            assert set(attributes) <= {"href", "rel"}
            assert (attributes.get("href") or "https:").startswith("https:")
        for field in (entry.title, entry.author, entry.summary, *entry.tags):
            assert "<img" not in field
            assert "onerror=" not in field


def test_links_get_no_say_over_the_page_they_stand_on() -> None:
    assert tame_html("<a href='https://a.example/' target=_blank rel=opener>x</a>") == (
        '<a href="https://a.example/" rel="noopener nofollow">x</a>'
    )
    assert tame_html("<a href='/x'>x</a>") == '<a rel="noopener nofollow">x</a>'


def test_plain_text_has_a_line_for_each_block() -> None:
    markup = "<h1>A&amp;B</h1>one\n two<br>three<ul><li>four</li><li><b>fi</b>ve</li></ul>"
    markup += "<table><tr><td>6</td><td>7</td></tr></table>"
    assert plain_text(markup) == "A&B\none two\nthree\nfour\nfive\n6\n7"


def test_text_fields_are_single_lines_without_control_characters() -> None:
    entry = only(parse_feed(rss("<item><title>a\n\tb&#x81;c&#xA0;d&#x2028;e</title></item>"), URL))
    assert entry.title == "a b c d e"


def test_long_values_are_cut() -> None:
    words = "word " * 60_000
    entry = only(
        parse_feed(
            rss(f"<item><title>{words}</title><guid>{words}</guid><description>{words}</description></item>"),
            URL,
        )
    )
    assert len(entry.title) <= 1_000
    assert len(entry.guid) <= 2_000
    assert len(entry.text) == 200_000
    assert len(entry.summary) <= 1_000


def test_entries_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_parsing, "ENTRY_LIMIT", 20)
    items = "<item><title>a</title><guid>{}</guid></item>"
    parsed = parse_feed(rss("".join(items.format(n) for n in range(30))), URL)
    assert len(parsed.entries) == 20
    assert parsed.notes == ("the feed is very long: its first 20 entries were read",)
    made = {"version": "https://jsonfeed.org/version/1", "items": [{"id": n} for n in range(30)]}
    assert len(parse_feed(json.dumps(made).encode(), URL).entries) == 20


def test_what_takes_too_long_is_left_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_parsing, "SECONDS", -1.0)
    assert parse_feed(rss("<item><title>a</title></item>"), URL).entries == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        rss("<item><author>" + "a" * 200_000 + "</author></item>"),
        rss("<item><author>a@" + "a." * 100_000 + "</author></item>"),
        rss("<item>" + "".join(f"<category>{n}</category>" for n in range(10_000)) + "</item>"),
        rss("<item><tags>" + ",".join(map(str, range(30_000))) + "</tags></item>"),
        rss("<item><description>" + "&lt;div&gt;" * 60_000 + "</description></item>"),
        rss(
            "<item><description>"
            + "".join(f"&lt;font size={n}&gt;&lt;p&gt;" for n in range(8_000))
            + "</description></item>"
        ),
        rss("<item><description>" + "&amp;" * 200_000 + "</description></item>"),
        b"\n" * 500_000 + rss(""),
        b"<?xml " * 50_000,
        b"<!DOCTYPE " * 50_000,
        b"<rss " + b'"x" ' * 50_000,
        b"{" * 300_000,
    ],
    ids=lambda body: f"{len(body)} bytes",
)
def test_no_repetition_takes_long(body: bytes) -> None:
    began = time.thread_time()
    parse_feed(body, URL)
    assert time.thread_time() - began < 30


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/xml; charset=utf-16", "text/html; charset=idna", ";;="]),
)
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    for wrapped in (body, b"<rss><channel><item>" + body + b"</item></channel></rss>", b"<feed>" + body):
        parsed = parse_feed(wrapped, URL, content_type)
        assert parsed.problem is None or parsed.entries == ()


@given(st.text(max_size=200))
def test_any_text_makes_harmless_fields(text: str) -> None:
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [
                {
                    "id": text,
                    "title": text,
                    "url": text,
                    "content_html": text,
                    "summary": text,
                    "tags": [text],
                }
            ],
        }
    )
    entry = only(parse_feed(body.encode(), URL))
    assert entry.guid
    for field in (entry.title, entry.summary, *entry.tags):
        assert " ".join(field.split()) == field
    assert entry.url == "" or web_address(entry.url) == entry.url
