"""brief: a word that names nobody and nothing is told so, with the name that was probably meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example}
-- content/vault/events.yaml --
- {id: autumn-talks, name: Infrastructure Autumn, start: 2026-03-10T09:00, attendees: [ada]}
-- content/events/data-breakfast.md --
---
title: Data breakfast
start: 2026-03-12T09:00
---
Bring a number.
"""


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("autumn-talk", "there is no contact and no event 'autumn-talk'; did you mean 'autumn-talks'?"),
        ("infrastructure autum", "no event 'infrastructure autum'; did you mean 'Infrastructure Autumn'?"),
        ("adda", "there is no contact and no event 'adda'; did you mean 'ada'?"),
        (
            "zzz",
            "no contact and no event 'zzz'; add them with: brandkit new contact NAME, "
            "or write the event into events.yaml of the vault",
        ),
    ],
)
def test_neither_a_contact_nor_an_event(
    who: str, said: str, site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    ran = brandkit(site(PROJECT), "brief", who)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_event_is_found_by_id_and_by_name(site: Callable[[str], Path], brandkit: Callable[..., Any]) -> None:
    folder = site(PROJECT)
    for who in ("autumn-talks", "infrastructure autumn", "infrastructure-autumn"):
        assert "Ada Example" in brandkit(folder, "brief", who, "--offline").out


@pytest.mark.parametrize("who", ["data-breakfast", "Data Breakfast", "data-breakfasts"])
def test_of_a_public_event_it_says_how_the_private_one_is_written(
    who: str, site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    folder = site(PROJECT)
    ran = brandkit(folder, "brief", who)
    assert (ran.code, ran.out) == (2, "")
    assert "the event 'data-breakfast' is a page of your site" in ran.err
    row = ran.err.partition("events.yaml of the vault:\n")[2].replace("...", "Data breakfast")
    (folder / "content/vault/events.yaml").write_text(row)
    assert "Ada Example" in brandkit(folder, "brief", "data-breakfast", "--offline").out


def test_what_does_not_fit_a_line_goes_on_below_its_beginning(
    site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    folder = site(PROJECT.replace("name: Ada Example", f"name: Ada Example, needs: [{{text: {'a long walk ' * 9}}}]"))
    for who, indent in (("ada", 2), ("autumn-talks", 4)):
        lines = brandkit(folder, "brief", who, "--offline").out.splitlines()
        asked = next(at for at, line in enumerate(lines) if "Ask: How is it going" in line)
        assert lines[asked + 1].startswith(" " * indent) and not lines[asked + 1].startswith(" " * (indent + 1))


def test_the_page_to_print_says_by_when_something_was_promised(
    site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    folder = site(PROJECT)
    promised = ("--promise", "the slides", "--due", "2026-03-06")
    assert brandkit(folder, "log", "ada", "call", "--type", "call", *promised, "--today", "2026-03-01").code == 0
    assert brandkit(folder, "build", "--offline").code == 0
    page = (folder / "private/events/autumn-talks.html").read_text(encoding="utf-8")
    assert "<li>You promised: the slides, by Friday 6 March</li>" in page
