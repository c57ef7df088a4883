"""Forgetting a person: the journal without them, and the YAML as it would be without them. Pure.

In: the texts of the vault and what the person goes by. Out: new texts of the journal, and for each YAML file the text
that a patch leads to. Lines that others were part of stay, without the person's id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from brandkit.base.marked_yaml import read_yaml
from brandkit.engage.journal import line_of
from brandkit.engage.one_person.mentions import Names, ids_in, mentions
from brandkit.engage.sources.patches import Gone, changed

_YAML = (".yaml", ".yml")
_PARTS = re.compile(r"[+@]")


@dataclass(frozen=True)
class Rewritten:
    """A file of the journal without a person: its new text, and how many lines went or were changed."""

    text: str
    removed: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Patched:
    """A YAML file without a person. Without `after` the file goes; by hand means that no patch could be made."""

    before: str
    after: str | None
    lines: tuple[int, ...]  # where the person is named
    by_hand: bool = False


@dataclass(frozen=True)
class Forgotten:
    """All that forgetting a person does to the vault."""

    journal: Mapping[str, Rewritten] = field(default_factory=dict)
    yaml: Mapping[str, Patched] = field(default_factory=dict)


def forget(texts: Mapping[str, str], names: Names) -> Forgotten:
    """What is to be done with each file of the vault that names the person; files that do not are not listed."""
    mentorships = _mentorships(texts.get("mentorships.yaml", ""), names.ids)
    journal, yaml = {}, {}
    for name, text in texts.items():
        if name.startswith("journal/"):
            new = _Journal(names, mentorships).without(text)
            if new.text != text:
                journal[name] = new
        elif name.endswith(_YAML):
            patched = _patched(name, text, names)
            if patched is not None:
                yaml[name] = patched
    return Forgotten(journal, yaml)


def _mentorships(text: str, ids: Collection[str]) -> frozenset[str]:
    """The mentorships with this person."""
    read = read_yaml(text, "").value
    rows = read.data if read is not None and isinstance(read.data, list) else []
    found = (row.get("id") for row in rows if isinstance(row, dict) and row.get("with") in ids)
    return frozenset(ids_in(found))


def _patched(name: str, text: str, names: Names) -> Patched | None:
    read = read_yaml(text.removeprefix("\ufeff"), name).value
    if read is None:  # whether they stand in a file that cannot be read is for a person to see
        return Patched(text, text, (1,), by_hand=True) if names.stand_in(text) else None
    found = list(mentions(name, read.data, names.ids))
    if not found:
        return None
    lines = tuple(sorted(read.place(mention.path).line or 1 for mention in found))
    if any(not mention.path for mention in found):
        return Patched(text, None, lines)
    after = changed(text, [Gone(mention.path) for mention in found])
    return Patched(text, text if after is None else after, lines, by_hand=after is None)


@dataclass
class _Journal:
    """The lines of the journal, one by one."""

    names: Names
    mentorships: Collection[str]

    def without(self, text: str) -> Rewritten:
        lines = text.split("\n")
        rows = [_row(line) for line in lines]
        gone = {row.get("id") for row in rows if row is not None and self._is_theirs(row)}
        kept: list[str] = []
        removed = altered = 0
        for line, row in zip(lines, rows, strict=True):
            new = line if row is None else self._kept(line, row, gone)
            if row is None and line.strip() and self.names.stand_in(line):
                new = None  # the rest of a line that was cut off, or is no JSON: nothing can be taken out of it
            removed += new is None
            altered += new is not None and new != line
            kept += [] if new is None else [new]
        return Rewritten("\n".join(kept), removed, altered)

    def _kept(self, line: str, row: Mapping[str, Any], gone: Collection[Any]) -> str | None:
        """A line without the person; None where nothing of it is left."""
        if row.get("id") in gone:
            return self._only_undoing(row, gone)
        if not row.get("type") and row.get("supersedes") in gone:
            return None
        contacts = [id_ for id_ in _list(row, "contacts") if id_ not in self.names.ids]
        promises = [p for p in _list(row, "promises") if not (isinstance(p, dict) and p.get("by") in self.names.ids)]
        if contacts == _list(row, "contacts") and promises == _list(row, "promises"):
            return line
        return line_of({**row, "contacts": contacts, "promises": promises})

    def _only_undoing(self, row: Mapping[str, Any], gone: Collection[Any]) -> str | None:
        """What a removed line took back must not come back: if that is there still, a bare undo stays."""
        if not row.get("supersedes") or row["supersedes"] in gone:
            return None
        return line_of({key: row.get(key) for key in ("id", "at", "supersedes")})

    def _is_theirs(self, row: Mapping[str, Any]) -> bool:
        """Whether a line is about nobody else, about introducing them, or an answer to a suggestion of that."""
        ids = self.names.ids
        if row.get("a") in ids or row.get("b") in ids:
            return True
        if isinstance(row.get("item"), str) and "+" in row["item"] and ids & set(_PARTS.split(row["item"])):
            return True
        contacts = _list(row, "contacts")
        if not contacts:
            return isinstance(row.get("mentorship"), str) and row["mentorship"] in self.mentorships
        return all(id_ in ids for id_ in contacts)


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    found = row.get(key)
    return found if isinstance(found, list) else []


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def after(texts: Mapping[str, str], forgotten: Forgotten) -> Iterator[tuple[str, str]]:
    """The texts of the vault as they will be: the journal rewritten, the patch applied."""
    for name, text in texts.items():
        if name in forgotten.journal:
            yield name, forgotten.journal[name].text
        elif name not in forgotten.yaml:
            yield name, text
        elif (new := forgotten.yaml[name].after) is not None:
            yield name, new
