"""Roundups: what was starred and stands in no post yet, as a text that says nothing private."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from brandkit.base.text import plain
from brandkit.engage.sources.replies import Answered
from brandkit.engage.sources.roundups import roundup_source, roundup_title, starred

TODAY, ZONE = date(2026, 3, 1), ZoneInfo("UTC")
SENTENCE = "It took us two years to learn that alerts are promises somebody has to keep."


def front_and_body(text: str) -> tuple[dict[str, Any], str]:
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def test_each_entry_is_a_heading_that_links_a_sentence_and_room(own_page: Any) -> None:
    entries = [
        Answered("https://a.example/x?a=1&b=2", "On call, a year", "Grace", f"Short. {SENTENCE} More."),
        Answered("https://b.example/y"),
    ]
    front, body = front_and_body(roundup_source('Worth "reading"', entries, "2026-03-01"))
    assert (front["title"], front["draft"], str(front["date"])) == ('Worth "reading"', True, "2026-03-01")
    html = MarkdownIt().render(body)
    assert html.count("<h2>") == 2 and html.count("<blockquote>") == 1
    assert '<a href="https://a.example/x?a=1&amp;b=2">On call, a year</a>' in html
    assert f"{SENTENCE}" in plain(html) and "Grace, a.example" in plain(html)
    assert '<a href="https://b.example/y">b.example</a>' in html
    assert plain(html).count("in your words") == 3


def test_what_stands_in_a_page_is_used_and_drafts_are_pages_too(line: Any, own_page: Any) -> None:
    def star(link: str, day: str = "2026-02-01", **more: Any) -> Any:
        return line("star", day, contacts=(), link=link, direction="", **more)

    journal = [
        star("https://a.example/1"),
        star("http://www.a.example/1/?utm_source=feed", "2026-02-03"),
        star("https://a.example/2"),
        star("https://a.example/3"),
        star("https://a.example/4", "2026-03-02"),
        star("javascript:alert(1)"),
        star("https://me.example/posts/mine/"),
        line("share", "2026-02-01", link="https://a.example/5"),
    ]
    pages = [
        own_page(links=("https://a.example/2?utm_medium=x",)),
        own_page(links=("https://a.example/3",), status="draft"),
        own_page(url="https://me.example/posts/mine/"),
    ]
    assert starred(journal, pages, TODAY, ZONE) == ("http://www.a.example/1/?utm_source=feed",)
    assert len(starred(journal, (), TODAY, ZONE)) == 4


def test_the_title_names_the_day() -> None:
    assert roundup_title(TODAY) == "Worth reading, 1 March 2026"


@pytest.mark.parametrize("hostile", ["](javascript:alert(1)) <script>", "# one\n## two", "{{< x >}} {% raw %} *b*"])
def test_what_looks_like_markup_is_shown_as_it_stands(hostile: str) -> None:
    entry = Answered("https://a.example/", hostile, hostile, f"{hostile} stands here in a sentence of its own, today.")
    html = MarkdownIt("commonmark").render(front_and_body(roundup_source("T", [entry], "2026-03-01"))[1])
    assert "<script" not in html and html.count("<h2>") == 1 and html.count("<a ") == 1
    assert " ".join(hostile.split()) in plain(html)


@given(st.text(min_size=1, max_size=80), st.text(max_size=80), st.text(max_size=300))
def test_whatever_an_entry_says_the_front_matter_can_be_read(title: str, author: str, text: str) -> None:
    source = roundup_source(title, [Answered("https://a.example/", title, author, text)], "2026-03-01")
    assert yaml.safe_load(source.split("\n---\n")[0].removeprefix("---\n"))["draft"] is True
