"""Two contacts that are one: what one gains, what protects them, and one ledger after the patch."""

from __future__ import annotations

import json
from typing import Any

import pytest

from brandkit.base.marked_yaml import read_yaml
from brandkit.engage.one_person.merging import Merge, merge
from brandkit.engage.vault import read_vault

KEEP = "- {id: ada, name: Ada Lantern, emails: [ada@acme.example], knows: [grace, ada-l]}\n"
GONE = "id: ada-l\nname: Ada Lantern\nemails: [ADA@acme.example, ada@home.example]\nknows: [ada, noor]\n"
OTHERS = (
    "- {id: grace, name: Grace, knows: [ada-l], competes_with: [ada-l]}\n- {id: noor, name: Noor, met: {via: ada-l}}\n"
)


def _merged(keep: str = KEEP, gone: str = GONE, **files: str) -> tuple[Merge, dict[str, str]]:
    texts = {"contacts.yaml": keep + OTHERS, "contacts/ada-l.yaml": gone, **{f"{k}.yaml": v for k, v in files.items()}}
    merged = merge(texts, "ada", "ada-l")
    after = {name: merged.texts.get(name, text) for name, text in texts.items()}
    return merged, {name: text for name, text in after.items() if text is not None}


def _ada(texts: dict[str, str]) -> dict[str, Any]:
    read = read_yaml(texts["contacts.yaml"], "").value
    assert read is not None
    return dict(next(item for item in read.data if item["id"] == "ada"))


def test_the_one_who_stays_gains_what_was_missing_and_the_other_file_goes() -> None:
    _, texts = _merged(gone=f"{GONE}title: CTO\nbirthday: --02-29\nprofiles: {{github: al}}\n")
    ada = _ada(texts)
    assert "contacts/ada-l.yaml" not in texts and ada["formerly"] == ["ada-l"]
    assert ada["emails"] == ["ada@acme.example", "ada@home.example"] and ada["knows"] == ["grace", "noor"]
    assert (ada["title"], ada["birthday"], ada["profiles"]) == ("CTO", "--02-29", {"github": "al"})


def test_what_differs_stays_as_it_was_and_is_said() -> None:
    merged, texts = _merged(keep=KEEP.replace("Lantern,", "Lantern, title: CEO,"), gone=f"{GONE}title: CTO\n")
    assert _ada(texts)["title"] == "CEO" and merged.conflicts == ("title: stays CEO, CTO goes",)


@pytest.mark.parametrize("field", ["do_not_contact: true", "deceased: true"])
def test_what_forbids_everything_survives_from_either(field: str) -> None:
    key = field.partition(":")[0]
    assert _ada(_merged(gone=f"{GONE}{field}\n")[1])[key] is True
    assert _ada(_merged(keep=KEEP.replace("Lantern,", f"Lantern, {field},"))[1])[key] is True


def test_the_longer_hold_the_stricter_consent_and_all_to_avoid_survive() -> None:
    keep = KEEP.replace(
        "Lantern,",
        "Lantern, hold: {reason: illness, until: 2026-03-01}, avoid: [crypto],"
        " consent: {publish: [name, quote], introduce: yes_, promote: 2026-01-01},",
    ).replace("yes_", '"yes"')
    hold = "hold: {reason: bereavement, until: 2026-04-01}\n"
    gone = f"{GONE}{hold}avoid: [golf]\nconsent: {{publish: [name], introduce: 'no'}}\n"
    ada = _ada(_merged(keep, gone)[1])
    assert ada["hold"] == {"reason": "bereavement", "until": "2026-04-01"} and ada["avoid"] == ["crypto", "golf"]
    assert ada["consent"] == {"publish": ["name"], "introduce": "no", "promote": "2026-01-01"}


def test_a_hold_without_an_end_outlasts_one_with_an_end() -> None:
    keep = KEEP.replace("Lantern,", "Lantern, hold: {reason: illness},")
    assert _ada(_merged(keep, f"{GONE}hold: {{reason: job-loss, until: 2030-01-01}}\n")[1])["hold"] == {
        "reason": "illness"
    }


def test_notes_of_both_are_kept() -> None:
    keep = "- id: ada\n  name: Ada Lantern\n  notes: |\n    Likes tea.\n"
    assert _ada(_merged(keep, f"{GONE}notes: Sings.\n")[1])["notes"] == "Likes tea.\n\nSings.\n"


def test_every_place_that_named_the_other_names_the_one_who_stays() -> None:
    _, texts = _merged(
        events="- {id: e, name: E, start: 2026-03-01, attendees: [ada-l, noor]}\n"
        "- {id: f, name: F, start: 2026-03-01, attendees: [ada, ada-l]}\n",
        communities="- {id: c, name: C, members: {ada-l: x}}\n",
        mentorships="- {id: m1, role: mentor, with: ada-l}\n",
    )
    vault = read_vault(texts)
    assert vault.diagnostics == ()
    grace, noor = vault.value.contact("grace"), vault.value.contact("noor")
    assert grace is not None and noor is not None and noor.met is not None
    assert (grace.knows, grace.competes_with, noor.met.via) == (("ada",), ("ada",), "ada")
    assert [[a.contact for a in event.attendees] for event in vault.value.events] == [["ada", "noor"], ["ada"]]
    assert vault.value.communities[0].members == {"ada": "x"} and vault.value.mentorships[0].with_ == "ada"


def test_the_lines_of_both_count_as_one_without_a_change_of_the_journal() -> None:
    row = {
        "id": "j1",
        "at": "2026-02-01T09:00:00Z",
        "type": "share",
        "contacts": ["ada-l"],
        "link": "https://x.example/1",
    }
    read = read_vault({**_merged()[1], "journal/2026.jsonl": json.dumps(row)})
    assert read.diagnostics == () and read.value.journal[0].contacts == ("ada",)


def test_somebody_without_an_entry_cannot_be_merged() -> None:
    with pytest.raises(LookupError):
        merge({"contacts.yaml": KEEP}, "ada", "nobody")
