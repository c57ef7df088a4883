"""Outlook's contacts as CSV, in English or German, with whatever divider and encoding the machine had. Pure.

Its "Title" is Dr. or Mrs., which has no place; what somebody does is the "Job Title".
"""

from __future__ import annotations

import re

from brandkit.importers.columns import Columns, read_people
from brandkit.importers.person import ImportedPeople

_HEADINGS = {
    "first name": "given",
    "given name": "given",
    "vorname": "given",
    "middle name": "middle",
    "weitere vornamen": "middle",
    "last name": "family",
    "surname": "family",
    "nachname": "family",
    "suffix": "suffix",
    "company": "organization",
    "firma": "organization",
    "job title": "title",
    "position": "title",
    "birthday": "birthday",
    "geburtstag": "birthday",
    "anniversary": "date:anniversary",
    "jahrestag": "date:anniversary",
    "notes": "notes",
    "notizen": "notes",
    "categories": "category",
    "kategorien": "category",
    "imaddress": "profile:im",
    "web page": "link",
    "personal web page": "link",
    "webseite": "link",
}
_PATTERNS = (
    (re.compile(r"e-mail(?: \d)?[ -]address|e-mail-adresse|e-mail \d: adresse|e-mail-adresse \d"), "email"),
    (
        re.compile(r"(?:.* )?phone(?: \d)?|(?:haupt)?telefon\b.*|(?:auto|mobil|funk)telefon\b.*|weiteres telefon"),
        "phone",
    ),
)
# What Outlook writes where nobody said anything.
_NOTHING = {
    **dict.fromkeys(("priority", "sensitivity", "priorität", "vertraulichkeit"), frozenset({"normal"})),
    **dict.fromkeys(("private", "privat"), frozenset({"false", "falsch"})),
    **dict.fromkeys(("gender", "geschlecht"), frozenset({"unspecified", "keine angabe"})),
}


def read_outlook(body: bytes, file: str) -> ImportedPeople:
    """Every person of an export."""
    return read_people(body, file, _COLUMNS)


def _meaning(heading: str) -> str:
    found = (meaning for pattern, meaning in _PATTERNS if pattern.fullmatch(heading))
    is_other = "assistant" in heading or "tty" in heading
    return _HEADINGS.get(heading) or ("" if is_other else next(found, ""))


_COLUMNS = Columns(_meaning, frozenset({"given", "family"}), least=3, nothing=_NOTHING)
