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
