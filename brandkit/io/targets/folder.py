"""deploy folder PATH: a copy of the site in a folder, kept equal to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from brandkit.base.walls import Clearance, CopyOf, OutputDir, PublicOutput, Refused, UsageProblem
from brandkit.io import commit, manifest
from brandkit.io.targets.target import DeployPlan


class Folder:
    """A local folder, perhaps one that a server serves or a disk that is synchronised."""

    name = "folder"

    def plan(self, output: PublicOutput, arguments: Sequence[str]) -> DeployPlan:
        """Compare file by file. Raises Refused for a folder that holds other things."""
        there = _target(output, arguments)
        commit.check_owned(there)
        standing = manifest.present(there, frozenset(output.files))
        new = tuple(path for path in output.files if path not in standing)
        removed = tuple(path for path in standing if path not in set(output.files))
        changed = tuple(path for path in output.files if path in standing and _differs(output, there, path))
        return DeployPlan(new, changed, removed)

    def put(self, output: PublicOutput, clearance: Clearance, arguments: Sequence[str]) -> DeployPlan:
        """Copy what differs, remove what is gone, each file whole at every moment."""
        there = _target(output, arguments)
        plan = self.plan(output, arguments)
        commit.recover(there)
        artifacts = [CopyOf(path, output.path / path) for path in (*plan.new, *plan.changed)]
        commit.commit(there, output.files, artifacts, manifest.present(there, frozenset(output.files)), lambda _: {})
        return plan


def _target(output: PublicOutput, arguments: Sequence[str]) -> OutputDir:
    if len(arguments) != 1 or not arguments[0]:
        raise UsageProblem("deploy folder wants one folder: brandkit deploy folder PATH")
    path = Path(arguments[0]).expanduser().resolve()
    if path == output.path or output.path in path.parents or path in output.path.parents:
        raise Refused(f"{path} and the built site lie within each other; choose another folder")
    return OutputDir(path, path.parent / f".{path.name}.brandkit")


def _differs(output: PublicOutput, there: OutputDir, path: str) -> bool:
    return (output.path / path).read_bytes() != (there.path / path).read_bytes()
