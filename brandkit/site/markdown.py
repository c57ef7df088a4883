"""Markdown to HTML, and what a page needs to know about its text.

In: Markdown. Out: `Rendered`: HTML whose internal links are only marked (a text does not know where
other pages live), the plain text, headings, links. Pure, and the same for the same input.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from brandkit.base import text as words
from brandkit.base import url
from brandkit.site.model import Heading

MARK = "bk:"  # stands before an internal link until a page knows where it leads
_HEADING_ID = re.compile(r"\s*\{#([A-Za-z][\w:.-]*)\}\s*\Z")
_RAW_LINK = re.compile(
    r"(<(?:a|img|source|video|audio|iframe|link)\b[^>]*?\s(?:href|src|poster)=)([\"'])(.*?)\2",
    re.IGNORECASE | re.DOTALL,
)
_MARKED = re.compile(r'((?:href|src|poster)=(["\']))bk:(.*?)(?=\2)', re.DOTALL)
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_EXCERPT_LENGTH = 220
_TABLE = '<div class="table" role="region" aria-label="Table" tabindex="0"><table>\n'


@dataclass(frozen=True)
class Rendered:
    """A text, rendered."""

    html: str
    text: str
    excerpt: str
    word_count: int
    headings: tuple[Heading, ...]
    links: tuple[str, ...]
    link_lines: tuple[int, ...]
    title: str | None


@dataclass
class _Found:
    headings: list[Heading] = field(default_factory=list)
    links: dict[str, int] = field(default_factory=dict)
    line: int = 0
    text: list[str] = field(default_factory=list)
    first_paragraph: str = ""
    before_more: str | None = None
    ids: set[str] = field(default_factory=set)


def render(source: str, raw_html: bool) -> Rendered:
    """Render one text."""
    md = _reader(raw_html)
    env: dict[str, Any] = {}
    tokens = md.parse(source, env)
    found = _Found()
    _walk(tokens, found)
    text = "\n".join(found.text)
    excerpt = found.before_more if found.before_more is not None else found.first_paragraph
    return Rendered(
        html=md.renderer.render(tokens, md.options, env),
        text=text,
        excerpt=words.clip(excerpt or text, _EXCERPT_LENGTH),
        word_count=len(text.split()),
        headings=tuple(found.headings),
        links=tuple(found.links),
        link_lines=tuple(found.links.values()),
        title=next((h.text for h in found.headings if h.level == 1), None),
    )


def resolve(marked: str, where: dict[str, str]) -> str:
    """HTML with each marked link replaced by the address that `where` has for it."""

    def address(match: re.Match[str]) -> str:
        raw = html.unescape(match[3])
        return match[1] + html.escape(where.get(raw, raw), quote=True)

    return _MARKED.sub(address, marked)


@lru_cache(maxsize=2)
def _reader(raw_html: bool) -> MarkdownIt:
    """One reader a process: it keeps no state between texts."""
    md = MarkdownIt("gfm-like2", {"html": raw_html, "highlight": None})
    assert md.linkify is not None
    md.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # `README.md` is no web address
    md.use(footnote_plugin).use(deflist_plugin)
    md.add_render_rule("fence", _fence)
    md.add_render_rule("code_block", _fence)
    # whoever reads by keyboard has to be able to scroll a wide table
    md.add_render_rule("table_open", lambda *_: _TABLE)
    md.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return md


def _walk(tokens: Sequence[Token], found: _Found) -> None:
    """Name the headings, mark the links, gather the text: one pass over the blocks."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        found.line = token.map[0] if token.map else found.line
        if token.type == "inline":
            text = _inline(token, found)
            if before is not None and before.type == "th_open" and not token.content.strip():
                before.tag = tokens[index + 1].tag = "td"  # an empty corner heads nothing
            if before is not None and before.type == "heading_open":
                text = _name_heading(before, token, text, found)
            elif before is not None and before.type == "paragraph_open" and before.level == 0:
                found.first_paragraph = found.first_paragraph or text
            found.text.append(text)
        elif token.type == "html_block":
            if _MORE.search(token.content) and found.before_more is None:
                found.before_more = " ".join(found.text)
            token.content = _mark_raw(token.content, found)
            plain = words.plain(token.content)
            if plain:
                found.text.append(plain)
        elif token.type in ("fence", "code_block"):
            found.text.append(token.content.strip())


def _inline(token: Token, found: _Found) -> str:
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            child.attrSet("src", _mark(str(child.attrGet("src") or ""), found))
            child.attrSet("loading", "lazy")
            child.attrSet("decoding", "async")
        elif child.type == "link_open":
            child.attrSet("href", _mark(str(child.attrGet("href") or ""), found))
        elif child.type == "html_inline":
            child.content = _mark_raw(child.content, found)
    return words.fold("".join(parts))


def _mark(link: str, found: _Found) -> str:
    if link.startswith(MARK):  # written by a person: it stays what it is, and no way around the link check
        return MARK + link
    if not link or link.startswith("#") or url.is_elsewhere(link):
        return link
    found.links.setdefault(link, found.line)
    return MARK + link


def _mark_raw(markup: str, found: _Found) -> str:
    def marked(match: re.Match[str]) -> str:
        link = html.unescape(match[3])
        mark = MARK if _mark(link, found) != link else ""
        return f"{match[1]}{match[2]}{mark}{match[3]}{match[2]}"

    return _RAW_LINK.sub(marked, markup)


def _name_heading(opening: Token, inline: Token, text: str, found: _Found) -> str:
    """Give a heading its anchor: the `{#id}` that was written, or its words."""
    written = _HEADING_ID.search(text)
    last = inline.children[-1] if inline.children else None
    if written and last is not None and last.type == "text":
        last.content = _HEADING_ID.sub("", last.content)
        text = _HEADING_ID.sub("", text)
    base = written[1] if written else words.slugify(text, "section")
    anchor, number = base, 2
    while anchor in found.ids:
        anchor, number = f"{base}-{number}", number + 1
    found.ids.add(anchor)
    opening.attrSet("id", anchor)
    found.headings.append(Heading(int(opening.tag[1]), anchor, text))
    return text


def _fence(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    info = unescapeAll(token.info).split(maxsplit=1)
    language = info[0].strip("{}.") if info else ""
    code = _highlighted(token.content, language) or html.escape(token.content)
    name = f' class="language-{html.escape(language, quote=True)}"' if language else ""
    return f'<div class="code"><pre tabindex="0"><code{name}>{code}</code></pre></div>\n'


def _highlighted(code: str, language: str) -> str | None:
    lexer = _lexer(language) if language else None
    if lexer is None or len(code) > 100_000:
        return None
    return str(highlight(code, lexer, _FORMATTER))


@cache
def _lexer(language: str) -> Any:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


_FORMATTER: Any = HtmlFormatter(nowrap=True)
