"""Exit codes: 0 good, 1 problems in what people wrote, 2 wrong usage, 3 refused, 4 the environment."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from brandkit.app import project
from brandkit.base.walls import EnvironmentProblem
from brandkit.io import lock as locks
from brandkit.io.lock import lock

Site = Callable[[str], Path]

SITE = "-- site.yaml --\ntitle: T\nurl: https://t.example/\ntoday: 2026-03-01\n"
VAULT = "-- content/vault/contacts.yaml --\n- {id: ada, name: Ada Example}\n- {id: adam, name: Adam Example}\n"


def only_line(text: str) -> str:
    (line,) = text.strip().splitlines()
    return line


def test_good_is_0_and_a_mistake_of_people_is_1(site: Site, brandkit: Any) -> None:
    assert brandkit(site(SITE), "build", "--offline").code == 0
    broken = site(SITE + "titel: x\n")
    assert brandkit(broken, "build", "--offline").code == 1
    assert brandkit(broken, "check").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("suggest", "nobody"), "there is no contact 'nobody'"),
        (("suggest", "ad"), "'ad' could be ada (Ada Example), adam (Adam Example): write the id"),
        (("suggest", "--today", "yesterday"), "yesterday is not a date; write it like 2026-03-01"),
        (("build", "--nope"), "No such option"),
        (("log", "ada", "--type", "cal"), "did you mean 'call'?"),
        (("log", "ada", "--at", "ev9"), "there is no event 'ev9'"),
        (("undo",), "the journal is empty"),
        (("explain", "/nowhere/"), "no page stands at /nowhere/"),
        (("deploy", "moon"), "there is no target 'moon'"),
        (("new", "post", "!!!"), "the title should hold a letter or a digit"),
        (("done", "abc"), "no suggestion 'abc' was shown"),
    ],
)
def test_wrong_usage_is_2_and_says_what_would_be_right(
    site: Site, brandkit: Any, arguments: tuple[str, ...], said: str
) -> None:
    options = ("--public-only", "--example") if arguments[0] == "deploy" else ()
    ran = brandkit(site(SITE + VAULT), *arguments, *options)
    assert ran.code == 2
    assert said in ran.err
    assert "vault" not in ran.out


def test_outside_of_a_project_is_2_and_says_how_to_begin(tmp_path: Path, brandkit: Any) -> None:
    ran = brandkit(tmp_path, "build")
    assert ran.code == 2
    assert "brandkit init" in ran.err
    assert not any(tmp_path.iterdir())


def test_a_folder_within_the_project_will_do_and_so_will_its_name(site: Site, brandkit: Any, tmp_path: Path) -> None:
    folder = site(SITE + "-- content/posts/a.md --\n---\ntitle: A\ndate: 2026-01-01\n---\nText.\n")
    assert brandkit(folder / "content/posts", "list").code == 0
    assert brandkit(tmp_path, "list", "--project", str(folder)).code == 0


def test_a_folder_that_brandkit_did_not_make_is_refused_with_3(site: Site, brandkit: Any, tmp_path: Path) -> None:
    folder, theirs = site(SITE), tmp_path / "holiday"
    theirs.mkdir()
    (theirs / "photo.txt").write_text("sea")
    ran = brandkit(folder, "build", "--output", str(theirs))
    assert ran.code == 3
    assert "brandkit did not make" in ran.err
    assert [path.name for path in theirs.iterdir()] == ["photo.txt"]
    for name in ("public", "private"):
        other = site(SITE + VAULT)
        (other / name).mkdir()
        (other / name / "mine.txt").write_text("keep")
        assert brandkit(other, "build", "--offline").code == 3
        assert (other / name / "mine.txt").read_text() == "keep"
        (other / name / "mine.txt").unlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_4(site: Site, brandkit: Any) -> None:
    folder = site(SITE)
    folder.chmod(0o500)
    try:
        ran = brandkit(folder, "build", "--offline")
    finally:
        folder.chmod(0o700)
    assert ran.code == 4
    assert "ermission" in only_line(ran.err)


def test_a_state_folder_that_is_a_file_is_4_in_one_plain_line(site: Site, brandkit: Any) -> None:
    folder = site(SITE + "-- .brandkit --\nnot a folder\n")
    ran = brandkit(folder, "build", "--offline")
    assert ran.code == 4
    assert only_line(ran.err).startswith("brandkit: ")


def test_a_lock_that_is_held_is_waited_for_and_then_named(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with lock(path):
        pass
    with path.open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(EnvironmentProblem, match="another brandkit is at work"), lock(path, patience=0.15):
            raise AssertionError("two at once")
    with lock(path, patience=0):
        pass


def test_a_project_in_which_another_process_works_is_4(
    site: Site, brandkit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_AT_ONCE", 0)  # a person has more patience
    monkeypatch.setattr(project, "lock", partial(lock, patience=1.0))
    folder = site(SITE)
    (folder / ".brandkit").mkdir()
    with (folder / ".brandkit/lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        ran = brandkit(folder, "build", "--offline")
    assert ran.code == 4
    waits, gives_up = ran.err.strip().splitlines()
    assert waits == "brandkit: waiting for another brandkit, which is at work in this project"
    assert "try again when it is done" in gives_up
    assert not (folder / "public").exists()
