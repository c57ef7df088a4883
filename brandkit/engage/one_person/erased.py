"""Who asked to be forgotten, without saying who: salted digests, so that a later import respects it. Pure.

In: a person, the text of the vault's `erased.txt`. Out: lines for that file; whether somebody is among them. The salt
is the file's own and stands in its first line: whoever has the file can test a guess, but can not read a name from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from brandkit.base.text import fold
from brandkit.engage.sources.contact_source import same_number

FILE = "erased.txt"
SALT_BYTES = 16
_HEAD = re.compile(r"# .*\bsalt ([0-9a-f]{32})\s*\Z")
_LINE = re.compile(r"[0-9a-f]{32}\Z")
_SHORTEST_NUMBER = 7
_SHARED = frozenset(
    "office info contact hello hi mail team sales support admin hr jobs press service welcome "
    "buero büro kontakt hallo post verwaltung personal presse".split()
)


class PersonLike(Protocol):
    """What is compared of a person, from wherever they come."""

    @property
    def name(self) -> str: ...
    @property
    def organization(self) -> str: ...
    @property
    def emails(self) -> tuple[str, ...]: ...
    @property
    def phones(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Erased:
    """The file, read: its salt, empty where there is none yet, and the digests."""

    salt: str = ""
    digests: frozenset[str] = frozenset()


def read_erased(text: str) -> Erased:
    """The file as it stands; what is no digest is passed over."""
    first, *rest = [line.strip() for line in text.splitlines()] or [""]
    head = _HEAD.match(first)
    return Erased(head[1], frozenset(filter(_LINE.match, rest))) if head else Erased()


def new_file(salt: str) -> str:
    """The first line of the file."""
    return f"# People who asked to be forgotten, as digests: an import leaves them out. salt {salt}\n"


def digest_lines(person: PersonLike, salt: str) -> tuple[str, ...]:
    """One line for each mail address, each phone number, and the name with the firm."""
    key = bytes.fromhex(salt)
    return tuple(dict.fromkeys(blake2b(text.encode(), key=key, digest_size=16).hexdigest() for text in _texts(person)))


def is_erased(person: PersonLike, erased: Erased) -> bool:
    """Whether anything of this person was forgotten on request."""
    return bool(erased.digests) and not erased.digests.isdisjoint(digest_lines(person, erased.salt))


def new_lines(people: Iterable[PersonLike], erased: Erased) -> tuple[str, ...]:
    """The lines that are not in the file yet."""
    lines = (line for person in people for line in digest_lines(person, erased.salt))
    return tuple(line for line in dict.fromkeys(lines) if line not in erased.digests)


def _texts(person: PersonLike) -> Iterator[str]:
    mails = (fold(address).casefold() for address in person.emails)
    yield from (f"mail {mail}" for mail in mails if mail.partition("@")[0] not in _SHARED)  # such a box is nobody's own
    numbers = (same_number(phone) for phone in person.phones)
    yield from (f"phone {number}" for number in numbers if len(number) >= _SHORTEST_NUMBER)
    yield f"name {fold(person.name).casefold()}\n{fold(person.organization).casefold()}"
