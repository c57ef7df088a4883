"""What brandkit knows about somebody: all that is theirs, and nothing of anybody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from brandkit.engage.one_person.knowing import Known, known_json, what_is_known
from brandkit.engage.one_person.known_words import details, facts, known_view
from brandkit.engage.vault import read_vault

PEOPLE = """\
- id: ada
  name: Ada Lantern
  organization: Acme
  roles: [client]
  every: 30 days
  emails: [ada@acme.example]
  birthday: --02-29
  interests: [hiring]
  needs: [{text: find a platform lead, since: 2026-02-01, sensitive: true}, {text: what Grace found}]
  facts: [two kids]
  met: {on: 2025-06-01, at: ev0, via: grace}
  knows: [grace]
  competes_with: [noor]
  consent: {publish: [name], introduce: ask}
  hold: {reason: illness, until: 2026-05-01}
  notes: |
    Likes short letters. Graces book stands on her shelf! Mornings are best.
- {id: grace, name: Grace Harbour, emails: [g@harbour.example], knows: [ada], needs: [a new job]}
- {id: noor, name: Noor Quill}
"""
FILES = {
    "events.yaml": "- {id: ev0, name: Platform Sunday, start: 2025-06-01T10:00, attendees: [ada, grace]}\n",
    "communities.yaml": "- {id: forum, name: Build Forum, members: {ada: ada_l, grace: gh}}\n",
    "mentorships.yaml": "- {id: m1, role: mentor, with: ada, since: 2025-10-01, goals: [first talk, outdo Noor]}\n",
    "briefs/lead.yaml": "id: lead\nfor: [ada]\nabout: she asked how to begin\n",
}


def _vault(rows: list[Mapping[str, Any]], people: str = PEOPLE) -> Any:
    lines = [{"id": f"j{n}", "at": "2026-02-01T09:00:00Z", **row} for n, row in enumerate(rows)]
    journal = "".join(f"{json.dumps(line)}\n" for line in lines)
    read = read_vault({"contacts.yaml": people, "journal/2026.jsonl": journal, **FILES})
    assert read.diagnostics == ()
    return read.value


def _known(*rows: Mapping[str, Any], who: str = "ada", people: str = PEOPLE) -> Known:
    vault = _vault(list(rows), people)
    contact = vault.contact(who)
    assert contact is not None
    return what_is_known(vault, contact, ZoneInfo("Europe/Berlin"))


def _everything(known: Known) -> str:
    return json.dumps([known_json(known), known_view(known)], default=str)


def test_all_fields_are_told_as_they_were_written() -> None:
    fields = known_json(_known())["person"]
    assert fields["every"] == "30 days" and fields["birthday"] == "--02-29" and fields["facts"] == ["two kids"]
    assert fields["needs"] == [{"text": "find a platform lead", "since": "2026-02-01", "sensitive": True}]
    assert fields["met"] == {"on": "2025-06-01", "at": "Platform Sunday"}
    assert fields["notes"] == "Likes short letters. Mornings are best."
    assert fields["hold"] == {"reason": "illness", "until": "2026-05-01"}


def test_of_others_only_numbers_are_told() -> None:
    known = _known()
    assert known.others == {"knows": 1, "competes_with": 1, "introduced_by": 1, "known_by": 1}
    assert known.left_out == 3  # a sentence of the notes, a need, a goal
    said = _everything(known).casefold()
    assert all(word not in said for word in ("grace", "harbour", "noor", "quill"))


def test_what_is_kept_beside_the_contact_is_told_too() -> None:
    known = _known()
    assert known.events == ({"name": "Platform Sunday", "start": "2025-06-01T10:00"},)
    assert known.communities == ({"name": "Build Forum", "handle": "ada_l"},)
    assert known.mentorships == ({"your_role": "mentee", "since": "2025-10-01", "goals": ["first talk"]},)
    assert known.posts == ({"post": "lead", "about": "she asked how to begin"},)


def test_a_conversation_is_told_with_day_words_and_what_was_learned() -> None:
    line = {"type": "call", "summary": "looks for help", "learned": {"facts": ["moves in May"]}, "direction": "mutual"}
    known = _known({**line, "contacts": ["ada"], "promises": [{"text": "send it", "due": "2026-02-08"}]})
    (one,) = known.history
    assert (one.day.isoformat(), one.in_words, one.words) == ("2026-02-01", "A call", ("looks for help",))
    assert details(one) == ("looks for help", "learned (facts): moves in May", "I promised: send it, by 2026-02-08")


def test_of_a_line_with_several_only_the_own_part_is_told() -> None:
    known = _known(
        {
            "type": "meeting",
            "contacts": ["ada", "grace"],
            "summary": "She is leaving her job. Ada wants to climb more. Ada thinks that Grace is tired.",
            "learned": {"needs": ["a quieter office"]},
            "promises": [
                {"by": "grace", "text": "send a plan"},
                {"by": "ada", "text": "book the hut"},
                {"text": "call"},
            ],
        }
    )
    (one,) = known.history
    assert one.words == ("Ada wants to climb more.",) and one.others == 1 and one.learned == {}
    assert [promise["text"] for promise in one.promises] == ["book the hut"]


@pytest.mark.parametrize("said", ["GRACE is tired", "grace's plan", "Grace-run shop", "write to g@harbour.example"])
def test_a_sentence_that_names_somebody_else_in_any_way_is_left_out(said: str) -> None:
    (one,) = _known({"type": "call", "contacts": ["ada"], "summary": said}).history
    assert one.words == ()


def test_words_that_two_people_share_are_no_names_of_the_other() -> None:
    people = PEOPLE + "- {id: ada-b, name: Ada Brook}\n"
    (one,) = _known({"type": "call", "contacts": ["ada"], "summary": "Ada is well"}, people=people).history
    assert one.words == ("Ada is well",)


def test_a_name_in_a_script_without_spaces_is_found() -> None:
    people = PEOPLE + "- {id: li, name: 李娜}\n"
    (one,) = _known({"type": "call", "contacts": ["ada"], "summary": "她说李娜很忙"}, people=people).history
    assert one.words == ()


def _introduction(who: list[str], state: str) -> dict[str, Any]:
    return {
        "type": "introduction",
        "contacts": who,
        "a": "ada",
        "b": "grace",
        "state": state,
        "summary": "Ada and Grace",
    }


def test_a_no_of_the_other_one_looks_like_silence() -> None:
    asked = [_introduction(["ada"], "asked"), _introduction(["ada"], "yes"), _introduction(["grace"], "asked")]
    silent, refused = _known(*asked), _known(*asked, _introduction(["grace"], "no"))
    assert _everything(silent) == _everything(refused)
    assert [one.in_words for one in silent.history] == [
        "They were asked whether they would like an introduction",
        "They said yes to an introduction",
    ]


def test_an_introduction_that_was_set_aside_names_nobody() -> None:
    known = _known({"type": "dismissed", "contacts": ["ada"], "move": "introduce", "summary": "Ada and Grace"})
    assert known.history[0].words == ()


def test_lines_of_others_are_not_told() -> None:
    assert _known({"type": "call", "contacts": ["grace"], "summary": "spoke about Ada"}).history == ()


def test_the_page_for_a_reader_has_no_empty_labels() -> None:
    pairs = facts(_known())
    assert all(lines and all(lines) for _, lines in pairs)
    assert ("How often to be in touch", ("about monthly",)) in pairs


def test_five_lines_of_a_contact_are_enough() -> None:
    known = _known(who="noor")
    assert known.fields == {
        "id": "noor",
        "name": "Noor Quill",
        "channel": "email",
        "tone": "warm",
        "consent": {"introduce": "ask"},
    }


def test_a_rhythm_that_was_chosen_by_sorting_is_told_and_exported() -> None:
    known = _known({"type": "sorted", "contacts": ["noor"], "every": "1 month"}, who="noor")
    said = dict(facts(known))
    assert said["How often to be in touch"] == ("about monthly",)
    assert details(known.history[0]) == ("about monthly",)
    export = known_json(known)
    assert export["person"]["every"] == "1 month" and export["history"][0]["every"] == "1 month"


def test_a_rhythm_of_the_file_counts_before_a_chosen_one() -> None:
    known = _known({"type": "sorted", "contacts": ["ada"], "every": "1 year"})
    assert known.fields["every"] == "30 days"


@pytest.mark.parametrize(
    ("consent", "agreed", "introductions"),
    [
        ("", None, "not before they were asked, each time"),
        (", consent: {introduce: 'no'}", None, "not wanted"),
        (", consent: {introduce: 'yes', publish: [name]}", ("being named in public: name",), "welcome"),
    ],
)
def test_who_agreed_to_nothing_is_not_said_to_have_agreed(consent: str, agreed: Any, introductions: str) -> None:
    said = dict(facts(_known(who="kim", people=f"{PEOPLE}- {{id: kim, name: Kim Reed{consent}}}\n")))
    assert said.get("Agreed to") == agreed and said["Introductions"] == (introductions,)
