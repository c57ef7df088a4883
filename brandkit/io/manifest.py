"""What the last run left behind about one output folder: inputs seen, outputs written, until when it holds.

Small JSON files below the cache; losing them costs time, never correctness. Imports nothing heavy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from brandkit.base.walls import Memo, Origins, OutputDir, Parts, Remembered
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import LOST, Scan, Seen, Stamp
from brandkit.io.standing import present_again

FORMAT = 3
_PARTS = "parts"  # the table of the memo that knows what a fingerprint was taken of


@dataclass(frozen=True)
class Manifest:
    """The memory of one output folder. `outputs` holds (stamp, fingerprint) by path."""

    edition: str = ""
    renderer: str = ""
    valid_until: float | None = None
    inputs: Scan = field(default_factory=Scan)
    outputs: Mapping[str, tuple[Stamp, str]] = field(default_factory=dict)
    diagnostics: tuple[dict[str, Any], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    origins: Origins = field(default_factory=Origins)


def path_of(out: OutputDir) -> Path:
    """Where the memory of this output folder is kept."""
    from brandkit.base.digest import digest_text

    return out.cache / f"{out.path.name}-{digest_text(os.path.realpath(out.path))[:8]}.json"


def forget(out: OutputDir) -> None:
    """Remove it: else the next run may find that nothing changed."""
    path_of(out).unlink(missing_ok=True)


def load(out: OutputDir) -> Manifest:
    """The manifest, or an empty one where there is none, or none that this version understands."""
    try:
        data = json.loads(path_of(out).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            return Manifest()
        paths, stamps, digests = _columns_of(data["inputs"])
        inputs = dict(zip(paths, map(Seen, stamps, digests), strict=True))
        paths, stamps, marks = _columns_of(data["outputs"])
        outputs = dict(zip(paths, zip(stamps, marks, strict=True), strict=True))
        return Manifest(
            data["edition"],
            data["renderer"],
            data["valid_until"],
            Scan(inputs, data["scanned_at"], tuple(data["leaving"])),
            outputs,
            tuple(data["diagnostics"]),
            data["facts"],
            Origins(dict(zip(*data["origins"], strict=True)), data["templates"]),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Manifest()


def dump(manifest: Manifest) -> bytes:
    """The manifest as it is stored."""
    data = {
        "format": FORMAT,
        "edition": manifest.edition,
        "renderer": manifest.renderer,
        "valid_until": manifest.valid_until,
        "scanned_at": manifest.inputs.at,
        "leaving": manifest.inputs.leaving,
        "inputs": _columns(manifest.inputs.files),
        "outputs": _columns(manifest.outputs),
        "diagnostics": manifest.diagnostics,
        "facts": manifest.facts,
        "origins": [list(manifest.origins.routes), list(manifest.origins.routes.values())],
        "templates": manifest.origins.templates,
    }
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode()


def _columns(files: Mapping[str, tuple[Stamp, str]]) -> list[list[Any]]:
    """Paths, times, sizes and digests, each in a list: read in a fraction of the time that rows take."""
    stamps = [stamp for stamp, _ in files.values()]
    return [
        list(files),
        [stamp[0] for stamp in stamps],
        [stamp[1] for stamp in stamps],
        [digest for _, digest in files.values()],
    ]


def _columns_of(columns: list[list[Any]]) -> tuple[list[str], Iterator[Stamp], list[str]]:
    paths, times, sizes, digests = columns
    return paths, zip(times, sizes, strict=True), digests


@dataclass(frozen=True)
class Known:
    """What is known before a build: the last scan, the routes whose files stand as they were left, the folder."""

    inputs: Scan
    remembered: Remembered
    present: Mapping[str, Stamp]


def recall(out: OutputDir, memo: Memo) -> Known:
    """Look at the output folder and at what is remembered of it; another renderer remembers no route."""
    last = load(out)
    standing = {**dict.fromkeys(last.outputs, LOST), **stands(out, last)}
    if last.renderer != renderer_version():
        return Known(last.inputs, Remembered(), standing)
    marks = {path: mark for path, (_, mark) in last.outputs.items()}
    same = {path: mark for path, (stamp, mark) in last.outputs.items() if standing[path] == stamp}
    return Known(last.inputs, Remembered(marks, same, partial(_parts, memo), last.origins), standing)


def stands(out: OutputDir, last: Manifest) -> dict[str, Stamp]:
    """What stands in the output folder that the last run left."""
    return present_again(out, last.outputs, path_of(out).with_suffix(".folders.json"))


def _parts(memo: Memo, mark: str) -> Parts:
    stored = memo.get_many(_PARTS, [mark])
    return json.loads(stored[mark]) if stored else {}


def keep_parts(memo: Memo, parts: Mapping[str, Parts]) -> None:
    """Remember what fingerprints were taken of, to tell the next time what changed."""
    memo.put_many(_PARTS, {mark: json.dumps(made_of, separators=(",", ":")) for mark, made_of in parts.items()})
