"""Formulas as MathML, which browsers draw by themselves: `$a$` in a line, `$$a$$` on its own."""

from __future__ import annotations

import html
import re
from typing import Any

_LINK = re.compile(r'\s(?:xlink:)?(?:href|on\w+|style)="[^"]*"', re.IGNORECASE)


def formula(source: str, options: dict[str, Any]) -> str:
    """A formula of LaTeX as MathML; as code where it cannot be read."""
    import latex2mathml.converter as latex

    display = "block" if options.get("display_mode") else "inline"
    try:
        drawn = str(latex.convert(source.strip(), display=display))
    except Exception:  # the library raises whatever its tables lack: a formula must not stop a page
        return f'<code class="formula">{html.escape(source.strip())}</code>'
    return _LINK.sub("", drawn)
