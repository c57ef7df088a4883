"""The commit: exactly these files, each whole, nothing of anybody else's."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from brandkit.base.walls import Artifact, Committed, CopyOf, EnvironmentProblem, OutputDir, Refused
from brandkit.io import commit as commits
from brandkit.io.commit import MARKER, check_owned, commit, recover
from brandkit.io.standing import present
from brandkit.io.whole_file import replace_file


@pytest.fixture
def out(tmp_path: Path) -> OutputDir:
    return OutputDir(tmp_path / "public", tmp_path / "cache")


def put(out: OutputDir, files: dict[str, str], keep: set[str] | None = None) -> Committed:
    artifacts = [Artifact(path, text.encode()) for path, text in files.items()]
    wanted = keep or set(files)
    return commit(
        out, wanted, artifacts, present(out, wanted), lambda stamps: {out.cache / "m.json": repr(stamps).encode()}
    )


def tree(out: OutputDir) -> dict[str, str]:
    found = {p.relative_to(out.path).as_posix(): p for p in out.path.rglob("*") if not p.is_dir()}
    return {path: file.read_text() for path, file in found.items() if path != MARKER}


def test_files_are_written_and_the_folder_is_marked(out: OutputDir) -> None:
    done = put(out, {"a.txt": "a", "b/c/d.txt": "d"})
    assert done == Committed(("a.txt", "b/c/d.txt"), (), 0)
    assert tree(out) == {"a.txt": "a", "b/c/d.txt": "d"}
    assert (out.path / MARKER).is_file() and (out.cache / "m.json").is_file()


@pytest.mark.parametrize("name", ["letter.txt", ".git/config", "folder/"])
def test_a_folder_of_somebody_else_is_refused_and_untouched(name: str, out: OutputDir) -> None:
    path = out.path / name
    path.parent.mkdir(parents=True)
    path.mkdir() if name.endswith("/") else path.write_text("mine")
    with pytest.raises(Refused, match="did not make"):
        put(out, {"a.txt": "a"})
    assert not (out.path / "a.txt").exists() and not out.cache.exists()


def test_an_empty_folder_is_taken_and_a_file_is_refused(out: OutputDir, tmp_path: Path) -> None:
    out.path.mkdir()
    put(out, {"a.txt": "a"})
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(Refused, match="is a file"):
        check_owned(OutputDir(file, out.cache))


def test_equal_files_are_not_rewritten(out: OutputDir) -> None:
    put(out, {"a.txt": "a", "b.txt": "b"})
    os.utime(out.path / "a.txt", (1, 1))
    done = put(out, {"a.txt": "a", "b.txt": "new"})
    assert done == Committed(("b.txt",), (), 1)
    assert (out.path / "a.txt").stat().st_mtime == 1


def test_what_is_gone_is_removed_with_its_empty_folders(out: OutputDir) -> None:
    put(out, {"a.txt": "a", "b/c/d.txt": "d", "b/e.txt": "e"})
    assert put(out, {"a.txt": "a"}, {"a.txt", "b/e.txt"}).removed == ("b/c/d.txt",)
    assert not (out.path / "b/c").exists() and (out.path / "b/e.txt").is_file()
    put(out, {"a.txt": "a"})
    assert not (out.path / "b").exists()


def test_strays_go_and_dot_files_of_others_stay(out: OutputDir) -> None:
    put(out, {"a.txt": "a"})
    (out.path / "stray.txt").write_text("x")
    (out.path / ".nojekyll").write_text("x")
    (out.path / ".git").mkdir()
    (out.path / ".git/config").write_text("x")
    assert put(out, {"a.txt": "a"}).removed == ("stray.txt",)
    assert set(tree(out)) == {"a.txt", ".nojekyll", ".git/config"}


def test_dot_files_of_our_own_come_and_go_like_others(out: OutputDir) -> None:
    put(out, {"a.txt": "a", ".well-known/x": "1"})
    before = (out.path / ".well-known/x").stat().st_mtime_ns
    assert put(out, {"a.txt": "a", ".well-known/x": "1"}).written == ()
    assert (out.path / ".well-known/x").stat().st_mtime_ns == before
    commit(out, {"a.txt"}, [], present(out, {".well-known/x"}), lambda _: {})
    assert not (out.path / ".well-known").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"x": "file"}, {"x/y.txt": "in a folder"}),
        ({"x/y.txt": "in a folder"}, {"x": "file"}),
        ({"x/y/z": "deep"}, {"x/y": "file"}),
        ({"x/y": "file"}, {"x/y/z/w": "deep"}),
        ({"x": "file", "y/z": "in"}, {"x/z": "in", "y": "file"}),
    ],
)
def test_files_and_folders_change_places(before: dict[str, str], after: dict[str, str], out: OutputDir) -> None:
    put(out, before)
    put(out, after)
    assert tree(out) == after
    assert put(out, after).written == ()


@pytest.mark.parametrize("blocked", ["posts", "posts/a"])
def test_a_link_put_in_the_way_is_replaced_not_followed(blocked: str, out: OutputDir, tmp_path: Path) -> None:
    put(out, {"z.txt": "z"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "index.html").write_text("somebody's")
    link = out.path / blocked
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere)
    put(out, {"z.txt": "z", "posts/a/index.html": "ours"})
    assert tree(out) == {"z.txt": "z", "posts/a/index.html": "ours"}
    assert [p.read_text() for p in elsewhere.rglob("*")] == ["somebody's"]
    assert not (out.path / "posts").is_symlink()


def test_a_file_that_is_a_link_is_replaced_not_written_through(out: OutputDir, tmp_path: Path) -> None:
    put(out, {"a.txt": "a"})
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (out.path / "a.txt").unlink()
    (out.path / "a.txt").symlink_to(precious)
    put(out, {"a.txt": "new"})
    assert precious.read_text() == "precious" and not (out.path / "a.txt").is_symlink()


def test_empty_folders_in_the_way_go(out: OutputDir) -> None:
    put(out, {"z.txt": "z"})
    (out.path / "feed.xml/in/the/way").mkdir(parents=True)
    put(out, {"z.txt": "z", "feed.xml": "feed"})
    assert tree(out) == {"z.txt": "z", "feed.xml": "feed"}


def test_copies(out: OutputDir, tmp_path: Path) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(b"x" * 200_000)
    copy = CopyOf("img/big.bin", source)
    assert commit(out, {"img/big.bin"}, [copy], present(out), lambda _: {}).written == ("img/big.bin",)
    assert commit(out, {"img/big.bin"}, [copy], present(out), lambda _: {}).written == ()
    source.write_bytes(b"x" * 199_999 + b"y")
    assert commit(out, {"img/big.bin"}, [copy], present(out), lambda _: {}).written == ("img/big.bin",)


def _stopped(out: OutputDir, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """A commit that ends where `at` is called."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(commits, at, stop)
        with pytest.raises(KeyboardInterrupt):
            put(out, {"a.txt": "new", "c.txt": "c"})


def test_a_commit_that_was_stopped_after_its_intent_is_rolled_forward(
    out: OutputDir, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(out, {"a.txt": "a", "b.txt": "b"})
    _stopped(out, monkeypatch, "_apply")
    assert tree(out) == {"a.txt": "a", "b.txt": "b"}
    assert recover(out)
    assert tree(out) == {"a.txt": "new", "c.txt": "c"}
    assert not list(out.cache.glob("stage-*")) and not recover(out)
    assert "c.txt" in (out.cache / "m.json").read_text()


def test_a_commit_that_was_stopped_before_its_intent_never_was(out: OutputDir, monkeypatch: pytest.MonkeyPatch) -> None:
    put(out, {"a.txt": "a", "b.txt": "b"})
    _stopped(out, monkeypatch, "put")
    assert list(out.cache.glob("stage-*"))
    assert not recover(out)
    assert tree(out) == {"a.txt": "a", "b.txt": "b"} and not list(out.cache.glob("stage-*"))


@pytest.mark.parametrize("intent", ["{", "{}", '{"out": "/nowhere", "removed": [], "renames": [["0", "/proc/x/y"]]}'])
def test_an_intent_that_cannot_be_carried_out_blocks_nothing(intent: str, out: OutputDir) -> None:
    put(out, {"a.txt": "a"})
    stage = commits._stage(out)
    stage.mkdir()
    (stage / "0").write_text("x")
    (stage / "intent.json").write_text(intent)
    recover(out)
    put(out, {"a.txt": "new"})
    assert tree(out) == {"a.txt": "new"} and not stage.exists()


def test_an_error_of_the_disk_is_said_in_words_and_leaves_what_was(
    out: OutputDir, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(out, {"a.txt": "a"})

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(EnvironmentProblem, match="the disk is full"):
            put(out, {"a.txt": "new"})
    assert tree(out) == {"a.txt": "a"}
    put(out, {"a.txt": "new"})
    assert tree(out) == {"a.txt": "new"}


def test_a_name_that_the_disk_will_not_take_blocks_only_this_run(out: OutputDir) -> None:
    put(out, {"a.txt": "a"})
    with pytest.raises(EnvironmentProblem, match="too long"):
        put(out, {"a.txt": "a", "x" * 300: "x"})
    recover(out)
    put(out, {"a.txt": "b"})
    assert tree(out) == {"a.txt": "b"}


def test_replace_file_is_whole_and_makes_its_folder(tmp_path: Path) -> None:
    replace_file(tmp_path / "a/b.json", b"1")
    replace_file(tmp_path / "a/b.json", b"2")
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.json"]
    assert (tmp_path / "a/b.json").read_bytes() == b"2"


def test_the_intent_names_everything_before_anything_moves(
    out: OutputDir, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(out, {"a.txt": "a", "b.txt": "b"})
    seen: list[dict[str, object]] = []
    real: Callable[..., None] = commits._apply

    def apply(where: OutputDir, stage: Path, intent: dict[str, object]) -> None:
        seen.append(json.loads((stage / "intent.json").read_text()))
        real(where, stage, intent)

    monkeypatch.setattr(commits, "_apply", apply)
    put(out, {"a.txt": "new"})
    (intent,) = seen
    assert intent["removed"] == ["b.txt"]
    assert [Path(str(target)).name for _, target in intent["memories"]] == ["m.json"]  # type: ignore[union-attr]


def test_a_planted_intent_log_writes_nothing_outside(out: OutputDir, tmp_path: Path) -> None:
    put(out, {"a.txt": "a"})
    stage = commits.possible_stages(out)[1]
    stage.mkdir(parents=True)
    (stage / "0").write_text("planted")
    victim = tmp_path / "victim.txt"
    intent = {"out": str(tmp_path), "removed": [], "memories": [["0", str(victim)]]}
    (stage / "intent.json").write_text(json.dumps(intent))
    assert not commits.recover(out)
    assert not victim.exists()
    assert not stage.exists()
