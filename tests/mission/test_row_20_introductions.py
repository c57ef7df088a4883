"""Row 20: introductions. A's need meets B's offer; each agrees alone, and a no is told to nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ADA = "- {id: ada, name: Ada Lantern, emails: [ada@lantern.example], needs: [a platform lead]%s}\n"
GRACE = (
    "- {id: grace, name: Grace Harbour, organization: Quayside, title: Editor, emails: [g@harbour.example],"
    " expertise: [platform lead]%s}\n"
)
SECRETS = ("grace", "harbour", "quayside", "editor")
Run = Callable[..., Any]


def _people(ada: str = "", grace: str = "") -> str:
    return (ADA % ada) + (GRACE % grace)


def _introductions(folder: Path, brandkit: Run) -> list[dict[str, Any]]:
    found = brandkit(folder, "suggest", "--json", "--move", "introduce").json
    return [one for one in found if one["move"] == "introduce"]


def _line(state: str, *who: str) -> dict[str, Any]:
    return {"at": "2026-02-20", "type": "introduction", "contacts": list(who), "a": "ada", "b": "grace", "state": state}


def test_a_need_meets_an_offer_and_the_draft_identifies_nobody(brand: Callable[..., Path], brandkit: Run) -> None:
    folder = brand(_people())
    (one,) = _introductions(folder, brandkit)
    assert one["contact"] == "ada" and "Grace" in one["why"]
    for draft in (one["draft"], brandkit(folder, "introduce", "ada", "grace", "--json").json["drafts"][0]["draft"]):
        said = json.dumps(draft).casefold()
        assert draft["text"] and not [word for word in SECRETS if word in said]


@pytest.mark.parametrize("who", ["ada", "grace"])
def test_competitors_are_not_brought_together(brand: Callable[..., Path], brandkit: Run, who: str) -> None:
    other = "grace" if who == "ada" else "ada"
    folder = brand(_people(**{who: f", competes_with: [{other}]"}))
    assert _introductions(folder, brandkit) == []
    ran = brandkit(folder, "introduce", "ada", "grace")
    assert ran.code == 3 and "competitor" in ran.err


def test_the_introduction_is_refused_until_both_said_yes(brand: Callable[..., Path], brandkit: Run) -> None:
    folder = brand(_people(), [_line("asked", "ada"), _line("yes", "ada")])
    refused = brandkit(folder, "introduce", "ada", "grace", "--made")
    assert refused.code == 3 and refused.out == ""
    assert brandkit(folder, "introduce", "ada", "grace", "--yes", "grace").code == 0
    made = brandkit(folder, "introduce", "ada", "grace", "--made", "--json")
    assert made.code == 0
    assert ["Grace Harbour" in one["draft"]["text"] for one in made.json["drafts"]] == [True, False]


def test_a_no_can_not_be_told_from_silence(brand: Callable[..., Path], brandkit: Run) -> None:
    begun = [_line("asked", "ada"), _line("yes", "ada"), _line("asked", "grace")]
    silent = brand(_people(), begun, name="silent")
    refused = brand(_people(), [*begun, _line("no", "grace")], name="refused")
    for command in (("person", "show", "ada"), ("suggest", "ada", "--json")):
        told = [brandkit(folder, *command).out for folder in (silent, refused)]
        assert told[0] == told[1] and not [word for word in SECRETS if word in told[1].casefold()]
    assert "It rests" in brandkit(refused, "introduce", "ada", "grace").out
    assert "awaited" in brandkit(silent, "introduce", "ada", "grace").out
