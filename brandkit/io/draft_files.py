"""Drafts on disk, where people edit them: brandkit replaces only what stands there as brandkit left it.

Beside the drafts, in the state, is the digest of what was written last; a file of any other content is a
person's, and is read and never written but on their word. Losing the digests costs nothing: then every file is a
person's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from brandkit.base.digest import digest_bytes
from brandkit.base.walls import EnvironmentProblem, OutputDir
from brandkit.io.commit import claim
from brandkit.io.whole_file import environment_problem, replace_file

FOLDER = "drafts"
BEFORE = ".before"  # behind the name of a copy of what a person wrote, and had replaced
_LEDGER = "drafts.json"
_OWN = ""  # in place of a digest: a person had it kept, whatever brandkit would write


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
        if standing is not None and _is_kept(out, path, standing, data):
            return Placed(path, standing, kept=True)
        if standing != data:
            replace_file(path, data)
        _remember(out, name, digest_bytes(data))
    except OSError as error:
        raise environment_problem(error, path) from error
    return Placed(path, data, kept=False)


def keep(out: OutputDir, name: str, data: bytes) -> Placed:
    """Write a draft as the person's own: `place` never replaces it. Raises Refused, EnvironmentProblem."""
    return Placed(_replace(out, name, data, _OWN), data, kept=True)


def put_back(out: OutputDir, name: str, data: bytes) -> Placed:
    """Write a draft as brandkit's, also over a person's. Raises Refused, EnvironmentProblem."""
    return Placed(_replace(out, name, data, digest_bytes(data)), data, kept=False)


def own(out: OutputDir, name: str) -> bytes | None:
    """A draft that stands there as a person left it; None where there is none, or it is as brandkit left it."""
    path = out.path / FOLDER / name
    try:
        standing = path.read_bytes()
    except OSError:
        return None
    return None if _is_ours(out, path, standing) else standing


def _replace(out: OutputDir, name: str, data: bytes, digest: str) -> Path:
    """Write a draft on a person's word. What they had there stays beside it as a copy, the last one."""
    claim(out)
    path = out.path / FOLDER / name
    try:
        standing = _standing(path)
        if path.is_symlink():
            raise EnvironmentProblem(f"{path} is a link to another place; edit it there, or remove the link")
        if standing is not None and standing != data and not _is_ours(out, path, standing):
            replace_file(path.with_name(f"{name}{BEFORE}"), standing)
        if standing != data:
            replace_file(path, data)
        _remember(out, name, digest)
    except OSError as error:
        raise environment_problem(error, path) from error
    return path


def _standing(path: Path) -> bytes | None:
    if path.is_dir():
        raise EnvironmentProblem(f"{path} is a folder, and a draft should stand there; move it away")
    return path.read_bytes() if path.exists() else None


def _is_kept(out: OutputDir, path: Path, standing: bytes, data: bytes) -> bool:
    """Whether what stands there is a person's; the same words are theirs only where they had them kept."""
    if standing == data:
        return _ledger(out).get(path.name) == _OWN
    return not _is_ours(out, path, standing)


def _is_ours(out: OutputDir, path: Path, data: bytes) -> bool:
    return not path.is_symlink() and _ledger(out).get(path.name) == digest_bytes(data)


def _ledger(out: OutputDir) -> dict[str, str]:
    try:
        found = json.loads((out.cache / _LEDGER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(out: OutputDir, name: str, digest: str) -> None:
    known = _ledger(out)
    if known.get(name) != digest:
        text = json.dumps({**known, name: digest}, ensure_ascii=False, indent=0, sort_keys=True)
        replace_file(out.cache / _LEDGER, text.encode())
