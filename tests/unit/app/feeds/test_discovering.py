"""The address that somebody means by what they typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from brandkit.app.feeds.discovering import address_of
from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, open_desk
from brandkit.base.walls import UsageProblem

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
-- content/vault/events.ics --
BEGIN:VCALENDAR
"""


@pytest.fixture
def desk(site: Callable[[str], Path]) -> Desk:
    return open_desk(Project(site(PROJECT)))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://ada.example.org/feed ", "https://ada.example.org/feed"),
        ("ada.example.org", "https://ada.example.org"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("feed:https://ada.example.org/feed", "https://ada.example.org/feed"),
        ("feed://ada.example.org/feed", "https://ada.example.org/feed"),
        ("webcal://ada.example.org/e.ics", "https://ada.example.org/e.ics"),
    ],
)
def test_an_address_may_be_typed_as_people_do(desk: Desk, typed: str, address: str) -> None:
    assert address_of(typed, desk) == address


@pytest.mark.parametrize(
    "typed", ["", "two words", "ftp://ada.example.org/", "file:///etc/passwd", "javascript:alert(1)"]
)
def test_what_is_no_web_address_is_refused(desk: Desk, typed: str) -> None:
    with pytest.raises(UsageProblem, match="not a web address"):
        address_of(typed, desk)


def test_a_file_of_the_vault_is_a_line_for_feeds_yaml(desk: Desk) -> None:
    with pytest.raises(UsageProblem, match=r"add to feeds.yaml: - \{id: ID, url: events.ics\}"):
        address_of("events.ics", desk)
