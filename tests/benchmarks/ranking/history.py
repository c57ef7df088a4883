"""What history is worth: nDCG@10 with 0, 1, 3, 10 and 20 lines a contact, and the difference of each step.

With 0 lines only the profile is known. Sets without a history are left out.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from typing import Any

from ranking.measures import Figure, Scored, scored
from ranking.projects import Layout
from ranking.sets import EvaluationSet, Sets
from ranking.workshop import SETTINGS, Workshop, say, table, title

_STEPS = (0, 1, 3, 10, 20)


def run(arguments: argparse.Namespace, sets: Sets, workshop: Workshop) -> list[dict[str, Any]]:
    """A table for each set that has a history."""

    def work(task: tuple[EvaluationSet, int]) -> Scored:
        one, lines = task
        layout = Layout(one.folder, "B" if lines else "A", lines or None, arguments.semantic)
        found = scored(one, workshop.lay_out(one, f"{one.name}-{lines}", layout).rank())
        say(f"{one.name}: ranked with {lines} lines")
        return found

    having = [one for one in sets if one.settings(["B"])]
    found = iter(workshop.each(work, [(one, lines) for one in having for lines in _STEPS]))
    figures = []
    for one in having:
        steps = [next(found) for _ in _STEPS]
        gains: list[Figure | None] = [None, *(now.against(before) for before, now in pairwise(steps))]
        rows = [
            (f"{lines} lines", str(step.figure("ndcg@10")), gain.signed if gain else "")
            for lines, step, gain in zip(_STEPS, steps, gains, strict=True)
        ]
        name = title(one, "B", arguments.half).replace(SETTINGS["B"], "by lines of history")
        table(name, ("", "nDCG@10", "to the step before"), rows)
        figures.append({"set": one.name, "steps": [_as_data(*row) for row in zip(_STEPS, steps, gains, strict=True)]})
    return figures


def _as_data(lines: int, step: Scored, gain: Figure | None) -> dict[str, Any]:
    found = {"lines": lines, "ndcg@10": vars(step.figure("ndcg@10"))}
    return found | ({"difference": vars(gain)} if gain else {})
