"""A person from elsewhere becomes a contact file that the vault reads back exactly, whatever was in the fields."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from brandkit.engage.contacts import Contact
from brandkit.engage.sources.contact_source import NewContact, additions, cleaned, contact_source, day_text, free_id
from brandkit.engage.vault import read_vault

SURPRISES = st.sampled_from(
    [
        *(
            "NO",
            "on",
            "012",
            "12:30",
            "~",
            "null",
            "- x",
            "a: b",
            "#x",
            "{x",
            "[",
            "'",
            '"',
            "\\",
            "1_000",
            "=",
            "!tag",
        ),
        *("&a", "*b", "---", "%", "@x", "`", "|", ">", "<<", " x ", "\t", "é", "🙂"),
        *("\u2028", "\x85", "\ufeff", "\x00", "\u00a0", "\ud800"),
    ]
)
TEXTS = st.one_of(SURPRISES, st.text(max_size=20), st.lists(SURPRISES, max_size=4).map("\n".join))
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
PEOPLE = st.builds(
    NewContact,
    name=TEXTS,
    pronouns=TEXTS,
    organization=TEXTS,
    title=TEXTS,
    roles=LISTS,
    emails=st.lists(st.one_of(TEXTS, st.just("ada@example.org"), st.just("ADA@example.org")), max_size=3).map(tuple),
    phones=LISTS,
    profiles=st.dictionaries(TEXTS, TEXTS, max_size=2),
    links=st.lists(st.one_of(TEXTS, st.just("https://example.org/#a'b")), max_size=2).map(tuple),
    languages=st.lists(st.one_of(TEXTS, st.sampled_from(["no", "de", "pt-BR"])), max_size=2).map(tuple),
    timezone=st.one_of(TEXTS, st.just("Europe/Berlin")),
    birthday=st.sampled_from(["", "1971-11-03", "--02-29", "1971-02-29", "NO"]),
    dates=st.lists(st.tuples(TEXTS, st.sampled_from(["2001-05-01", "--05-01", "x"])), max_size=2).map(tuple),
    met_on=st.sampled_from(["", "2020-02-02", "2020-02-31"]),
    deceased=st.booleans(),
    notes=st.one_of(TEXTS, st.lists(TEXTS, max_size=5).map("\n".join)),
)


def read(text: str) -> Contact:
    outcome = read_vault({"contacts/x.yaml": text})
    assert outcome.diagnostics == (), f"{outcome.diagnostics[0].message} in:\n{text}"
    (contact,) = outcome.value.contacts
    return contact


def as_new(contact: Contact) -> NewContact:
    return NewContact(
        name=contact.name,
        pronouns=contact.pronouns,
        organization=contact.organization,
        title=contact.title,
        roles=contact.roles,
        emails=contact.emails,
        phones=contact.phones,
        profiles=contact.profiles,
        links=contact.links,
        languages=contact.languages,
        timezone=contact.timezone,
        birthday=day_text(contact.birthday) if contact.birthday else "",
        dates=tuple((known.kind, day_text(known.date)) for known in contact.dates),
        met_on=contact.met.on.isoformat() if contact.met and contact.met.on else "",
        deceased=contact.deceased,
        notes=contact.notes,
    )


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_what_is_written_is_what_is_read(person: NewContact) -> None:
    new, _ = cleaned(person)
    if new.name:
        id_ = free_id(new.name, set())
        contact = read(contact_source(id_, new))
        assert contact.id == id_
        assert as_new(contact) == new
        assert additions(contact, new) == "", "what was just written lacks nothing"


@settings(max_examples=40, deadline=None)
@given(PEOPLE, PEOPLE)
def test_added_lines_make_a_contact_that_lacks_nothing_more(one: NewContact, other: NewContact) -> None:
    first, (second, _) = cleaned(one)[0], cleaned(other)
    if not first.name or not second.name:
        return
    contact = read(contact_source("ada-example", first))
    patch = additions(contact, second)
    keys = {line.partition(":")[0] for line in patch.splitlines() if line[:1] not in (" ", "#", "")}
    kept, skipping = [], False
    for line in contact_source("ada-example", first).splitlines():
        skipping = (skipping and line[:1] in (" ", "")) or line.partition(":")[0] in keys
        kept += [] if skipping else [line]
    patched = read("\n".join(kept) + "\n" + patch)
    left = [line for line in additions(patched, second).splitlines() if not line.startswith("#")]
    assert left == []


def test_what_cannot_be_valid_is_left_out_and_named() -> None:
    new, lost = cleaned(
        NewContact(
            "Ada", emails=("ada@", "ada@example.org"), links=("ftp://x", "https://x.example"), birthday="1971-02-29"
        )
    )
    assert (new.emails, new.links, new.birthday) == (("ada@example.org",), ("https://x.example",), "")
    assert lost == ("emails (not valid)", "links (not valid)", "birthday (not valid)")


def test_a_contact_file_looks_as_if_written_by_hand() -> None:
    new = NewContact(
        "Ada Example", organization="Acme", emails=("ada@example.org",), met_on="2020-02-02", notes="one\n\ntwo"
    )
    assert contact_source("ada-example", new) == (
        'id: ada-example\nname: "Ada Example"\norganization: "Acme"\nemails: ["ada@example.org"]\n'
        "met: {on: 2020-02-02}\nnotes: |-\n  one\n\n  two\n"
    )


def test_ids_are_free_whatever_their_case_and_never_a_word_of_the_machine() -> None:
    assert free_id("Ada Example", set()) == "ada-example"
    assert free_id("Ada Example", {"ada-example", "ada-example-2"}) == "ada-example-3"
    assert free_id("...", set()) == "person"
    assert free_id("Me", set()) == "person-me"
    assert free_id("Index", set()) == "person-index"
    assert free_id("山田 太郎", set()) == "山田-太郎"
    assert read(contact_source(free_id("No", set()), NewContact("No"))).id == "no"


def test_another_firm_is_a_remark_and_no_line_to_add() -> None:
    contact = read("id: ada\nname: Ada\norganization: Łódź Software\ntitle: CTO\n")
    patch = additions(contact, NewContact("Ada", organization="Globex", title="CTO"))
    assert patch == '# organization: "Globex"  # where you have "Łódź Software"\n'
    assert additions(contact, NewContact("Ada", organization="?ód? Software")) == "", "letters that an export lost"


def test_lists_come_whole_since_a_key_stands_once() -> None:
    contact = read("id: ada\nname: Ada\nphones: ['+49 30 5550101']\nemails: [a@example.org]\n")
    new = NewContact("Ada", emails=("A@example.org", "b@example.org"), phones=("030 / 5550101",))
    assert (
        additions(contact, new)
        == '# instead of the emails that stand there:\nemails: ["a@example.org", "b@example.org"]\n'
    )
