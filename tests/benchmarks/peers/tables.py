"""Figures as text: plain tables for the terminal, Markdown for the documentation. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from peers.figures import (
    CASES,
    CHANGES,
    COLD,
    EDIT,
    FULL,
    NOTHING,
    OURS,
    RICH,
    Figure,
    cpu_ratio,
    find,
    growth,
    names,
    quiet,
    ratio,
    sizes,
)

Row = Sequence[str]
BY_THEME = {case: f"{case}, by theme" for case in (COLD, EDIT, NOTHING)}
THEMES = {OURS: "bare", RICH: "default", FULL: "default, cards and search on"}
SMALLEST = f"{NOTHING}, beside Python alone"


def amount(figure: Figure) -> str:
    """The median with its unit, to three places that mean something."""
    return f"{figure.middle:.0f} MiB" if figure.peaks else f"{_places(figure.middle)} s"


def _places(value: float) -> str:
    places = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{places}f}"


def beside_peers(figures: Sequence[Figure]) -> str:
    """One case at one size, a line a generator; how many times as much as each of them the first took."""
    first = figures[0]
    rows = [_row(each, each.name, None if each is first else (first, each)) for each in figures]
    return _plain(f"{first.case}, {first.size:,} posts", f"{first.name} / it", rows)


def beside_first(figures: Sequence[Figure], title: str, label: Callable[[Figure], str]) -> str:
    """Several figures of brandkit; how many times as much as the first each of them took."""
    first = figures[0]
    rows = [_row(each, label(each), None if each is first else (each, first)) for each in figures]
    return _plain(f"{title}, {first.size:,} posts", "/ the first", rows)


def theme(figure: Figure) -> str:
    """The theme that a figure of brandkit belongs to, with what is switched on."""
    return THEMES[figure.name]


def growths(figures: Sequence[Figure]) -> str:
    """How many times as long each case takes from one size to the next, a line a case."""
    lines = []
    for case in CASES:
        for ends in _steps(figures, case):
            said = [f"{name} {times:.1f}" for name in names(figures) if (times := growth(figures, case, name, ends))]
            lines.append(f"  {case}, {ends[0]:,} to {ends[1]:,} posts (x {ends[1] / ends[0]:.3g}): x {', '.join(said)}")
    return "\n".join(["growth", *lines]) if lines else ""


def _steps(figures: Sequence[Figure], case: str) -> list[tuple[int, int]]:
    return list(pairwise(sizes(figures, case)))


def _row(figure: Figure, label: str, pair: tuple[Figure, Figure] | None) -> Row:
    cpu, others = (f"{figure.cpu:.2f}", f"{figure.others:.2f}") if figure.runs else ("", "")
    times, by_cpu = (ratio(*pair), cpu_ratio(*pair)) if pair else (None, None)
    files = f"{figure.files:,}" if figure.files is not None else ""
    return (label, amount(figure), cpu, files, _times(times), _times(by_cpu), others)


def _times(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _plain(title: str, share: str, rows: Sequence[Row]) -> str:
    head = ("", "median", "cpu s", "files", share, "by cpu", "others' cpu s")
    wide = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = (
        "  ".join((row[0].ljust(wide[0]), *(cell.rjust(size) for cell, size in zip(row[1:], wide[1:], strict=True))))
        for row in (head, *rows)
    )
    return "\n".join([title, *(f"  {line}".rstrip() for line in lines)])


def documented(figures: Sequence[Figure], conditions: str, picture: str) -> str:
    """All that was measured, as the block of the documentation."""
    parts = [
        f"{conditions} Other programs took {quiet(figures):.2f} processors meanwhile.",
        _peers(figures),
        f"![Seconds by number of posts, a line a generator]({picture})" if len(sizes(figures, COLD)) > 1 else "",
        _section("How it grows", _growth(figures)),
        _section("What a change costs", _changes(figures)),
        _section("What the default theme costs", _themes(figures)),
        _section("Against starting Python", _smallest(figures)),
    ]
    return "\n\n".join(part for part in parts if part)


def _section(title: str, table: str) -> str:
    return f"### {title}\n\n{table}" if table else ""


def _peers(figures: Sequence[Figure]) -> str:
    """Medians of each generator, and brandkit's ratio to each."""
    theirs = names(figures)
    peers = [name for name in theirs if name != OURS]
    rows: list[Row] = []
    for case in CASES:
        for size in sizes(figures, case):
            met = {name: find(figures, case, size, name) for name in theirs}
            rows.append((case, f"{size:,}", *map(_cell, met.values()), *(_ratio(met, peer) for peer in peers)))
    return _markdown(("what", "posts", *theirs, *(f"{OURS} / {peer}" for peer in peers)), rows)


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return amount(figure) + (f", {figure.files:,} files" if figure.files is not None else "")


def _ratio(met: dict[str, Figure | None], peer: str) -> str:
    ours, other = met.get(OURS), met[peer]
    return f"{ratio(ours, other):.2f}" if ours and other else ""


def _growth(figures: Sequence[Figure]) -> str:
    theirs = names(figures)
    rows = []
    for case in CASES:
        for ends in _steps(figures, case):
            times = (growth(figures, case, name, ends) for name in theirs)
            rows.append((case, f"{ends[0]:,} to {ends[1]:,}", *(f"× {each:.1f}" if each else "" for each in times)))
    return _markdown(("what", "posts", *theirs), rows)


def _changes(figures: Sequence[Figure]) -> str:
    rows: list[Row] = []
    for size in sizes(figures, CHANGES[0]):
        found = [figure for case in CHANGES if (figure := find(figures, case, size, OURS))]
        rows.extend(
            (each.case, f"{size:,}", amount(each), f"{each.files or 0:,}", f"{ratio(each, found[0]):.2f}")
            for each in found
        )
    return _markdown(("what", "posts", "median", "files written", "/ cold"), rows)


def _themes(figures: Sequence[Figure]) -> str:
    rows: list[Row] = []
    for case, named in BY_THEME.items():
        for size in sizes(figures, named):
            each = [figure for figure in figures if (figure.case, figure.size) == (named, size)]
            plain = next(figure for figure in each if figure.name == OURS)
            shares = (
                (theme(figure), amount(figure), "" if figure is plain else f"{ratio(figure, plain):.2f}")
                for figure in each
            )
            rows.extend((case, f"{size:,}", *share) for share in shares)
    return _markdown(("what", "posts", "theme", "median", "/ bare"), rows)


def _smallest(figures: Sequence[Figure]) -> str:
    pair = [each for each in figures if each.case == SMALLEST]
    rows = [(f"`{each.name}`", f"{each.size:,}", amount(each), f"{ratio(pair[0], each):.2f}") for each in pair]
    return _markdown(("command", "posts", "median", f"{OURS}, {NOTHING} / it"), rows)


def _markdown(head: Row, rows: Sequence[Row]) -> str:
    """A table; nothing without rows."""
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)
