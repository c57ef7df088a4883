"""One pass over the blocks of a text: name the headings, mark the links, frame the pictures, gather the words."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from brandkit.base import text as words
from brandkit.base import url
from brandkit.site.markdown.marks import MARK, PICTURE, is_marked
from brandkit.site.model import Heading, Link

_HEADING_ID = re.compile(r"\s*\{#([A-Za-z][\w:.-]*)\}\s*\Z")
_RAW_LINK = re.compile(
    r"(<(a|img|source|video|audio|iframe|link)\b[^<>]*?\s(?:href|src|poster)=)([\"'])(.*?)\3", re.IGNORECASE | re.DOTALL
)
_RAW_ID = re.compile(r"<[a-z][^<>]*?\s(?:id|name)=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_RAW_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_RAW_SCRIPT = re.compile(r"<script\b(?![^<>]*\btype=[\"']?(?:application|text)/(?!javascript))", re.IGNORECASE)
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)


_THEIRS = ("main", "q")  # anchors of the frame: a heading of that name gets another


@dataclass
class Found:
    """What was gathered from one text. Lines count from 0, in the text."""

    headings: list[Heading] = field(default_factory=list)
    heading_lines: list[int] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    unnamed: list[Link] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_THEIRS, 1))
    scripts: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    first_paragraph: str = ""
    before_more: str | None = None
    line: int = 0


def gather(tokens: Sequence[Token]) -> Found:
    """Walk over the blocks; tokens are changed in place."""
    found = Found()
    for index, token in enumerate(tokens):
        found.line = token.map[0] if token.map else found.line
        if token.type == "inline":
            _inline_block(tokens, index, found)
        elif token.type == "html_block":
            _html_block(token, found)
        elif token.type in ("fence", "code_block", "math_block"):
            found.text.append(token.content.strip())
    return found


def _inline_block(tokens: Sequence[Token], index: int, found: Found) -> None:
    token, before = tokens[index], tokens[index - 1]
    text = _inline(token, found)
    if before.type == "th_open" and not token.content.strip():
        before.tag = tokens[index + 1].tag = "td"  # an empty corner heads nothing
    if before.type == "heading_open":
        text = _name_heading(before, token, text, found)
    elif before.type == "paragraph_open":
        _frame(tokens, index)
        if before.level == 0:
            found.first_paragraph = found.first_paragraph or text
    found.text.append(text)


def _html_block(token: Token, found: Found) -> None:
    if _MORE.search(token.content) and found.before_more is None:
        found.before_more = " ".join(found.text)
    token.content = _raw(token.content, found)
    plain = words.plain(token.content)
    if plain:
        found.text.append(plain)


def _inline(token: Token, found: Found) -> str:
    children = token.children or []
    if len(children) == 1 and children[0].type == "text":
        return words.fold(children[0].content)
    parts: list[str] = []
    for child in children:
        if child.type == "text":
            parts.append(child.content)
            continue
        if child.type in ("code_inline", "math_inline", "math_inline_double"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            _picture(child, found)
        elif child.type == "link_open":
            child.attrSet("href", _mark(str(child.attrGet("href") or ""), found, MARK))
        elif child.type == "html_inline":
            child.content = _raw(child.content, found)
        if child.attrs and "id" in child.attrs:
            found.ids.setdefault(str(child.attrs["id"]), 1)
    return words.fold("".join(parts))


def _picture(image: Token, found: Found) -> None:
    source = str(image.attrGet("src") or "")
    link = Link(source, found.line, picture=True)
    if not any(child.content.strip() for child in image.children or ()) and image.attrGet("role") != "presentation":
        found.unnamed.append(link)
    attributes = {"src": _mark(source, found, PICTURE), **{k: v for k, v in image.attrs.items() if k != "src"}}
    image.attrs = {**attributes, "loading": image.attrs.get("loading", "lazy"), "decoding": "async"}


def _frame(tokens: Sequence[Token], index: int) -> None:
    """A picture that stands alone with a title is a figure, a link to a film that stands alone an embed."""
    opening, inline, closing = tokens[index - 1 : index + 2]
    children = inline.children or []
    if len(children) == 1 and children[0].type == "text":
        return
    image = next((child for child in children if child.type == "image"), None)
    if image is not None and image.attrGet("title") and _is_alone(image, children):
        opening.tag = closing.tag = "figure"
        opening.hidden = closing.hidden = False
        caption = Token("figcaption", "", 0, content=str(image.attrs.pop("title")))
        inline.children = [*children, caption]
    elif _is_film(children):
        opening.attrJoin("class", "embed")


def _is_alone(image: Token, children: Sequence[Token]) -> bool:
    return all(child is image or child.type in ("link_open", "link_close") for child in children)


def _is_film(children: Sequence[Token]) -> bool:
    if len(children) < 2 or children[0].type != "link_open" or children[-1].type != "link_close":
        return False
    host = url.host_of(str(children[0].attrGet("href") or "")).removeprefix("www.")
    one = sum(child.type == "link_open" for child in children) == 1
    return one and host in ("youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com", "media.ccc.de")


def _mark(link: str, found: Found, mark: str) -> str:
    if is_marked(link):
        return mark + link
    if not link:
        return link
    found.links.setdefault(link, Link(link, found.line, picture=mark == PICTURE))
    return link if link.startswith("#") or (url.is_elsewhere(link) and not link.startswith("wiki:")) else mark + link


def _raw(markup: str, found: Found) -> str:
    """HTML as somebody wrote it: links marked, anchors, scripts and pictures without words noted."""

    def marked(match: re.Match[str]) -> str:
        link = html.unescape(match[4])
        if match[2].lower() == "img" and link and not is_marked(link):
            found.links.setdefault(link, Link(link, found.line, picture=True))
        mark = MARK if _mark(link, found, MARK) != link else ""
        return f"{match[1]}{match[3]}{mark}{match[4]}{match[3]}"

    found.ids.update((match[1], 1) for match in _RAW_ID.finditer(markup))
    found.scripts.extend(found.line for _ in _RAW_SCRIPT.finditer(markup))
    for picture in _RAW_PICTURE.finditer(markup):
        if not re.search(r"\salt\s*=|\srole=[\"']?presentation", picture[0], re.IGNORECASE):
            source = re.search(r"\ssrc=[\"']?([^\"'\s>]*)", picture[0], re.IGNORECASE)
            found.unnamed.append(Link(html.unescape(source[1]) if source else "", found.line, picture=True))
    return _RAW_LINK.sub(marked, markup)


def _name_heading(opening: Token, inline: Token, text: str, found: Found) -> str:
    """Give a heading its anchor: the `{#id}` that was written, or its words."""
    written = _HEADING_ID.search(text)
    last = inline.children[-1] if inline.children else None
    if written and last is not None and last.type == "text":
        last.content = _HEADING_ID.sub("", last.content)
        text = _HEADING_ID.sub("", text)
    base = written[1] if written else words.slugify(text, "section")
    number = found.ids.get(base, 0)  # how often this anchor was taken: counting on keeps long texts linear
    anchor = base
    while anchor in found.ids:
        number += 1
        anchor = f"{base}-{number}"
    found.ids[base] = max(number, 1)
    found.ids[anchor] = 1 if anchor != base else found.ids[base]
    opening.attrSet("id", anchor)
    found.headings.append(Heading(int(opening.tag[1]), anchor, text))
    found.heading_lines.append(found.line)
    return text
