"""Who of an import is known already: certain only by an address, a number or an account; else proposed."""

from __future__ import annotations

import time

import pytest

from brandkit.engage.sources.contact_source import NewContact
from brandkit.engage.sources.duplicates import Likeness, People, handle

ADA = NewContact(
    "Ada Example",
    organization="Acme GmbH",
    emails=("ada@example.org",),
    phones=("+49 30 55501010",),
    profiles={"linkedin": "https://social.example/in/ada"},
)


def found(person: NewContact, *known: NewContact, before: tuple[str, ...] = ()) -> Likeness | None:
    people = People()
    for number, one in enumerate(known or (ADA,)):
        people.add(f"c{number}", one)
    return people.find(person, before)


@pytest.mark.parametrize(
    ("person", "evidence"),
    [
        (NewContact("A. Example", emails=("ADA@Example.org",)), "same mail address"),
        (NewContact("ada@example.org", emails=("ada@example.org",)), "same mail address"),
        (NewContact("Ada Newname", phones=("030 / 555 010-10",)), "same phone number (digits)"),
        (NewContact("Ada", profiles={"LinkedIn": "https://www.social.example/in/ADA/"}), "same account"),
        (NewContact("Ada", emails=ADA.emails, phones=ADA.phones), "same mail address and same phone number (digits)"),
    ],
)
def test_an_address_a_number_or_an_account_is_certain(person: NewContact, evidence: str) -> None:
    assert found(person) == Likeness("c0", True, evidence)


def test_a_shared_mailbox_or_a_telephone_at_home_is_not() -> None:
    assert found(NewContact("Bob Example", phones=ADA.phones)) == Likeness(
        "c0", False, "same phone number (digits), but another name"
    )
    assert found(NewContact("Grace Sample", emails=ADA.emails)) == Likeness(
        "c0", False, "same mail address, but another name"
    )


@pytest.mark.parametrize(
    ("person", "evidence"),
    [
        (NewContact("Dr. Example, Ada", organization="ACME"), "same name and firm"),
        (NewContact("Ada Example"), "same name"),
        (NewContact("Ada Example", organization="Globex"), "same name, another firm"),
        (NewContact("Ada Exampel", organization="acme"), "names 91 % alike and same firm"),
        (NewContact("Áda Exampla"), None),
        (NewContact("Ada Exampel", organization="Globex"), None),
        (NewContact("Adam Example-Smith", organization="Acme"), None),
        (NewContact("Grace Sample", organization="Acme"), None),
        (NewContact("Ada Example", profiles={"linkedin": "https://social.example/in/other"}), None),
    ],
)
def test_names_are_only_proposed(person: NewContact, evidence: str | None) -> None:
    assert found(person) == (Likeness("c0", False, evidence) if evidence else None)


def test_who_came_in_with_the_same_kind_of_file_is_the_same() -> None:
    person = NewContact("Ada Example", organization="Acme")
    assert found(person, person, before=("c0",)) == Likeness("c0", True, "same name and firm, imported before")
    assert found(person, person) == Likeness("c0", False, "same name and firm")


def test_two_entries_of_one_address_book_at_two_firms_are_two_people() -> None:
    people = People()
    people.add("c0", ADA, fresh=True)
    other = NewContact("Ada Example", organization="Globex", emails=("a@globex.example",))
    assert people.find(other) is None


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ("@ada@social.example", "ada@social.example"),
        ("https://social.example/@ada", "ada@social.example"),
        ("https://github.example/Ada/", "ada"),
        ("@ada", "ada"),
        ("https://[x", "https://[x"),
    ],
)
def test_an_account_is_the_same_as_link_and_as_name(account: str, name: str) -> None:
    assert handle(account) == name


@pytest.mark.slow
def test_many_against_many_is_fast() -> None:
    people = People()
    for number in range(5000):
        people.add(f"c{number}", NewContact(f"Person{number % 70} Name{number}", organization=f"Firm {number % 5}"))
    began = time.thread_time()
    for number in range(800):
        people.find(NewContact(f"Persona{number % 70} Nome{number}", organization=f"Firm {number % 5}"))
    assert time.thread_time() - began < 20, "an import of 800 people into 5,000"
