"""brandkit import: people of other tools become contacts, once; what is known stays, what is lost is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from brandkit.app.people.importing_people import Wanted, held_against
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.importers.rsvp import read_rsvp

Site = Callable[[str], Path]

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, organization: Acme, emails: [ada@example.org]}
- {id: grace, name: Grace Sample, organization: Globex}
- {id: dee, name: Dee Silent, emails: [dee@example.org], do_not_contact: true}
-- content/vault/events.yaml --
- {id: ev1, name: PyExample, start: 2026-03-10T09:00, attendees: [grace]}
-- content/vault/journal/2025.jsonl --
{"id": "1", "at": "2025-01-01T09:00:00Z", "contacts": ["ada"], "type": "call"}
-- guests.csv --
Name,Email,Company,Phone,Status,Shoe size
Ada Example,ada@example.org,Acme,+49 30 5550101,yes,38
Grace Sample,,Globex,,yes,
Dee Silent,dee@example.org,Other,+49 30 5550109,yes,
Mo Muster,mo@example.org,Initech,,maybe,40
Zoë Newcomer,zoe@example.org,,,yes,
NO,no@example.org,,,maybe,
"""


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def vault_files(folder: Path) -> dict[str, bytes]:
    return files(folder / "content")


def test_new_people_get_a_file_and_a_line_each_and_the_vault_is_without_a_finding(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    before = vault_files(folder)
    said = brandkit(folder, "import", "rsvp", "guests.csv")
    assert said.code == 0, said.err
    assert "3 people new, 2 already there." in said.out
    after = vault_files(folder)
    assert {name: after[name] for name in before} == before, "nothing that stood there was touched"
    assert sorted(set(after) - set(before)) == [
        "vault/contacts/mo-muster.yaml",
        "vault/contacts/no.yaml",
        "vault/contacts/zoe-newcomer.yaml",
        "vault/journal/2026.jsonl",
    ]
    assert yaml.safe_load(after["vault/contacts/mo-muster.yaml"]) == {
        "id": "mo-muster",
        "name": "Mo Muster",
        "organization": "Initech",
        "emails": ["mo@example.org"],
    }
    lines = [json.loads(line) for line in after["vault/journal/2026.jsonl"].splitlines()]
    assert [(line["type"], line["contacts"], line["summary"]) for line in lines] == [
        ("imported", ["mo-muster"], "from rsvp"),
        ("imported", ["zoe-newcomer"], "from rsvp"),
        ("imported", ["no"], "from rsvp"),
    ]
    assert brandkit(folder, "check").err == ""


def test_what_is_new_about_somebody_is_printed_and_never_written(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    said = brandkit(folder, "import", "rsvp", "guests.csv")
    assert '# ada is there already (same mail address). New, to add by hand:\nphones: ["+49 30 5550101"]\n' in said.out
    assert "line 3: Grace Sample may be Grace Sample (grace): same name and firm" in said.out
    assert "Shoe size: 2 times" in said.out


def test_a_dry_run_says_the_same_and_writes_nothing(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    before = files(folder)
    dry = brandkit(folder, "import", "rsvp", "guests.csv", "--dry-run")
    assert files(folder) == before
    wet = brandkit(folder, "import", "rsvp", "guests.csv")
    assert dry.out.replace("would be new", "new") == wet.out
    assert (dry.code, dry.err) == (wet.code, wet.err)


@pytest.mark.parametrize("more", [(), ("--take-duplicates",)])
def test_the_same_file_twice_changes_nothing(site: Site, brandkit: Any, more: tuple[str, ...]) -> None:
    folder = site(PROJECT)
    brandkit(folder, "import", "rsvp", "guests.csv", *more)
    before = vault_files(folder)
    again = brandkit(folder, "import", "rsvp", "guests.csv", *more)
    assert "0 people new" in again.out
    assert vault_files(folder) == before


def test_who_may_be_known_comes_in_only_on_request(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    said = brandkit(folder, "import", "rsvp", "guests.csv", "--take-duplicates", "--json").json
    assert [person["id"] for person in said["new"]] == ["grace-sample", "mo-muster", "zoe-newcomer", "no"]
    assert said["possible_duplicates"] == []
    assert "content/vault/contacts/grace-sample.yaml" in said["written"]


def test_who_is_not_to_be_written_to_never_comes_in_a_second_time(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    (folder / "more.csv").write_text(
        "Name,Email,Company\nDee Silent,other@example.org,Elsewhere\nD. S.,DEE@example.org,\n"
    )
    said = brandkit(folder, "import", "rsvp", "more.csv", "--take-duplicates")
    assert said.out == "0 people new, 2 already there.\n"
    assert not (folder / "content/vault/contacts").exists()


def test_guests_become_attendees_of_an_event_by_hand(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    said = brandkit(folder, "import", "rsvp", "guests.csv", "--event", "ev1").out
    (line,) = [line for line in said.splitlines() if line.startswith("  attendees:")]
    assert yaml.safe_load(line) == {"attendees": ["grace", "ada", {"name": "Grace Sample"}, "zoe-newcomer"]}
    wrong = brandkit(folder, "import", "rsvp", "guests.csv", "--event", "ev2")
    assert (wrong.code, wrong.out) == (2, "")
    assert "there is no event 'ev2'" in wrong.err


def test_people_who_asked_to_be_forgotten_are_only_counted(site: Site) -> None:
    folder = site(PROJECT)
    desk = open_desk(Project(folder))
    read = read_rsvp((folder / "guests.csv").read_bytes(), "guests.csv")
    plan = held_against(desk, "rsvp", read, Wanted(erased=lambda person: "mo@example.org" in person.emails))
    assert plan.erased == 1
    assert "mo" not in repr(plan).replace("more", "")


def test_ids_avoid_those_of_the_journal_and_files_that_stand_there(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    (folder / "content/vault/contacts").mkdir()
    (folder / "content/vault/contacts/MO-Muster.yaml").write_text("id: somebody\nname: Some Body\n")
    with (folder / "content/vault/journal/2025.jsonl").open("a") as journal:
        journal.write('{"id": "2", "at": "2025-01-01T09:00:00Z", "contacts": ["zoe-newcomer"], "type": "call"}\n')
    said = brandkit(folder, "import", "rsvp", "guests.csv", "--json").json
    assert [person["id"] for person in said["new"]] == ["mo-muster-2", "zoe-newcomer-2", "no"]


def test_a_contact_that_cannot_be_read_stops_the_import(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT.replace("do_not_contact: true", "do_not_contat: true"))
    before = vault_files(folder)
    said = brandkit(folder, "import", "rsvp", "guests.csv")
    assert said.code == 1
    assert "content/vault/contacts.yaml:3" in said.err
    assert vault_files(folder) == before


def test_a_broken_row_is_an_error_with_its_line_and_the_others_come_in(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    (folder / "broken.csv").write_text('Name,Email\n"torn,a@example.org\nMo Muster,mo@example.org\n')
    said = brandkit(folder, "import", "rsvp", "broken.csv")
    assert said.code == 1
    assert "broken.csv:2: error BK241" in said.err
    assert "mo-muster: Mo Muster" in said.out


def test_the_wrong_kind_of_file_is_one_clear_line(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    said = brandkit(folder, "import", "vcard", "guests.csv")
    assert said.code == 1
    assert "guests.csv:1: error BK240: there is no card in this file" in said.err
    assert "hint: it reads as rsvp: brandkit import rsvp guests.csv" in said.err


def test_help_says_where_each_export_is_found(site: Site, brandkit: Any) -> None:
    said = brandkit(site(PROJECT), "import", "--help").out
    for word in ("contacts.google.com", "Get a copy of your data", "Import/Export", "ticket site", ".vcf"):
        assert word in said
