"""The cases: what is done to a site before each run, and what is run. Generators take turns, A B C A B C.

In: projects. Out: figures. Nothing that is done before a run is timed, and what earlier runs left unsaved in memory
is written to disk before the next begins, so that nobody pays for another.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from measuring import FailedCommand, Run, edit, peak_memory, run
from peers.figures import CHANGES, COLD, EDIT, MEMORY, NOTHING, Figure
from peers.generators import Project

Prepare = Callable[[Project], None]
_SETTLING = 2.5  # seconds after which no source is so young that its stamp says nothing


def build(project: Project) -> Run:
    """One build, as a whole command."""
    os.sync()
    return run(project.generator.build, project.folder, project.generator.env)


def in_turns(projects: Sequence[Project], runs: int, prepare: Prepare) -> list[tuple[Run, ...]]:
    """The runs of each project; something is done to it before each."""
    found: list[list[Run]] = [[] for _ in projects]
    for _ in range(runs):
        for project, its in zip(projects, found, strict=True):
            prepare(project)
            its.append(build(project))
    return [tuple(its) for its in found]


def cold(projects: Sequence[Project], runs: int, case: str = COLD) -> list[Figure]:
    """Everything is made anew: what runs made, and their caches, are removed before each."""
    found = in_turns(projects, runs, Project.clean)
    return [
        Figure(case, each.size, each.name, its, files=each.files()) for each, its in zip(projects, found, strict=True)
    ]


def edited(projects: Sequence[Project], runs: int, case: str = EDIT) -> list[Figure]:
    """A line is appended to one post before each run."""
    settle(projects)
    found = in_turns(projects, runs, lambda project: edit(project.post, str(time.time_ns())))
    return [Figure(case, each.size, each.name, its) for each, its in zip(projects, found, strict=True)]


def unchanged(projects: Sequence[Project], runs: int, case: str = NOTHING) -> list[Figure]:
    """Nothing is done between two runs."""
    settle(projects)
    found = in_turns(projects, runs, lambda _: None)
    return [Figure(case, each.size, each.name, its) for each, its in zip(projects, found, strict=True)]


def settle(projects: Sequence[Project]) -> None:
    """Let the sites be built, and their sources be older than the build."""
    for project in projects:
        build(project)
    time.sleep(_SETTLING)
    for project in projects:
        build(project)


def memory(projects: Sequence[Project], runs: int) -> list[Figure]:
    """The peak of cold builds that are run for this alone: looking slows a run down."""
    found: list[list[float]] = [[] for _ in projects]
    for _ in range(runs):
        for project, its in zip(projects, found, strict=True):
            project.clean()
            its.append(peak_memory(project.generator.build, project.folder, project.generator.env))
    return [Figure(MEMORY, each.size, each.name, peaks=tuple(its)) for each, its in zip(projects, found, strict=True)]


def changes(project: Project, runs: int) -> list[Figure]:
    """Of brandkit: a tag renamed in one post, a block of a template changed, beside cold builds; in turns."""
    post, template = project.post, project.folder / "themes/bare/templates/post.html"
    with (
        _swapping(post, r"^tags: \[[^,\]]+", "tags: [renamed") as rename,
        _swapping(template, 'class="tags"', 'class="tagz"') as change,
    ):
        steps = dict(zip(CHANGES, (project.clean, rename, change), strict=True))
        settle([project])
        found: dict[str, list[Run]] = {case: [] for case in steps}
        for _ in range(runs):
            for case, step in steps.items():
                step()
                found[case].append(build(project))
                time.sleep(_SETTLING)
    return [Figure(case, project.size, project.name, tuple(its), files=written(its)) for case, its in found.items()]


@contextmanager
def _swapping(file: Path, pattern: str, words: str) -> Iterator[Callable[[], object]]:
    """What writes a file with other words where the pattern stands first, then as it was, by turns."""
    as_it_was = file.read_text(encoding="utf-8")
    other, places = re.subn(pattern, words, as_it_was, count=1, flags=re.MULTILINE)
    if not places:
        raise FailedCommand(f"{file.name} holds nothing to change")
    texts = cycle((other, as_it_was))
    yield lambda: file.write_text(next(texts), encoding="utf-8")
    file.write_text(as_it_was, encoding="utf-8")


def written(runs: Sequence[Run]) -> int:
    """The median of how many files brandkit says that it wrote."""
    return round(statistics.median(len(json.loads(each.said)["written"]) for each in runs))
