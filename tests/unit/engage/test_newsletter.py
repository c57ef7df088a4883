"""Newsletters: HTML that mail programs show, and plain text with numbered links."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from brandkit.base.lengths import columns
from brandkit.engage.own_texts.newsletter import direction, newsletter_html, newsletter_text

RICH = """
<h2 id="why" class="x">Why</h2>
<p class="lead" style="position:fixed" onclick="x()">A <a class="l" href="/about/">link</a> &amp; <em>more</em>
<a href="https://o.example/?a=1&amp;b=2">another</a>, <a href="/about/">the first again</a>,
<a href="#why">within</a>, <a href="javascript:alert(1)">bad</a> and <code>code</code>.</p>
<figure><img src="/p.png" width="1600" height="900" alt="A picture" class="z" loading="lazy">
<figcaption>Caption</figcaption></figure>
<div class="table" role="region"><table><thead><tr><th>k</th><th>v</th></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>
<pre><code class="language-py"><span class="k">def</span> f():
    return "a &lt; b"
</code></pre>
<ul><li>one</li><li><p>two</p><ol start="3"><li>three</li></ol></li></ul>
<blockquote><p>Quoted words.</p></blockquote><hr>
<script>alert(1)</script><style>p{}</style><iframe src="https://v.example/"></iframe>
<svg><script>1</script></svg><img src="data:image/png;base64,AA"><p>end</p>
"""


class Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in ("meta", "img", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def letter(own_page: Any) -> str:
    return newsletter_html(own_page(RICH, title="A <b>title</b> & more"))


def test_only_what_is_safe_in_mail_is_there_and_every_element_is_closed(letter: str) -> None:
    reader = Reader(letter)
    assert reader.open == []
    names = {tag for tag, _ in reader.tags}
    assert not names & {"script", "style", "link", "iframe", "svg", "span", "form", "input", "figure", "section"}
    attributes = {name for _, said in reader.tags for name in said}
    assert not attributes & {"class", "id", "onclick", "loading", "srcset"}
    assert "javascript:" not in letter
    assert "alert(1)" not in letter
    assert "url(" not in letter
    assert "position:fixed" not in letter
    assert "A &lt;b&gt;title&lt;/b&gt; &amp; more" in letter


def test_there_is_one_column_of_600_pixels_and_pictures_fit_into_it(letter: str) -> None:
    reader = Reader(letter)
    layout = [said for tag, said in reader.tags if tag == "table" and said.get("role") == "presentation"]
    assert [table["width"] for table in layout] == ["600"]
    pictures = [said for tag, said in reader.tags if tag == "img"]
    assert pictures[0]["src"] == "https://t.example/p.png"
    assert (pictures[0]["width"], "height" in pictures[0]) == ("552", False)
    assert "max-width:100%" in pictures[0]["style"]
    assert all("alt" in picture and not picture.get("src", "").startswith("data:") for picture in pictures)


def test_every_link_is_whole(letter: str) -> None:
    links = [said["href"] for tag, said in Reader(letter).tags if tag == "a" and "href" in said]
    assert links == [
        "https://t.example/about/",
        "https://o.example/?a=1&b=2",
        "https://t.example/about/",
        "https://t.example/posts/one/#why",
        "https://t.example/posts/one/",
    ]


def test_blocks_bring_their_style_and_leave_the_paper_to_the_mail_program(letter: str) -> None:
    bare = {tag for tag, said in Reader(letter).tags if "style" not in said}
    assert not bare & {"p", "h1", "h2", "ul", "ol", "li", "blockquote", "pre", "code", "table", "a", "img", "hr"}
    assert "background" not in letter
    assert '<meta name="color-scheme" content="light dark">' in letter
    for colour in set(re.findall(r"#[0-9a-f]{6}", letter)):
        assert min(contrast(colour, "#ffffff"), contrast(colour, "#000000")) >= 4.5


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("language", "side"), [("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("de", "ltr")])
def test_language_and_direction_are_said(own_page: Any, language: str, side: str) -> None:
    letter = newsletter_html(own_page("<ul><li>x</li></ul><pre>y</pre>", language=language))
    assert direction(language) == side
    assert f'<html lang="{language}" dir="{side}"' in letter
    assert f"padding-{'right' if side == 'rtl' else 'left'}:28px" in letter
    assert re.search(r'<pre[^>]* dir="ltr"', letter)


def test_title_date_author_and_the_way_to_the_web_are_there(own_page: Any) -> None:
    for text in (newsletter_html(own_page()), newsletter_text(own_page())):
        assert "Alex · 1 March 2026" in text
        assert "Read on the web" in text
        assert "https://t.example/posts/one/" in text
    assert "Im Web lesen" in newsletter_text(own_page(language="de"))
    assert "2026-03-01" in newsletter_text(own_page(language="de"))


def test_plain_text_is_wrapped_and_its_links_are_numbered_at_the_end(own_page: Any) -> None:
    text = newsletter_text(own_page(RICH))
    assert "link [1] & more another [2], the first again [1], within, bad and code." in " ".join(text.split())
    assert text.endswith("[1] https://t.example/about/\n[2] https://o.example/?a=1&b=2\n")
    assert '    def f():\n        return "a < b"' in text
    assert "- one\n- two\n\n  3. three" in text
    assert "> Quoted words." in text
    assert "[A picture]" in text
    assert "k | v\n1 | 2" in text
    assert "alert" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize(
    "words",
    [
        "Words and more of them. ",
        "日本語の文章はスペースなしで続きます。",
        "e\u0301te\u0301 ",
        "👩\u200d👧 ",
        "كلمات كثيرة ",
        "x" * 50,
    ],
)
def test_no_line_of_text_is_wider_than_72_columns(own_page: Any, words: str) -> None:
    quoted = f"<blockquote><blockquote>{words * 20}</blockquote></blockquote>"
    html = f"<p>{words * 40}</p><ul><li>{words * 20}</li></ul>{quoted}"
    text = newsletter_text(own_page(html, title=words * 10))
    assert all(columns(line) <= 72 for line in text.splitlines() if "https://" not in line)


@pytest.mark.parametrize(
    "html", ["", "<p", "<ul><li><ul><li></ul>", "</div></p>", "<a href='x'>", "&#0;&bogus;<br><br>"]
)
def test_broken_html_breaks_nothing(own_page: Any, html: str) -> None:
    assert Reader(newsletter_html(own_page(html))).open == []
    assert newsletter_text(own_page(html)).startswith("One\n===")
