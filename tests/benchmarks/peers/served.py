"""From saving a post to its new text being served: brandkit's preview and Hugo's server, over HTTP.

In: projects whose generators serve. Out: figures. All servers run at the same time, and are asked in turn; those
that are not asked have nothing to do.
"""

from __future__ import annotations

import http.client
import time
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from measuring import PATIENCE, FailedCommand, Run, edit, free_port, group_cpu, machine_cpu, serving
from peers.figures import SERVED, Figure
from peers.generators import Project

_PAUSE = 0.004  # between two looks at the page
_LONGEST = 240.0  # seconds until a save counts as lost


@dataclass(frozen=True)
class Served:
    """A project, where its edited post is shown, and the leader of the server's processes."""

    project: Project
    address: str
    leader: int


def served(projects: Sequence[Project], runs: int) -> list[Figure]:
    """Seconds from the moment after a file was written until its page holds the new text."""
    with ExitStack() as stack:
        shown = [_serve(project, stack) for project in projects]
        for each in shown:
            _save(each)  # the first edit warms what the first build left cold
        found = [tuple(its) for its in zip(*([_save(each) for each in shown] for _ in range(runs)), strict=True)]
    return [Figure(SERVED, each.size, each.name, its) for each, its in zip(projects, found, strict=True)]


def _serve(project: Project, stack: ExitStack) -> Served:
    port, generator = free_port(), project.generator
    leader = stack.enter_context(serving((*generator.serve, str(port)), project.folder, port, generator.env))
    shown = Served(project, f"http://127.0.0.1:{port}/posts/{project.post.stem}/", leader)
    _wait(shown.address, "", PATIENCE)
    _until_idle(leader)
    return shown


def _save(shown: Served) -> Run:
    """One save. The CPU is that of the server's processes until they are idle again."""
    mark = f"m{time.time_ns()}"
    before, used, own = machine_cpu(), group_cpu(shown.leader), time.process_time()
    edit(shown.project.post, mark)
    began = time.perf_counter()
    _wait(shown.address, mark, _LONGEST)
    seconds = time.perf_counter() - began
    ours = group_cpu(shown.leader) - used + time.process_time() - own
    others = max(0.0, machine_cpu() - before - ours)
    _until_idle(shown.leader)
    return Run(seconds, group_cpu(shown.leader) - used, others)


def _wait(address: str, mark: str, longest: float) -> None:
    """Return as soon as the page is there and holds the mark."""
    until = time.monotonic() + longest
    while time.monotonic() < until:
        page = _read(address)
        if page and mark in page:
            return
        time.sleep(_PAUSE if mark else 0.1)
    raise FailedCommand(f"{address} was not served with its new text")


def _read(address: str) -> str:
    """The page; empty while there is none."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException):  # not there yet, or the server is busy
        return ""


def _until_idle(leader: int) -> None:
    """Wait until the server's processes have nothing more to do."""
    before = -1.0
    while (now := group_cpu(leader)) - before > 0.02:
        before = now
        time.sleep(0.7)
