"""What the last run left behind about one output folder: inputs seen, outputs written, until when it holds.

Small JSON files below the cache; losing them costs time, never correctness. Imports nothing heavy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from brandkit.base.walls import OutputDir, Remembered
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import LOST, Scan, Seen, Stamp, stamps_below

FORMAT = 1


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


def path_of(out: OutputDir) -> Path:
    """Where the memory of this output folder is kept."""
    from brandkit.base.digest import digest_text

    return out.cache / f"{out.path.name}-{digest_text(os.path.realpath(out.path))[:8]}.json"


def load(out: OutputDir) -> Manifest:
    """The manifest, or an empty one where there is none, or none that this version understands."""
    try:
        data = json.loads(path_of(out).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            return Manifest()
        inputs = {path: Seen((row[0], row[1]), row[2]) for path, row in data["inputs"].items()}
        outputs = {path: ((row[0], row[1]), row[2]) for path, row in data["outputs"].items()}
        return Manifest(
            data["edition"],
            data["renderer"],
            data["valid_until"],
            Scan(inputs, data["scanned_at"], tuple(data["leaving"])),
            outputs,
            tuple(data["diagnostics"]),
            data["facts"],
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
        "inputs": {path: [*seen.stamp, seen.digest] for path, seen in manifest.inputs.files.items()},
        "outputs": {path: [*stamp, print_] for path, (stamp, print_) in manifest.outputs.items()},
        "diagnostics": manifest.diagnostics,
        "facts": manifest.facts,
    }
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode()


def parts_path(out: OutputDir) -> Path:
    """Where the named parts of each fingerprint are kept: read only when something has to be explained."""
    return path_of(out).with_suffix(".parts.json")


@dataclass(frozen=True)
class Known:
    """What is known before a build: the last scan, the routes whose files stand as they were left, the folder."""

    inputs: Scan
    remembered: Remembered
    present: Mapping[str, Stamp]


def recall(out: OutputDir) -> Known:
    """Look at the output folder and at what is remembered of it; another renderer remembers no route."""
    last = load(out)
    standing = {**dict.fromkeys(last.outputs, LOST), **present(out, last.outputs)}
    if last.renderer != renderer_version():
        return Known(last.inputs, Remembered(), standing)
    prints = {path: mark for path, (stamp, mark) in last.outputs.items() if standing.get(path) == stamp}
    try:
        parts = json.loads(parts_path(out).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        parts = {}
    return Known(last.inputs, Remembered(prints, parts if isinstance(parts, dict) else {}), standing)


def present(out: OutputDir, ours: Container[str] = ()) -> dict[str, Stamp]:
    """What stands in the output folder; of dot files and dot folders at its top only what is `ours`.

    Folders in which people write are theirs.
    """
    if not out.path.is_dir():
        return {}
    standing = ((path, stamp) for path, stamp in stamps_below(out.path).items() if not out.keeps(path))
    return {path: stamp for path, stamp in standing if not path.startswith(".") or path in ours}


def files(out: OutputDir, manifest: Manifest, parts: Mapping[str, Mapping[str, str]]) -> dict[Path, bytes]:
    """The files that keep a manifest and the named parts of its fingerprints."""
    named = json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()
    return {parts_path(out): named, path_of(out): dump(manifest)}
