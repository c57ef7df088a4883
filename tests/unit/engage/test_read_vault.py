"""The vault's files to values: strict, all mistakes at once, and each stops as little as it can."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.engage.contacts import Need
from brandkit.engage.values import DayOfYear, Rhythm
from brandkit.engage.vault import read_vault, with_learned


def read(files: Mapping[str, str]) -> tuple[Any, dict[str, str]]:
    """The vault, and what was found by place."""
    outcome = read_vault(files)
    return outcome.value, {str(d.place).removeprefix("content/vault/"): d.message for d in outcome.diagnostics}


def test_an_empty_vault_is_fine_and_unknown_files_are_ignored() -> None:
    vault, found = read({"contacts.yaml": "# nobody yet\n", "todo.txt": "x: [", "feeds.yaml": ""})
    assert (vault.contacts, vault.feeds, found) == ((), (), {})


def test_five_lines_make_a_good_contact() -> None:
    text = "- id: ada\n  name: Ada Example\n  every: 30 days\n  birthday: --02-29\n  needs: [find a platform lead]\n"
    vault, found = read({"contacts.yaml": text})
    (ada,) = vault.contacts
    assert found == {}
    assert (ada.every, ada.birthday, ada.needs) == (
        Rhythm(30, "day"),
        DayOfYear(2, 29),
        (Need("find a platform lead"),),
    )
    assert ada.first_name == "Ada"


def test_both_contacts_yaml_and_files_beside_it_are_read_a_single_mapping_too() -> None:
    vault, found = read(
        {
            "contacts/mei.yaml": "id: mei\nname: Mei\n",
            "contacts.yaml": "- {id: ada, name: Ada}\n",
            "contacts/more.yml": "- {id: b, name: B}\n- {id: c, name: C}\n",
        }
    )
    assert [contact.id for contact in vault.contacts] == ["ada", "mei", "b", "c"]
    assert found == {}
    _, wrong = read({"contacts.yaml": "id: ada\nname: Ada\n"})
    assert wrong == {"contacts.yaml:1:1": "contacts.yaml should hold a list; begin each item with '- '"}


def test_a_spoilt_contact_is_left_out_but_known_and_its_other_mistakes_are_told_too() -> None:
    vault, found = read(
        {
            "contacts.yaml": (
                "- {id: ada, name: Ada, nmae: x, knows: [nobody]}\n"
                "- {id: bea, name: Bea, knows: [ada], met: {via: ada}}\n"
            ),
            "journal/2026.jsonl": '{"id": "1", "at": "2026-01-01T00:00:00Z", "type": "call", "contacts": ["ada"]}\n',
        }
    )
    assert [contact.id for contact in vault.contacts] == ["bea"]
    assert len(vault.journal) == 1
    assert list(found.values()) == ["unknown key 'nmae'", "there is no contact 'nobody'"]


def test_an_id_that_names_nobody_is_an_error_where_it_stands() -> None:
    _, found = read(
        {
            "contacts.yaml": "- {id: ada, name: Ada, knows: [adda], competes_with: [x], met: {at: ev9, via: y}}\n",
            "events.yaml": "- {id: ev1, name: E, start: 2026-03-10, attendees: [ada, z, {name: Newcomer}]}\n",
            "communities.yaml": "- {id: f, name: F, members: {ada: a, q: b}}\n",
            "mentorships.yaml": "- {id: m, role: mentee, with: w}\n",
        }
    )
    said = sorted(message.rpartition(" ")[2] for message in found.values())
    assert said == ["'adda'", "'ev9'", "'q'", "'w'", "'x'", "'y'", "'z'"]
    assert found["contacts.yaml:1:32"] == "there is no contact 'adda'"
    assert found["events.yaml:1:58"] == "there is no contact 'z'"


def test_of_two_with_one_id_neither_is_used_since_one_may_say_do_not_contact() -> None:
    vault, found = read({"contacts.yaml": "- {id: a, name: First}\n", "contacts/a.yaml": "id: a\nname: Second\n"})
    assert vault.contacts == ()
    assert found == {"contacts/a.yaml:1:5": "the id 'a' is used already"}


def test_a_slip_in_me_yaml_costs_that_value_alone() -> None:
    vault, found = read({"me.yaml": "name: Alex\nhours_a_week: lots\nlanguages: [en]\nstat: fine\n"})
    assert (vault.me.name, vault.me.hours_a_week, vault.me.languages) == ("Alex", 1, ("en",))
    assert set(found) == {"me.yaml:2:15", "me.yaml:4:1"}
    broken, told = read({"me.yaml": 'name: "Alex\n'})
    assert broken.me.name == ""
    assert len(told) == 1


def test_yaml_surprises_are_errors_and_quotes_help() -> None:
    _, found = read({"contacts.yaml": "- {id: a, name: A, languages: [NO]}\n- {id: b, name: B, phones: [030123]}\n"})
    assert list(found) == ["contacts.yaml:1:32", "contacts.yaml:2:29"]
    vault, none = read({"contacts.yaml": '- {id: a, name: A, languages: ["no"], phones: ["030123"]}\n'})
    assert none == {}
    assert vault.contacts[0].languages == ("no",)


@pytest.mark.parametrize("name", ["me", "contacts", "feeds", "events", "organizations", "communities", "mentorships"])
def test_an_unknown_key_is_an_error_in_every_file(name: str) -> None:
    text = "nope: 1\n" if name == "me" else "- {nope: 1}\n"
    _, found = read({f"{name}.yaml": text})
    assert "unknown key 'nope'" in found.values()


def test_what_was_learned_joins_the_contact_once_with_its_day() -> None:
    learned = '{"needs": ["a new flat", "find a platform lead"], "interests": ["hiring", "chess"]}'
    line = f'{{"id": "1", "at": "2026-02-20T09:00:00Z", "type": "call", "contacts": ["ada"], "learned": {learned}}}\n'
    vault, found = read(
        {
            "contacts.yaml": (
                "- {id: ada, name: Ada, needs: [find a platform lead], interests: [hiring]}\n- {id: bea, name: Bea}\n"
            ),
            "journal/2026.jsonl": line,
        }
    )
    assert found == {}
    ada, bea = with_learned(vault, date(2026, 3, 1), ZoneInfo("UTC")).contacts
    assert ada.needs == (Need("find a platform lead"), Need("a new flat", date(2026, 2, 20)))
    assert ada.interests == ("hiring", "chess")
    assert bea == vault.contacts[1]


@given(st.text(max_size=200))
def test_no_text_crashes_the_reading(text: str) -> None:
    for name in ("me.yaml", "contacts.yaml", "contacts/x.yaml", "feeds.yaml", "journal/2026.jsonl"):
        read_vault({name: text})
