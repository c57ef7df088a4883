"""Tables as other programs write them: any usual encoding and divider, notes above the headings, torn rows.

In: bytes, and what tells a row of headings. Out: headings and rows, each with the line where it begins, and a
finding for each row that cannot be trusted. Pure; never raises for what the bytes hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.base.text import plural
from brandkit.importers.encodings import read_text
from brandkit.importers.person import BROKEN, NOT_READABLE, RAGGED

IsHeading = Callable[[Sequence[str]], bool]
_SIZE_LIMIT = 50_000_000
_ABOVE = 30  # rows in which the headings are looked for
_DIVIDERS = (",", ";", "\t", "|")
_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_UNQUOTED = re.compile(r"\A'(?='*[=+\-@\t\r])")


@dataclass(frozen=True)
class Row:
    """Cells, as many as there are headings, and the line where they begin."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Headings and the rows below them."""

    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


@dataclass
class _Records:
    """The rows of a text for one divider; `torn` are the lines of quotes that are never closed."""

    rows: list[Row] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)


def read_table(body: bytes, file: str, is_heading: IsHeading) -> Table:
    """The first table whose headings are known, whatever stands above them."""
    if len(body) > _SIZE_LIMIT:
        return _nothing(file, f"the file is larger than {_SIZE_LIMIT // 1_000_000} MB")
    text = read_text(body).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return _nothing(file, "the file is empty")
    found = max((_beginning(text, divider, is_heading) for divider in _DIVIDERS), key=lambda pair: pair[0])
    if not found[0]:
        return _nothing(file, "no row of this file holds the headings of such an export")
    return _below(_records(text, found[1]), is_heading, file)


def plain_cell(text: str) -> str:
    """What a cell says: without the apostrophe that keeps programs from computing it."""
    return _UNQUOTED.sub("", text).strip()


def _nothing(file: str, message: str) -> Table:
    return Table(findings=(NOT_READABLE.at(Place(file, 1), message),))


def _beginning(text: str, divider: str, is_heading: IsHeading) -> tuple[int, str]:
    """How many headings are found with this divider."""
    head = "\n".join(text.split("\n", 2 * _ABOVE)[: 2 * _ABOVE])
    rows = _records(head, divider).rows[:_ABOVE]
    return next((len(row.cells) for row in rows if is_heading(row.cells)), 0), divider


def _records(text: str, divider: str) -> _Records:
    """Every row that is not blank. A row whose quote is never closed is left out; the next line is read again."""
    cell = re.compile(rf'(?:[ ]*("(?:[^"]+|"")*+"))?([^{re.escape(divider)}\n]*)({re.escape(divider)}|\n|\Z)')
    records, at, line = _Records(), 0, 1
    while at < len(text):
        cells, end = _record(text, at, cell)
        if cells is None:
            records.torn.append(line)
            end = text.find("\n", at) + 1 or len(text)
        elif any(value.strip() for value in cells):
            records.rows.append(Row(line, tuple(cells)))
        line += text.count("\n", at, end)
        at = end
    return records


def _record(text: str, at: int, cell: re.Pattern[str]) -> tuple[list[str] | None, int]:
    """The cells of one row and where the next begins; None where a quote in it is never closed."""
    cells: list[str] = []
    while True:
        found = cell.match(text, at)
        assert found is not None  # every part of the pattern may be empty
        quoted, rest, end = found.groups()
        if (quoted is None and rest.lstrip(" ").startswith('"')) or (quoted and rest.strip() and "\n" in quoted):
            return None, at
        cells.append(quoted[1:-1].replace('""', '"') + rest.rstrip() if quoted else rest)
        at = found.end()
        if end == "\n" or end == "":
            return cells, at


def _below(records: _Records, is_heading: IsHeading, file: str) -> Table:
    at = next(i for i, row in enumerate(records.rows) if is_heading(row.cells))
    headings = tuple(cell.strip() for cell in records.rows[at].cells)
    first = records.rows[at].line
    found = [
        BROKEN.at(Place(file, line), "a quote that begins here is never closed; this line is left out")
        for line in records.torn
        if line > first
    ]
    rows: list[Row] = []
    for row in records.rows[at + 1 :]:
        found.extend(_torn(row, len(headings), file))
        if not any(cell.strip() for cell in row.cells[len(headings) :]):
            rows.append(Row(row.line, tuple(_filled(row.cells, len(headings)))))
    return Table(headings, tuple(rows), tuple(sorted(found, key=lambda d: d.place.line or 0)))


def _filled(cells: Sequence[str], count: int) -> Iterator[str]:
    yield from (plain_cell(cell) for cell in cells[:count])
    yield from ("" for _ in range(count - len(cells)))


def _torn(row: Row, count: int, file: str) -> Iterator[Diagnostic]:
    has, place = len(row.cells), Place(file, row.line)
    if any(cell.strip() for cell in row.cells[count:]):
        message = f"this row has {plural(has, 'cell')} for {plural(count, 'heading')}; it is left out"
        yield BROKEN.at(place, message, "a comma within a cell needs quotes around the cell")
    elif has < count:
        yield RAGGED.at(place, f"this row has {plural(has, 'cell')} for {plural(count, 'heading')}")
