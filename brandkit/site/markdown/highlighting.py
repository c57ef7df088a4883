"""Code blocks: coloured by classes of Pygments, in a frame that scrolls. No script, no styles."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER: Any = HtmlFormatter(nowrap=True)
_LONGEST = 100_000  # characters; more than anybody reads, and Pygments takes seconds over it


def fence(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """The render rule of fenced and indented code."""
    token = tokens[index]
    info = unescapeAll(token.info).split(maxsplit=1)
    language = info[0].strip("{}.") if info else ""
    code = highlighted(token.content, language) or html.escape(token.content)
    name = f' class="language-{html.escape(language, quote=True)}"' if language else ""
    return f'<div class="code"><pre tabindex="0"><code{name}>{code}</code></pre></div>\n'


def highlighted(code: str, language: str) -> str | None:
    """Code with the classes of its language; None where there is no such language, or no end to the code."""
    lexer = _lexer(language) if language else None
    if lexer is None or len(code) > _LONGEST:
        return None
    return str(highlight(code, lexer, _FORMATTER))


@cache
def _lexer(language: str) -> Any:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
