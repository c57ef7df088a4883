"""Titles before a name are no part of it, and names that look like one are."""

from __future__ import annotations

import pytest

from brandkit.engage.contacts import Contact


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ada Example", "Ada"),
        ("Dr. Ada Example", "Ada"),
        ("Prof. Dr. med. Ada Example", "Ada"),
        ("Dr. rer. nat. Ada Example", "Ada"),
        ("Dipl.-Ing. Ada Example", "Ada"),
        ("Frau Ada Example", "Ada"),
        ("Example, Dr. Ada", "Ada"),
        ("Phil Example", "Phil"),
        ("Nat Example", "Nat"),
        ("Dr.", "Dr."),
        ("Dr. rer. pol. Ada Example", "Ada"),
        ("Dr. h. c. Ada Example", "Ada"),
        ("Prof. Dr.-Ing. Ada Example", "Ada"),
        ("Dipl.-Kfm. Ada Example", "Ada"),
        ("Mag. Ada Example", "Ada"),
        ("Dr. Phil Example", "Phil"),
        ("Ing Example", "Ing"),
        ("Dr. J. R. Example", "J."),
        ("Dr. van Example", "van"),
    ],
)
def test_the_word_to_greet_with(name: str, first: str) -> None:
    assert Contact("a", name).first_name == first
