"""A new contact from plain values: written as a person would, read back as said, refused where it would not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.app.advise import When
from brandkit.app.people.new_person import new_person, write_person
from brandkit.app.project import Project
from brandkit.app.words.journaling import open_desk
from brandkit.base.walls import UsageProblem
from brandkit.engage.contacts import Contact

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
-- content/vault/events.yaml --
- {id: ev1, name: PyExample, start: 2026-02-28T09:00}
"""
UTC = ZoneInfo("UTC")
WHEN = When(datetime(2026, 3, 1, 12, tzinfo=UTC), UTC)
BARE = """\
id: ada-example
name: "Ada Example"
roles: []             # client customer partner peer collaborator mentor mentee supporter friend family
every: 3 months       # the rhythm you wish; remove it for no nudge
emails: []
languages: []         # what they read, as [en, de]; any, if empty
interests: []         # what they like to read about, as [hiring, developer experience]
needs: []             # what they look for, as [{text: find a platform lead, since: 2026-02-01}]
met: {on: 2026-02-28, at: ev1}
"""
WHOLE = """\
id: ada-example
name: "Ada Example"
organization: Acme
title: CTO
roles: [client, mentor]
every: "1 month"
emails: [ada@example.org]
phones: ["+49 30 1"]
languages: ["no", de]
interests: ["2026-01-01", developer experience]
needs: [{text: a cook, since: 2026-03-01}]
met: {on: 2026-03-01}
notes: |-
  tall

  kind
"""


@pytest.fixture
def project(site: Callable[[str], Path]) -> Project:
    return Project(site(PROJECT))


def read_back(project: Project) -> Contact:
    desk = open_desk(project)
    assert desk.report.diagnostics == []
    (contact,) = desk.vault.contacts
    return contact


def test_a_name_alone_leaves_lines_to_fill_in(project: Project) -> None:
    person = new_person(project, WHEN, {"name": "Ada Example", "met": "ev1"})
    assert (person.id, person.text) == ("ada-example", BARE)
    assert not person.path.exists()
    assert write_person(person) == project.root / "content/vault/contacts/ada-example.yaml"
    assert read_back(project).name == "Ada Example"


def test_what_is_known_stands_in_its_line(project: Project) -> None:
    person = new_person(
        project,
        WHEN,
        {
            "name": " Ada  Example ",
            "organization": "Acme",
            "title": "CTO",
            "roles": ["client", "mentor"],
            "every": "1 month",
            "emails": ["ada@example.org", " "],
            "phones": ["+49 30 1"],
            "met": None,
            "languages": ["no", "de"],
            "interests": ["2026-01-01", "developer experience"],
            "needs": ["a cook"],
            "notes": "tall\r\n\r\nkind\r\n",
        },
    )
    assert person.text == WHOLE
    write_person(person)
    contact = read_back(project)
    assert (contact.languages, contact.notes) == (("no", "de"), "tall\n\nkind")


def test_a_rhythm_that_is_left_empty_is_none(project: Project) -> None:
    write_person(new_person(project, WHEN, {"name": "Ada", "every": ""}))
    assert read_back(project).every is None


def test_every_value_that_can_not_be_read_is_named_and_nothing_is_written(project: Project) -> None:
    with pytest.raises(UsageProblem) as problem:
        new_person(project, WHEN, {"name": "Ada", "emails": ["ada"], "languages": ["English!"], "every": "often"})
    for said in ("is not a mail address: ada", "write it like ada@example.org", "not a language tag", "not a rhythm"):
        assert said in str(problem.value)
    assert not (project.root / "content/vault/contacts").exists()


def test_an_id_or_a_file_that_is_taken_is_left_as_it_is(project: Project) -> None:
    person = new_person(project, WHEN, {"name": "Ada"})
    write_person(person)
    with pytest.raises(UsageProblem, match="there is a contact 'ada' already"):
        new_person(project, WHEN, {"name": "Áda"})
    with pytest.raises(UsageProblem, match="is there already; it was left as it is"):
        write_person(person)


@pytest.mark.parametrize("name", ["No", "on", "Null", "007", "1e3", "李雷", "Index."])
def test_a_name_that_yaml_takes_for_something_else_is_a_name_or_is_refused(project: Project, name: str) -> None:
    try:
        person = new_person(project, WHEN, {"name": name})
    except UsageProblem as problem:
        assert "cannot be index" in str(problem)
    else:
        write_person(person)
        assert (read_back(project).id, read_back(project).name) == (person.id, name)


def test_any_text_is_read_back_or_named(project: Project) -> None:
    texts = st.lists(st.text(max_size=20), max_size=2)

    @settings(max_examples=30)
    @given(st.text(max_size=20), texts, st.text(st.characters(), max_size=40))
    def check(name: str, said: list[str], notes: str) -> None:
        whole: dict[str, Any] = {"name": f"Ada {name}", "interests": said, "needs": said, "notes": notes}
        try:
            assert new_person(project, WHEN, whole).text.encode()
        except UsageProblem as problem:
            assert "should" in str(problem)

    check()
