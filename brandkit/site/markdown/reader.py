"""The reader of Markdown: GitHub's dialect with footnotes, definition lists, attributes, wikilinks, formulas.

`Dialect` says what a site may choose. A reader keeps no state between texts, so a process needs one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from brandkit.base.text import clip
from brandkit.site.markdown.highlighting import fence
from brandkit.site.markdown.marks import table_opening
from brandkit.site.markdown.mathematics import formula
from brandkit.site.markdown.quick import Reader, ask_by_first_character
from brandkit.site.markdown.wikilinks import wikilinks
from brandkit.site.markdown.writer import Writer

# what braces may say of a picture, a link or a piece of code: nothing that runs, nothing that restyles
_ATTRIBUTES = ("id", "class", "width", "height", "lang", "dir", "title", "role", "rel", "loading")


@dataclass(frozen=True)
class Dialect:
    """What a site may choose about its Markdown: HTML as it stands or escaped, formulas or plain dollars."""

    raw_html: bool = True
    math: bool = False


@lru_cache(maxsize=4)
def reader(dialect: Dialect) -> MarkdownIt:
    """The reader of a dialect."""
    md = Reader("gfm-like2", {"html": dialect.raw_html, "highlight": None, "maxNesting": 100}, renderer_cls=Writer)
    md.use(footnote_plugin).use(deflist_plugin).use(attrs_plugin, allowed=_ATTRIBUTES).use(wikilinks)
    if dialect.math:
        md.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, renderer=formula)
        md.add_render_rule("math_block", _formula_block)
    ask_by_first_character(md)
    md.add_render_rule("fence", fence)
    md.add_render_rule("code_block", fence)
    md.add_render_rule("table_open", lambda *_: table_opening())
    md.add_render_rule("table_close", lambda *_: "</table></div>\n")
    md.add_render_rule("figcaption", _caption)
    md.add_render_rule("list_item_open", _list_item)
    return md


def _formula_block(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A formula may be wider than the page: whoever reads by keyboard has to be able to scroll it."""
    return f'<div class="math block" tabindex="0">{formula(tokens[index].content, {"display_mode": True})}</div>\n'


def _list_item(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """The box of a task is named by the task's words, for who does not see that they stand beside it."""
    token = tokens[index]
    opening = str(renderer.renderToken(tokens, index, options, env))
    if "checked" not in token.meta:
        return opening
    inline = next((t for t in tokens[index + 1 : index + 3] if t.type == "inline"), None)
    name = escape(clip(inline.content if inline else "", 120) or "Task", quote=True)
    checked = ' checked=""' if token.meta["checked"] else ""
    return f'{opening}<input class="task-list-item-checkbox" aria-label="{name}" disabled="" type="checkbox"{checked}> '


def _caption(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return f"<figcaption>{escape(tokens[index].content)}</figcaption>"
