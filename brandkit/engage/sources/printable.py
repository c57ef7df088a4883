"""Text without what neither YAML nor XML may hold: controls, halves of signs. Pure."""

from __future__ import annotations

import re

from brandkit.base.text import fold

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """The text on one line, with spaces in place of what can not be written down."""
    return fold(_UNFIT.sub(" ", text))
