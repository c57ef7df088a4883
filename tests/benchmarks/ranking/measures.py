"""Figures of one run, and of the difference between two, with evaluate.py's own measures, draws and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ranking.sets import EvaluationSet

DRAWS, SEED = 2000, 7  # evaluate.py's defaults


@dataclass(frozen=True)
class Figure:
    """A mean over contacts with its 95 % interval; of a difference, how likely it is by chance."""

    mean: float
    low: float
    high: float
    p: float | None = None

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"

    @property
    def signed(self) -> str:
        """As a difference, with how likely it is by chance."""
        shown = f"{self.mean:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"
        return shown if self.p is None else f"{shown} p={self.p:.3f}"


@dataclass(frozen=True)
class Scored:
    """One run, contact by contact."""

    set: EvaluationSet
    contacts: tuple[str, ...]
    table: Any  # measure: array over contacts
    cover: float

    def figure(self, measure: str) -> Figure:
        """Its mean and interval."""
        return interval(self.set, self.table[measure])

    def group(self, name: str) -> Figure:
        """nDCG@10 of the contacts of one group."""
        of = {contact["id"] for contact in self.set.data.contacts if contact.get("group") == name}
        return interval(self.set, [v for c, v in zip(self.contacts, self.table["ndcg@10"], strict=True) if c in of])

    def against(self, other: Scored, measure: str = "ndcg@10") -> Figure:
        """What this one is better by, contact by contact: paired bootstrap, and a paired sign-flip test."""
        import numpy as np

        difference = self.table[measure] - other.table[measure]
        difference = difference[~np.isnan(difference)]
        found = interval(self.set, difference)
        flips = np.random.default_rng(SEED).choice([-1, 1], (DRAWS, len(difference))) * difference
        beyond = (np.abs(flips.mean(axis=1)) >= abs(found.mean) - 1e-12).sum()
        return Figure(found.mean, found.low, found.high, float((1 + beyond) / (1 + DRAWS)))

    def as_data(self, measures: Sequence[str]) -> dict[str, Any]:
        """For --json."""
        return {measure: asdict(self.figure(measure)) for measure in measures} | {"cover@10": self.cover}


def scored(one: EvaluationSet, run: Path) -> Scored:
    """Read a run and judge it."""
    ranked = one.evaluate.read_run(run, one.data.new)
    contacts, table, extra = one.evaluate.score(one.data, ranked, one.vectors)
    return Scored(one, tuple(contacts), table, extra["cover@10"])


def contradicts_itself(run: Path) -> bool:
    """Whether a later rank has a higher score: evaluate.py goes by the score, and does not see the order meant."""
    last: dict[str, float] = {}
    for line in run.read_text(encoding="utf-8").splitlines():
        contact, _, _, score = line.split("\t")
        if float(score) > last.get(contact, float("inf")):
            return True
        last[contact] = float(score)
    return False


def interval(one: EvaluationSet, values: Any) -> Figure:
    """The mean of some values with its bootstrap interval."""
    import numpy as np

    values = np.asarray(values, float)
    if not len(values):
        return Figure(float("nan"), float("nan"), float("nan"))
    draws = np.random.default_rng(SEED).integers(0, len(values), (DRAWS, len(values)))
    return Figure(*one.evaluate.boot(values, draws))
