"""What must be true of an outcome, whatever came in: findings have a place within their file, markup is harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urlsplit

from brandkit.base.diagnostics import Diagnostic

HARMLESS = frozenset(
    "p br hr div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th figure"
    " figcaption section article aside header footer main nav address details summary a abbr b cite code del em i ins"
    " kbd mark q s samp small span strong sub sup u var".split()
)
ATTRIBUTES = frozenset({"href", "rel", "lang", "colspan", "rowspan"})
ACTIVE = frozenset(
    "script iframe object embed applet base frame frameset svg style form button textarea select link meta video audio"
    " template noscript title".split()
)
_SCHEME = re.compile(r"(javascript|vbscript|data:text|data:image/svg)", re.I)
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ALIGNED = re.compile(r"text-align:(left|right|center)\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class _Tags(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def placed(found: Iterable[Diagnostic], text: str) -> None:
    """Every finding says something in one line, and points into this text."""
    lines = _LINE_ENDS.split(text)
    for each in found:
        assert each.message and each.place.file, each
        assert not _CONTROL.search(each.message), f"a finding of more than one plain line: {each.message!r}"
        assert each.place.line is None or 1 <= each.place.line <= len(lines) + 1, f"line {each.place.line}: {each}"
        assert each.place.col is None or each.place.col >= 1, each
        excerpt = each.place.excerpt
        if excerpt is not None and each.place.col is not None:
            assert each.place.col <= len(excerpt) + 2, f"column {each.place.col}: {each}"


def inactive(markup: str) -> None:
    """Nothing runs, restyles or loads: for texts of one's own with raw HTML off."""
    for tag, attributes in _Tags(markup).found:
        assert tag not in ACTIVE, f"<{tag}>"
        assert tag != "input" or attributes.get("type") == "checkbox", "an input"
        for name, value in attributes.items():
            aligned = name == "style" and _ALIGNED.match(value or "") and tag in ("td", "th")
            assert aligned or not (name.startswith("on") or name in ("style", "srcdoc", "formaction")), f"{tag} {name}"
            assert not _SCHEME.match(re.sub(r"[\x00-\x20]", "", value or "")) or name not in ("href", "src"), value


def harmless(markup: str) -> None:
    """Only structure: for the texts of strangers."""
    for tag, attributes in _Tags(markup).found:
        assert tag in HARMLESS, f"<{tag}>"
        assert set(attributes) <= ATTRIBUTES, f"{tag} {sorted(attributes)}"
        assert urlsplit(attributes.get("href") or "https:").scheme in ("http", "https", "mailto"), attributes


def plain_lines(*lines: str) -> None:
    """Each is one line without controls."""
    for line in lines:
        assert " ".join(line.split()) == line, f"not one line: {line!r}"
        assert not any(ord(char) < 32 for char in line), f"a control: {line!r}"
