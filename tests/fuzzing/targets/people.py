"""What other address books hold: cards, tables. Everybody has to arrive in the vault and leave it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from oracles import placed
from target import Target, files

from brandkit.engage.sources.contact_source import NewContact, cleaned, contact_source, free_id
from brandkit.engage.sources.vcards import vcards
from brandkit.engage.vault import read_vault
from brandkit.importers.person import ImportedPeople, ImportedPerson
from brandkit.importers.registry import importer_named


def _people(*kinds: str) -> Callable[[bytes], None]:
    def judge(data: bytes) -> None:
        for kind in kinds:
            read = importer_named(kind)(data, "export")
            assert read.people or read.findings, "neither a person nor a word about it"
            placed(read.findings, data.decode("latin-1"))
            _arrive(read)

    return judge


def _arrive(read: ImportedPeople) -> None:
    """Everybody can be written into the vault, and comes back whole; so they do through an address book."""
    for person in read.people[:3]:
        new, _ = cleaned(_as_contact(person))
        if not new.name:
            continue
        id_ = free_id(new.name, set())
        vault = read_vault({f"contacts/{id_}.yaml": contact_source(id_, new)})
        assert vault.diagnostics == (), f"a contact that cannot be read: {vault.diagnostics[:1]}"
        (contact,) = vault.value.contacts
        assert (contact.name, contact.emails, contact.phones) == (new.name, new.emails, new.phones)
        for version in ("3.0", "4.0"):
            card = vcards([contact], version)
            (back,) = importer_named("vcard")(card.encode(), "card").people
            again, _ = cleaned(_as_contact(back))
            for name in ("name", "emails", "phones", "organization", "title", "links", "birthday", "timezone"):
                before, after = getattr(new, name), getattr(again, name)
                if name == "name" and "," in before:
                    continue  # which of its sides is the family, the next reader decides
                assert before == after, f"{name} through vCard {version}: {before!r} became {after!r}"


def _as_contact(person: ImportedPerson) -> NewContact:
    shared = ("name", "pronouns", "organization", "title", "emails", "phones", "profiles", "links", "languages")
    more = ("timezone", "birthday", "dates", "met_on", "deceased", "notes")
    return NewContact(roles=person.categories, **{name: getattr(person, name) for name in (*shared, *more)})


def _beginnings(corpora: Path) -> Iterator[bytes]:
    """A few people of each table: of many, a change is lost among the others."""
    for table in files("contacts-csv", ".csv")(corpora):
        yield b"\n".join(table.split(b"\n")[:6])


_CARD = tuple(
    (
        "BEGIN:VCARD\r\n|END:VCARD\r\n|VERSION:4.0|N:|FN:|EMAIL;TYPE=pref:|TEL:|ORG:|BDAY:--0229|"
        "ENCODING=QUOTED-PRINTABLE:|=C3=A4|CHARSET=|NOTE:|\\n|\\,|item1.|X-ABLabel:|URL:|PHOTO:"
    ).split("|")
)
_TABLE = tuple(('First Name,Last Name,|Name;E-Mail;|"|""|,|;|\t|\r\n|\ufeff|E-mail Address|Notes:\n').split("|"))

TARGETS = (
    Target("vcard", _people("vcard"), files("vcard-ez-vcard", ".vcf"), _CARD),
    Target("tables", _people("linkedin", "google", "outlook", "rsvp"), _beginnings, _TABLE),
)
