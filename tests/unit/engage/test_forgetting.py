"""Forgetting somebody: their lines go, shared lines stay without them, and nothing that was taken back comes back."""

from __future__ import annotations

import json
from typing import Any

from brandkit.engage.journal import read_journal
from brandkit.engage.one_person.forgetting import forget
from brandkit.engage.one_person.mentions import Names, lines_with

ADA = Names(frozenset({"ada", "ada-old"}), ("Ada Lantern", "ada@acme.example"), ("Ada", "Lantern"))
AT = "2026-02-01T09:00:00Z"


def _forgotten(*rows: dict[str, Any] | str, mentorships: str = "") -> list[dict[str, Any]]:
    lines = [
        row if isinstance(row, str) else json.dumps({"id": f"j{n}", "at": AT, **row}) for n, row in enumerate(rows)
    ]
    text = "".join(f"{line}\n" for line in lines)
    found = forget({"journal/2026.jsonl": text, "mentorships.yaml": mentorships}, ADA).journal
    after = found["journal/2026.jsonl"].text if found else text
    return [json.loads(line) for line in after.splitlines()]


def test_lines_about_nobody_else_go_and_the_others_stay_byte_for_byte() -> None:
    odd = '{"at":"2026-02-01T09:00:00Z",  "id": "x", "type":"call", "contacts": ["grace"]}'
    kept = _forgotten({"type": "call", "contacts": ["ada"]}, odd, {"type": "imported", "contacts": ["ada-old"]})
    assert kept == [json.loads(odd)]
    text = f'{{"id":"a","at":"{AT}","type":"call","contacts":["ada"]}}\n{odd}\n'
    assert forget({"journal/x.jsonl": text}, ADA).journal["journal/x.jsonl"].text == f"{odd}\n"


def test_a_shared_line_stays_without_the_id_and_without_their_promise() -> None:
    promises = [{"by": "ada", "text": "bring tea"}, {"text": "book a room"}]
    (kept,) = _forgotten({"type": "meeting", "contacts": ["ada", "grace"], "summary": "tea", "promises": promises})
    assert kept["contacts"] == ["grace"] and kept["promises"] == [{"text": "book a room"}] and kept["summary"] == "tea"


def test_introductions_of_them_go_and_answers_to_the_idea_of_one() -> None:
    pair = {"a": "grace", "b": "ada", "type": "introduction"}
    dismissed = {"type": "dismissed", "move": "introduce", "item": "ada+grace@asked", "contacts": ["grace"]}
    assert _forgotten({**pair, "contacts": ["grace"], "state": "no"}, dismissed) == []


def test_sessions_of_a_mentorship_with_them_go() -> None:
    rows = {"type": "session", "mentorship": "m1"}, {"type": "session", "mentorship": "m2"}
    kept = _forgotten(*rows, mentorships="- {id: m1, with: ada, role: mentor}\n- {id: m2, with: grace, role: mentor}\n")
    assert [row["mentorship"] for row in kept] == ["m2"]


def test_an_undo_of_a_line_that_goes_goes_with_it() -> None:
    assert _forgotten({"type": "call", "contacts": ["ada"]}, {"supersedes": "j0"}) == []


def test_a_correction_that_goes_leaves_a_bare_undo_so_that_nothing_comes_back() -> None:
    first = {"type": "call", "contacts": ["ada", "grace"], "summary": "wrong"}
    kept = _forgotten(first, {"type": "call", "contacts": ["ada"], "summary": "right", "supersedes": "j0"})
    assert kept[1] == {"id": "j1", "at": AT, "supersedes": "j0"}
    text = "".join(f"{json.dumps(row)}\n" for row in kept)
    assert read_journal([("j.jsonl", text)], {"grace"}).value == ()


def test_a_cut_off_line_that_names_them_goes_and_another_stays() -> None:
    texts = {"journal/2026.torn": '{"summary": "call with Ada\n{"summary": "call with Gr\n'}
    assert forget(texts, ADA).journal["journal/2026.torn"].text == '{"summary": "call with Gr\n'


def test_yaml_loses_every_mention_and_a_file_of_their_own_goes() -> None:
    texts = {
        "contacts/ada.yaml": "id: ada\nname: Ada Lantern\n",
        "contacts.yaml": "- {id: grace, name: G, knows: [ada, noor], met: {via: ada-old}}\n- {id: noor, name: N}\n",
        "events.yaml": "- {id: e, name: E, start: 2026-03-01, attendees: [ada, {contact: ada, name: A}, noor]}\n",
        "communities.yaml": "- {id: c, name: C, members: {ada: x, noor: y}}\n",
        "mentorships.yaml": "- {id: m1, role: mentor, with: ada}\n- {id: m2, role: mentor, with: noor}\n",
        "briefs/one.yaml": "id: one\nfor: [ada]\nabout: a thing\n",
        "briefs/two.yaml": "id: two\nfor: [noor, ada]\n",
        "feeds.yaml": "- {id: ada, url: x.xml}\n",
    }
    yaml = forget(texts, ADA).yaml
    assert {name: patched.after for name, patched in yaml.items()} == {
        "contacts/ada.yaml": None,
        "contacts.yaml": "- {id: grace, name: G, knows: [noor]}\n- {id: noor, name: N}\n",
        "events.yaml": "- {id: e, name: E, start: 2026-03-01, attendees: [noor]}\n",
        "communities.yaml": "- {id: c, name: C, members: {noor: y}}\n",
        "mentorships.yaml": "- {id: m2, role: mentor, with: noor}\n",
        "briefs/one.yaml": None,
        "briefs/two.yaml": "id: two\nfor: [noor]\n",
    }


def test_a_file_that_cannot_be_read_is_for_a_person_to_look_at() -> None:
    assert forget({"contacts.yaml": "- {id: ada, name: [\n"}, ADA).yaml["contacts.yaml"].by_hand


def test_lines_that_still_name_them_are_found_by_whole_words() -> None:
    texts = {"a": "nothing\nAdamant, lanterns\nMs Lantern\nAda's plan\nwrite ADA@acme.example\n"}
    assert [number for _, number, _ in lines_with(texts, ADA)] == [3, 4, 5]
