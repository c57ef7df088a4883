"""What each component of the fit is worth: nDCG@10 without it, and the difference to the whole.

A difference below zero says that the component helps. The components are those of the registry.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ranking.measures import scored
from ranking.projects import Layout, Project
from ranking.sets import EvaluationSet, Sets
from ranking.workshop import Workshop, say, table, title


def run(arguments: argparse.Namespace, sets: Sets, workshop: Workshop) -> list[dict[str, Any]]:
    """A table for each set and setting."""

    def whole(task: tuple[EvaluationSet, str]) -> tuple[Project, list[str]]:
        one, setting = task
        layout = Layout(one.folder, setting, semantic=arguments.semantic)
        project = workshop.lay_out(one, f"{one.name}-{setting}", layout)
        project.rank()
        say(f"{one.name} {setting}: ranked")
        return project, project.components()

    def without(task: tuple[Project, str]) -> Path:
        project, name = task
        run = project.copy(project.folder.with_name(f"{project.folder.name}-without-{name}")).rank(without=name)
        say(f"{project.folder.name}: ranked without {name}")
        return run

    tasks = workshop.tasks(sets)
    wholes = workshop.each(whole, tasks)
    less = workshop.each(without, [(project, name) for project, names in wholes for name in names])
    figures, runs = [], iter(less)
    for (one, setting), (project, names) in zip(tasks, wholes, strict=True):
        found = _one(one, project.folder / "run.tsv", {name: next(runs) for name in names})
        rows = [(f"without {name}", str(row[0]), row[1].signed) for name, row in found["without"].items()]
        head = ("", "nDCG@10", "difference")
        table(title(one, setting, arguments.half), head, [("whole", str(found["whole"]), ""), *rows])
        figures.append({"set": one.name, "setting": setting, **_as_data(found)})
    return figures


def _one(one: EvaluationSet, whole: Path, runs: dict[str, Path]) -> dict[str, Any]:
    base = scored(one, whole)
    less = {name: scored(one, run) for name, run in runs.items()}
    return {
        "whole": base.figure("ndcg@10"),
        "without": {name: (found.figure("ndcg@10"), found.against(base)) for name, found in less.items()},
    }


def _as_data(found: dict[str, Any]) -> dict[str, Any]:
    rows = {name: {"ndcg@10": vars(a), "difference": vars(b)} for name, (a, b) in found["without"].items()}
    return {"whole": vars(found["whole"]), "without": rows}
