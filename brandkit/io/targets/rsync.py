"""deploy rsync user@host:/path, or rsync://host/module/path: a folder on another machine.

Files go in waves, so that no page leads to what is not there yet; within a wave each is kept aside until all of it has
arrived. Checksums decide, since a CI machine gives every file a new time. Only what `.brandkit-deployed` names there
is ever removed. The secrets are ssh's own, or RSYNC_PASSWORD; RSYNC_RSH may name another ssh command.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from brandkit.base.digest import digest_stream
from brandkit.base.walls import Clearance, PublicOutput, UsageProblem
from brandkit.io.targets import marker, programs
from brandkit.io.targets.target import DeployPlan, Destination, Prepared, in_waves

_USER = r"(?:[^@:/\s-][^@:/\s]*@)?"
_PLACE = re.compile(rf"rsync://{_USER}[^/@\s-][^/@\s]*/[^/\s]+.*|{_USER}(?:[^-:/@\s[][^:/@\s]*|\[[^]\s/]+\]):(?!//).+")
_KEEP_ASIDE = ("--delay-updates", "--partial")  # in .~tmp~, where the next run finds what had arrived
_NAMED = ("--from0", "--files-from=-", "--no-implied-dirs", "--checksum", "--chmod=D755,F644")
_GONE = ("--from0", "--files-from=-", "--no-implied-dirs", "--delete-missing-args")
_ITEMS = ("--dry-run", "--out-format=%i %n")
_NO_PLACE = re.compile(r"change_dir .* failed: No such file or directory|link_stat .* failed: No such file")


class Rsync:
    """A folder that rsync reaches, over ssh or a daemon."""

    name = "rsync"

    @contextmanager
    def prepare(self, output: PublicOutput, there: Destination) -> Iterator[Prepared]:
        """List, compare by checksum. Raises Refused for a folder that holds what brandkit did not put there."""
        if not _PLACE.fullmatch(there.to):
            raise UsageProblem(
                "deploy rsync wants a place: brandkit deploy rsync user@host:/path, or rsync://host/module/path"
            )
        with tempfile.TemporaryDirectory(prefix="brandkit-rsync-") as scratch:
            line = _Line(there.to.rstrip("/") + "/", output.path, Path(scratch), output.path)
            ours = _ours(line)
            plan = replace(_plan(line, output, ours), place=programs.without_secrets(there.to))

            def put(clearance: Clearance) -> None:
                _put(_with_copies(line, plan, clearance), output, plan, ours or frozenset())

            yield Prepared(plan, put)


@dataclass(frozen=True)
class _Line:
    """A place and what leads there: the folder of the site, and one for lists and for what is not there."""

    place: str
    site: Path
    scratch: Path
    source: Path  # of what is sent

    def call(self, arguments: Sequence[str], paths: Iterable[str] = ()) -> programs.Done:
        """One run of rsync. Raises EnvironmentProblem where it can not be run at all."""
        shell = programs.unasking(os.environ.get("RSYNC_RSH") or "ssh")
        reach = ("--contimeout=20",) if self.place.startswith("rsync://") else ("-e", shell)
        given = b"".join(os.fsencode(path) + b"\0" for path in paths)
        return programs.run(
            ["rsync", "--timeout=60", "--8-bit-output", "--no-motd", *reach, *arguments], self.site, given=given
        )

    def must(self, arguments: Sequence[str], paths: Iterable[str] = ()) -> list[str]:
        """The lines that a run prints. Raises EnvironmentProblem where it fails."""
        done = self.call(arguments, paths)
        if done.code or "discarding" in done.err:  # a server that keeps nothing aside says so, and ends with 0
            raise self.failure(done)
        return os.fsdecode(done.out).splitlines()

    def failure(self, done: programs.Done) -> Exception:
        """That the place could not be reached or written."""
        return programs.failure(done, f"bring {programs.without_secrets(self.place)} up to date")


def _ours(line: _Line) -> frozenset[str] | None:
    """What brandkit put there; None where there is nothing. Raises Refused for what others put there."""
    done = line.call(["--list-only", line.place])
    if done.code == 23 and _NO_PLACE.search(done.err):
        return None
    if done.code:
        raise line.failure(done)
    names = {row[-1] for row in (text.split(None, 4) for text in os.fsdecode(done.out).splitlines()) if len(row) == 5}
    if marker.NAME not in names:
        if any(not name.startswith(".") for name in names):
            raise marker.refuse_foreign(programs.without_secrets(line.place))
        return frozenset()
    line.must([f"{line.place}{marker.NAME}", f"{line.scratch}/"])
    if not (line.scratch / marker.NAME).is_file():  # a link or a folder of that name, which rsync leaves there
        raise marker.refuse_foreign(programs.without_secrets(line.place))
    return marker.load((line.scratch / marker.NAME).read_bytes())


def _plan(line: _Line, output: PublicOutput, ours: frozenset[str] | None) -> DeployPlan:
    if ours is None:
        return DeployPlan(output.files, (), (), 0)
    # what takes the place of a folder, or lies where a file stands, is new: rsync can not compare it
    folders = {folder for path in ours for folder in _folders(path)}
    asked = {path for path in output.files if path not in folders and ours.isdisjoint(_folders(path))}
    said = line.must([*_ITEMS, *_NAMED, f"{line.site}/", line.place], sorted(asked))
    signs = {path: sign for sign, _, path in (text.partition(" ") for text in said) if sign.startswith("<f")}
    new = tuple(path for path in output.files if path not in asked or "+++" in signs.get(path, ""))
    changed = tuple(path for path in output.files if path in signs and "+++" not in signs[path])
    gone = tuple(sorted(ours - set(output.files)))
    return DeployPlan(new, changed, _still_there(line, gone), len(ours))


def _still_there(line: _Line, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Those that a stopped deploy, or somebody else, did not remove already."""
    if not paths:
        return ()
    said = line.must([*_ITEMS, *_GONE, f"{_without(line, paths)}/", line.place], paths)
    items = {text.split(None, 1)[1] for text in said if text.startswith("*deleting")}
    return tuple(path for path in paths if path in items)


def _with_copies(line: _Line, plan: DeployPlan, clearance: Clearance) -> _Line:
    """The same line, from copies of what is to be sent, each of which is what was searched: rsync reads by itself."""
    if not clearance.searched:
        return line
    copies = line.scratch / "site"
    for path in (*plan.new, *plan.changed):
        (copies / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(line.site / path, copies / path)
        with (copies / path).open("rb") as file:
            clearance.check(path, digest_stream(file))
    return replace(line, source=copies)


def _put(line: _Line, output: PublicOutput, plan: DeployPlan, ours: frozenset[str]) -> None:
    files = frozenset(output.files)
    folders = {folder for path in files for folder in _folders(path)}
    in_the_way = {path for path in plan.removed if path in folders or not files.isdisjoint(_folders(path))}
    if plan.new:
        _mark(line, files | ours)
    _remove(line, sorted(in_the_way))
    for wave in in_waves(plan):
        line.must([*_KEEP_ASIDE, *_NAMED, f"{line.source}/", line.place], wave)
    _remove(line, [path for path in plan.removed if path not in in_the_way])
    if plan.new or ours != files:
        _mark(line, files)


def _folders(path: str) -> set[str]:
    """The folders that a file lies in, from the place on."""
    return {str(folder) for folder in PurePosixPath(path).parents[:-1]}


def _mark(line: _Line, paths: Iterable[str]) -> None:
    (line.scratch / marker.NAME).write_bytes(marker.dump(paths))
    line.must(["--checksum", "--chmod=F644", f"{line.scratch}/{marker.NAME}", line.place])


def _remove(line: _Line, paths: Sequence[str]) -> None:
    """Remove files, then the folders that are empty for it, the inner ones first."""
    if paths:
        line.must([*_GONE, f"{_without(line, paths)}/", line.place], paths)
    left = {
        folder for path in paths for folder in PurePosixPath(path).parents[:-1] if not (line.site / folder).is_dir()
    }
    for depth in sorted({len(folder.parts) for folder in left}, reverse=True):
        folders = [str(folder) for folder in left if len(folder.parts) == depth]
        line.must([*_GONE, f"{_without(line, folders)}/", line.place], folders)


def _without(line: _Line, paths: Iterable[str]) -> str:
    """A folder in which exactly these are missing: what rsync then takes away at the place, and nothing beside."""
    folder = tempfile.mkdtemp(dir=line.scratch)
    for path in paths:
        Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
    return folder
