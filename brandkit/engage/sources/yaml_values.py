"""Plain values as YAML that a person could have written: words without quotes where these read back, else in quotes.

In: strings, numbers, lists, mappings. Out: text for one place of a file. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from brandkit.base.marked_yaml import read_yaml
from brandkit.engage.sources.contact_source import quoted

_PLAIN = re.compile(r"[^\W\d_][\w@./+-]*(?: [\w@./+-]+)*\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_BLOCK = re.compile(r"[!-~\u00a1-\ud7ff][\n -~\u00a1-\ud7ff\U00010000-\U0001ffff]*\Z")


def flow(value: Any) -> str:
    """A value on one line, as YAML reads it back."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _DAY.match(value) or (_PLAIN.match(value) and _reads_back(value))
    return value if plain else quoted(value)


def _reads_back(text: str) -> bool:
    read = read_yaml(f"[{text}]", "").value
    return read is not None and read.data == [text] and not read.problems


def flow_or_block(value: Any, indent: int | None) -> str:
    """A value behind its key; text of several lines stands below, but never within brackets."""
    if indent is None or not isinstance(value, str) or "\n" not in value.rstrip("\n") or not _BLOCK.match(value):
        return flow(value)
    whole = value.rstrip("\n")
    sign = {0: "|-", 1: "|"}.get(len(value) - len(whole), "|+")
    lines = (f"{' ' * (indent + 2)}{line}" if line.strip() else "" for line in whole.split("\n"))
    return f"{sign}\n" + "\n".join(lines)
