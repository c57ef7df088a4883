"""The sources that private words in the output come from, so that a person knows which file to open.

In: the site as it was planned, and how private strings are found in bytes. Out: for a file of the output and the number
of a string, where that was written. Sources are read once somebody asks, as nothing is found on most days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from brandkit.app.publish import Planned
from brandkit.base.diagnostics import Place
from brandkit.site.model import Route

Find = Callable[[bytes], set[int]]
Whence = Callable[[str, int], str]
_SHOWN = 2  # sources


def unknown(file: str, number: int) -> str:
    """Where nothing is known of sources."""
    return ""


def sources_of(planned: Planned, find: Find) -> Whence:
    """For a file, by its path in the output, and the number of a string: where it was written in words, or ''."""
    sources = {route.path: _source(route) for route in planned.routes}

    @cache
    def holding() -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for source in planned.sources.all():
            for number in find(planned.sources.read(source.path)):
                found[number].append(source.path)
        return found

    @cache
    def place(path: str, number: int) -> str:
        return str(Place(path, _line(planned.sources.read(path), lambda part: number in find(part))))

    def whence(file: str, number: int) -> str:
        own, known = sources.get(file), holding().get(number, ())
        if not known:
            return f"made from {own}" if own else ""
        known = [own] if own and own in known else known  # a list shows what others say: those are named
        more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
        return f"written in {', '.join(place(path, number) for path in known[:_SHOWN])}{more}"

    return whence


def _source(route: Route) -> str | None:
    return route.source or (route.copy if isinstance(route.copy, str) else None)


def _line(data: bytes, holds: Callable[[bytes], bool]) -> int | None:
    """The line on which what `holds` says begins for the first time; None where there are no lines."""
    lines = data.splitlines(keepends=True)
    if b"\0" in data or len(lines) < 2:
        return None
    end = bisect_left(range(len(lines)), True, key=lambda last: holds(b"".join(lines[: last + 1])))
    return bisect_left(range(end), True, key=lambda first: not holds(b"".join(lines[first + 1 : end + 1]))) + 1
