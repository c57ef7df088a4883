"""Digests of those who asked to be forgotten: found again however they are written, readable by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from time import thread_time

import pytest

from brandkit.engage.one_person.erased import Erased, digest_lines, is_erased, new_file, new_lines, read_erased

SALT = "0f" * 16


@dataclass(frozen=True)
class Somebody:
    name: str = "Ada Lantern"
    organization: str = "Acme"
    emails: tuple[str, ...] = ("ada@acme.example",)
    phones: tuple[str, ...] = ("+49 30 5550 0101",)


def _file(*people: Somebody) -> str:
    return new_file(SALT) + "".join(f"{line}\n" for one in people for line in digest_lines(one, SALT))


@pytest.mark.parametrize(
    "again",
    [
        Somebody("A. L.", "", ("ADA@acme.example ",), ()),
        Somebody("A. L.", "", (), ("030 / 5550-0101",)),
        Somebody("ada  lantern", "ACME", (), ()),
    ],
)
def test_a_forgotten_person_is_known_again_by_any_one_thing(again: Somebody) -> None:
    assert is_erased(again, read_erased(_file(Somebody())))


@pytest.mark.parametrize(
    "other", [Somebody("Grace Harbour", "Acme", ("g@acme.example",), ("12",)), Somebody("Ada Lantern", "Beta", (), ())]
)
def test_others_are_not_taken_for_them(other: Somebody) -> None:
    assert not is_erased(other, read_erased(_file(Somebody())))


def test_the_file_holds_no_word_of_the_person() -> None:
    text = _file(Somebody()).casefold()
    assert all(word not in text for word in ("ada", "lantern", "acme", "5550"))


def test_another_salt_gives_other_lines() -> None:
    assert not set(digest_lines(Somebody(), SALT)) & set(digest_lines(Somebody(), "aa" * 16))


def test_a_file_that_is_none_erases_nobody() -> None:
    for text in ("", "\n", "# a note\nabc\n", "salt\n"):
        assert read_erased(text) == Erased() and not is_erased(Somebody(), read_erased(text))


def test_what_is_in_the_file_is_not_added_again() -> None:
    known = read_erased(_file(Somebody()))
    assert new_lines([Somebody()], known) == ()
    assert len(new_lines([Somebody(phones=("+49 30 5550 0102",))], known)) == 1


def test_an_import_of_800_people_is_held_against_50_lines_in_no_time() -> None:
    erased = read_erased(_file(*(Somebody(f"Person {n}", "", (f"p{n}@x.example",), ()) for n in range(25))))
    started = thread_time()
    found = [n for n in range(800) if is_erased(Somebody(f"New {n}", "", (f"p{n}@x.example",), ()), erased)]
    assert found == list(range(25)) and thread_time() - started < 20
