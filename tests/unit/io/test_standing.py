"""What stands in an output folder: the quick look says what the whole one says."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandkit.base.walls import OutputDir
from brandkit.io import standing
from brandkit.io.scan import stamp_of
from brandkit.io.standing import NOT_OURS, present, present_again

NAMES = st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "c/x", "c", "a/b", ".well-known/x", ".git/y"])
EDITS = st.lists(st.tuples(st.sampled_from(["write", "remove", "link", "link out", "rename"]), NAMES), max_size=4)


@pytest.fixture
def out(tmp_path: Path) -> OutputDir:
    (tmp_path / "public").mkdir()
    (tmp_path / "cache").mkdir()
    return OutputDir(tmp_path / "public", tmp_path / "cache", kept=("drafts",))


def test_links_are_not_followed(out: OutputDir) -> None:
    (out.path / "a").mkdir()
    (out.path / "a/b").write_text("b")
    (out.path / "link").symlink_to("a")
    found = present(out)
    assert found == {"a/b": stamp_of(out.path / "a/b"), "link": NOT_OURS}
    assert stamp_of(out.path / "link") is None and stamp_of(out.path / "a") is None
    assert stamp_of(out.path / "no") is None


def test_what_people_keep_there_is_not_even_listed(out: OutputDir, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".git/objects/aa/bb", "drafts/mine", ".well-known/ours", ".well-known/theirs", ".nojekyll", ".env"):
        (out.path / name).parent.mkdir(parents=True, exist_ok=True)
        (out.path / name).write_text(name)
    listed, real = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(os.fspath(path)) or real(path))
    assert set(present(out, {".well-known/ours", ".nojekyll"})) == {".well-known/ours", ".nojekyll"}
    assert len(listed) == 2


def test_folders_that_rest_are_not_listed_again(out: OutputDir, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "_MANY", 3)
    ours = [f"{n}/index.html" for n in range(4)]
    memory = out.cache / "folders.json"
    for path in ours:
        (out.path / path).parent.mkdir()
        (out.path / path).write_text(path)
    for folder in (out.path, *out.path.iterdir()):
        os.utime(folder, (1_000_000_000, 1_000_000_000))
    assert present_again(out, ours, memory) == present(out, ours)
    (out.path / "2/index.html").write_text("longer, in a folder that rests")
    (out.path / "3/new").write_text("a stranger's")
    listed, real = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(os.fspath(path)) or real(path))
    again = present_again(out, ours, memory)
    assert listed == [f"{out.path}/3"]
    assert again == present(out, ours)


def test_a_dot_folder_of_theirs_is_looked_at_once_something_there_is_ours(
    out: OutputDir, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "_MANY", 1)
    (out.path / ".well-known").mkdir()
    (out.path / "a").write_text("a")
    for folder in (out.path, out.path / ".well-known"):
        os.utime(folder, (0, 0))
    assert set(present_again(out, ["a"], out.cache / "folders.json")) == {"a"}
    (out.path / ".well-known/x").write_text("ours now")
    assert set(present_again(out, ["a", ".well-known/x"], out.cache / "folders.json")) == {"a", ".well-known/x"}


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        '{"format": 1}',
        '{"format": 1, "folders": ["", 5], "times": [1, 2]}',
        '{"format": 1, "folders": 7, "times": []}',
        "\xff",
    ],
)
def test_a_damaged_memory_costs_time_alone(out: OutputDir, damage: str) -> None:
    (out.path / "a").write_text("a")
    memory = out.cache / "folders.json"
    memory.write_bytes(damage.encode("latin-1"))
    assert present_again(out, ["a"], memory) == present(out, ["a"])


@pytest.mark.slow
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(NAMES, min_size=1, max_size=6), then=st.lists(EDITS, min_size=1, max_size=3))
def test_the_quick_look_says_what_the_whole_one_says(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], then: list[list[tuple[str, str]]]
) -> None:
    base = tmp_path_factory.mktemp("quick")
    out, memory = OutputDir(base / "public", base), base / "folders.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "_MANY", 1)
        patch.setattr(standing, "DOUBT_NS", 0)
        out.path.mkdir()
        for name in first:
            _edit(out.path, base, "write", name)
        for edits in then:
            time.sleep(0.03)  # clocks of file systems tick coarsely
            assert present_again(out, first, memory) == present(out, first)
            time.sleep(0.03)
            for edit, name in edits:
                _edit(out.path, base, edit, name)
        assert present_again(out, first, memory) == present(out, first)


def _edit(folder: Path, base: Path, edit: str, name: str) -> None:
    """Do it where it can be done: a file may stand where a folder is asked for."""
    path = folder / name
    try:
        if edit == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(time.time_ns()))
        elif edit == "rename":
            path.rename(path.with_name("renamed"))
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        if edit.startswith("link"):
            (base / "elsewhere" / "b").mkdir(parents=True, exist_ok=True)
            (base / "elsewhere" / "index.html").write_text("elsewhere")
            path.symlink_to(base / "elsewhere" if edit == "link out" else ".")
    except OSError:
        return
