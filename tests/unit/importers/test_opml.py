"""Lists of feeds: good ones, sloppy ones, broken ones, hostile ones."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.importers.opml import OpmlFeed, OpmlResult, read_opml


def opml(outlines: str) -> bytes:
    return f'<?xml version="1.0"?>\n<opml version="2.0"><head/><body>{outlines}</body></opml>'.encode()


def urls(result: OpmlResult) -> list[str]:
    return [feed.url for feed in result.feeds]


def test_headings_above_a_feed_become_its_tags() -> None:
    body = opml(
        '<outline text="Tech"><outline text="Python" title="x"><outline type="rss" text="A" title="other"'
        ' xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" category="/news,dev/tools"/>'
        '</outline></outline><outline text="B" xmlUrl="https://b.example/feed"/>'
    )
    assert read_opml(body) == OpmlResult(
        (
            OpmlFeed(
                "A",
                "https://a.example/feed",
                "https://a.example/",
                ("Tech", "Python", "news", "dev", "tools"),
            ),
            OpmlFeed("B", "https://b.example/feed", "", ()),
        ),
        None,
        (),
    )


def test_a_feed_under_two_headings_is_one_feed_with_both_tags() -> None:
    outline = '<outline text="{0}"><outline text="A" xmlUrl="https://a.example/feed"/></outline>'
    result = read_opml(opml(outline.format("one") + outline.format("two")))
    assert [feed.tags for feed in result.feeds] == [("one", "two")]


@pytest.mark.parametrize(
    "attributes",
    [
        'xmlurl="https://a.example/feed"',
        'XMLURL=" https://a.example/feed "',
        'xmlURL="feed:https://a.example/feed"',
        'type="atom" url="https://a.example/feed"',
        'type="oddity" xmlUrl="https://a.example/feed"',
    ],
)
def test_the_ways_in_which_readers_write_an_address(attributes: str) -> None:
    assert urls(read_opml(opml(f'<outline text="A" {attributes}/>'))) == ["https://a.example/feed"]


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ('type="link" url="https://a.example/list.opml"', "another list or page"),
        ('type="include" url="https://a.example/list"', "another list or page"),
        ('type="source" xmlUrl="https://a.example/list"', "another list or page"),
        ('type="rss" xmlUrl="" htmlUrl="https://a.example/"', "named without a feed"),
        ('type="rss"', "no address"),
        ('xmlUrl="javascript:alert(1)"', "no web address"),
        ('xmlUrl="file:///etc/passwd"', "no web address"),
        ('xmlUrl="/feed"', "no web address"),
    ],
)
def test_what_is_skipped_is_told_in_one_line(attributes: str, words: str) -> None:
    result = read_opml(opml(f'<outline text="Thing" {attributes}/>'))
    assert result.feeds == ()
    assert len(result.skipped) == 1
    assert result.skipped[0].startswith("Thing: ")
    assert words in result.skipped[0]


def test_forgotten_escapes_do_no_harm() -> None:
    body = opml('<outline text="Wallace & Gromit &nbsp;&odd; x < 3" xmlUrl="https://a.example/?a=1&b=2"/>')
    assert read_opml(body).feeds == (OpmlFeed("Wallace & Gromit &odd; x < 3", "https://a.example/?a=1&b=2", "", ()),)


def test_a_broken_list_gives_what_can_be_read_and_one_line() -> None:
    body = b'<opml>\n<body><outline text="A" xmlUrl="https://a.example/"/>\n</wrong><outline xmlUrl=\'https://b.example/\'>'
    result = read_opml(body)
    assert urls(result) == ["https://a.example/", "https://b.example/"]
    assert result.problem == "the list is broken at line 3; feeds that could be read all the same: 2"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\0\0\0", "empty"),
        (b"no XML at all", "broken at line 1"),
        (b"<rss version='2.0'><channel/></rss>", "not a list of feeds"),
        (b"<opml><body><outline text='note'/></body></opml>", "names no feeds"),
        (b"x" * 10_000_001, "larger than"),
        (b"<opml>" * 1_000, "nested too deeply"),
        (b"<opml>" + b"<outline/>" * 200_001, "too long"),
    ],
)
def test_what_is_no_list_is_one_line(body: bytes, words: str) -> None:
    problem = read_opml(body).problem
    assert problem
    assert words in problem
    assert "\n" not in problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso-8859-1", "koi8-r"])
def test_encodings(encoding: str) -> None:
    title = "Привет" if encoding == "koi8-r" else "Zoë"
    declared = "utf-16" if encoding == "utf-16-le" else encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><opml><body><outline text="{title}" xmlUrl="http://a.example/"/></body></opml>'
    assert [feed.title for feed in read_opml(text.encode(encoding)).feeds] == [title]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_entities_of_its_own_are_refused(encoding: str) -> None:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<!DOCTYPE opml [<!ENTITY a0 "ha">{lines}]><opml><body><outline text="&a9;" xmlUrl="http://a/"/></body></opml>'
    )
    result = read_opml(bomb.encode(encoding))
    assert result.feeds == ()
    assert "entities" in (result.problem or "")


def test_entities_hidden_by_forbidden_characters_are_refused_too() -> None:
    assert "entities" in (read_opml(b'<!DOCTYPE a [<!EN\0TITY a "b">]><opml/>').problem or "")
    assert "entities" in (read_opml(b'<!DOCTYPE a [<!EN&#0;TITY a "b">]><opml/>').problem or "")


def test_titles_are_single_lines_of_text() -> None:
    result = read_opml(opml('<outline text=" a&#10;b&#9;\x07c " xmlUrl="http://a.example/"/>'))
    assert result.feeds[0].title == "a b c"


def test_igoogle_tabs() -> None:
    body = b'<GadgetTabML><Tab title="News"><Module type="RSS"><ModulePrefs xmlUrl="http://a.example/"/></Module></Tab></GadgetTabML>'
    assert read_opml(body).feeds == (OpmlFeed("", "http://a.example/", "", ("News",)),)


def test_people_and_groups_in_rdf() -> None:
    body = b"""<rdf:RDF xmlns:rdf="r" xmlns:foaf="f" xmlns:rdfs="s" xmlns:rss="t"><foaf:Group><foaf:member><foaf:Agent>
    <foaf:weblog><foaf:Document rdf:about="http://a.example/"><rdfs:seeAlso><rss:channel rdf:about="http://a.example/feed"/>
    </rdfs:seeAlso></foaf:Document></foaf:weblog><foaf:knows><foaf:Person><foaf:name>Friend</foaf:name>
    <rdfs:seeAlso rdf:resource="http://b.example/foaf"/></foaf:Person></foaf:knows><foaf:name>Ada</foaf:name>
    </foaf:Agent></foaf:member><foaf:name>Planet</foaf:name></foaf:Group></rdf:RDF>"""
    result = read_opml(body)
    assert result.feeds == (OpmlFeed("Ada", "http://a.example/feed", "http://a.example/", ("Planet",)),)
    assert result.skipped == ("Friend: http://b.example/foaf is another list or page, not a feed",)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "<outline ",
        "<outline a='",
        '<outline a="b" ',
        "&",
        "&a",
        "<!DOCTYPE ",
        "<!--",
        "<a>",
        "<outline/>",
        "a=",
        " ",
    ],
)
def test_no_repetition_takes_long(unit: str) -> None:
    body = ("<opml>" + unit * (1_000_000 // len(unit))).encode()
    began = time.thread_time()
    read_opml(body)
    assert time.thread_time() - began < 30


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"<opml>{text}</opml>".encode("utf-8", "ignore"))
)
def test_no_bytes_raise(body: bytes) -> None:
    result = read_opml(body)
    assert result.problem or result.feeds
