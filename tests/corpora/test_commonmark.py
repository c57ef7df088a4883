"""CommonMark's own examples and the fixtures of markdown-it, through `brandkit.site.markdown`.

A pass is equal HTML. What we add on purpose is taken away first, and nothing else: the anchors of
headings, the frames of code and tables, the marks of links, lazy pictures, colours in code.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from brandkit.site.markdown.reader import Dialect
from brandkit.site.markdown.rendering import Rendered
from brandkit.site.markdown.rendering import render as render_in

# markdown-it-py itself gives `<blockquote></blockquote>` without the line break.
EMPTY_QUOTES = {218, 239, 240}
# We link bare addresses, as GitHub does; the examples show that CommonMark alone does not.
BARE_ADDRESSES = {602, 608, 611}
# `[[foo]]` that is no reference is a link to the page of that name.
WIKILINKS = {590}

# Fixtures that are for settings which brandkit does not have, with how many of their cases then differ.
OTHER_SETTINGS = {
    "commonmark_spec.md": ("the examples above", 7),
    "disable_code_block.md": ("indented code is code", 5),
    "fatal.md": ("no typographer", 1),
    "linkify.md": ("`example.org` is no link, and neither is a bare mail address", 6),
    "punycode.md": ("the same", 3),
    "smartquotes.md": ("no typographer", 16),
    "strikethrough.md": ("GitHub's rule: one or two tildes, no more", 6),
    "typographer.md": ("no typographer", 12),
}


def render(text: str, raw_html: bool) -> Rendered:
    return render_in(text, Dialect(raw_html))


def without_our_additions(html: str) -> str:
    def frame(match: re.Match[str]) -> str:
        return "<pre>" + re.sub(r"</?span[^>]*>", "", match[1]) + "</pre>"

    html = re.sub(r'<div class="code"><pre tabindex="0">(.*?)</pre></div>', frame, html, flags=re.S)
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", html)
    html = re.sub(r'((?:href|src)=["\'])bkp?:', r"\1", html)
    html = re.sub(r"<figure>(<img[^>]*?) /><figcaption>(.*?)</figcaption></figure>", r'<p>\1 title="\2" /></p>', html)
    html = re.sub(r'(?<=class="task-list-item-checkbox") aria-label="[^"]*"', "", html)
    html = re.sub(r'<div class="table"[^>]*><table>', "<table>", html).replace("</table></div>", "</table>")
    return html.replace(' loading="lazy" decoding="async"', "").replace("&#x27;", "'")


@pytest.fixture(scope="module")
def examples(shared: Path) -> list[dict[str, Any]]:
    return json.loads((shared / "corpora/commonmark-spec/commonmark.json").read_text())


def test_every_example_of_the_specification_is_equal_but_for_those_named(examples: list[dict[str, Any]]) -> None:
    differing = {e["example"] for e in examples if without_our_additions(render(e["markdown"], True).html) != e["html"]}
    assert len(examples) == 652
    assert differing == EMPTY_QUOTES | BARE_ADDRESSES | WIKILINKS


def test_without_raw_html_only_escaping_differs(examples: list[dict[str, Any]]) -> None:
    for example in examples:
        trusted, escaped = (render(example["markdown"], raw).html for raw in (True, False))
        if trusted != escaped:
            assert "&lt;" in escaped, example["example"]
            assert "<" in example["markdown"]


def _cases(path: Path) -> list[tuple[str, str]]:
    """(Markdown, HTML) between lines that are a single dot."""
    parts = re.split(r"^\.[ ]*\n", path.read_text(encoding="utf-8") + "\n", flags=re.M)
    return list(zip(parts[1::3], parts[2::3], strict=True))


def _plain(html: str) -> str:
    """The fixtures are for several presets: some write `/>`, some name languages without a prefix."""
    return html.replace(' class="language-', ' class="').replace(" />", ">").rstrip()


NAMES = (
    *("alerts", "commonmark_extras", "commonmark_spec", "disable_code_block", "fatal", "issue-fixes", "linkify"),
    *("normalize", "proto", "punycode", "smartquotes", "strikethrough", "strikethrough_single_tilde", "tables"),
    *("tasklists", "typographer", "xss"),
)


@pytest.mark.parametrize("name", NAMES)
def test_the_fixtures_of_markdown_it_are_equal_or_for_a_setting_that_we_lack(name: str, shared: Path) -> None:
    path = shared / f"corpora/markdown-it-fixtures/{name}.md"
    cases = _cases(path)
    assert cases
    differing = [
        source for source, html in cases if _plain(without_our_additions(render(source, True).html)) != _plain(html)
    ]
    assert len(differing) == OTHER_SETTINGS.get(path.name, ("", 0))[1], differing
