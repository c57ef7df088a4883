"""Who is meant by a word: ids, names, words of them and how they begin; never the inside of a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from brandkit.app.project import Project
from brandkit.app.words.journaling import Desk, find_contact, open_desk
from brandkit.base.walls import UsageProblem

BRAND = """\
-- site.yaml --
title: Test
url: https://me.example/
-- content/vault/contacts.yaml --
- {id: priya-anyname, name: Priya Anyname}
- {id: kira-novak, name: Dr. Kira Novák, formerly: [k-old]}
- {id: sean, name: Seán O'Brien-Blake}
- {id: taro, name: 山田太郎}
"""


@pytest.fixture
def desk(site: Callable[[str], Path]) -> Desk:
    return open_desk(Project(site(BRAND)))


@pytest.mark.parametrize(
    ("who", "id_"),
    [
        ("kira", "kira-novak"), ("Novak", "kira-novak"), ("NOVÁ", "kira-novak"), ("Kira Nov", "kira-novak"),
        ("k-old", "kira-novak"), ("any", "priya-anyname"), ("Sean", "sean"), ("o'brien", "sean"), ("blake", "sean"),
        ("太郎", "taro"), ("山田", "taro"),
    ],
)  # fmt: skip
def test_a_word_or_its_beginning_is_enough(desk: Desk, who: str, id_: str) -> None:
    assert find_contact(desk, who).id == id_


@pytest.mark.parametrize("who", ["nam", "name", "NAME", "ova", "iya", "ean", "kira k", "-", "'", ""])
def test_the_inside_of_a_word_is_nobody(desk: Desk, who: str) -> None:
    with pytest.raises(UsageProblem, match="there is no contact"):
        find_contact(desk, who)


def test_a_name_with_a_slip_of_the_pen_is_asked_about(desk: Desk) -> None:
    with pytest.raises(UsageProblem, match=r"did you mean 'Priya Anyname'?"):
        find_contact(desk, "Pryia Anyname")
