"""Exports with people in them, in the order in which commands list them. Lists of feeds are read by `opml`."""

from __future__ import annotations

from collections.abc import Callable

from brandkit.importers.google import read_google
from brandkit.importers.linkedin import read_linkedin
from brandkit.importers.outlook import read_outlook
from brandkit.importers.person import ImportedPeople
from brandkit.importers.rsvp import read_rsvp
from brandkit.importers.vcard import read_vcard

Read = Callable[[bytes, str], ImportedPeople]  # bytes, and the name of the file for findings

# name, reader, and where people find such a file
IMPORTERS: tuple[tuple[str, Read, str], ...] = (
    ("vcard", read_vcard, "vCard, .vcf: phones, iCloud, Thunderbird, Nextcloud, Gmail. Export all contacts as vCard."),
    ("linkedin", read_linkedin, "Connections.csv: Settings > Data privacy > Get a copy of your data > Connections."),
    ("google", read_google, "contacts.csv: contacts.google.com > Export > Google CSV."),
    ("outlook", read_outlook, "CSV: File > Open & Export > Import/Export > Export to a file; or People > Manage."),
    ("rsvp", read_rsvp, "a guest list, or any table with names: the CSV of a ticket site, English or German."),
)


def importer_named(name: str) -> Read:
    """The reader of that name. Raises KeyError."""
    return {known: read for known, read, _ in IMPORTERS}[name]
