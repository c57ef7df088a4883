"""The way out when nothing changed: stats and digests alone, before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from brandkit.app.project import Project
from brandkit.base.walls import OutputDir, PublicRoot
from brandkit.io import clock, disk, manifest
from brandkit.io.collecting import at_rest
from brandkit.io.commit import is_unfinished
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import Scan, scan
from brandkit.io.whole_file import replace_file


@dataclass(frozen=True)
class Unchanged:
    """What the last run said of an output folder that still holds."""

    diagnostics: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any]
    files: int


def look_at_public(root: PublicRoot, out: OutputDir) -> tuple[Scan, Unchanged | None]:
    """The sources now; and the last public build, if they, flags, code and moment would make it again."""
    with at_rest():
        last = manifest.load(out)
        seen = disk.look(root, last.inputs)
        return seen, _if_same(out, last, seen) if _same_run(last, root.edition) else None


def private_unchanged(project: Project, today: date | None, offline: bool) -> Unchanged | None:
    """The last private run, if vault, day and feeds would make the same again."""
    last = manifest.load(project.private)
    if not last.facts or not _same_run(replace(last, valid_until=None if offline else last.valid_until), ""):
        return None
    pinned, zone = last.facts["pinned"], ZoneInfo(last.facts["zone"])
    day = today.isoformat() if today else pinned or clock.now().astimezone(zone).date().isoformat()
    if day != last.facts["day"]:
        return None
    return _if_same(project.private, last, private_inputs(project, last.inputs))


def private_inputs(project: Project, before: Scan) -> Scan:
    """Every file that private pages are made of: the vault, and one's own posts."""
    return joined(vault_inputs(project, before), own_inputs(project, before))


def vault_inputs(project: Project, before: Scan) -> Scan:
    """The files of the vault."""
    from brandkit.io import vault  # here, so that a public build never loads what can read the vault

    folder = vault.locate(project.root)
    return scan([("vault", folder)], folder, lambda _: False, before)


def own_inputs(project: Project, before: Scan) -> Scan:
    """The public files, site.yaml among them."""
    return disk.look(project.public_root(), before)


def joined(one: Scan, other: Scan) -> Scan:
    """Two scans as one, which is as old as the older of them."""
    return Scan({**other.files, **one.files}, min(one.at, other.at))


def _same_run(last: manifest.Manifest, edition: str) -> bool:
    if not last.outputs or last.edition != edition or last.renderer != renderer_version():
        return False
    moment = clock.now().timestamp()  # a clock that was set back shows what was not yet to be seen
    if moment < last.facts.get("moment", moment):
        return False
    return last.valid_until is None or moment < last.valid_until


def _if_same(out: OutputDir, last: manifest.Manifest, seen: Scan) -> Unchanged | None:
    rest = seen.files == last.inputs.files
    if seen.leaving != last.inputs.leaving or not (rest or _digests(seen) == _digests(last.inputs)):
        return None
    if is_unfinished(out) or manifest.stands(out, last) != {path: stamp for path, (stamp, _) in last.outputs.items()}:
        return None
    if not rest or (seen.at - last.inputs.at > _STALE_SCAN and _young(last.inputs)):
        # the same bytes with younger stamps: remember them, so that the next run need not hash them
        replace_file(manifest.path_of(out), manifest.dump(replace(last, inputs=seen)))
    return Unchanged(last.diagnostics, last.facts, len(last.outputs))


def _digests(inputs: Scan) -> dict[str, str]:
    return {path: file.digest for path, file in inputs.files.items()}


_STALE_SCAN = 2_000_000_000


def _young(inputs: Scan) -> bool:
    """Whether some file was so fresh at the last scan that its stamp could not be trusted."""
    return any(file.stamp[0] + _STALE_SCAN >= inputs.at for file in inputs.files.values())
