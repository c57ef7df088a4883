"""What the leak gate found, in words: by the line of a source where it was written, else by file. Pure.

In: the private words in each file. Out: lines for a terminal. The words themselves are never shown, only where they are
kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from brandkit.app.leak_sources import NOWHERE, Written
from brandkit.base.text import plural
from brandkit.engage.secrets import NAMEABLE, Kind

_SHOWN = 20  # places
_STRINGS = 8  # of one place


@dataclass(frozen=True)
class Leak:
    """Private words in a file: the field of the vault, the place where it keeps them, and where they were written."""

    field: str
    kept: str = ""
    kind: Kind = "text"
    written: Written = NOWHERE

    def __str__(self) -> str:
        source = f", {self.written}" if str(self.written) else ""
        return (f"{self.field} ({self.kept})" if self.kept else self.field) + source

    @property
    def may_be_meant(self) -> bool:
        """Whether it names somebody, which front matter may say is meant; a number or a note it cannot."""
        return self.kind in NAMEABLE


@dataclass
class _Spot:
    """What was found of one line of a source, and the files that it went to."""

    leaks: list[Leak] = field(default_factory=list)
    own: dict[str, None] = field(default_factory=dict)  # made of that source
    others: dict[str, None] = field(default_factory=dict)


def told(leaks: Mapping[str, Sequence[Leak]]) -> str:
    """Where private words were found, for a person: one place a line, and below it the files, in short."""
    lines = [*_by_source(leaks), *_by_file(leaks)]
    more = [f"and {len(lines) - _SHOWN} more places"] if len(lines) > _SHOWN else []
    return "\n  ".join([*lines[:_SHOWN], *more])


def _by_source(leaks: Mapping[str, Sequence[Leak]]) -> Iterator[str]:
    spots: dict[str, _Spot] = {}
    for file, found in leaks.items():
        for leak in found:
            for place in leak.written.places:
                spot = spots.setdefault(place, _Spot())
                spot.leaks.append(leak)
                (spot.own if leak.written.own else spot.others)[file] = None
    for place, spot in spots.items():
        first, *rest = [*spot.own, *(file for file in spot.others if file not in spot.own)]
        and_more = f" and {plural(len(rest), 'more file')}" if rest else ""
        yield f"{place}: {_fields(spot.leaks)}\n    in {first}{and_more}"


def _by_file(leaks: Mapping[str, Sequence[Leak]]) -> Iterator[str]:
    """What was written in no source that is known."""
    for file, found in leaks.items():
        if unknown := [leak for leak in found if not leak.written.places]:
            made = next((f", {leak.written}" for leak in unknown if leak.written.made_from), "")
            yield f"{file}: {_fields(unknown)}{made}"


def _fields(leaks: Iterable[Leak]) -> str:
    """`ada.name, ada.phones[0] (content/vault/contacts.yaml:2, :9)`: by file of the vault."""
    known = list(dict.fromkeys((leak.field, leak.kept) for leak in leaks))
    homes: dict[str, list[tuple[str, str]]] = {}
    for name, kept in known[:_STRINGS]:
        home, _, line = kept.rpartition(":") if kept.rpartition(":")[2].isdigit() else (kept, "", "")
        homes.setdefault(home, []).append((name, line))
    more = f" and {len(known) - _STRINGS} more" if len(known) > _STRINGS else ""
    return ", ".join(_of_home(home, found) for home, found in homes.items()) + more


def _of_home(home: str, found: Sequence[tuple[str, str]]) -> str:
    names = ", ".join(dict.fromkeys(name for name, _ in found))
    lines = ", ".join(dict.fromkeys(f":{line}" for _, line in found if line))
    return f"{names} ({home}{lines})" if home else names
