"""The growth curves as one SVG: seconds by number of posts, a panel a case, a line a generator. Pure.

Both axes are logarithmic, so equal slopes are equal growth. Readable on light and on dark pages; a line is told
from another by its dashes and the name at its end, not by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from peers.figures import COLD, EDIT, NOTHING, Figure, names, sizes

_CASES = (COLD, EDIT, NOTHING)
_WIDE, _HIGH = 250, 260  # of a panel's plot
_LEFT, _TOP, _BOTTOM, _GAP, _NAMES = 58, 64, 46, 84, 76
_DASHES = ("none", "7 3", "2 3", "9 3 2 3", "4 4", "1 4")
_STYLE = """svg { color: #1f2328; font: 13px system-ui, sans-serif; }
text { fill: currentColor; } .title { font-weight: 600; } .end { font-size: 12px; }
.grid { stroke: currentColor; stroke-opacity: .18; } .axis { stroke: currentColor; stroke-opacity: .6; }
.c0 { --c: #0b6e4f; } .c1 { --c: #b3245f; } .c2 { --c: #7a5c00; } .c3 { --c: #2f5fb3; } .c4 { --c: #6b4fa0; }
.c5 { --c: #5c5c5c; } .line { fill: none; stroke: var(--c); stroke-width: 2; } .dot, .end { fill: var(--c); }
@media (prefers-color-scheme: dark) { svg { color: #e6e6e6; }
.c0 { --c: #4cc79c; } .c1 { --c: #f08ab4; } .c2 { --c: #dcb84a; } .c3 { --c: #86aef5; } .c4 { --c: #b9a2ea; }
.c5 { --c: #b0b0b0; } }"""


@dataclass(frozen=True)
class Scale:
    """From posts and seconds to a place in a panel; all panels share it."""

    posts: tuple[float, float]
    seconds: tuple[float, float]

    def x(self, posts: float) -> float:
        """Pixels from the left of the plot."""
        return _WIDE * _share(posts, self.posts)

    def y(self, seconds: float) -> float:
        """Pixels from the top of the plot."""
        return _HIGH * (1 - _share(seconds, self.seconds))


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = map(math.log10, ends)
    return (math.log10(value) - low) / (high - low)


def curves(figures: Sequence[Figure]) -> str:
    """The picture; empty where nothing was measured at two sizes."""
    cases = [case for case in _CASES if len(sizes(figures, case)) > 1]
    if not cases:
        return ""
    drawn = [each for each in figures if each.case in cases]
    scale, order = _scale(drawn), names(drawn)
    wide = _LEFT + len(cases) * (_WIDE + _GAP + _NAMES) - _GAP
    high = _TOP + _HIGH + _BOTTOM
    panels = (
        f'<g transform="translate({_LEFT + at * (_WIDE + _GAP + _NAMES)} {_TOP})">\n'
        + "\n".join(_panel([each for each in drawn if each.case == case], case, scale, order))
        + "\n</g>"
        for at, case in enumerate(cases)
    )
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
            'aria-labelledby="curves-title curves-desc">',
            '<title id="curves-title">Seconds by number of posts</title>',
            f'<desc id="curves-desc">{escape(_told(drawn, cases))}</desc>',
            f"<style>{_STYLE}</style>",
            '<text x="8" y="22">Seconds of a whole command by number of posts; both axes are logarithmic.</text>',
            *panels,
            "</svg>\n",
        )
    )


def _told(figures: Sequence[Figure], cases: Sequence[str]) -> str:
    """The picture in words."""
    said = []
    for case in cases:
        for name in names(figures, [case]):
            points = (f"{each.size:,} posts {each.middle:.3g} s" for each in _line(figures, case, name))
            said.append(f"{case}, {name}: {', '.join(points)}.")
    return " ".join(said)


def _line(figures: Sequence[Figure], case: str, name: str) -> list[Figure]:
    return sorted((each for each in figures if (each.case, each.name) == (case, name)), key=lambda each: each.size)


def _scale(figures: Sequence[Figure]) -> Scale:
    seconds = [each.middle for each in figures]
    posts = [each.size for each in figures]
    low, high = 10 ** math.floor(math.log10(min(seconds))), 10 ** math.ceil(math.log10(max(seconds)))
    return Scale((min(posts), max(posts)), (low, high if high > low else low * 10))


def _panel(figures: Sequence[Figure], case: str, scale: Scale, order: Sequence[str]) -> Iterator[str]:
    yield f'<text class="title" y="-16">{escape(case)}</text>'
    yield from _axes(scale, sorted({each.size for each in figures}))
    ends: dict[str, float] = {}
    for name in names(figures, [case]):
        points = _line(figures, case, name)
        yield from _drawn(points, scale, order.index(name))
        ends[name] = scale.y(points[-1].middle)
    for name, y in _apart(ends).items():
        yield f'<text class="end c{order.index(name) % 6}" x="{_WIDE + 9}" y="{y + 4:.1f}">{escape(name)}</text>'


def _drawn(points: Sequence[Figure], scale: Scale, at: int) -> Iterator[str]:
    places = [(scale.x(each.size), scale.y(each.middle)) for each in points]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline class="line c{at % 6}" stroke-dasharray="{_DASHES[at % 6]}" points="{joined}"/>'
    for x, y in places:
        yield f'<circle class="dot c{at % 6}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'


def _apart(ends: dict[str, float], least: float = 14) -> dict[str, float]:
    """The names at the ends of lines, moved down where two would stand on each other."""
    found: dict[str, float] = {}
    lowest = -math.inf
    for name, y in sorted(ends.items(), key=lambda item: item[1]):
        lowest = found[name] = max(y, lowest + least)
    return found


def _axes(scale: Scale, posts: Sequence[int]) -> Iterator[str]:
    low, high = (round(math.log10(end)) for end in scale.seconds)
    for power in range(low, high + 1):
        y = scale.y(10**power)
        yield f'<line class="grid" x1="0" x2="{_WIDE}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text text-anchor="end" x="-8" y="{y + 4:.1f}">{10.0**power:g} s</text>'
    for size in posts:
        x = scale.x(size)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_HIGH}"/>'
        yield f'<text text-anchor="middle" x="{x:.1f}" y="{_HIGH + 20}">{size:,}</text>'
    yield f'<path class="axis" fill="none" d="M0 0V{_HIGH}H{_WIDE}"/>'
    yield f'<text text-anchor="middle" x="{_WIDE / 2:g}" y="{_HIGH + 38}">posts</text>'
