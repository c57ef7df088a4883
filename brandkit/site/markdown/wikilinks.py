"""Wikilinks: `[[slug]]`, `[[Title of a page]]`, `[[slug#heading|words]]` are links to a page by its name.

They become links to `wiki:NAME`, which `site/links.py` knows how to follow.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

SCHEME = "wiki:"
_WIKILINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,300}))?\]\]")


def wikilinks(md: MarkdownIt) -> None:
    """Teach a reader wikilinks. What CommonMark reads as a reference stays one."""
    md.inline.ruler.before("link", "wikilink", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    match = _WIKILINK.match(state.src, state.pos)
    if match is None or match.end() > state.posMax or state.linkLevel:
        return False
    nested = state.src[max(0, state.pos - 1) : state.pos] == "[" or state.src[match.end() : match.end() + 1] == "]"
    name = match[1].strip()
    if nested or not name or normalizeReference(match[1]) in state.env.get("references", {}):
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": SCHEME + name}
        state.push("text", "", 0).content = (match[2] or name.partition("#")[0] or name).strip()
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True
