"""brandkit introduce: each step in turn, and every rule that stops one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HEAD = "-- site.yaml --\ntitle: Test\nurl: https://me.example/\ntoday: 2026-03-01\n"
Run = Callable[..., Any]


def _brand(site: Callable[[str], Path], ada: str = "", grace: str = "") -> Path:
    people = f"- {{id: ada, name: Ada Lantern{ada}}}\n- {{id: grace, name: Grace Harbour, title: Editor{grace}}}\n"
    return site(f"{HEAD}-- content/vault/contacts.yaml --\n{people}- {{id: kim, name: Kim}}\n")


def _states(folder: Path) -> list[tuple[list[str], str]]:
    path = folder / "content/vault/journal/2026.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    return [(row["contacts"], row["state"]) for row in rows]


def test_it_walks_from_asking_to_made(site: Callable[[str], Path], brandkit: Run) -> None:
    folder = _brand(site)

    def step(*more: str) -> Any:
        return brandkit(folder, "introduce", "ada", "grace", "--json", *more).json

    assert step()["contact"] == "ada"
    step("--asked")
    assert step()["step"] == "waiting"
    step("--yes", "ada")
    asked = step()
    assert asked["contact"] == "grace" and asked["drafts"][0]["draft"]["text"]
    step("--asked")
    step("--yes", "Grace")
    assert step()["step"] == "agreed"
    made = step("--made")
    assert [one["contact"] for one in made["drafts"]] == ["ada", "grace"]
    assert (
        "Grace Harbour, Editor" in made["drafts"][0]["draft"]["text"]
        and "Ada Lantern" in made["drafts"][1]["draft"]["text"]
    )
    assert _states(folder) == [
        (["ada"], "asked"), (["ada"], "yes"), (["grace"], "asked"), (["grace"], "yes"), (["ada", "grace"], "made"),
    ]  # fmt: skip
    assert step()["made"] and brandkit(folder, "introduce", "grace", "ada", "--made").code == 2


@pytest.mark.parametrize(
    ("ada", "grace", "rule"),
    [
        (", do_not_contact: true", "", "do-not-contact"),
        ("", ", do_not_contact: true", "do-not-contact"),
        ("", ", deceased: true", "deceased"),
        (", hold: {reason: illness}", "", "hold"),
        ("", ", hold: {reason: illness}", "hold"),
        ("", ", consent: {introduce: 'no'}", "consent"),
        (", competes_with: [grace]", "", "competitor"),
    ],
)
def test_a_rule_that_protects_one_of_them_refuses_every_step_and_is_named(
    site: Callable[[str], Path], brandkit: Run, ada: str, grace: str, rule: str
) -> None:
    folder = _brand(site, ada, grace)
    for step in ((), ("--asked",)):
        ran = brandkit(folder, "introduce", "ada", "grace", *step)
        assert ran.code == 3 and rule in ran.err and ran.out == ""
    assert _states(folder) == []


def test_made_is_refused_until_both_said_yes(site: Callable[[str], Path], brandkit: Run) -> None:
    folder = _brand(site)
    assert brandkit(folder, "introduce", "ada", "grace", "--made").code == 3
    brandkit(folder, "introduce", "ada", "grace", "--yes", "ada")
    ran = brandkit(folder, "introduce", "ada", "grace", "--made")
    assert ran.code == 3 and "Grace did not yet" in ran.err and "opt-in" in ran.err
    assert _states(folder) == [(["ada"], "yes")]


def test_a_rule_that_came_after_both_agreed_still_refuses(site: Callable[[str], Path], brandkit: Run) -> None:
    folder = _brand(site)
    for who in ("ada", "grace"):
        brandkit(folder, "introduce", "ada", "grace", "--yes", who)
    _brand(site, ", do_not_contact: true")
    assert brandkit(folder, "introduce", "ada", "grace", "--made").code == 3
    assert len(_states(folder)) == 2


def test_after_a_no_it_rests_and_nobody_is_asked(site: Callable[[str], Path], brandkit: Run) -> None:
    folder = _brand(site)
    brandkit(folder, "introduce", "ada", "grace", "--no", "grace")
    assert "It rests" in brandkit(folder, "introduce", "ada", "grace").out
    assert brandkit(folder, "introduce", "ada", "grace", "--ask", "ada").code == 3
    assert brandkit(folder, "introduce", "ada", "grace", "--made").code == 3


def test_what_is_no_step_is_wrong_usage(site: Callable[[str], Path], brandkit: Run) -> None:
    folder = _brand(site)
    for more in (("--yes", "kim"), ("--yes", "ada", "--made"), ("--ask", "nobody")):
        assert brandkit(folder, "introduce", "ada", "grace", *more).code == 2
    assert brandkit(folder, "introduce", "ada", "ada").code == 2
    brandkit(folder, "introduce", "ada", "grace", "--yes", "ada")
    assert brandkit(folder, "introduce", "ada", "grace", "--ask", "ada", "--asked").code == 2
