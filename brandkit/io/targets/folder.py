"""deploy folder PATH: a copy of the site in a folder, kept equal to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from brandkit.base.walls import Clearance, CopyOf, OutputDir, PublicOutput, Refused, UsageProblem
from brandkit.io import commit
from brandkit.io.scan import Stamp
from brandkit.io.standing import present
from brandkit.io.targets.target import DeployPlan, Destination, Prepared, compared


class Folder:
    """A local folder, perhaps one that a server serves or a disk that is synchronised."""

    name = "folder"

    @contextmanager
    def prepare(self, output: PublicOutput, there: Destination) -> Iterator[Prepared]:
        """Compare file by file. Raises Refused for a folder that holds other things."""
        folder = _folder(output, there)
        commit.check_owned(folder)

        def put(_: Clearance) -> None:
            """Copy what differs, remove what is gone. What a stopped deploy left is brought to its end first."""
            commit.recover(folder)
            artifacts = [CopyOf(path, output.path / path) for path in output.files]  # what is equal is not written
            commit.commit(folder, output.files, artifacts, _standing(output, folder), lambda _: {})

        yield Prepared(_plan(output, folder), put)


def _folder(output: PublicOutput, there: Destination) -> OutputDir:
    if not there.to:
        raise UsageProblem("deploy folder wants one folder: brandkit deploy folder PATH")
    path = Path(there.to).expanduser().resolve()
    if path == output.path or output.path in path.parents or path in output.path.parents:
        raise Refused(f"{path} and the built site lie within each other; choose another folder")
    return OutputDir(path, path.parent / f".{path.name}.brandkit")


def _plan(output: PublicOutput, folder: OutputDir) -> DeployPlan:
    def equal(path: str) -> bool:
        return (output.path / path).read_bytes() == (folder.path / path).read_bytes()

    return compared(output.files, _standing(output, folder), equal)


def _standing(output: PublicOutput, folder: OutputDir) -> dict[str, Stamp]:
    return present(folder, frozenset(output.files))
