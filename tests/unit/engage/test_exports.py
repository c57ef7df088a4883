"""What leaves the vault: only what was asked for, nobody at rest, nothing public without consent."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.base.text import fold
from brandkit.engage.contacts import Contact
from brandkit.engage.model import Vault
from brandkit.engage.sources.exports import EXPORTS, Asked, Exported, offered_testimonial, safe_cell
from brandkit.engage.sources.vcards import vcards
from brandkit.engage.vault import read_vault
from brandkit.importers.opml import read_opml
from brandkit.importers.rsvp import read_rsvp
from brandkit.importers.tables import plain_cell
from brandkit.importers.vcard import read_vcard

CONTACTS = """
- id: ada
  name: Ada Example
  pronouns: she/her
  organization: "Acme, Inc.; Research"
  title: =CTO
  roles: [client]
  emails: [ada@example.org, a@example.org]
  phones: ["+49 30 5550101"]
  profiles: {mastodon: "@ada@social.example", linkedin: "https://social.example/in/ada"}
  links: [https://ada.example.org]
  feeds: [https://ada.example.org/feed]
  languages: [en, de]
  timezone: Europe/Berlin
  birthday: --02-29
  dates: [{kind: wedding, date: 2001-05-01}, {kind: work anniversary, date: --06-01}]
  needs: [{text: NEEDSECRET}]
  facts: [FACTSECRET]
  notes: NOTESECRET
  consent: {publish: [name, quote], promote: 2026-01-05}
- {id: grace, name: Grace Sample, feeds: [https://grace.example/feed, feeds/grace.xml], roles: [mentor]}
- {id: dee, name: Dee Silent, emails: [dee@example.org], feeds: [https://dee.example/feed], do_not_contact: true,
   consent: {publish: [name, quote]}}
- {id: rip, name: Rip Gone, emails: [rip@example.org], deceased: true}
"""
FEEDS = "- {id: blog, url: https://www.ada.example.org/feed/, title: Ada writes}\n- {id: own, url: feeds/own.xml}\n"
JOURNAL = """\
{"id": "1", "at": "2026-01-01T09:00:00Z", "contacts": ["ada"], "type": "feedback", "summary": "She: helped"}
{"id": "2", "at": "2026-01-02T09:00Z", "contacts": ["ada"], "type": "feedback", "direction": "gave", "summary": "MYWRD"}
{"id": "3", "at": "2026-01-03T09:00:00Z", "contacts": ["ada"], "type": "call", "summary": "CALLSECRET"}
"""


def vault() -> Vault:
    read = read_vault({"contacts.yaml": CONTACTS, "feeds.yaml": FEEDS, "journal/2026.jsonl": JOURNAL})
    assert read.diagnostics == ()
    return read.value


def ada() -> Contact:
    contact = vault().contact("ada")
    assert contact is not None
    return contact


def made(kind: str, asked: Asked | None = None) -> Exported:
    return {name: make for name, make, _ in EXPORTS}[kind](vault(), asked or Asked())


@pytest.mark.parametrize("kind", [name for name, _, _ in EXPORTS])
def test_nothing_noted_about_people_and_nobody_at_rest(kind: str) -> None:
    text = made(kind).text
    assert "Ada" in text
    assert "SECRET" not in text
    assert "MYWRD" not in text
    for word in ("Dee", "dee@", "dee.example", "Rip"):
        assert word not in text


@pytest.mark.parametrize("kind", ["vcard", "vcard3", "csv", "json"])
def test_a_backup_holds_everybody(kind: str) -> None:
    text = made(kind, Asked(everyone=True)).text
    assert "Dee Silent" in text
    assert "Rip Gone" in text


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_private_fields_only_when_asked_for(kind: str) -> None:
    text = made(kind, Asked(private=True)).text
    for word in ("NEEDSECRET", "FACTSECRET", "NOTESECRET"):
        assert word in text


def test_by_role_and_by_person() -> None:
    assert [row["id"] for row in json.loads(made("json", Asked(role="Mentor")).text)] == ["grace"]
    assert [row["id"] for row in json.loads(made("json", Asked(who=ada())).text)] == ["ada"]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Co", "Cf"]), max_size=60).map(fold)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS.filter(bool), max_size=2), st.dictionaries(st.sampled_from(["im", "x y"]), TEXTS))
def test_whatever_a_name_holds_a_card_gives_it_back(
    name: str, firm: str, phones: list[str], profiles: dict[str, str]
) -> None:
    accounts = {network: account for network, account in profiles.items() if account}
    known = Contact("x", name or "X", organization=firm, phones=tuple(phones), profiles=accounts)
    for version in ("3.0", "4.0"):
        (person,) = read_vcard(vcards([known], version).encode(), "x.vcf").people
        assert (person.name, person.organization, dict(person.profiles)) == (known.name, firm, accounts)
        assert {phone.casefold() for phone in person.phones} == {phone.casefold() for phone in phones}


@pytest.mark.parametrize("kind", ["vcard", "vcard3"])
def test_cards_come_back_as_they_went(kind: str) -> None:
    text = made(kind).text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    read = read_vcard(text.encode(), "x.vcf")
    assert read.findings == ()
    person = read.people[0]
    known = ada()
    assert person.name == known.name
    assert person.organization == "Acme, Inc.; Research"
    assert (person.title, person.emails, person.phones) == (known.title, known.emails, known.phones)
    assert (person.links, person.profiles) == (known.links, known.profiles)
    assert (person.birthday, person.timezone, person.categories) == ("--02-29", "Europe/Berlin", ("client",))
    assert person.dates == (("wedding", "2001-05-01"), ("work anniversary", "--06-01"))
    assert person.lost == ()
    if kind == "vcard":
        assert (person.pronouns, person.languages) == ("she/her", ("en", "de"))


def test_a_table_comes_back_as_it_went_and_computes_nothing() -> None:
    text = made("csv").text
    assert text.startswith("\ufeff")
    assert "'=CTO" in text
    assert "'+49 30 5550101" in text
    person = read_rsvp(text.encode(), "x.csv").people[0]
    known = ada()
    assert (person.name, person.title, person.emails, person.phones) == (
        known.name,
        known.title,
        known.emails,
        known.phones,
    )
    assert (person.organization, person.profiles) == (known.organization, known.profiles)
    assert person.dates == (("wedding", "2001-05-01"), ("work anniversary", "--06-01"))
    assert (person.birthday, person.languages, person.categories) == ("--02-29", ("en", "de"), ("client",))


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@", "'x", "", "x"])
def test_a_cell_is_text_and_comes_back(cell: str) -> None:
    safe = safe_cell(cell)
    inner = safe[1:-1] if safe.startswith('"') else safe
    assert inner[:1] not in tuple("=+-@\t\r")
    assert plain_cell(inner) == cell.strip()


def test_feeds_are_named_once_and_files_of_the_vault_are_told() -> None:
    opml = made("opml")
    assert [feed.url for feed in read_opml(opml.text.encode()).feeds] == [
        "https://www.ada.example.org/feed/",
        "https://grace.example/feed",
    ]
    assert opml.left_out == (
        "own: feeds/own.xml is a file of the vault",
        "Grace Sample: feeds/grace.xml is a file of the vault",
    )


def test_a_blogroll_names_only_who_agreed() -> None:
    blogroll = made("blogroll", Asked(everyone=True))
    assert yaml.safe_load(blogroll.text) == [
        {
            "title": "Ada writes",
            "url": "https://ada.example.org",
            "feed": "https://ada.example.org/feed",
            "author": "Ada Example",
        }
    ]
    assert blogroll.left_out == ("people with a feed who have not agreed to be named: 1",)


def test_a_testimonial_holds_their_words_and_not_mine() -> None:
    text = offered_testimonial(vault(), ada())
    assert (
        text
        == '---\nby: "Ada Example"\nquote: "She: helped"\nconsent: 2026-01-05\ndate: 2026-01-01\ndraft: true\n---\n'
    )
    grace = vault().contact("grace")
    assert grace is not None
    assert offered_testimonial(vault(), grace) is None
