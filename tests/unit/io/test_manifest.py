"""What the last run left behind: kept whole, and no harm when it is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from brandkit.base.walls import OutputDir
from brandkit.io import manifest
from brandkit.io.manifest import Manifest
from brandkit.io.memo import DiskMemo
from brandkit.io.renderer import renderer_version
from brandkit.io.scan import Scan, Seen
from brandkit.io.standing import present

FULL = Manifest(
    edition="drafts https://x/",
    renderer=renderer_version(),
    valid_until=12.5,
    inputs=Scan({"a.md": Seen((1, 2), "d"), "caf\udce9.md": Seen((3, 4), "e")}, 99, ("link",)),
    outputs={"a/index.html": ((5, 6), "print"), ".nojekyll": ((7, 8), "dot")},
    diagnostics=({"code": "BK1", "place": {"file": "ä"}},),
    facts={"pages": 3},
)


@pytest.fixture
def out(tmp_path: Path) -> OutputDir:
    return OutputDir(tmp_path / "public", tmp_path / "cache")


def keep(out: OutputDir, what: Manifest) -> None:
    out.cache.mkdir(exist_ok=True)
    manifest.path_of(out).write_bytes(manifest.dump(what))


def recall(out: OutputDir) -> manifest.Known:
    return manifest.recall(out, DiskMemo(out.cache / "memo.db", "1"))


def test_what_was_kept_comes_back(out: OutputDir) -> None:
    keep(out, FULL)
    assert manifest.load(out) == FULL


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "null", '{"format": 1}', '{"format": 999}', "\x00\xff", '{"format":1,"inputs":3}']
)
def test_a_damaged_manifest_is_an_empty_one(damage: str, out: OutputDir) -> None:
    keep(out, FULL)
    manifest.path_of(out).write_bytes(damage.encode("latin-1"))
    assert manifest.load(out) == Manifest()


def test_two_output_folders_have_two_memories(out: OutputDir, tmp_path: Path) -> None:
    other = OutputDir(tmp_path / "else" / "public", out.cache)
    assert manifest.path_of(out) != manifest.path_of(other)


def test_only_routes_whose_files_stand_as_they_were_left_are_recalled(out: OutputDir) -> None:
    out.path.mkdir()
    for name in ("same", "changed", ".nojekyll", ".foreign"):
        (out.path / name).write_text(name)
    stamps = present(out, {".nojekyll"})
    assert set(stamps) == {"same", "changed", ".nojekyll"}
    keep(out, Manifest(renderer=renderer_version(), outputs={n: (s, f"print {n}") for n, s in stamps.items()}))
    (out.path / "changed").write_text("longer than it was")
    known = recall(out)
    assert known.remembered.standing == {"same": "print same", ".nojekyll": "print .nojekyll"}
    assert set(known.present) == {"same", "changed", ".nojekyll"} == set(known.remembered.marks)


def test_another_renderer_remembers_no_route(out: OutputDir) -> None:
    keep(out, Manifest(renderer="another", inputs=FULL.inputs, outputs=FULL.outputs))
    known = recall(out)
    assert known.remembered.marks == known.remembered.standing == {} and known.inputs == FULL.inputs


def test_what_a_fingerprint_was_taken_of_is_known_as_long_as_the_memo_keeps_it(out: OutputDir) -> None:
    memo = DiskMemo(out.cache / "memo.db", "1")
    keep(out, FULL)
    manifest.keep_parts(memo, {"print": {"page": "1"}})
    parts = manifest.recall(out, memo).remembered.parts
    assert parts("print") == {"page": "1"} and parts("lost") == {}


def test_the_memory_is_plain_json(out: OutputDir) -> None:
    keep(out, FULL)
    assert json.loads(manifest.path_of(out).read_bytes())["facts"] == {"pages": 3}
