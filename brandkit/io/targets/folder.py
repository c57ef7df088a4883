"""deploy folder PATH: a copy of the site in a folder, kept equal to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from brandkit.base.digest import digest_stream
from brandkit.base.walls import Clearance, CopyOf, OutputDir, PublicOutput, Refused, Staged, UsageProblem
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

        def put(clearance: Clearance) -> None:
            """Copy what differs, remove what is gone. What a stopped deploy left is brought to its end first."""
            commit.recover(folder)
            stage = commit.open_stage(folder, _standing(output, folder))
            try:
                staged = [_staged(stage, CopyOf(path, output.path / path), clearance) for path in output.files]
            except Refused:
                commit.clear(stage)
                raise
            commit.finish(stage, output.files, staged, lambda _: {})
            with suppress(OSError):  # it holds something still: then it is needed
                folder.cache.rmdir()

        plan = replace(_plan(output, folder), notes=tuple(_notes(folder.path, there)), place=str(folder.path))
        yield Prepared(plan, put)


def _staged(stage: commit.DiskStage, copy: CopyOf, clearance: Clearance) -> Staged:
    """A file beside its place; what is equal there is not written. Raises Refused for one that was not searched so."""
    staged = stage.put(copy)
    if staged.stamp is not None:
        with stage.place(copy.path).open("rb") as file:
            clearance.check(copy.path, digest_stream(file))
    return staged


def _folder(output: PublicOutput, there: Destination) -> OutputDir:
    if not there.to:
        raise UsageProblem("deploy folder wants one folder: brandkit deploy folder PATH")
    path = Path(there.to).expanduser().resolve()
    if path == output.path or output.path in path.parents or path in output.path.parents:
        raise Refused(f"{path} and the built site lie within each other; choose another folder")
    return OutputDir(path, path.parent / f".{path.name}.brandkit")


def _notes(folder: Path, there: Destination) -> Iterator[str]:
    """That a file of the project, which may be a stranger's, leads out of it."""
    if not there.typed and not folder.is_relative_to(there.project.resolve()):
        yield f"this goes to {folder}, outside of the project, as site.yaml says"


def _plan(output: PublicOutput, folder: OutputDir) -> DeployPlan:
    def equal(path: str) -> bool:
        return (output.path / path).read_bytes() == (folder.path / path).read_bytes()

    return compared(output.files, _standing(output, folder), equal)


def _standing(output: PublicOutput, folder: OutputDir) -> dict[str, Stamp]:
    return present(folder, frozenset(output.files))
