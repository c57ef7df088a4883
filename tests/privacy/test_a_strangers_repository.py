"""A project that came as a folder may bring a .git/config of its own: what this names is not started."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from brandkit.base.walls import PublicOutput, Refused
from brandkit.io import git
from brandkit.io.targets import github_pages
from brandkit.io.targets.registry import TARGETS
from brandkit.io.targets.target import Destination


def run(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@acme.example")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a trace: a file `told` beside it."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/told'\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a file that only a comparison of bytes tells to be unchanged."""
    folder = tmp_path / "project"
    run(tmp_path, "init", "-q", "project")
    (folder / "a.md").write_text("a")
    (folder / ".gitattributes").write_text("*.md filter=theirs=x\n*.txt filter=other\n")
    run(folder, "add", ".")
    run(folder, "commit", "-qm", "a")
    (folder / "a.md").write_text("a")
    return folder


def look(folder: Path) -> None:
    """Everything that is asked of git before a deploy or by doctor."""
    assert git.tracked_below(folder) == [".gitattributes", "a.md"]
    assert git.is_ignored(folder / "a.md") is False
    git.is_changed(folder)
    git.own_settings(folder)


@pytest.mark.parametrize(
    "key", ["core.fsmonitor", "filter.theirs=x.clean", "filter.theirs=x.process", "core.hooksPath", "include.path"]
)
def test_no_program_that_the_repository_names_is_started_by_a_look(key: str, project: Path, trap: Path) -> None:
    told = trap.with_name("told")
    if key == "core.hooksPath":
        (trap.parent / "hooks").mkdir()
        trap.rename(trap.parent / "hooks/post-index-change")
        run(project, "config", key, str(trap.parent / "hooks"))
    elif key == "include.path":
        (project / "more").write_text(f'[filter "theirs=x"]\n\tclean = "{trap}"\n\trequired = true\n')
        run(project, "config", key, "../more")
    else:
        run(project, "config", key, str(trap))
    look(project)
    assert not told.exists()
    subprocess.run(["git", "status"], cwd=project, capture_output=True, check=False)
    assert told.exists(), "git alone would have started it"


def test_a_look_asks_no_host_for_what_is_missing(project: Path, trap: Path) -> None:
    for key, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.url", "ssh://git@acme.example/a"),
        ("remote.origin.promisor", "true"),
        ("core.sshCommand", str(trap)),
    ):
        run(project, "config", key, value)
    tree = run(project, "rev-parse", "HEAD^{tree}").strip()
    (project / ".git/objects" / tree[:2] / tree[2:]).unlink()
    git.is_changed(project)
    assert not trap.with_name("told").exists()
    subprocess.run(["git", "status"], cwd=project, capture_output=True, check=False)
    assert trap.with_name("told").exists(), "git alone would have started it"


def test_whether_all_is_committed_is_known_without_filters(project: Path) -> None:
    run(project, "config", "filter.other.clean", "false")
    run(project, "config", "filter.other.required", "true")
    assert not git.is_changed(project)
    (project / "b.txt").write_text("b")
    assert git.is_changed(project)


def deploy(project: Path, to: str) -> None:
    (project / "index.html").write_text("home")
    output = PublicOutput(project, ("index.html",), "https://a.example/")
    target: Any = next(target for target in TARGETS if target.name == "github-pages")
    with target.prepare(output, Destination(to, project)):
        pass


@pytest.mark.parametrize("key", ["core.sshCommand", "credential.helper", "credential.https://acme.example.helper"])
@pytest.mark.parametrize("command", ["{}", "!{}", "ssh -o ProxyCommand={}", "store; {}", "store --file={}"])
def test_a_deploy_starts_no_program_that_the_repository_names(
    key: str, command: str, project: Path, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    run(project, "config", key, command.format(trap))
    with pytest.raises(Refused, match="names a program") as refused:
        deploy(project, "ssh://git@127.0.0.1:1/a")
    assert "git config --global" in str(refused.value)
    assert not trap.with_name("told").exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.sshCommand", "ssh -i ~/.ssh/id_alex -o IdentitiesOnly=yes"),
        ("core.sshCommand", "/usr/bin/ssh -F /dev/null -i '~/.ssh/id_alex' -o StrictHostKeyChecking=accept-new"),
        ("credential.helper", "store"),
        ("credential.helper", ""),
        ("credential.https://acme.example.helper", "cache --timeout=300"),
    ],
)
def test_what_is_no_program_of_theirs_is_taken_as_before(
    key: str, value: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_SSH_COMMAND", raising=False)
    run(tmp_path, "init", "-q", "--bare", "bare.git")
    run(project, "config", key, value)
    deploy(project, str(tmp_path / "bare.git"))


def test_no_proxy_and_no_certificate_of_the_repository_stands_between(project: Path) -> None:
    for key, value in (
        ("http.proxy", "http://127.0.0.1:1"),
        ("http.sslVerify", "false"),
        ("http.https://acme.example/.sslCAInfo", "/x"),
        ("http.https://acme.example/.extraheader", "Authorization: basic x"),
    ):
        run(project, "config", key, value)
    taken = github_pages._environment(project)
    keys = {value for name, value in taken.items() if name.startswith("GIT_CONFIG_KEY")}
    assert keys == {"http.https://acme.example/.extraheader"}
