"""Drafts on disk, where people edit them: brandkit replaces only what stands there as brandkit left it.

Beside the drafts, in the state, is the digest of what was written last; a file of any other content is a
person's, and is read and never written. Losing the digests costs nothing: then every file is a person's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from brandkit.base.digest import digest_bytes
from brandkit.base.walls import EnvironmentProblem, OutputDir
from brandkit.io.commit import claim, environment_problem, replace_file

FOLDER = "drafts"
_LEDGER = "drafts.json"


@dataclass(frozen=True)
class Placed:
    """A draft as it stands now, and whether it is the person's own text that was kept."""

    path: Path
    data: bytes
    kept: bool


def place(out: OutputDir, name: str, data: bytes) -> Placed:
    """Write a draft, unless somebody edited the one that stands there. Raises Refused, EnvironmentProblem."""
    claim(out)
    path = out.path / FOLDER / name
    try:
        standing = _standing(path)
        if standing is not None and standing != data and not _is_ours(out, name, path, standing):
            return Placed(path, standing, kept=True)
        if standing != data:
            replace_file(path, data)
        _remember(out, name, data)
    except OSError as error:
        raise environment_problem(error, path) from error
    return Placed(path, data, kept=False)


def _standing(path: Path) -> bytes | None:
    if path.is_dir():
        raise EnvironmentProblem(f"{path} is a folder, and a draft should stand there; move it away")
    return path.read_bytes() if path.exists() else None


def _is_ours(out: OutputDir, name: str, path: Path, data: bytes) -> bool:
    return not path.is_symlink() and _ledger(out).get(name) == digest_bytes(data)


def _ledger(out: OutputDir) -> dict[str, str]:
    try:
        found = json.loads((out.cache / _LEDGER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(out: OutputDir, name: str, data: bytes) -> None:
    known, digest = _ledger(out), digest_bytes(data)
    if known.get(name) != digest:
        text = json.dumps({**known, name: digest}, ensure_ascii=False, indent=0, sort_keys=True)
        replace_file(out.cache / _LEDGER, text.encode())
