"""Small charts as SVG, each with its numbers: bars, columns, a map of who knows whom. Pure.

In: labels and numbers. Out: a `Chart`, whose markup holds no script, no style attribute and no address,
so that the strictest policy shows it; colours come from classes of the style sheet, so that they follow
light and dark. Drawn 320 units wide, as phones are; what a picture says, its table says too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from brandkit.base.text import clip
from brandkit.engage.sources.printable import printable

_WIDTH = 320
_ROW, _BAR = 36, 12
_PLOT, _FOOT = 110, 24  # of columns: their height, and the room for names beneath
_LINE, _HEAD = 20, 26  # of the map: a person, and the name of a circle
_AXIS, _BULGE = 178, 130  # where arcs begin, and how far they reach
_LONGEST = 22
_BETWEEN = "between circles"


@dataclass(frozen=True)
class Chart:
    """A picture, and the table that says the same."""

    svg: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __html__(self) -> str:
        """The markup; every text in it is escaped."""
        return self.svg


@dataclass(frozen=True)
class Words:
    """What a chart is called: a title, a sentence for those who do not see it, and the heads of its table."""

    title: str
    description: str
    head: tuple[str, str]


def bars(id: str, words: Words, values: Sequence[tuple[str, float]], unit: str = "") -> Chart:
    """Horizontal bars, one a line: the name above, the number at the end."""
    most = max((value for _, value in values), default=0.0) or 1.0
    room = _WIDTH - 70
    parts = []
    for number, (label, value) in enumerate(values):
        top = number * _ROW
        long = round(max(value, 0.0) / most * room, 1)
        parts.append(_text(0, top + 13, clip(label, 44), "label"))
        parts.append(f'<rect class="bar" x="0" y="{top + 19}" width="{long}" height="{_BAR}" rx="2"/>')
        parts.append(_text(long + 6, top + 29, _number(value) + unit, "value"))
    return _chart(id, words, max(len(values), 1) * _ROW, parts, _rows(values, unit))


def columns(id: str, words: Words, values: Sequence[tuple[str, float]]) -> Chart:
    """Columns side by side, for months and quarters; the first word of a label stands beneath."""
    most = max((value for _, value in values), default=0.0) or 1.0
    step = _WIDTH / max(len(values), 1)
    parts = []
    for number, (label, value) in enumerate(values):
        middle, high = round((number + 0.5) * step, 1), round(max(value, 0.0) / most * (_PLOT - 16), 1)
        left, wide = round(middle - step * 0.35, 1), round(step * 0.7, 1)
        parts.append(f'<rect class="bar" x="{left}" y="{_PLOT - high}" width="{wide}" height="{high}" rx="2"/>')
        if value:
            parts.append(_text(middle, round(_PLOT - high - 4, 1), _number(value), "value", "middle"))
        parts.append(_text(middle, _PLOT + 15, _short(label), "tick", "middle"))
    parts.append(f'<line class="axis" x1="0" y1="{_PLOT}" x2="{_WIDTH}" y2="{_PLOT}"/>')
    return _chart(id, words, _PLOT + _FOOT, parts, _rows(values))


@dataclass(frozen=True)
class Group:
    """A circle on the map: its name, and its people as (id, name). Those who are in none stand together too."""

    name: str
    people: tuple[tuple[str, str], ...]
    is_circle: bool = True


def arcs(id: str, words: Words, groups: Sequence[Group], edges: Iterable[tuple[str, str]]) -> Chart:
    """People one beneath the other, circle by circle, with an arc for each two who know each other.

    Arcs between circles are drawn whole, all others dashed: colour is not needed to tell them apart.
    """
    places: dict[str, int] = {}
    names = {id_: name for group in groups for id_, name in group.people}
    group_of = {id_: group for group in groups for id_, _ in group.people}
    parts, height = [], 0
    for group in groups:
        height += _HEAD
        parts.append(_text(0, height - 6, clip(group.name, 34), "group"))
        for id_, name in group.people:
            height += _LINE
            places[id_] = height - 8
            parts.append(_text(10, places[id_] + 4, clip(name, _LONGEST), "label"))
            parts.append(f'<circle class="dot" cx="{_AXIS}" cy="{places[id_]}" r="3"/>')
    known = sorted((a, b) for a, b in edges if a in places and b in places)
    where = [_where(group_of[a], group_of[b]) for a, b in known]
    parts += [_arc(places[a], places[b], place == _BETWEEN) for (a, b), place in zip(known, where, strict=True)]
    rows = [(names[a], names[b], place) for (a, b), place in zip(known, where, strict=True)]
    drawn = _chart(id, words, max(height, _LINE), parts, ())
    return Chart(drawn.svg, words.title, ("Who", "knows", "where"), tuple(rows))


def _where(one: Group, other: Group) -> str:
    """Where two people know each other: within a circle, between two, or outside of circles."""
    if not (one.is_circle and other.is_circle):
        return "outside of circles"
    return one.name if one == other else _BETWEEN


def _arc(start: int, end: int, between: bool) -> str:
    top, bottom = sorted((start, end))
    reach = _AXIS + min((bottom - top) * 0.75, _BULGE) + 4
    curve = f"M{_AXIS + 4} {top} C{reach:.1f} {top} {reach:.1f} {bottom} {_AXIS + 4} {bottom}"
    return f'<path class="{"between" if between else "within"}" d="{curve}" fill="none"/>'


def _chart(id: str, words: Words, height: int, parts: Iterable[str], rows: tuple[tuple[str, str], ...]) -> Chart:
    title, description = _said(words.title), _said(words.description)
    named = f'<title id="{id}-title">{title}</title><desc id="{id}-desc">{description}</desc>'
    svg = (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{id}-title {id}-desc">{named}{"".join(parts)}</svg>'
    )
    return Chart(svg, words.title, words.head, rows)


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{_said(text)}</text>'


def _said(text: str) -> str:
    """Text as markup may hold it."""
    return escape(printable(text))


def _rows(values: Sequence[tuple[str, float]], unit: str = "") -> tuple[tuple[str, str], ...]:
    return tuple((label, _number(value) + unit) for label, value in values)


def _number(value: float) -> str:
    """`3`, `2.5`: one decimal where there is something behind the point."""
    return f"{round(value, 1):g}" if value < 1e6 else f"{value:.0f}"


def _short(label: str) -> str:
    """`Mar` of `Mar 2026`, `Q1 26` of `2026 Q1`."""
    first, _, rest = label.partition(" ")
    return f"{rest} {first[-2:]}" if rest and first.isdigit() else first
