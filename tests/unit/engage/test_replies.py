"""Replies: the text of a post that answers another, with one good sentence of it and nothing private."""

from __future__ import annotations

import pytest
import yaml
from markdown_it import MarkdownIt

from brandkit.base.text import plain
from brandkit.engage.sources.replies import Answered, as_markdown, good_sentence, reply_slug, reply_source

SENTENCE = "It took us two years to learn that alerts are promises somebody has to keep."
WIDE = "これは長い文なので、引用するのにちょうどよいと思います。"


def front_and_body(text: str) -> tuple[dict[str, object], str]:
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def test_a_reply_names_what_it_answers_quotes_a_sentence_and_leaves_room() -> None:
    answered = Answered("https://a.example/x?a=1&b=2", 'On-call: a "year"', "Grace", f"Short. {SENTENCE} More.")
    front, body = front_and_body(reply_source(answered, "2026-03-01"))
    assert front["reply_to"] == {"url": answered.url, "title": answered.title, "author": "Grace"}
    assert (front["title"], front["draft"], str(front["date"])) == ('Re: On-call: a "year"', True, "2026-03-01")
    html = MarkdownIt().render(body)
    assert plain(html) == f'{SENTENCE} On-call: a "year" , Grace Your answer.'
    assert 'href="https://a.example/x?a=1&amp;b=2"' in html
    assert body.index(">") < body.index("Your answer.")


def test_an_address_alone_leaves_title_and_author_empty_and_is_called_by_its_site() -> None:
    front, body = front_and_body(reply_source(Answered("https://www.a.example/x"), "2026-03-01"))
    assert front["reply_to"] == {"url": "https://www.a.example/x", "title": "", "author": ""}
    assert front["title"] == "Re: a.example"
    assert reply_slug(Answered("https://www.a.example/x")) == "re-a-example"
    assert "Your answer." in body


@pytest.mark.parametrize(
    "hostile",
    [
        "*Bold* _and_ `code` [a](javascript:x) ![p](http://x/p.png) <script>alert(1)</script> ends here.",
        "# A heading and {{< shortcode >}} and {% raw %} and $x^2$ and ~~gone~~ and a | b in it.",
        "1. A list of things that looks like one but is a sentence.",
        "- A dash at the start of a sentence that is long enough.",
        "[[wiki link]] and a footnote[^1] and an entity &copy; stand in here too.",
        "--- three dashes, ::: colons and === signs are only signs in a sentence.",
    ],
)
def test_what_looks_like_markup_is_shown_as_it_stands(hostile: str) -> None:
    assert plain(MarkdownIt("commonmark").render("> " + as_markdown(hostile))) == plain_of(hostile)
    front, _ = front_and_body(reply_source(Answered("https://a.example/", hostile, hostile, hostile), "2026-03-01"))
    assert front["reply_to"]["author"] == hostile  # type: ignore[index]


def plain_of(text: str) -> str:
    """What a reader sees of text that was escaped."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Too short. " + SENTENCE, SENTENCE),
        ("A heading that is long enough to be a sentence but is none\n" + SENTENCE, SENTENCE),
        ("word " * 100 + ".", ""),
        ("", ""),
        ("短い。" + WIDE, WIDE),
        ("يستغرق الأمر سنتين لتعلم أن التنبيهات وعود يجب على أحدهم الوفاء بها.", None),
    ],
)  # fmt: skip
def test_the_sentence_is_whole_and_neither_short_nor_long(text: str, expected: str | None) -> None:
    assert good_sentence(text) == (text if expected is None else expected)


def test_signs_that_no_file_can_hold_are_taken_out() -> None:
    odd = Answered("https://a.example/", "a\x00b\u2028c\ud800", "\x1b[31m")
    front, _ = front_and_body(reply_source(odd, "2026-01-01"))
    assert front["reply_to"] == {"url": "https://a.example/", "title": "a b c", "author": "[31m"}
