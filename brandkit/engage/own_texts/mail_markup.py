"""HTML of a post as mail programs can show it, and as plain text. Pure.

In: HTML with links as it stands on the web. Out: few elements with inline styles, no class, no script, whole
addresses; or lines of text with numbered links. What mail can not show is left out, its words are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

import nh3

from brandkit.base.lengths import columns, wrapped
from brandkit.base.text import fold

WIDTH = 600
_ROOM = 552  # what the margins leave for pictures
_LINES = 72
# One grey and one blue that can be read on white and on black: mail programs choose the paper.
GREY, BLUE = "#757575", "#1a7fa0"
SERIF = "font-family:Georgia,Times,serif"
_MONO = "font-family:Consolas,Menlo,monospace"
_WORDS = frozenset(
    "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd samp a img em i strong b del s ins mark "
    "q cite small sub sup abbr table caption thead tbody tfoot tr th td div "
    "figure figcaption section aside details summary".split()
)
_SWALLOWED = frozenset("script style template svg iframe object embed title textarea select noscript".split())
_VOID = ("br", "hr", "img")
_TEXT = f"{SERIF};font-size:17px;line-height:1.6"
# What becomes of an element: its name in mail, and its style. {start} is left, or right for scripts from the right.
_FORMS: Mapping[str, tuple[str, str]] = {
    "p": ("p", f"margin:0 0 16px;{_TEXT}"),
    "h1": ("h2", f"margin:32px 0 12px;{SERIF};font-size:24px;line-height:1.3"),
    "h2": ("h2", f"margin:32px 0 12px;{SERIF};font-size:24px;line-height:1.3"),
    "h3": ("h3", f"margin:28px 0 10px;{SERIF};font-size:20px;line-height:1.3"),
    "h4": ("h4", f"margin:24px 0 8px;{SERIF};font-size:17px;line-height:1.4"),
    "h5": ("h5", f"margin:24px 0 8px;{SERIF};font-size:17px;line-height:1.4"),
    "h6": ("h6", f"margin:24px 0 8px;{SERIF};font-size:17px;line-height:1.4"),
    "ul": ("ul", "margin:0 0 16px;padding-{start}:28px"),
    "ol": ("ol", "margin:0 0 16px;padding-{start}:28px"),
    "li": ("li", f"margin:0 0 6px;{_TEXT}"),
    "dl": ("dl", "margin:0 0 16px"),
    "dt": ("dt", f"font-weight:bold;{_TEXT}"),
    "dd": ("dd", f"margin-{{start}}:28px;{_TEXT}"),
    "blockquote": ("blockquote", f"margin:0 0 16px;padding-{{start}}:16px;border-{{start}}:3px solid {GREY};{_TEXT}"),
    "pre": ("pre", f"margin:0 0 16px;padding:12px;border:1px solid {GREY};white-space:pre-wrap;{_MONO};font-size:14px"),
    "code": ("code", f"{_MONO};font-size:14px"),
    "a": ("a", f"color:{BLUE};text-decoration:underline"),
    "img": ("img", "max-width:100%;height:auto;border:0"),
    "hr": ("hr", f"border:0;border-top:1px solid {GREY};margin:28px 0"),
    "table": ("table", f"border-collapse:collapse;margin:0 0 16px;{_TEXT}"),
    "th": ("th", f"border:1px solid {GREY};padding:6px 10px;text-align:{{start}};{_TEXT}"),
    "td": ("td", f"border:1px solid {GREY};padding:6px 10px;text-align:{{start}};{_TEXT}"),
    "div": ("div", _TEXT),
    "figure": ("div", "margin:0 0 16px"),
    "figcaption": ("p", f"margin:6px 0 0;{SERIF};font-size:14px;color:{GREY}"),
    "section": ("div", _TEXT),
    "aside": ("div", _TEXT),
    "details": ("div", _TEXT),
    "summary": ("p", f"margin:0 0 8px;font-weight:bold;{_TEXT}"),
}


def tame(html: str, address: str) -> str:
    """HTML of the few elements that mail shows, with whole addresses and nothing active."""
    spans = {"colspan", "rowspan"}
    return nh3.clean(
        html,
        tags=set(_WORDS),
        clean_content_tags=set(_SWALLOWED),
        attributes={"a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}, "td": spans, "th": spans},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        url_relative=("rewrite_with_base", address),
    )


def styled(html: str, address: str, direction: str) -> str:
    """The HTML of a post with a style on every element that needs one."""
    painter = _Painter("right" if direction == "rtl" else "left")
    painter.feed(tame(html, address))
    painter.close()
    return "".join(painter.parts)


class _Painter(HTMLParser):
    def __init__(self, start: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._start = start

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name, style = _FORMS.get(tag, (tag, ""))
        said = _sized(attrs) if tag == "img" else attrs
        more = [("style", style.format(start=self._start))] if style else []
        more += [("dir", "ltr")] if tag == "pre" else []
        written = "".join(f' {key}="{escape(value or "", quote=True)}"' for key, value in [*said, *more])
        self.parts.append(f"<{name}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.parts.append(f"</{_FORMS.get(tag, (tag, ''))[0]}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))


def _sized(attrs: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """A picture no wider than the column: some programs heed the attribute alone."""
    said = dict(attrs)
    wide = (said.get("width") or "").isdigit() and int(said["width"] or 0) > _ROOM
    if wide:
        said.update(width=str(_ROOM))
        said.pop("height", None)
    return [("alt", ""), *said.items()] if "alt" not in said else list(said.items())


def as_lines(html: str, address: str) -> tuple[list[str], list[str]]:
    """(lines of at most 72 columns, addresses of the links in the order of their numbers). Code is not wrapped."""
    writer = _Writer(address)
    writer.feed(tame(html, address))
    writer.close()
    writer.flush()
    return writer.lines, list(writer.links)


_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table figure div section aside details".split())
_PARTS = frozenset("li dt dd tr caption figcaption summary".split())
_MARKED = {"dd": "  ", "blockquote": "> "}


class _Writer(HTMLParser):
    """Text, block by block. `_margins` is what stands before each line, from the outermost element inward."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.links: dict[str, int] = {}
        self._address = address
        self._words: list[str] = []
        self._margins: list[str] = []
        self._bullet = ""
        self._numbers: list[int | None] = []
        self._open_links: list[tuple[str, int]] = []
        self._code = self._gap = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag in _BLOCKS or tag in _PARTS or tag == "hr":
            self.flush()
            begins_item = bool(self._bullet) and tag == "p"
            self._gap = self._gap or ((tag in _BLOCKS or tag == "hr") and not begins_item)
        if tag in ("ul", "ol"):
            start = said.get("start", "1")
            self._numbers.append((int(start) if start.isdigit() else 1) if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag in _MARKED:
            self._margins.append(_MARKED[tag])
        elif tag == "pre":
            self._code = True
        elif tag == "hr":
            self._words.append("* * *")
            self.flush()
            self._gap = True
        elif tag == "a":
            self._open_links.append((said.get("href", ""), len(self._words)))
        elif tag == "img" and said.get("alt"):
            self._words.append(f"[{fold(said['alt'])}]")
        elif tag == "br":
            self._words.append("\n")

    def _begin_item(self) -> None:
        number = self._numbers[-1] if self._numbers else None
        self._bullet = "- " if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1
        self._margins.append(" " * len(self._bullet))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open_links:
            self._end_link()
        elif tag in ("td", "th"):
            self._words.append(" | ")
        if tag in _BLOCKS or tag in _PARTS:
            self.flush()
            self._gap = self._gap or tag in _BLOCKS
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()
        elif tag in ("li", *_MARKED) and self._margins:
            self._margins.pop()
            self._bullet = ""
        elif tag == "pre":
            self._code = False

    def _end_link(self) -> None:
        address, start = self._open_links.pop()
        words = fold("".join(self._words[start:]))
        inside = address.startswith(f"{self._address}#") or address.removeprefix("mailto:") == words
        if address and not inside and address != words:
            self._words.append(f" [{self.links.setdefault(address, len(self.links) + 1)}]")

    def handle_data(self, data: str) -> None:
        self._words.append(data if self._code else data.replace("\n", " "))

    def flush(self) -> None:
        """Write down the block that was gathered."""
        text, self._words = "".join(self._words), []
        margin = "".join(self._margins)
        if self._code:
            lines = [f"    {line}" for line in text.strip("\n").split("\n")] if text.strip() else []
        else:
            room = max(24, _LINES - columns(margin))
            whole = (fold(part).removesuffix("|").rstrip() for part in text.split("\n"))
            lines = [line for part in whole for line in wrapped(part, room)]
        if not lines:
            return
        if self._gap and self.lines:
            self.lines.append(margin.rstrip() if not self._bullet else margin[: -len(self._bullet)].rstrip())
        first = margin[: len(margin) - len(self._bullet)] + self._bullet if self._bullet else margin
        self.lines += [((first if number == 0 else margin) + line).rstrip() for number, line in enumerate(lines)]
        self._gap, self._bullet = False, ""
