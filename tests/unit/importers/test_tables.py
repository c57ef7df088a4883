"""Tables of people: encodings, dividers, torn rows; and what each program's headings mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.importers.days import day_comes_first, read_day
from brandkit.importers.google import read_google
from brandkit.importers.linkedin import read_linkedin
from brandkit.importers.outlook import read_outlook
from brandkit.importers.person import ImportedPeople, ImportedPerson
from brandkit.importers.registry import IMPORTERS
from brandkit.importers.rsvp import read_rsvp


def rsvp(text: str, codec: str = "utf-8") -> ImportedPeople:
    return read_rsvp(text.encode(codec), "guests.csv")


def only(read: ImportedPeople) -> ImportedPerson:
    assert read.findings == ()
    (person,) = read.people
    return person


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_any_encoding_and_any_divider(codec: str, divider: str) -> None:
    text = "Name,Email,Company\r\nZoë Example,zoe@example.org,Café\r\n".replace(",", divider)
    person = only(rsvp(text, codec))
    assert (person.name, person.emails, person.organization) == ("Zoë Example", ("zoe@example.org",), "Café")


def test_blank_rows_line_breaks_and_quotes_within_cells() -> None:
    read = rsvp(
        'Name,Email,Notes\n\n"Ada ""the"" Example",ada@example.org,"one\ntwo, three"\n,,\n\nGrace,g@example.org,\n'
    )
    assert read.findings == ()
    ada, grace = read.people
    assert (ada.name, ada.notes, ada.line) == ('Ada "the" Example', "one\ntwo, three", 3)
    assert (grace.name, grace.line) == ("Grace", 7)


def test_a_torn_row_is_named_and_the_others_are_read() -> None:
    read = rsvp(
        'Name,Email\n"torn,a@example.org\nAda,ada@example.org\nToo,many,cells,here\nGrace\nNobody,"x\nMo,mo@example.org\n'
    )
    assert [person.name for person in read.people] == ["Ada", "Grace", "Mo"]
    said = [(d.code, d.place.line) for d in read.findings]
    assert said == [("BK241", 2), ("BK241", 4), ("BK242", 5), ("BK241", 6)]
    assert all(d.place.file == "guests.csv" for d in read.findings)


def test_a_quote_that_closes_only_in_a_later_row_takes_one_line_with_it() -> None:
    read = rsvp('Name,Email\n"torn,a@example.org\nAda,"ada@example.org"\nMo,mo@example.org\n')
    assert [person.name for person in read.people] == ["Ada", "Mo"]
    assert [d.place.line for d in read.findings] == [2]


def test_columns_that_have_no_place_are_counted() -> None:
    read = rsvp("Name,Shoe size,Table\nAda,38,\nGrace,40,4\n")
    assert [person.lost for person in read.people] == [(("Shoe size", 1),), (("Shoe size", 1), ("Table", 1))]


def test_an_apostrophe_before_a_formula_is_only_for_spreadsheets() -> None:
    person = only(rsvp("Name,Email,Phone,Notes\n'=SUM(1),a@example.org,'+49 30 1,''@x\n"))
    assert (person.name, person.phones, person.notes) == ("=SUM(1)", ("+49 30 1",), "'@x")
    assert only(rsvp("Name,Email\n'Anna,a@example.org\n")).name == "'Anna"


@pytest.mark.parametrize(("name", "read"), [(name, read) for name, read, _ in IMPORTERS])
@pytest.mark.parametrize("body", [b"", b"\n\n", b"a,b\n1,2\n", b"\xff\xfe", bytes(range(256))])
def test_what_is_no_such_export_is_one_clear_line(name: str, read: object, body: bytes) -> None:
    result = read(body, "x")  # type: ignore[operator]
    assert result.people == ()
    assert [d.code for d in result.findings] == ["BK240"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=",;\"\n\r\t '=ab@.é\x00", max_size=80))
def test_no_table_is_a_reason_to_stop(text: str) -> None:
    for codec in ("utf-8", "utf-16"):
        rsvp("Name,Email\n" + text, codec)
        rsvp(text, codec)


LINKEDIN = """Notes:
"When exporting your connection data, some addresses are missing, ""as they say""."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Example,https://social.example/in/ada,,"Acme, Inc.",CTO,05 Mar 2019
,,,,,,01 Jan 2020
"""


def test_linkedin_has_notes_above_its_headings() -> None:
    read = read_linkedin(LINKEDIN.encode(), "Connections.csv")
    (ada,) = read.people
    assert (ada.name, ada.organization, ada.title, ada.met_on) == ("Ada Example", "Acme, Inc.", "CTO", "2019-03-05")
    assert ada.profiles == {"linkedin": "https://social.example/in/ada"}
    assert ada.line == 5
    assert [(d.code, d.place.line) for d in read.findings] == [("BK243", 6)]


def test_google_has_many_values_in_one_cell_and_labels_beside_them() -> None:
    text = (
        "First Name,Last Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value,Event 1 - Label,Event 1 - Value,Photo\n"
        "Ada,Example,--05-17,* myContacts ::: Friends,Work,a@example.org ::: b@example.org,Wedding,2001-05-01,x.jpg\n"
    )
    person = only(read_google(text.encode(), "contacts.csv"))
    assert person.emails == ("a@example.org", "b@example.org")
    assert (person.birthday, person.categories) == ("--05-17", ("Friends",))
    assert person.dates == (("wedding", "2001-05-01"),)
    assert dict(person.lost) == {"E-mail - Label": 1, "Photo": 1, "label * myContacts": 1}


def test_google_of_former_years() -> None:
    text = (
        "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name,"
        "Organization 1 - Title,IM 1 - Service,IM 1 - Value\n"
        "Ada Example,Ada,Example,* My Contacts ::: Friends,* Work,a@example.org,Acme,CTO,Jabber,ada@chat.example\n"
    )
    person = only(read_google(text.encode(), "contacts.csv"))
    assert (person.name, person.organization, person.title) == ("Ada Example", "Acme", "CTO")
    assert person.profiles == {"jabber": "ada@chat.example"}


def test_outlook_calls_doctor_a_title_and_says_much_where_nothing_was_said() -> None:
    text = (
        "Title;First Name;Last Name;Company;Job Title;E-mail Address;E-mail 2 Address;Business Phone;Business Fax;"
        "Birthday;Anniversary;Priority;Private;Web Page\r\n"
        "Dr.;Jörg;Müller;Firma;Chef;j@example.org;k@example.org;+49 30 5550101;030 2;3/4/1980;0/0/00;Normal;False;\r\n"
        ";Ada;Example;;;;;;;13/4/1980;;;;\r\n"
    )
    jo, ada = read_outlook(text.encode("cp1252"), "o.csv").people
    assert (jo.name, jo.title, jo.organization) == ("Jörg Müller", "Chef", "Firma")
    assert jo.emails == ("j@example.org", "k@example.org")
    assert (jo.birthday, ada.birthday) == ("1980-04-03", "1980-04-13"), "one of them shows that the day comes first"
    assert (jo.dates, jo.lost) == ((), (("Title", 1), ("Business Fax", 1)))


def test_outlook_in_german() -> None:
    text = (
        "Anrede;Vorname;Nachname;Firma;Position;E-Mail-Adresse;Telefon geschäftlich;Geburtstag\r\n"
        "Frau;Ada;Example;Acme;CTO;ada@example.org;030 5550101;03.11.1971\r\n"
    )
    person = only(read_outlook(text.encode("cp1252"), "o.csv"))
    assert (person.birthday, person.phones, person.title) == ("1971-11-03", ("030 5550101",), "CTO")


@pytest.mark.parametrize(
    ("heading", "cell", "attends"),
    [
        ("Status", "Attending", "yes"),
        ("Attendee Status", "Checked In", "yes"),
        ("RSVP", "No", "no"),
        ("Zusage", "abgesagt", "no"),
        ("Teilnahmestatus", "vielleicht", "maybe"),
        ("approval_status", "waitlist", "waiting"),
        ("Status", "plus one", "plus one"),
    ],
)
def test_guest_lists_say_who_comes(heading: str, cell: str, attends: str) -> None:
    assert only(rsvp(f"Vorname,Nachname,E-Mail,{heading}\nAda,Example,ada@example.org,{cell}\n")).attendance == attends


def test_the_guest_is_meant_and_not_who_paid() -> None:
    text = "Email,First name,Attendee name,Attendee email\npayer@example.org,Payer,Ada Example,ada@example.org\n"
    person = only(rsvp(text))
    assert (person.name, person.emails) == ("Ada Example", ("ada@example.org",))
    assert dict(person.lost) == {"Email": 1, "parts of a name beside the whole one": 1}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1971-11-03", "1971-11-03"),
        ("19711103", "1971-11-03"),
        ("1971-11-03T00:00:00Z", "1971-11-03"),
        ("--0229", "--02-29"),
        ("3.11.1971", "1971-11-03"),
        ("03 Nov 1971", "1971-11-03"),
        ("November 3, 1971", "1971-11-03"),
        ("3. Mai 1971", "1971-05-03"),
        ("13/11/1971", "1971-11-13"),
        ("11/13/1971", "1971-11-13"),
        ("5/5/1971", "1971-05-05"),
        ("3/11/1971", ""),
        ("1971-02-29", ""),
        ("1971", ""),
        ("soon", ""),
    ],
)
def test_days_as_programs_write_them(text: str, day: str) -> None:
    assert read_day(text) == day


def test_a_column_of_days_tells_in_which_order_they_are() -> None:
    assert day_comes_first(["3/4/2020", "13/4/2020"]) is True
    assert day_comes_first(["3/4/2020", "3/14/2020"]) is False
    assert day_comes_first(["3/4/2020"]) is None
    assert read_day("3/4/2020", True) == "2020-04-03"
    assert read_day("3/4/2020", False) == "2020-03-04"
