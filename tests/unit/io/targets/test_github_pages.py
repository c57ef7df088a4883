"""deploy github-pages: a commit on top of a branch of a real repository; the checkout is not touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.walls import Clearance, EnvironmentProblem, Refused, UsageProblem
from brandkit.io.targets.programs import without_secrets
from brandkit.io.targets.registry import TARGETS
from brandkit.io.targets.target import Destination

SITE = {"index.html": "home", "posts/é one/index.html": "one", "assets/p.avif": bytes(range(256))}


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def branch(bare: Path, name: str = "gh-pages") -> dict[str, bytes]:
    def show(path: str) -> bytes:
        return subprocess.run(["git", "show", f"{name}:{path}"], cwd=bare, capture_output=True, check=True).stdout

    listed = git(bare, "ls-tree", "-r", "-z", "--name-only", name).split("\0")
    return {path: show(path) for path in listed if path}


def as_bytes(files: Any) -> dict[str, bytes]:
    return {path: data if isinstance(data, bytes) else data.encode() for path, data in files.items()}


def test_the_branch_holds_the_site_and_its_history(bare: Path, built: Any, carry: Any) -> None:
    plan = carry("github-pages", built(SITE), str(bare))
    assert set(plan.new) == {*SITE, ".nojekyll"}
    assert branch(bare) == {**as_bytes(SITE), ".nojekyll": b""}
    second = {"index.html": "new home", "posts/two/index.html": "two", "assets/p.avif": SITE["assets/p.avif"]}
    plan = carry("github-pages", built(second), str(bare))
    assert (plan.new, plan.changed) == (("posts/two/index.html",), ("index.html",))
    assert plan.removed == ("posts/é one/index.html",)
    assert plan.standing == 4
    assert branch(bare) == {**as_bytes(second), ".nojekyll": b""}
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "2"
    assert "Publish https://alex.example.org/" in git(bare, "log", "-1", "--format=%B", "gh-pages")
    assert git(bare, "fsck", "--strict", "--no-dangling") == ""


def test_a_plan_pushes_nothing_and_nothing_new_makes_no_commit(bare: Path, built: Any, carry: Any) -> None:
    carry("github-pages", built(SITE), str(bare), dry_run=True)
    assert git(bare, "for-each-ref") == ""
    carry("github-pages", built(SITE), str(bare))
    tip = git(bare, "rev-parse", "gh-pages")
    plan = carry("github-pages", built(SITE), str(bare))
    assert (plan.new, plan.changed, plan.removed) == ((), (), ())
    assert git(bare, "rev-parse", "gh-pages") == tip


def test_the_plan_names_branch_remote_and_address_without_a_secret(
    bare: Path, built: Any, carry: Any, tmp_path: Path
) -> None:
    assert carry("github-pages", built(SITE), str(bare), dry_run=True).place == f"branch gh-pages of {bare}"
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", "https://alex:hu@sh@host.example/site.git")
    git(tmp_path, "config", f"url.{bare}.insteadOf", "https://alex:hu@sh@host.example/site.git")
    plan = carry("github-pages", built(SITE), "", dry_run=True, branch="www")
    assert plan.place == f"branch www of origin ({bare})"
    assert without_secrets("https://alex:hu@sh@host.example/site.git") == "https://host.example/site.git"


def test_the_checkout_its_index_and_its_branches_stay_as_they_are(
    bare: Path, built: Any, carry: Any, tmp_path: Path
) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "config", "user.name", "Alex Example")
    git(tmp_path, "config", "user.email", "alex@example.org")
    git(tmp_path, "config", "core.autocrlf", "true")
    git(tmp_path, "remote", "add", "origin", str(bare))
    (tmp_path / ".gitignore").write_text("public/\n*.log\n")
    git(tmp_path, "add", ".gitignore")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    (tmp_path / "half.txt").write_text("not ready")
    git(tmp_path, "add", "half.txt")

    def look() -> tuple[str, str, bytes]:
        said = git(tmp_path, "status", "--porcelain"), git(tmp_path, "for-each-ref")
        return *said, (tmp_path / ".git/index").read_bytes()

    before = look()
    carry("github-pages", built({**SITE, "a.log": "text\r\n", ".gitattributes": "* text\n"}), "")
    assert look() == before
    assert branch(bare)["a.log"] == b"text\r\n"
    said = git(bare, "log", "-1", "--format=%an <%ae>%n%B", "gh-pages")
    assert said.startswith("Alex Example <alex@example.org>")
    assert git(tmp_path, "rev-parse", "HEAD").strip() + " and changes not committed" in said


def test_who_pushed_meanwhile_is_not_overwritten(bare: Path, built: Any, tmp_path: Path) -> None:
    (place,) = (place for place in TARGETS if place.name == "github-pages")
    for first in ({"index.html": "1"}, {"index.html": "2"}):
        with place.prepare(built(SITE | {"slow.html": first["index.html"]}), Destination(str(bare), tmp_path)) as slow:
            with place.prepare(built(first), Destination(str(bare), tmp_path)) as quick:
                quick.put(Clearance(False, "a test"))
            with pytest.raises(Refused, match="run it again"):
                slow.put(Clearance(False, "a test"))
        assert branch(bare)["index.html"] == first["index.html"].encode()


def test_a_domain_that_was_set_on_the_host_stays(bare: Path, built: Any, carry: Any, tmp_path: Path) -> None:
    assert "content/static/CNAME" in carry("github-pages", built(SITE), str(bare)).notes[0]
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(bare), "clone")
    (tmp_path / "clone/CNAME").write_text("alex.example.org\n")
    git(tmp_path / "clone", "add", "CNAME")
    git(tmp_path / "clone", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "domain")
    git(tmp_path / "clone", "push", "--quiet")
    plan = carry("github-pages", built({**SITE, "new.html": "new"}), str(bare))
    assert (plan.new, plan.removed, plan.notes) == (("new.html",), (), ())
    assert branch(bare)["CNAME"] == b"alex.example.org\n"


def test_a_branch_that_holds_the_sources_is_refused(bare: Path, built: Any, carry: Any) -> None:
    carry("github-pages", built({"site.yaml": "title: T", "content/posts/a.md": "text"}), str(bare), branch="main")
    with pytest.raises(Refused, match="holds the sources of a site"):
        carry("github-pages", built(SITE), str(bare), branch="main")


@pytest.mark.slow
def test_over_the_network_and_over_ssh_it_is_the_same(
    git_daemon: Any, sshd: Any, built: Any, carry: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry("github-pages", built(SITE), git_daemon.address)
    assert branch(git_daemon.folder) == {**as_bytes(SITE), ".nojekyll": b""}
    monkeypatch.setenv("GIT_SSH_COMMAND", sshd.command)
    carry("github-pages", built({**SITE, "new.html": "n"}), f"{sshd.user}@127.0.0.1:{git_daemon.folder}")
    assert "new.html" in branch(git_daemon.folder)
    assert git(git_daemon.folder, "rev-list", "--count", "gh-pages").strip() == "2"


def test_what_cannot_be_reached_or_read_ends_in_one_line(
    bare: Path, built: Any, carry: Any, tmp_path: Path, sshd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageProblem, match="there is no git remote 'upstream' here"):
        carry("github-pages", built(SITE), "upstream")
    with pytest.raises(UsageProblem):
        carry("github-pages", built(SITE), "--upload-pack=touch /tmp/x")
    with pytest.raises(EnvironmentProblem, match=r"could not read http://127.0.0.1:9/x.git: ") as refused:
        carry("github-pages", built(SITE), "http://alex:hush@127.0.0.1:9/x.git")
    assert "hush" not in str(refused.value)
    monkeypatch.setenv("GIT_SSH_COMMAND", sshd.command.replace("person", "host"))
    with pytest.raises(EnvironmentProblem, match="Permission denied"):
        carry("github-pages", built(SITE), f"{sshd.user}@127.0.0.1:{bare}")


def test_a_host_that_says_no_is_quoted(bare: Path, built: Any, carry: Any) -> None:
    (bare / "hooks/pre-receive").write_text("#!/bin/sh\necho 'the branch is protected' >&2\nexit 1\n")
    (bare / "hooks/pre-receive").chmod(0o755)
    with pytest.raises(EnvironmentProblem, match=r"the branch is protected|pre-receive hook declined"):
        carry("github-pages", built(SITE), str(bare))


def test_in_a_hook_of_git_it_finds_its_own_repositories(
    bare: Path, built: Any, carry: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet", "other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    carry("github-pages", built(SITE), str(bare))
    for name in ("GIT_DIR", "GIT_INDEX_FILE"):
        os.environ.pop(name)
    assert set(branch(bare)) == {*SITE, ".nojekyll"}
    assert not (tmp_path / "other/.git/index").exists()


@pytest.mark.parametrize("to", ["./evil.git", "file://{0}/evil.git", "{0}/evil.git", "fd::17/x", "ext::sh -c id"])
def test_a_file_of_the_project_leads_to_no_repository_whose_programs_run(
    to: str, built: Any, carry: Any, tmp_path: Path
) -> None:
    evil, ran = tmp_path / "evil.git", tmp_path / "ran"
    git(tmp_path, "init", "--quiet", "--bare", str(evil))
    (evil / "hooks").mkdir(exist_ok=True)
    (evil / "hooks/pre-receive").write_text(f"#!/bin/sh\ntouch {ran}\n")
    (evil / "hooks/pre-receive").chmod(0o755)
    with pytest.raises(Refused, match="name it on the command line"):
        carry("github-pages", built(SITE), to.format(tmp_path), typed=False)
    assert not ran.exists()


def test_an_address_of_ssh_is_no_folder_of_the_same_name(
    built: Any, carry: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", "false")
    (tmp_path / "git@host.invalid:").mkdir()
    git(tmp_path, "init", "--quiet", "--bare", "git@host.invalid:/x.git")
    with pytest.raises(EnvironmentProblem):
        carry("github-pages", built(SITE), "git@host.invalid:/x.git", typed=False)
