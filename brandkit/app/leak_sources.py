"""The sources that private words in the output come from, so that a person knows which file to open.

In: the site as it was planned, and how private strings are found in bytes. Out: for a file of the output and the number
of a string, where that was written. Sources are read once somebody asks, as nothing is found on most days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from brandkit.app.publish import Planned
from brandkit.base.diagnostics import Place
from brandkit.site.model import Route

_SHOWN = 2  # sources
_SPAN = 4  # lines over which a string may go on


@dataclass(frozen=True)
class Written:
    """Where the words in a file were written: the first places, and how many more sources have them.

    `own`: that file is made of this one source. `made_from` is its source where the words stand in none.
    """

    places: tuple[str, ...] = ()
    more: int = 0
    own: bool = False
    made_from: str = ""

    def __str__(self) -> str:
        if self.places:
            return f"written in {', '.join(self.places)}" + (f" and {self.more} more" if self.more else "")
        return f"made from {self.made_from}" if self.made_from else ""


NOWHERE = Written()
Find = Callable[[bytes], set[int]]
Whence = Callable[[str, int], Written]


def unknown(file: str, number: int) -> Written:
    """Where nothing is known of sources."""
    return NOWHERE


def sources_of(planned: Planned, find: Find) -> Whence:
    """For a file, by its path in the output, and the number of a string: where it was written."""
    sources = {route.path: _source(route) for route in planned.routes}

    @cache
    def holding() -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for source in planned.sources.all():
            for number in find(planned.sources.read(source.path)):
                found[number].append(source.path)
        return found

    @cache
    def lines(path: str) -> Mapping[int, int]:
        return _first_lines(planned.sources.read(path), find)

    def place(path: str, number: int) -> str:
        return str(Place(path, lines(path).get(number)))

    def whence(file: str, number: int) -> Written:
        own, known = sources.get(file), holding().get(number, ())
        if not known:
            return Written(made_from=own or "")
        if own and own in known:  # a list shows what others say: those are named
            return Written((place(own, number),), own=True)
        places = tuple(place(path, number) for path in known[:_SHOWN])
        return Written(places, len(known) - len(places))

    return whence


def _source(route: Route) -> str | None:
    return route.source or (route.copy if isinstance(route.copy, str) else None)


def _first_lines(data: bytes, find: Find) -> dict[int, int]:
    """For each string in a text the line on which it begins for the first time; none for what spans many lines.

    The text is halved until nothing new is found, so that neither a long text nor many strings take long.
    """
    lines, first = data.splitlines(keepends=True), dict[int, int]()

    def look(begin: int, end: int) -> None:
        if not find(b"".join(lines[begin : end + _SPAN])) - first.keys():
            return
        if end - begin > 1:
            middle = (begin + end) // 2
            look(begin, middle)
            look(middle, end)
            return
        for line in reversed(range(begin, end + _SPAN)):
            for number in find(b"".join(lines[line : end + _SPAN])) - first.keys():
                first[number] = line + 1

    if b"\0" not in data and len(lines) > 1:
        look(0, len(lines))
    return first
