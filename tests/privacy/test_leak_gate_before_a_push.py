"""Before a push git asks: every file that it carries is searched, in every commit; what is private is not pushed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brandkit.app.project import Project
from brandkit.app.pushing import look_at_push
from brandkit.io import pushed

pytestmark = pytest.mark.slow

SITE = """
-- site.yaml --
title: Push
url: https://push.example/
-- .gitignore --
/content/vault/
/private/
/public/
/.brandkit/
-- content/posts/own.md --
---
title: Own
date: 2026-01-01
description: d
---
Text.
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, emails: [ada@real.example.org], notes: Her firm is up for sale this spring.}
"""


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = {f"GIT_{role}_{what}": "me@push.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "CI": "true"}
    path = str(Path(__file__).resolve().parents[2])
    env = {**os.environ, **who, **alone, "PYTHONPATH": path}
    return subprocess.run(["git", *arguments], cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def commit(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name).write_text(text)
    assert git(folder, "add", "-A").returncode == 0
    assert git(folder, "commit", "-qm", f"work on {', '.join(files) or 'all'}").returncode == 0


@pytest.fixture
def project(site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., Any]) -> Path:
    """A project with a repository, a bare one to push to, and the hook."""
    folder = site(SITE)
    assert git(tmp_path, "init", "-q", "--bare", "there.git").returncode == 0
    for arguments in (("init", "-qb", "main"), ("remote", "add", "origin", str(tmp_path / "there.git"))):
        assert git(folder, *arguments).returncode == 0
    commit(folder)
    ran = brandkit(folder, "doctor", "--install-hook")
    assert ran.code in (0, 1), ran.err
    assert os.access(folder / ".git/hooks/pre-push", os.X_OK)
    return folder


def test_a_push_without_private_words_goes_through(project: Path) -> None:
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode == 0, pushed.stderr
    assert "none found" in pushed.stdout + pushed.stderr
    assert git(project, "push", "-q", "origin", "main:other").returncode == 0
    assert git(project, "push", "-q", "origin", ":other").returncode == 0


@pytest.mark.parametrize("how", ["pushurl", "a second url", "pushInsteadOf"])
def test_what_is_known_of_where_it_is_fetched_is_not_known_of_another_place(how: str, tmp_path: Path) -> None:
    there, public, folder = str(tmp_path / "there.git"), str(tmp_path / "public.git"), tmp_path / "here"
    for arguments in (("init", "-q", "--bare", there), ("init", "-qb", "main", "here")):
        assert git(tmp_path, *arguments).returncode == 0
    commit(folder, **{"list.txt": "ada@real.example.org"})
    assert git(folder, "remote", "add", "origin", there).returncode == 0
    assert git(folder, "push", "-q", "origin", "main").returncode == 0  # a private place
    commit(folder, **{"other.txt": "nothing"})
    line = f"refs/heads/main {git(folder, 'rev-parse', 'HEAD').stdout.strip()} refs/heads/main {'0' * 40}"
    assert "list.txt" not in {one.path for one in pushed.pushed(folder, [line], "origin")}, "there it is already"
    ways = {
        "pushurl": ("remote.origin.pushurl", public),
        "a second url": ("--add", "remote.origin.url", public),
        "pushInsteadOf": (f"url.{public}.pushInsteadOf", there),
    }
    assert git(folder, "config", *ways[how]).returncode == 0
    assert "list.txt" in {one.path for one in pushed.pushed(folder, [line], "origin")}


def test_a_file_that_a_later_commit_removed_is_pushed_all_the_same(project: Path, tmp_path: Path) -> None:
    commit(project, **{"list.txt": "ada@real.example.org"})
    (project / "list.txt").unlink()
    commit(project, **{"other.txt": "nothing"})
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode != 0
    assert "list.txt (pushed, " in pushed.stderr
    assert "ada.emails[0] (content/vault/contacts.yaml:1)" in pushed.stderr
    assert git(tmp_path / "there.git", "rev-parse", "main").returncode != 0, "it was refused, so nothing is there"


def test_what_is_there_already_is_not_searched_again(project: Path) -> None:
    commit(project, **{"list.txt": "ada@real.example.org"})
    assert git(project, "push", "-q", "--no-verify", "origin", "main").returncode == 0
    commit(project, **{"other.txt": "nothing"})
    assert git(project, "push", "-q", "origin", "main").returncode == 0


def test_the_message_of_a_commit_is_searched(project: Path) -> None:
    (project / "a.txt").write_text("a")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "her firm is up for sale this spring")
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode != 0
    assert "the message of " in pushed.stderr


def test_the_vault_and_private_pages_are_not_pushed(project: Path) -> None:
    (project / "private").mkdir()
    (project / "private/index.html").write_text("who to write to")
    (project / "content/vault/contacts.yaml").write_text("- {id: ada, name: Ada Example, emails: [ada@firm.org]}\n")
    git(project, "add", "-f", "private/index.html", "content/vault/contacts.yaml")
    git(project, "commit", "-qm", "too much")
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode != 0
    assert "private/index.html (pushed, " in pushed.stderr
    assert "content/vault/contacts.yaml (pushed, " in pushed.stderr


def test_of_the_examples_vault_too_a_real_address_is_told(project: Path) -> None:
    (project / "content/vault/me.yaml").write_text("name: Alex Example\n")
    (project / "content/vault/contacts.yaml").write_text("- {id: ada, name: Ada Example, emails: [ada@firm.org]}\n")
    git(project, "add", "-f", "content/vault/contacts.yaml")
    git(project, "commit", "-qm", "too much")
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode != 0
    assert "a file of the vault, and not only of examples: firm.org is a real address" in pushed.stderr


def test_a_vault_of_ones_own_is_not_pushed_whatever_its_addresses(project: Path) -> None:
    git(project, "add", "-f", "content/vault/contacts.yaml")
    git(project, "commit", "-qm", "by mistake")
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode != 0
    assert "a file of the vault" in pushed.stderr


def test_the_vault_of_the_example_may_be_pushed(project: Path) -> None:
    (project / "content/vault/me.yaml").write_text("name: Alex Example\n")  # whose vault comes with brandkit
    git(project, "add", "-f", "content/vault/contacts.yaml")
    git(project, "commit", "-qm", "an example")
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode == 0, pushed.stderr


def test_a_worktree_is_searched_with_the_vault_of_the_first_one(project: Path, tmp_path: Path) -> None:
    assert git(project, "worktree", "add", "-q", str(tmp_path / "tree"), "-b", "draft").returncode == 0
    commit(tmp_path / "tree", **{"list.txt": "Ada Example"})
    pushed = git(tmp_path / "tree", "push", "-q", "origin", "draft")
    assert pushed.returncode != 0
    assert "ada.name" in pushed.stderr


def test_a_project_below_the_top_of_its_repository_is_searched(
    site: Callable[[str], Path], tmp_path: Path, brandkit: Callable[..., Any]
) -> None:
    folder = site(SITE)
    assert git(tmp_path, "init", "-qb", "main").returncode == 0
    git(tmp_path, "init", "-q", "--bare", "there.git")
    (tmp_path / ".gitignore").write_text("there.git\n")
    assert brandkit(folder, "doctor", "--install-hook").code in (0, 1)
    commit(folder, **{"list.txt": "Ada Example"})
    pushed = git(tmp_path, "push", "-q", str(tmp_path / "there.git"), "main")
    assert pushed.returncode != 0
    assert "project/list.txt" in pushed.stderr


def test_a_hook_of_an_older_brandkit_is_noticed_and_written_anew(project: Path, brandkit: Callable[..., Any]) -> None:
    hook = project / ".git/hooks/pre-push"
    assert "BK331" not in brandkit(project, "doctor").err
    lines = hook.read_text().splitlines()
    hook.write_text("\n".join([*lines[:2], lines[-1]]) + "\n")  # as the first ones were
    said = brandkit(project, "doctor")
    assert ".git/hooks/pre-push: warning BK331" in said.err
    assert "brandkit doctor --install-hook" in said.err
    brandkit(project, "doctor", "--install-hook")
    assert hook.read_text().splitlines() == lines
    hook.write_text("#!/bin/sh\nexit 0\n")  # a hook of one's own
    assert "BK331" not in brandkit(project, "doctor").err


def test_a_hook_of_ones_own_is_left_alone(project: Path, brandkit: Callable[..., Any]) -> None:
    own = project / "hooks/pre-push"
    own.parent.mkdir()
    own.write_text("#!/bin/sh\necho mine\n")
    git(project, "config", "core.hooksPath", "hooks")
    ran = brandkit(project, "doctor", "--install-hook")
    assert ran.code == 3
    assert "brandkit check --leaks" in ran.err
    assert own.read_text() == "#!/bin/sh\necho mine\n"


def test_the_vaults_own_repository_needs_no_hook_and_is_not_refused(
    project: Path, tmp_path: Path, brandkit: Callable[..., Any]
) -> None:
    vault = project / "content/vault"
    git(vault, "init", "-qb", "main")
    commit(vault)
    git(tmp_path, "init", "-q", "--bare", "home.git")
    assert git(vault, "push", "-q", str(tmp_path / "home.git"), "main").returncode == 0
    assert git(project, "push", "-q", "origin", "main").returncode == 0


def test_a_name_counts_like_what_stands_in_a_file(project: Path) -> None:
    commit(project, **{"plain.txt": "the same\n"})
    assert git(project, "push", "-q", "origin", "main").returncode == 0
    assert git(project, "push", "-q", "origin", "main:ask-ada-example").returncode != 0, "a branch"
    assert git(project, "tag", "ada-example").returncode == 0
    assert git(project, "push", "-q", "origin", "ada-example").returncode != 0, "a tag"
    commit(project, **{"aaa.txt": "the same\n", "ada-example.txt": "the same\n"})
    pushed = git(project, "push", "-q", "origin", "main")
    assert pushed.returncode != 0, "a file that is there already under another name"
    assert "ada.name" in pushed.stderr


def test_what_stands_in_for_an_object_here_is_not_what_is_sent(project: Path, tmp_path: Path) -> None:
    commit(project, **{"notes.txt": "With Ada Example"})
    (tmp_path / "clean").write_text("clean")
    clean = git(project, "hash-object", "-w", str(tmp_path / "clean")).stdout.strip()
    git(project, "replace", git(project, "rev-parse", "HEAD:notes.txt").stdout.strip(), clean)
    assert git(project, "push", "-q", "origin", "main").returncode != 0


def test_what_is_pushed_may_be_called_by_the_words_of_its_message(project: Path) -> None:
    (project / "list.txt").write_text("ada@real.example.org")
    assert git(project, "add", "-A").returncode == 0
    assert git(project, "commit", "-qm", "three quiet words").returncode == 0
    assert git(project, "push", "-q", "origin", "HEAD^{/three quiet}:refs/heads/more").returncode != 0


def test_a_vault_elsewhere_is_known_to_the_hook(
    project: Path, tmp_path: Path, brandkit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "content/vault").rename(tmp_path / "it's mine")
    with monkeypatch.context() as here:
        here.setenv("BRANDKIT_VAULT", str(tmp_path / "it's mine"))
        assert brandkit(project, "doctor", "--install-hook").code in (0, 1)
    commit(project, **{"list.txt": "ada@real.example.org"})
    assert git(project, "push", "-q", "origin", "main").returncode != 0


def test_of_what_is_too_large_the_beginning_is_searched_and_that_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushed, "_LARGEST", 100)
    commit(project, **{"long.txt": "ada@real.example.org" + " word" * 50, "next.txt": "b"})
    head = git(project, "rev-parse", "HEAD").stdout.strip()
    looked = look_at_push(Project(project), [f"refs/heads/main {head} refs/heads/main {'0' * 40}"], "origin")
    assert any("long.txt" in name for name in looked.leaks)
    assert any("long.txt" in line and "beginning" in line for line in looked.unsearched)
