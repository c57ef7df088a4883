"""Which files there are, and which of them have to be read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.diagnostics import Outcome
from brandkit.base.walls import EnvironmentProblem, PublicRoot
from brandkit.io import disk
from brandkit.io import scan as scans
from brandkit.io.scan import Scan, scan

OLD = 1_000_000_000


def read(root: PublicRoot) -> Outcome[disk.DiskSources]:
    return disk.read(root, disk.look(root, Scan()))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("content/posts/a.md", "content/posts/deep/b.md", "content/vault/c.yaml"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
        os.utime(file, (OLD, OLD))
    return tmp_path


def look(project: Path, before: Scan | None = None) -> Scan:
    return scan([("content", project / "content")], project, lambda p: p == "content/vault", before or Scan())


def reads(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    seen: list[bytes] = []
    real = scans.digest_stream
    monkeypatch.setattr(scans, "digest_stream", lambda file: seen.append(file) or real(file))
    return seen


def test_files_by_path_without_what_is_skipped(project: Path) -> None:
    for name in (".DS_Store", "x~", ".x.md.swp", "x.tmp"):
        (project / "content/posts" / name).write_text("x")
    assert list(look(project).files) == ["content/posts/a.md", "content/posts/deep/b.md"]


def test_an_old_file_with_its_old_stamp_is_trusted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look(project)
    seen = reads(monkeypatch)
    assert look(project, before).files == before.files
    assert seen == []


def test_a_young_file_is_hashed_even_if_its_stamp_is_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = project / "content/posts/a.md"
    file.write_text("one")
    before = look(project)
    info = file.stat()
    file.write_text("two")
    os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))  # the clock of the disk did not tick
    assert look(project, before).files["content/posts/a.md"].digest != before.files["content/posts/a.md"].digest


@pytest.mark.parametrize("change", ["size", "mtime"])
def test_another_size_or_time_is_hashed(change: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look(project)
    file = project / "content/posts/a.md"
    if change == "size":
        file.write_text("much longer than before")
        os.utime(file, (OLD, OLD))
    else:
        os.utime(file, (OLD + 1, OLD + 1))
    seen = reads(monkeypatch)
    look(project, before)
    assert len(seen) == 1


def test_links_that_leave_are_listed_and_not_followed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.md").write_text("x")
    posts = project / "content/posts"
    (posts / "out").symlink_to(outside)
    (posts / "out.md").symlink_to(outside / "x.md")
    (posts / "vault").symlink_to("../vault")
    (posts / "own.md").symlink_to("deep/b.md")
    (posts / "broken.md").symlink_to("nothing")
    (posts / "round").symlink_to(".")
    seen = look(project)
    assert set(seen.leaving) == {f"content/posts/{name}" for name in ("out", "out.md", "vault", "round", "broken.md")}
    assert "content/posts/own.md" in seen.files and "content/posts/broken.md" not in seen.files


def test_links_that_lead_nowhere_are_listed_and_the_rest_is_found(project: Path) -> None:
    posts = project / "content/posts"
    (posts / "itself.md").symlink_to("itself.md")
    (posts / "here").symlink_to("there")
    (posts / "there").symlink_to("here")
    (posts / "deep/gone.md").symlink_to("nothing")
    (posts / ".#a.md").symlink_to("ada@machine.1234:5678")  # Emacs, while a.md is not saved
    seen = look(project)
    assert list(seen.leaving) == [f"content/posts/{name}" for name in ("deep/gone.md", "here", "itself.md", "there")]
    assert list(seen.files) == ["content/posts/a.md", "content/posts/deep/b.md"]
    (project / "themes").symlink_to("themes")
    assert scan([("themes", project / "themes")], project, lambda _: False, Scan()).leaving == ("themes",)


def test_links_that_lead_nowhere_are_findings(project: Path) -> None:
    (project / "content/posts/itself.md").symlink_to("itself.md")
    found = read(PublicRoot(project)).diagnostics
    assert [(d.code, d.place.file) for d in found] == [("BK120", "content/posts/itself.md")]


def test_all_that_cannot_be_read_is_said_in_one_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_open, real_scandir = open, os.scandir

    def refusing(real: Any, name: str) -> Any:
        def call(path: Any, *more: Any) -> Any:
            if str(path).endswith(name):
                raise PermissionError(13, "Permission denied", path)
            return real(path, *more)

        return call

    (project / "content/static").mkdir()
    monkeypatch.setattr(scans, "open", refusing(real_open, "a.md"), raising=False)
    monkeypatch.setattr(os, "scandir", refusing(real_scandir, "static"))
    with pytest.raises(EnvironmentProblem) as problem:
        look(project)
    denied = "permission was denied"
    assert str(problem.value) == f"could not read content/posts/a.md ({denied}), content/static ({denied})"


def test_a_file_that_vanishes_while_it_is_read_is_left_to_who_asked(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> Any:
        raise FileNotFoundError

    monkeypatch.setattr(scans, "open", gone, raising=False)
    with pytest.raises(FileNotFoundError):
        look(project)


def test_a_named_place_that_is_a_link_outside_is_refused(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (project / "themes").symlink_to(outside)
    assert scan([("themes", project / "themes")], project, lambda _: False, Scan()).leaving == ("themes",)


def test_a_place_that_is_missing_has_no_files(tmp_path: Path) -> None:
    assert scan([("a", tmp_path / "a")], tmp_path, lambda _: False, Scan()).files == {}


def test_the_public_sources_are_named_and_found(project: Path) -> None:
    (project / "site.yaml").write_text("title: x\n")
    (project / "content/static").mkdir()
    (project / "content/static/p.png").write_bytes(b"p")
    sources = read(PublicRoot(project)).value
    own = [source.path for source in sources.all() if not source.path.startswith("themes/")]
    assert own == ["content/posts/a.md", "content/posts/deep/b.md", "content/static/p.png", "site.yaml"]
    assert [s.path for s in sources.below("content/posts")] == own[:2]
    assert sources.read("content/static/p.png") == b"p"
    assert sources.get("content/vault/c.yaml") is None
    for path in ("content/vault/c.yaml", "../x", "/etc/passwd"):
        with pytest.raises(KeyError):
            sources.read(path)


def test_the_bundled_theme_stands_behind_one_of_the_same_name(project: Path) -> None:
    assert read(PublicRoot(project)).value.get("themes/default/templates/base.html")
    own = project / "themes/default/templates/base.html"
    own.parent.mkdir(parents=True)
    own.write_text("own")
    sources = read(PublicRoot(project)).value
    assert [s.path for s in sources.below("themes/default")] == ["themes/default/templates/base.html"]
    assert sources.get("themes/default (brandkit)/templates/base.html")
    assert sources.read("themes/default/templates/base.html") == b"own"


def test_a_name_that_is_not_utf8_is_left_out_and_reported(project: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(project / "content/posts") + b"/caf\xe9.md"))).write_text("x")
    except OSError:
        pytest.skip("this disk takes only UTF-8 names")
    outcome = read(PublicRoot(project))
    assert [(d.code, d.place.file) for d in outcome.diagnostics] == [("BK122", "content/posts/caf?.md")]
    assert all("caf" not in source.path for source in outcome.value.all())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a Unix")
def test_a_pipe_is_listed_and_not_opened(project: Path) -> None:
    os.mkfifo(project / "content/posts/pipe.md")
    os.mkfifo(project / "site.yaml")
    seen = scan([(name, project / name) for name in ("content/posts", "site.yaml")], project, lambda _: False, Scan())
    assert seen.leaving == ("content/posts/pipe.md", "site.yaml")
    assert list(seen.files) == ["content/posts/a.md", "content/posts/deep/b.md"]
