"""A person as another tool exports them, and all people of one file. Plain values; knows no vault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from brandkit.base.diagnostics import Code, Diagnostic

NOT_READABLE = Code(
    "BK240",
    "error",
    "this is not the export that was named",
    "The file holds none of what an export of this kind holds: it may be of another kind, cut off, or empty.",
    "say of which kind it is, or export it again; brandkit import --help says where to find each export",
)
BROKEN = Code(
    "BK241",
    "error",
    "a person of an export cannot be read",
    "A card is not ended, a quote is never closed, or a row has more cells than there are headings.",
    "mend this line in a copy of the file, or add the person by hand; all the others are read",
)
RAGGED = Code(
    "BK242",
    "warning",
    "a row or card lacks something",
    "A row ends before its last heading, or a line of a card is no field. What there is, is taken.",
    "look whether the person came in whole",
)
NO_PERSON = Code(
    "BK243",
    "warning",
    "a row or card names nobody",
    "It has neither a name nor a mail address, or it stands for a firm or a group.",
    "give it a name in a copy of the file if it is a person",
)


@dataclass(frozen=True)
class ImportedPerson:
    """One person of an export. `lost` says which of its fields have no place here, and how often each."""

    name: str
    pronouns: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organization: str = ""
    title: str = ""
    links: tuple[str, ...] = ()
    profiles: Mapping[str, str] = field(default_factory=dict)
    birthday: str = ""  # YYYY-MM-DD or --MM-DD
    dates: tuple[tuple[str, str], ...] = ()  # what it is, and the day
    languages: tuple[str, ...] = ()
    timezone: str = ""
    notes: str = ""
    categories: tuple[str, ...] = ()
    met_on: str = ""
    attendance: str = ""  # yes, no, maybe, waiting, or the word of the list
    deceased: bool = False
    file: str = ""
    line: int = 0
    lost: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class ImportedPeople:
    """The people of a file in its order, and what is to be said of the file."""

    people: tuple[ImportedPerson, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def whole_name(given: str, middle: str, family: str, suffix: str) -> str:
    """The parts of a name as one. Without Mrs. and Dr.: nobody is greeted by these alone."""
    return " ".join(part for part in (given, middle, family, suffix) if part)


def once(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in order, upper and lower case being the same; none that is empty."""
    seen: dict[str, str] = {}
    for value in values:
        if value:
            seen.setdefault(value.casefold(), value)
    return tuple(seen.values())


def counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each name of a field with how often it was lost, in the order in which they came."""
    return tuple(Counter(names).items())
