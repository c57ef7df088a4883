"""Text without what can not be seen, or what neither YAML nor XML may hold. Pure."""

from __future__ import annotations

import re
from typing import Any

from brandkit.base.text import fold

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def visible(value: Any) -> Any:
    """The same data without what no eye can see and a terminal would obey: controls, marks that turn text round."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, dict):
        return {key: visible(item) for key, item in value.items()}
    return [visible(item) for item in value] if isinstance(value, list) else value


def printable(text: str) -> str:
    """The text on one line, with spaces in place of what can not be written down."""
    return fold(_UNFIT.sub(" ", text))
