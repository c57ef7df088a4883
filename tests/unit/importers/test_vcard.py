"""vCard of every age: what arrives, what is counted as lost, and how little a broken card spoils."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.importers.person import ImportedPerson
from brandkit.importers.vcard import read_vcard


def cards(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def only(body: bytes) -> ImportedPerson:
    read = read_vcard(body, "people.vcf")
    assert read.findings == ()
    (person,) = read.people
    return person


def test_the_usual_fields_arrive() -> None:
    person = only(
        cards(
            "FN:Ada Example",
            "N:Example;Ada;;;",
            "ORG:Acme\\, Inc.",
            "TITLE:CTO",
            "EMAIL;TYPE=INTERNET:second@example.org",
            "EMAIL;TYPE=pref:ada@example.org",
            "TEL:+49 30 5550101",
            "URL:https\\://ada.example.org/",
            "BDAY:1971-11-03",
            "CATEGORIES:client,friend",
            "NOTE:First line\\nSecond\\; with signs",
        )
    )
    assert person.name == "Ada Example"
    assert (person.organization, person.title) == ("Acme, Inc.", "CTO")
    assert person.emails == ("ada@example.org", "second@example.org")
    assert person.phones == ("+49 30 5550101",)
    assert person.links == ("https://ada.example.org/",)
    assert person.birthday == "1971-11-03"
    assert person.categories == ("client", "friend")
    assert person.notes == "First line\nSecond; with signs"
    assert person.lost == ()
    assert (person.file, person.line) == ("people.vcf", 1)


def test_version_4_has_pronouns_languages_accounts_and_a_zone() -> None:
    person = only(
        cards(
            "FN:Ada Example",
            "PRONOUNS:she/her",
            "LANG;PREF=2:de",
            "LANG;PREF=1:en",
            "TZ:Europe/Berlin",
            'SOCIALPROFILE;SERVICE-TYPE="Mastodon";VALUE=text:@ada@social.example',
            "IMPP:xmpp:ada@chat.example",
            "IMPP;X-SERVICE-TYPE=Jabber:xmpp:ada@other.example",
            "TEL;VALUE=uri:tel:+49-30-5550101",
            "EMAIL:mailto:ada@example.org",
            "BDAY:--0229",
            "ANNIVERSARY:20010501",
            version="4.0",
        )
    )
    assert person.pronouns == "she/her"
    assert person.languages == ("en", "de")
    assert person.timezone == "Europe/Berlin"
    assert person.profiles == {
        "mastodon": "@ada@social.example",
        "xmpp": "ada@chat.example",
        "jabber": "ada@other.example",
    }
    assert person.phones == ("+49-30-5550101",)
    assert person.emails == ("ada@example.org",)
    assert person.birthday == "--02-29"
    assert person.dates == (("anniversary", "2001-05-01"),)


def test_quoted_printable_with_its_charset_and_soft_line_breaks() -> None:
    body = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;;\r\n"
        b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=\r\n=C3=9Fe=0D=0Azwei\r\n"
        b"TEL;CELL:0171 5550101\r\nEND:VCARD\r\n"
    )
    person = only(body)
    assert person.name == "Jörg Müller"
    assert person.notes == "Grüße\nzwei"
    assert person.phones == ("0171 5550101",)


def test_a_letter_that_folding_cut_in_two_is_whole_again() -> None:
    letters = "FN:Zoë".encode()
    assert only(b"BEGIN:VCARD\nVERSION:3.0\n" + letters[:-1] + b"\n " + letters[-1:] + b"\nEND:VCARD").name == "Zoë"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_encodings(codec: str) -> None:
    assert only(cards("FN:Zoë Example").decode().encode(codec)).name == "Zoë Example"


def test_what_has_no_place_is_counted_and_pictures_do_no_harm() -> None:
    person = only(
        cards(
            "FN:Ada Example",
            "N:Example;Ada;;Dr.;",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
            " SkZJRgABAQ==",
            "ADR;TYPE=HOME:;;1 Street;City;;1;Country",
            "ADR:;;2 Street;City;;2;Country",
            "TEL;TYPE=HOME,FAX:1",
            "TEL;TYPE=HOME:2",
            "ORG:Acme;Research",
            "BDAY:1985",
            "X-SPOUSE:Somebody",
        )
    )
    assert dict(person.lost) == {
        "N": 1,
        "PHOTO": 1,
        "ADR": 2,
        "TEL (fax or pager)": 1,
        "TEL (work, home, ...)": 1,
        "ORG (department)": 1,
        "BDAY (not a whole day)": 1,
        "X-SPOUSE": 1,
    }
    assert person.organization == "Acme"


def test_labelled_days_keep_their_label() -> None:
    person = only(
        cards(
            "FN:Ada",
            "item1.X-ABDATE:2001-05-01",
            "item1.X-ABLabel:_$!<Anniversary>!$_",
            "item2.X-ABDATE:1604-07-04",
            "item2.X-ABLabel:Name day",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17",
        )
    )
    assert person.dates == (("anniversary", "2001-05-01"), ("name day", "--07-04"))
    assert person.birthday == "--05-17"
    assert person.lost == ()


def test_a_name_written_backwards_is_turned() -> None:
    assert only(cards("FN:Example\\, Ada", "N:Example;Ada;;;")).name == "Ada Example"
    person = only(cards("N:Example;Ada;Maria;Dr.;"))
    assert (person.name, person.lost) == ("Ada Maria Example", (("N", 1),)), "Dr. alone would greet nobody"
    assert only(cards("EMAIL:ada@example.org")).name == "ada@example.org"


def test_one_broken_card_never_spoils_the_others() -> None:
    broken = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Torn\r\nthis is no field\r\n"
    read = read_vcard(cards("FN:Ada") + broken + cards("FN:Grace") + cards("TEL:1"), "people.vcf")
    assert [person.name for person in read.people] == ["Ada", "Torn", "Grace"]
    assert [(d.code, d.place.line) for d in read.findings] == [("BK242", 8), ("BK241", 5), ("BK243", 13)]


def test_groups_and_firms_are_no_people() -> None:
    body = cards("FN:My group", "KIND:group", version="4.0") + cards("FN:Acme", "X-ABShowAs:COMPANY")
    read = read_vcard(body, "people.vcf")
    assert read.people == ()
    assert [d.code for d in read.findings] == ["BK243", "BK243"]


def test_the_card_of_an_agent_is_not_a_person_of_the_file() -> None:
    body = b"BEGIN:VCARD\nVERSION:2.1\nFN:Ada\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEND:VCARD\nTEL:1234567\nEND:VCARD\n"
    assert only(body).phones == ("1234567",)


def test_a_file_without_cards_is_one_clear_line() -> None:
    (finding,) = read_vcard(b"Name,Email\n", "x.vcf").findings
    assert (finding.code, finding.severity, finding.place.line) == ("BK240", "error", 1)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_are_a_reason_to_stop(body: bytes) -> None:
    read_vcard(body, "x.vcf")
    read_vcard(b"BEGIN:VCARD\n" + body + b"\nEND:VCARD\n", "x.vcf")
