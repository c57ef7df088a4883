"""What was measured, as plain values, and what can be said of it: medians, ratios, growth. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from measuring import Run

COLD, EDIT, NOTHING = "cold build", "one post edited", "nothing changed"
SERVED, MEMORY = "from a save to being served", "peak memory of a cold build"
CASES = (COLD, EDIT, NOTHING, SERVED, MEMORY)
CHANGES = ("cold build, all files", "a tag renamed in one post", "a block of the template changed")
OURS, RICH, FULL = "brandkit", "brandkit, default theme", "brandkit, default theme, cards, search"


@dataclass(frozen=True)
class Figure:
    """A case, measured some times for one generator. Of memory, `peaks` are mebibytes and there are no runs."""

    case: str
    size: int
    name: str
    runs: tuple[Run, ...] = ()
    peaks: tuple[float, ...] = ()
    files: int | None = None

    @property
    def middle(self) -> float:
        """The median: seconds, or mebibytes of memory."""
        return statistics.median(self.peaks or [run.seconds for run in self.runs])

    @property
    def cpu(self) -> float:
        """The median of the seconds of CPU."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def others(self) -> float:
        """The median of the seconds of CPU that other programs used meanwhile."""
        return statistics.median(run.others for run in self.runs)

    @property
    def values(self) -> tuple[float, ...]:
        """What each run gave, in order."""
        return self.peaks or tuple(run.seconds for run in self.runs)


def ratio(one: Figure, other: Figure) -> float:
    """The median of how many times as much the one took as the other, turn by turn."""
    return statistics.median(a / b for a, b in zip(one.values, other.values, strict=False))


def cpu_ratio(one: Figure, other: Figure) -> float | None:
    """The same for seconds of CPU: what to go by on a machine that others use too."""
    turns = zip(one.runs, other.runs, strict=False)
    return statistics.median(a.cpu / b.cpu for a, b in turns if b.cpu) if one.runs and other.cpu else None


def find(figures: Iterable[Figure], case: str, size: int, name: str) -> Figure | None:
    """One figure, if it was measured."""
    return next((each for each in figures if (each.case, each.size, each.name) == (case, size, name)), None)


def sizes(figures: Iterable[Figure], case: str) -> list[int]:
    """The sizes that a case was measured at."""
    return sorted({each.size for each in figures if each.case == case})


def names(figures: Iterable[Figure], cases: Sequence[str] = CASES) -> list[str]:
    """The generators, in the order in which they were met."""
    return list(dict.fromkeys(each.name for each in figures if each.case in cases))


def growth(figures: Sequence[Figure], case: str, name: str, ends: tuple[int, int]) -> float | None:
    """How many times as much a case took at the larger size."""
    small, large = (find(figures, case, size, name) for size in ends)
    return large.middle / small.middle if small and large else None


def quiet(figures: Iterable[Figure]) -> float:
    """The CPU that other programs used meanwhile, in processors: 0 is a quiet machine, 1 one processor taken."""
    runs = [run for each in figures for run in each.runs]
    seconds = sum(run.seconds for run in runs)
    return sum(run.others for run in runs) / seconds if seconds else float("nan")
