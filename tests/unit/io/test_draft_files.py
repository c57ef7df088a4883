"""Drafts on disk: what a person edited is never overwritten, and a build removes none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from brandkit.app.project import Project
from brandkit.base.walls import Artifact, EnvironmentProblem, OutputDir, Refused
from brandkit.io.commit import MARKER, check_owned, commit
from brandkit.io.draft_files import keep, own, place, put_back
from brandkit.io.standing import present


@pytest.fixture
def out(tmp_path: Path) -> OutputDir:
    return Project(tmp_path).private


def build(out: OutputDir, *names: str) -> tuple[str, ...]:
    artifacts = [Artifact(name, name.encode()) for name in names]
    return commit(out, names, artifacts, present(out), lambda _: {}).removed


def test_a_draft_is_written_and_replaced_as_long_as_nobody_touched_it(out: OutputDir) -> None:
    first = place(out, "ada-share-1.txt", b"one\n")
    assert (first.data, first.kept) == (b"one\n", False)
    assert first.path == out.path / "drafts" / "ada-share-1.txt"
    assert place(out, "ada-share-1.txt", b"two\n").data == first.path.read_bytes() == b"two\n"
    assert place(out, "ada-share-1.txt", b"two\n").kept is False


def test_what_a_person_edited_is_theirs_for_good(out: OutputDir) -> None:
    path = place(out, "a.txt", b"ours\n").path
    path.write_bytes(b"mine\n")
    for data in (b"ours\n", b"newer\n", b"ours\n"):
        assert place(out, "a.txt", data).data == path.read_bytes() == b"mine\n"
        assert place(out, "a.txt", data).kept
    path.unlink()
    assert place(out, "a.txt", b"ours again\n").kept is False
    assert path.read_bytes() == b"ours again\n"


@pytest.mark.parametrize("ledger", [None, "", "[]", '{"a.txt": 7}', "\x00"])
def test_without_the_ledger_every_draft_is_a_person_s(ledger: str | None, out: OutputDir) -> None:
    path = place(out, "a.txt", b"ours\n").path
    file = out.cache / "drafts.json"
    file.unlink() if ledger is None else file.write_text(ledger)
    assert place(out, "a.txt", b"newer\n").kept
    assert path.read_bytes() == b"ours\n"
    assert place(out, "a.txt", b"ours\n").kept is False
    assert place(out, "a.txt", b"newer\n").kept is False


def test_a_link_is_a_person_s_and_a_folder_in_the_way_is_named(out: OutputDir, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_bytes(b"ours\n")
    path = place(out, "a.txt", b"ours\n").path
    path.unlink()
    path.symlink_to(elsewhere)
    assert place(out, "a.txt", b"newer\n").kept
    assert elsewhere.read_bytes() == b"ours\n"
    path.unlink()
    path.mkdir()
    with pytest.raises(EnvironmentProblem, match="is a folder"):
        place(out, "a.txt", b"newer\n")


def test_a_build_keeps_drafts_and_what_else_stands_beside_them(out: OutputDir) -> None:
    build(out, "index.html", "people/ada.html")
    draft = place(out, "ada-share-1.txt", b"ours\n").path
    draft.write_bytes(b"mine\n")
    (draft.parent / "notes of my own").mkdir()
    (draft.parent / "notes of my own" / "x.md").write_bytes(b"x")
    (out.path / "stray.txt").write_bytes(b"x")
    assert build(out, "index.html") == ("people/ada.html", "stray.txt")
    assert draft.read_bytes() == b"mine\n"
    assert (draft.parent / "notes of my own" / "x.md").is_file()


def test_a_folder_that_was_made_for_drafts_alone_is_ours(out: OutputDir) -> None:
    place(out, "a.txt", b"ours\n")
    assert "drafts/ is yours" in (out.path / MARKER).read_text(encoding="utf-8")
    (out.path / MARKER).unlink()
    check_owned(out)
    assert build(out, "index.html") == ()
    assert (out.path / "drafts" / "a.txt").is_file()


def test_nothing_is_written_into_a_folder_of_somebody_else(out: OutputDir) -> None:
    out.path.mkdir()
    (out.path / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match="did not make"):
        place(out, "a.txt", b"ours\n")
    assert not (out.path / "drafts").exists()


def test_the_public_folder_keeps_nothing(tmp_path: Path) -> None:
    public = Project(tmp_path).public
    build(public, "index.html")
    (public.path / "drafts").mkdir()
    (public.path / "drafts" / "a.txt").write_bytes(b"secret")
    assert build(public, "index.html") == ("drafts/a.txt",)


def test_what_a_person_had_kept_stays_whatever_brandkit_would_write(out: OutputDir) -> None:
    path = place(out, "a.txt", b"ours\n").path
    assert own(out, "a.txt") is None
    for mine in (b"mine\n", b"ours\n"):
        assert keep(out, "a.txt", mine).kept
        assert own(out, "a.txt") == mine
        assert place(out, "a.txt", b"ours\n").data == place(out, "a.txt", b"newer\n").data == path.read_bytes() == mine


def test_what_a_person_wrote_and_had_replaced_stays_beside_it_once(out: OutputDir) -> None:
    path = place(out, "a.txt", b"ours\n").path
    before = path.with_name("a.txt.before")
    keep(out, "a.txt", b"mine\n")
    assert not before.exists()
    assert put_back(out, "a.txt", b"ours\n").kept is False
    assert (path.read_bytes(), before.read_bytes(), own(out, "a.txt")) == (b"ours\n", b"mine\n", None)
    path.write_bytes(b"mine, in an editor\n")
    keep(out, "a.txt", b"mine, on a page\n")
    assert before.read_bytes() == b"mine, in an editor\n"
    assert place(out, "a.txt", b"ours\n").kept
    assert own(out, "b.txt") is None


def test_a_link_is_not_written_through(out: OutputDir, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_bytes(b"theirs\n")
    path = place(out, "a.txt", b"ours\n").path
    path.unlink()
    path.symlink_to(elsewhere)
    assert own(out, "a.txt") == b"theirs\n"
    for put in (keep, put_back):
        with pytest.raises(EnvironmentProblem, match="is a link to another place"):
            put(out, "a.txt", b"mine\n")
    assert elsewhere.read_bytes() == b"theirs\n"
