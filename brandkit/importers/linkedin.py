"""LinkedIn's Connections.csv, with the notes that stand above its headings. Pure."""

from __future__ import annotations

from brandkit.importers.columns import Columns, read_people
from brandkit.importers.person import ImportedPeople

_HEADINGS = {
    "first name": "given",
    "vorname": "given",
    "last name": "family",
    "nachname": "family",
    "url": "profile:linkedin",
    "profile url": "profile:linkedin",
    "email address": "email",
    "e-mail-adresse": "email",
    "company": "organization",
    "unternehmen": "organization",
    "position": "title",
    "connected on": "met",
    "verbunden am": "met",
    "vernetzt am": "met",
}
_COLUMNS = Columns(lambda name: _HEADINGS.get(name, ""), frozenset({"given", "family"}), least=4)


def read_linkedin(body: bytes, file: str) -> ImportedPeople:
    """Every connection that has a name."""
    return read_people(body, file, _COLUMNS)
