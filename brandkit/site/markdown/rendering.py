"""Markdown to HTML, and what a page needs to know about its text.

In: Markdown. Out: `Rendered`: HTML whose internal links are only marked (marks.py), the plain text,
headings, links. Pure, and the same for the same input.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from brandkit.base import text as words
from brandkit.base import url
from brandkit.base.stopwords import STOPWORDS
from brandkit.site.markdown import shortcodes
from brandkit.site.markdown.gather import gather
from brandkit.site.markdown.reader import Dialect, reader
from brandkit.site.model import Foreign, Heading, Link

_EXCERPT_LENGTH = 220
_TELLING_WORDS = 16  # of a text, for finding others like it
_SHORTEST_TELLING = 5


@dataclass(frozen=True)
class Rendered:
    """A text, rendered. Lines count from 0, in the text.

    `links` lead to this site, `external` elsewhere, `anchors` to the text itself. `unnamed` are
    pictures without words, `telling` its most frequent words of some length.
    """

    html: str
    text: str
    excerpt: str
    word_count: int
    headings: tuple[Heading, ...]
    heading_lines: tuple[int, ...]
    links: tuple[Link, ...]
    external: tuple[Link, ...]
    anchors: tuple[Link, ...]
    unnamed: tuple[Link, ...]
    ids: tuple[str, ...]
    scripts: tuple[int, ...]
    foreign: tuple[Foreign, ...]
    telling: tuple[str, ...]
    title: str | None


def render(source: str, dialect: Dialect) -> Rendered:
    """Render one text."""
    source, foreign = shortcodes.expand(source)
    md = reader(dialect)
    env: dict[str, Any] = {}
    tokens = _tokens(md, source, env)
    found = gather(tokens)
    text = "\n".join(found.text)
    excerpt = found.before_more if found.before_more is not None else found.first_paragraph
    links = tuple(found.links.values())
    return Rendered(
        html=md.renderer.render(tokens, md.options, env),
        text=text,
        excerpt=words.clip(excerpt or text, _EXCERPT_LENGTH),
        word_count=len(text.split()),
        headings=tuple(found.headings),
        heading_lines=tuple(found.heading_lines),
        links=tuple(link for link in links if is_internal(link.target)),
        external=tuple(link for link in links if url.is_web(link.target)),
        anchors=tuple(link for link in links if link.target.startswith("#")),
        unnamed=tuple(found.unnamed),
        ids=tuple(found.ids),
        scripts=tuple(found.scripts),
        foreign=foreign,
        telling=_telling(text),
        title=next((h.text for h in found.headings if h.level == 1), None),
    )


def _tokens(md: MarkdownIt, source: str, env: dict[str, Any]) -> list[Token]:
    """The blocks of a text. An HTML comment that the end of the file leaves open is read as if a line followed."""
    try:
        return md.parse(source, env)
    except IndexError:
        env.clear()
        return md.parse(source + "\n", env)


def is_internal(link: str) -> bool:
    """Whether a link leads to this site."""
    return not link.startswith("#") and (link.startswith("wiki:") or not url.is_elsewhere(link))


def _telling(text: str) -> tuple[str, ...]:
    """The words that a text uses most, of those that may carry its topic; the same order on every machine."""
    found = words.words(text.lower()) if text.isascii() else map(str.casefold, words.words(text))
    counts = Counter([word for word in found if len(word) >= _SHORTEST_TELLING])
    telling = sorted([word for word in counts if word not in STOPWORDS and not word.isdigit()])
    telling.sort(key=counts.__getitem__, reverse=True)  # words that stand equally often keep their order
    return tuple(telling[:_TELLING_WORDS])
