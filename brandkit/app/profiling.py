"""Where the time of a build goes: by step, by template, by page.

In: what a timed mapper tells. Out: lines for people. It changes nothing of what is built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from brandkit.base.text import plural
from brandkit.site.model import Route

_SLOWEST = 8


@dataclass
class Profile:
    """Seconds by what was parsed, and by what was made of which template."""

    sources: dict[str, float] = field(default_factory=dict)
    pages: dict[str, float] = field(default_factory=dict)
    makers: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, item: Any, seconds: float) -> None:
        """Something was parsed or made, and took so long."""
        if isinstance(item, Route):
            self.pages[item.path] = seconds
            self.makers[maker_of(item)].append(seconds)
        elif path := getattr(item, "path", ""):
            self.sources[path] = seconds

    def lines(self, steps: Mapping[str, float]) -> Iterator[str]:
        """What to print: the steps in order, then the makers, sources and pages that took longest."""
        yield "Steps"
        yield from (f"  {seconds:8.3f} s  {name}" for name, seconds in steps.items())
        if self.makers:
            yield "Made by (on all processors together)"
            by_time = sorted(self.makers.items(), key=lambda maker: -sum(maker[1]))
            for name, taken in by_time[:_SLOWEST]:
                yield f"  {sum(taken):8.3f} s  {name}, {plural(len(taken), 'file')}"
        yield from _slowest("Slowest to make", self.pages)
        yield from _slowest("Slowest to parse", self.sources)


def maker_of(route: Route) -> str:
    """The template, writer or painter of a route, or that it is copied."""
    made = route.painter or route.writer
    if made is not None:
        return f"{made.__module__.rpartition('.')[2]}.{made.__name__}"
    return route.template or "copied"


def _slowest(title: str, taken: Mapping[str, float]) -> Sequence[str]:
    if not taken:
        return ()
    slowest = sorted(taken.items(), key=lambda item: -item[1])[:_SLOWEST]
    return (title, *(f"  {seconds:8.3f} s  {path}" for path, seconds in slowest))
