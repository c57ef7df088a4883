"""Google Contacts as CSV, with the headings of today and those of before 2024. Pure."""

from __future__ import annotations

import re

from brandkit.importers.columns import Columns, read_people
from brandkit.importers.person import ImportedPeople

_HEADINGS = {
    "name": "name",
    "first name": "given",
    "given name": "given",
    "middle name": "middle",
    "additional name": "middle",
    "last name": "family",
    "family name": "family",
    "name suffix": "suffix",
    "organization name": "organization",
    "organization title": "title",
    "birthday": "birthday",
    "notes": "notes",
    "labels": "category",
    "group membership": "category",
    "language": "language",
}
_NUMBERED = (
    (re.compile(r"e-mail \d+ - value"), "email"),
    (re.compile(r"phone \d+ - value"), "phone"),
    (re.compile(r"website \d+ - value"), "link"),
    (re.compile(r"organization 1 - name"), "organization"),
    (re.compile(r"organization 1 - title"), "title"),
    (re.compile(r"event \d+ - value"), "date:date"),
    (re.compile(r"im \d+ - value"), "profile:im"),
)
_LABELLED = re.compile(r"((?:event|im) \d+ - )value")


def read_google(body: bytes, file: str) -> ImportedPeople:
    """Every person of an export."""
    return read_people(body, file, _COLUMNS)


def _meaning(heading: str) -> str:
    numbered = (meaning for pattern, meaning in _NUMBERED if pattern.fullmatch(heading))
    return _HEADINGS.get(heading) or next(numbered, "")


def _labels(heading: str) -> tuple[str, ...]:
    found = _LABELLED.fullmatch(heading)
    return tuple(found[1] + word for word in ("label", "type", "service")) if found else ()


_COLUMNS = Columns(_meaning, frozenset({"name", "given", "family"}), least=3, labels_of=_labels)
