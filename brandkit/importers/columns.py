"""Rows to people: which heading says what, and how a cell of it is read. Shared by all exports that are tables.

A meaning is one word: name, given, middle, family, suffix, pronouns, email, phone, organization, title,
link, birthday, language, timezone, notes, category, met, status; `date:KIND` and `profile:NETWORK`; or `dates` and
`profiles` for cells like `wedding: 2001-05-01; name day: --07-04`.
What has no meaning is counted as lost under its heading. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.base.text import fold
from brandkit.importers.attendance import attendance
from brandkit.importers.days import day_comes_first, read_day
from brandkit.importers.person import NO_PERSON, ImportedPeople, ImportedPerson, counted, once, whole_name
from brandkit.importers.tables import Row, Table, read_table

Meaning = Callable[[str], str]  # a heading in lower case to a meaning; empty where it has none
Labels = Callable[[str], tuple[str, ...]]  # a heading to the headings that may say of which kind its cells are
_MANY = re.compile(r"\s*(?::::|[;,|\n])\s*")
_APART = re.compile(r"\s*(?::::|[;\n])\s*")
_DAYS = ("birthday", "met")
_NO_DAY = re.compile(r"[0./ -]*\Z")
_NUMBER = re.compile(r"\s+\d+\b")


@dataclass(frozen=True)
class Columns:
    """How one kind of table is read. `nothing` are cells that a program fills in where nothing was said."""

    meaning: Meaning
    enough: frozenset[str]  # one of these meanings in a row makes it a row of headings
    least: int = 2
    labels_of: Labels = field(default=lambda _: ())
    nothing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    strong: re.Pattern[str] | None = None  # headings that win over others of the same meaning

    def meanings(self, names: Sequence[str]) -> list[str]:
        """What each column means, when all are known."""
        found = [self.meaning(name) for name in names]
        if self.strong is None:
            return found
        is_strong = [bool(self.strong.match(name)) for name in names]
        won = {meaning for meaning, wins in zip(found, is_strong, strict=True) if wins}
        return [m if wins or m not in won else "" for m, wins in zip(found, is_strong, strict=True)]


@dataclass
class _Cells:
    """The cells of a row, by meaning; and what has none."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    days: list[tuple[str, str]] = field(default_factory=list)
    profiles: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def all(self, meaning: str) -> list[str]:
        return self.texts.get(meaning, [])

    def first(self, meaning: str) -> str:
        return fold(self.all(meaning)[0]) if self.all(meaning) else ""


def read_people(body: bytes, file: str, columns: Columns) -> ImportedPeople:
    """The people of a table."""

    def is_heading(cells: Sequence[str]) -> bool:
        meanings = [columns.meaning(heading(cell)) for cell in cells if cell.strip()]
        return bool(columns.enough & set(meanings)) and len([m for m in meanings if m]) >= min(
            columns.least, len(cells)
        )

    table = read_table(body, file, is_heading)
    orders = {i: day_comes_first(row.cells[i] for row in table.rows) for i in range(len(table.headings))}
    people: list[ImportedPerson] = []
    findings: list[Diagnostic] = list(table.findings)
    for row in table.rows:
        person = _person(_cells(row, table, columns, orders), file, row.line)
        if person.name:
            people.append(person)
        else:
            findings.append(NO_PERSON.at(Place(file, row.line), "this row names nobody; left out"))
    return ImportedPeople(tuple(people), tuple(findings))


def heading(text: str) -> str:
    """A heading as it is looked up: lower case, without what is only typography."""
    return fold(re.sub(r"[_*:?]+", " ", text)).lower()


def _cells(row: Row, table: Table, columns: Columns, orders: Mapping[int, bool | None]) -> _Cells:
    names = [heading(text) for text in table.headings]
    said = dict(zip(names, row.cells, strict=True))
    used = {label for name in names for label in columns.labels_of(name)}
    cells, meanings = _Cells(), columns.meanings(names)
    for index, (name, text) in enumerate(zip(names, row.cells, strict=True)):
        if not text or name in used or text.lower() in columns.nothing.get(name, frozenset()):
            continue
        label = next((said[other] for other in columns.labels_of(name) if said.get(other)), "")
        if not _take(cells, meanings[index], text, fold(label).lower(), orders[index]):
            cells.lost.append(_NUMBER.sub("", table.headings[index]) or "(a column without a heading)")
    return cells


def _take(cells: _Cells, meaning: str, text: str, label: str, order: bool | None) -> bool:
    """Keep a cell by its meaning; false where it has none, or says a day that is none."""
    kind, _, which = meaning.partition(":")
    if kind in ("dates", "profiles"):
        parts = [part.partition(":") for part in _APART.split(text)]
        taken = [_take(cells, kind[:-1], value.strip(), name.strip(), order) for name, _, value in parts]
        return all(taken)
    if kind in (*_DAYS, "date"):
        return _take_day(cells, kind, text, label or which, order)
    if kind == "profile":
        return cells.profiles.setdefault(label or which, text) == text
    if kind in _ONE and cells.all(kind):
        return fold(text) == cells.first(kind)
    if meaning:
        cells.texts.setdefault(kind, []).append(text)
    return bool(meaning)


def _take_day(cells: _Cells, kind: str, text: str, label: str, order: bool | None) -> bool:
    day = read_day(text, order)
    if day and kind == "date":
        cells.days.append((label or "date", day))
    elif day:
        cells.texts.setdefault(kind, []).append(day)
    return bool(day) or _NO_DAY.match(text) is not None


_ONE = ("name", "given", "family", "middle", "organization", "title", "timezone", "pronouns", "status")


def _person(cells: _Cells, file: str, line: int) -> ImportedPerson:
    emails = once(_apart(cells.all("email"), _MANY))
    parts = whole_name(*(cells.first(part) for part in ("given", "middle", "family", "suffix")))
    labels = [fold(part) for part in _apart(cells.all("category"), _MANY)]
    own = [label for label in labels if label.startswith("* ")]
    name = cells.first("name")
    beside = ["parts of a name beside the whole one"] if name and not set(parts.split()) <= set(name.split()) else []
    return ImportedPerson(
        name=name or parts or (emails[0] if emails else ""),
        pronouns=cells.first("pronouns"),
        emails=emails,
        phones=once(_apart(cells.all("phone"), _APART)),
        organization=cells.first("organization"),
        title=cells.first("title"),
        links=once(_apart(cells.all("link"), re.compile(r"\s*:::\s*|[;,]?\s+"))),
        profiles=cells.profiles,
        birthday=cells.first("birthday"),
        dates=tuple(dict.fromkeys(cells.days)),
        languages=once(_apart(cells.all("language"), _MANY)),
        timezone=cells.first("timezone"),
        notes="\n\n".join(cells.all("notes")),
        categories=once(label for label in labels if label not in own),
        met_on=cells.first("met"),
        attendance=attendance(cells.first("status")),
        file=file,
        line=line,
        lost=counted([*cells.lost, *beside, *(f"label {label}" for label in own)]),
    )


def _apart(texts: Sequence[str], divider: re.Pattern[str]) -> Iterator[str]:
    for text in texts:
        yield from (part for part in divider.split(text.strip()) if part)
