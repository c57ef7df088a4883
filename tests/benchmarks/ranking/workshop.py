"""Where projects are laid out: a temporary folder, some processes at once, and a file of figures at the end."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from ranking.projects import Layout, Project, brandkit_at, lay_out
from ranking.sets import EvaluationSet, Sets

_Task, _Done = TypeVar("_Task"), TypeVar("_Done")
SETTINGS = {"A": "profile only (A)", "B": "profile and history (B)"}


class Workshop:
    """The scratch folder of one command; empty again at the end unless it is to be kept."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.brandkit = brandkit_at(arguments.brandkit)
        self.folder = Path(tempfile.mkdtemp(prefix="ranking-quality-"))
        self.began = time.perf_counter()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        if self.arguments.keep:
            print(f"The projects are in {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def lay_out(self, one: EvaluationSet, name: str, layout: Layout) -> Project:
        """A project of this set; `name` tells it from the others."""
        return lay_out(layout, self.folder / name, self.brandkit, one.folder.parents[1] / "lay_out.py")

    def tasks(self, sets: Sets) -> list[tuple[EvaluationSet, str]]:
        """Each set in each of the settings that were asked for and that it has."""
        return [(one, setting) for one in sets for setting in one.settings(self.arguments.settings)]

    def each(self, work: Callable[[_Task], _Done], tasks: Iterable[_Task]) -> list[_Done]:
        """Do all of them, some at the same time; answers in the order of the tasks."""
        with ThreadPoolExecutor(max_workers=max(1, self.arguments.jobs)) as threads:
            return list(threads.map(work, tasks))

    def write(self, figures: Any) -> None:
        """The figures as data, and how long it took."""
        seconds = time.perf_counter() - self.began
        print(f"\n{seconds:.0f} s")
        if self.arguments.json:
            asked = {key: str(value) for key, value in vars(self.arguments).items() if value is not None}
            found = {"brandkit": str(self.brandkit), "asked": asked, "seconds": round(seconds, 1), "figures": figures}
            self.arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def say(text: str) -> None:
    """What is being done, beside the figures."""
    print(text, file=sys.stderr, flush=True)


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as they must be; the first to the left."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    print(f"\n{title}")
    for line in lines:
        cells = [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  " + "  ".join(cells).rstrip(), flush=True)


def title(one: EvaluationSet, setting: str, half: str) -> str:
    """A set, a setting and who is scored, in words."""
    which = "" if half == "all" else f" ({half} ones)"
    return (
        f"{one.name}, {SETTINGS[setting]}: {len(one.data.contacts)} contacts{which}, {len(one.data.new):,} candidates"
    )
