"""Documents as rows of the memo, and back. Pure.

In: what parsing found in one source. Out: what a whole site needs to know of it, and the rest apart from that, which is
loaded when somebody asks. The two digests that tell whether a page has to be made again are taken here.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.base.digest import digest_text
from brandkit.base.walls import Memo
from brandkit.site.keys import when
from brandkit.site.kinds.kind import Kind
from brandkit.site.kinds.registry import kind_named
from brandkit.site.model import Body, Document, Foreign, Link


@dataclass(frozen=True)
class Parsed:
    """One parsed source as rows for the memo: what a whole site needs to know of it, the rest, the body, its words."""

    row: str
    inside: str
    html: str
    text: str


def to_rows(document: dict[str, Any] | None, found: Sequence[Diagnostic], html: str, text: str) -> Parsed:
    """Divide a document into what a whole site needs to know of it and the rest, with a digest for each audience."""
    stored: dict[str, Any] = {"diagnostics": [dataclasses.asdict(d) for d in found]} if found else {}
    if document is None:
        return Parsed(json.dumps(stored), "", html, text)
    inside = {name: document.pop(name) for name in _INSIDE}
    document["telling"] = " ".join(document["telling"])
    document["minutes"] = max(1, round(document["word_count"] / WORDS_A_MINUTE))
    whole = kind_named(document["kind"]).shown_whole
    face = {name: value for name, value in document.items() if name not in _FACELESS or (whole and name == "body")}
    own = [document["body"], *(inside[name] for name in _OWN_PAGE)]
    document["face"], document["inner"] = digest_text(_json(face)), digest_text(_json(own))
    return Parsed(_json({**stored, **document}), _json(inside), html, text)


WORDS_A_MINUTE = 230  # silent reading of non-fiction in English: Brysbaert 2019, 238 words a minute
_INSIDE = ("headings", "heading_lines", "external", "anchors", "unnamed", "ids", "params", "syndication")
_OWN_PAGE = ("headings", "params", "syndication")
# of what every site knows of a document: what no other page shows, or what its routes say for themselves
_FACELESS = frozenset(("body", "text_digest", "word_count", "telling", "links", "scripts", "foreign"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))


def from_row(key: str, row: dict[str, Any], memo: Memo) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """A document and its findings, of the row that `key` stands for; what could not be used has findings alone."""
    found = tuple(Diagnostic(**{**d, "place": Place(**d["place"])}) for d in row.pop("diagnostics", ()))
    if not row:
        return None, found
    for name in _MOMENTS:
        if row[name]:
            row[name] = datetime.fromisoformat(row[name])
    for name in _TUPLES:
        row[name] = tuple(row[name])
    if row["links"]:
        row["links"] = tuple(Link(*link) for link in row["links"])
    if row["foreign"]:
        row["foreign"] = tuple(Foreign(*each) for each in row["foreign"])
    row["terms"] = {name: tuple(terms) for name, terms in row["terms"].items()}
    row["facts"] = _facts(kind_named(row["kind"]), row["facts"])
    row["body"] = Body(row["body"], memo)
    row["key"] = key
    document = object.__new__(Document)  # thousands of them, and what a frozen one is given takes its time
    document.__dict__.update(row)
    return document, found


_MOMENTS = ("date", "updated", "publish", "expires")
_TUPLES = ("aliases", "authors", "links", "foreign", "scripts")


def _facts(kind: Kind, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a kind's own keys; days and moments were stored as text."""
    return {
        key.name: _day_or_moment(stored[key.name]) if key.read is when and stored[key.name] else stored[key.name]
        for key in kind.keys
    }


def _day_or_moment(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
