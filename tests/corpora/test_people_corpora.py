"""Every export of the outside collections: its people arrive, what is lost is counted, and no bytes stop anything."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from brandkit.importers.person import ImportedPeople
from brandkit.importers.registry import IMPORTERS, importer_named

SECONDS = 2.0
COUNTS = {
    "google-contacts.csv": ("google", 120),
    "linkedin-connections.csv": ("linkedin", 200),
    "outlook-semicolon-cp1252.csv": ("outlook", 60),
    "utf8-bom.csv": ("rsvp", 1),
    "formula.csv": ("rsvp", 2),
}


def read_in_time(kind: str, path: Path) -> ImportedPeople:
    began = time.thread_time()
    read = importer_named(kind)(path.read_bytes(), path.name)
    assert time.thread_time() - began < SECONDS, path
    assert read.people or read.findings, path
    for finding in read.findings:
        assert finding.place.line
        assert "\n" not in finding.message
    return read


def test_each_table_gives_its_stated_count_of_people(shared: Path) -> None:
    for name, (kind, count) in COUNTS.items():
        read = read_in_time(kind, shared / "corpora" / "contacts-csv" / name)
        assert len(read.people) == count, name
        assert all(person.name for person in read.people)
        assert [d for d in read.findings if d.severity == "error"] == []


def test_a_broken_table_names_each_line_that_is_left_out(shared: Path) -> None:
    read = read_in_time("rsvp", shared / "corpora" / "contacts-csv" / "broken.csv")
    assert [(d.code, d.place.line) for d in read.findings] == [("BK241", 2), ("BK241", 3), ("BK242", 4)]


def fields_of(text: str) -> Counter[str]:
    """The names of the fields of a card, roughly: what a person would count in it."""
    names = re.findall(r"^(?:[\w-]+\.)?([A-Z][A-Z-]*)[;:]", text, re.MULTILINE | re.IGNORECASE)
    return Counter(name.upper() for name in names)


def test_each_card_arrives_and_no_field_of_it_is_lost_silently(shared: Path) -> None:
    paths = sorted((shared / "corpora" / "vcard-ez-vcard").rglob("*.vcf"))
    assert len(paths) >= 5
    for path in paths:
        read = read_in_time("vcard", path)
        assert read.findings == (), path
        (person,) = read.people
        written, lost = fields_of(path.read_text(encoding="utf-8", errors="replace")), Counter(dict(person.lost))
        assert person.name
        assert len(person.emails) == written["EMAIL"], path
        assert len(person.phones) + lost["TEL (fax or pager)"] == written["TEL"], path
        assert bool(person.organization) == bool(written["ORG"]), path
        assert bool(person.birthday) == bool(written["BDAY"]), path
        assert bool(person.notes) == bool(written["NOTE"]), path
        for name in ("PHOTO", "KEY", "LABEL", "ADR", "NICKNAME", "X-SPOUSE", "X-ABRELATEDNAMES"):
            assert lost[name] == written[name], (path, name)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [name for name, _, _ in IMPORTERS])
@pytest.mark.parametrize("collection", ["contacts-csv", "vcard-ez-vcard", "opml-listparser", "yaml-test-suite"])
def test_the_wrong_file_is_read_or_refused_in_plain_lines(shared: Path, kind: str, collection: str) -> None:
    for path in sorted((shared / "corpora" / collection).rglob("*")):
        if path.is_file():
            read_in_time(kind, path)
