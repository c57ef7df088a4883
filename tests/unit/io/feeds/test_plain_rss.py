"""What is read without feedparser says the same as what feedparser reads; what is not quite plain is left to it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

import pytest
from feedparser.datetimes import _parse_date  # type: ignore[import-untyped, unused-ignore]
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.io.feeds import feed_parsing, sanitise
from brandkit.io.feeds.feed_parsing import ParsedFeed, parse_feed
from brandkit.io.feeds.plain_rss import _moment, read_plain
from brandkit.io.feeds.sanitise import plain_text, tame_html

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = (
    *(
        "Tea",
        "a &amp; b",
        "<b>bold</b> & co",
        "1 < 2",
        "&nbsp;",
        "Ã¼ber",
        "naïve",
        "\x80\x94",
        "日本",
        " ",
        "]]>",
        "&#8217;",
    ),
    *(
        "https://feed.example/a b?x=1&y=2",
        "/relative?utm=1&amp;z",
        "https:///odd.example/",
        "tag:1",
        "<p>x</p>",
        "&lt;i&gt;",
        "",
    ),
    *(
        "Mon, 05 Jan 2026 10:00:00 +0000",
        "Mon, 05 Jan 2026 10:00:00 +0100",
        "2026-01-05T10:00:00Z",
        "31 Foo",
        "90",
        "en_GB",
    ),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join) | st.text(max_size=12)
LEAVES = st.tuples(
    st.sampled_from(("title", "link", "guid", "pubDate", "description", "title", "description")),
    TEXTS,
    st.sampled_from(("", "", "", ' isPermaLink="false"', ' isPermaLink="true"', ' type="html"')),
    st.booleans(),
)
HEADS = st.tuples(st.sampled_from(("title", "link", "language", "ttl", "pubDate", "docs")), TEXTS)


def _leaf(name: str, text: str, attributes: str, is_cdata: bool) -> str:
    said = f"<![CDATA[{text.replace(']]>', '')}]]>" if is_cdata else escape(text)
    return f"<{name}{attributes if name == 'guid' or 'type' in attributes else ''}>{said}</{name}>"


def _slowly(body: bytes, url: str, monkeypatch: pytest.MonkeyPatch) -> ParsedFeed:
    with monkeypatch.context() as patch:
        patch.setattr(feed_parsing, "read_plain", lambda *_: None)
        return parse_feed(body, url, now=NOW)


@settings(max_examples=60)
@given(
    st.lists(st.lists(LEAVES, max_size=6), max_size=3),
    st.lists(HEADS, max_size=4),
    st.sampled_from(("https://feed.example/all.xml", "", "feeds/a.xml")),
)
def test_the_same_comes_out(
    items: list[list[tuple[str, str, str, bool]]], heads: list[tuple[str, str]], url: str
) -> None:
    channel = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in heads)
    inside = "".join(f"<item>{''.join(_leaf(*leaf) for leaf in item)}\n</item>" for item in items)
    body = f'<?xml version="1.0"?>\n<rss version="2.0"><channel>{channel}{inside}</channel></rss>'
    with pytest.MonkeyPatch.context() as patch:
        assert parse_feed(body.encode("utf-8", "replace"), url, now=NOW) == _slowly(
            body.encode("utf-8", "replace"), url, patch
        )


@pytest.mark.parametrize(
    "inside",
    [
        "<item><dc:creator>A</dc:creator></item>",
        "<item><title>A<b>c</b></title></item>",
        "<item><title>A</title><title>B</title></item>",
        '<item><title type="html">A</title></item>',
        "<item><enclosure url='https://a.example/'/></item>",
        "<item><title>A</title></item><title>late</title>",
        "<title>one</title><title>two</title>",
        "<item><title>A</title>",
    ],
)
def test_what_is_not_quite_plain_is_left_to_feedparser(inside: str) -> None:
    text = f'<rss version="2.0"><channel>{inside}</channel></rss>'
    assert read_plain(text, "", time.thread_time() + 9, 100) is None


def test_a_plain_feed_is_read_as_far_as_it_may_be_long_unless_it_is_late() -> None:
    text = f'<rss version="2.0"><channel>{"<item><title>A</title></item>" * 3}</channel></rss>'
    for most, is_cut in ((3, False), (2, True)):
        plain = read_plain(text, "", time.thread_time() + 9, most) or pytest.fail()
        assert (len(plain.entries), plain.is_cut) == (most, is_cut)
    assert read_plain(text, "", time.thread_time() - 1, 3) is None


@given(st.datetimes(), st.integers(-23, 23))
def test_dates_are_what_feedparser_makes_of_them(moment: datetime, hours: int) -> None:
    for written in (
        format_datetime(moment.replace(tzinfo=UTC)),
        format_datetime(moment.replace(tzinfo=UTC), usegmt=True),
        moment.strftime("%a, %d %b %Y %H:%M:%S ") + f"{'-' if hours < 0 else '+'}{abs(hours):02}00",
        (moment + timedelta(0)).isoformat(),
    ):
        assert (_moment(written) or [])[:6] == (_parse_date(written) or [])[:6]


@given(st.text(max_size=30))
def test_text_that_holds_no_markup_needs_no_cleaning(text: str) -> None:
    made = plain_text(text), tame_html(text, ("https://feed.example/",))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sanitise, "_MEANS_MORE", re.compile(""))  # matches anything
        assert made == (plain_text(text), tame_html(text, ("https://feed.example/",)))
