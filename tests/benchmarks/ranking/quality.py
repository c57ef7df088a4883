"""How good the order of entries is, by fit and after re-ranking, beside plain methods.

The figures of the plain methods are those of BASELINES.md, always over all contacts. `price` is what
re-ranking costs in nDCG@10, contact by contact.
"""

from __future__ import annotations

import argparse
from typing import Any

from ranking.measures import Scored, contradicts_itself, scored
from ranking.projects import Layout
from ranking.sets import EvaluationSet, Sets
from ranking.workshop import Workshop, say, table, title

_HEAD = ("", "nDCG@10", "P@5", "R@100", "ild@10", "dup@10", "feeds@10")
_MEASURES = ("ndcg@10", "p@5", "r@100", "ild@10", "dup@10", "feeds@10")
_Task = tuple[EvaluationSet, str]


def run(arguments: argparse.Namespace, sets: Sets, workshop: Workshop) -> list[dict[str, Any]]:
    """A table for each set and setting."""

    def work(task: _Task) -> tuple[Scored, Scored | None]:
        one, setting = task
        layout = Layout(one.folder, setting, semantic=arguments.semantic)
        project = workshop.lay_out(one, f"{one.name}-{setting}", layout)
        diverse = "div.tsv" if workshop.brandkit.knows_diverse else None
        plain = scored(one, project.rank(diverse=diverse))
        say(f"{one.name} {setting}: ranked")
        if diverse and contradicts_itself(project.folder / diverse):
            say(
                f"WARNING: in {diverse} a later rank has a higher score; it is judged by the score, as evaluate.py does"
            )
        return plain, scored(one, project.folder / diverse) if diverse else None

    tasks = workshop.tasks(sets)
    figures = []
    for (one, setting), (plain, diverse) in zip(tasks, workshop.each(work, tasks), strict=True):
        table(title(one, setting, arguments.half), _HEAD, _rows(one, setting, plain, diverse))
        if arguments.half != "all":
            print("  The plain methods' figures are over all contacts, not over this half.")
        if diverse:
            print(f"  price of re-ranking in nDCG@10: {diverse.against(plain).signed}")
        figures.append(_as_data((one, setting), plain, diverse))
    if not workshop.brandkit.knows_diverse:
        print("\nIt has no --ranking-diverse: what re-ranking costs was not measured.")
    return figures


def _rows(one: EvaluationSet, setting: str, plain: Scored, diverse: Scored | None) -> list[tuple[str, ...]]:
    rows = [_row("brandkit", plain)]
    rows += [_row("brandkit, re-ranked", diverse)] if diverse else []
    rows += [(f"brandkit, {group} alone", str(plain.group(group)), *[""] * 5) for group in one.groups()]
    for label, row in one.compared(setting):
        name = f"{row.name}, {label}" if label else row.name
        p, r = (row.cells[measure].split()[0] for measure in ("P@5", "R@100"))
        rows.append((name, row.cells["nDCG@10"], p, r, row.cells.get("ILD@10", ""), "", ""))
    return rows


def _row(name: str, found: Scored) -> tuple[str, ...]:
    means = [found.figure(measure).mean for measure in _MEASURES[1:]]
    return (name, str(found.figure("ndcg@10")), *(f"{mean:.3f}" for mean in means))


def _as_data(task: _Task, plain: Scored, diverse: Scored | None) -> dict[str, Any]:
    one, setting = task
    found: dict[str, Any] = {"set": one.name, "setting": setting, "contacts": len(plain.contacts)}
    found["by_fit"] = plain.as_data(_MEASURES)
    found["groups"] = {group: vars(plain.group(group)) for group in one.groups()}
    if diverse:
        found["re_ranked"] = diverse.as_data(_MEASURES) | {"price": vars(diverse.against(plain))}
    found["baselines"] = {row.name: row.cells for _, row in one.compared(setting)}
    return found
