"""backup and restore: one file beside the project, all of it checked before it counts, nothing ever deleted."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brandkit.app import restoring

Site = Callable[[str], Path]

BRAND = """\
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/me.yaml --
name: Alex
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, emails: [ada@acme.example]}
- {id: grace, name: Grace Example, emails: [grace@acme.example]}
-- content/vault/journal/2026.jsonl --
{"id": "1", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "call"}
-- .brandkit/state/shown.json --
[]
-- .brandkit/state/vault.kept --
made anew
-- .brandkit/state/index.kept --
made anew
-- .brandkit/state/dashboard.html --
a key to what is private
-- private/drafts/ada-share-1.txt --
my own words
"""


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def brand(site: Site) -> Path:
    return site(BRAND)


def backed_up(brand: Path, brandkit: Any) -> Path:
    said = brandkit(brand, "backup", "--json")
    assert said.code == 0, said.err
    return Path(said.json["file"])


def test_a_backup_stands_beside_the_project_and_says_what_it_is(brand: Path, brandkit: Any) -> None:
    said = brandkit(brand, "backup")
    assert said.code == 0
    (made,) = brand.parent.glob("project-backup-*.zip")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert f"in {made}, read back and whole" in said.out
    assert "not encrypted" in said.out
    assert "Who is erased from now on is still in it" in said.out
    names = set(zipfile.ZipFile(made).namelist())
    assert {"vault/contacts.yaml", "vault/journal/2026.jsonl", "state/shown.json", "drafts/ada-share-1.txt"} < names
    assert not any("kept" in name or "dashboard" in name for name in names), "what is made anew, and keys, stay out"


def test_two_backups_of_a_day_have_two_names(brand: Path, brandkit: Any) -> None:
    assert backed_up(brand, brandkit) != backed_up(brand, brandkit)


def test_a_backup_comes_back_to_the_byte_and_what_stood_there_is_put_aside(brand: Path, brandkit: Any) -> None:
    before = files(brand / "content/vault")
    made = backed_up(brand, brandkit)
    (brand / "content/vault/contacts.yaml").write_text("- {id: eve, name: Eve}\n")
    (brand / "content/vault/new.yaml").write_text("")
    (brand / "private/drafts/ada-share-1.txt").write_text("other words")
    changed = files(brand / "content/vault")
    looked = brandkit(brand, "restore", str(made), "--dry-run")
    assert (looked.code, files(brand / "content/vault")) == (0, changed)
    assert "vault: 3 files" in looked.out
    assert looked.out.endswith("Nothing was changed.\n")
    said = brandkit(brand, "restore", str(made))
    assert said.code == 0, said.err
    assert files(brand / "content/vault") == before
    assert (brand / "private/drafts/ada-share-1.txt").read_text() == "my own words\n"
    (aside,) = (brand / ".brandkit").glob("before-restore-*")
    assert files(aside / "vault") == changed
    assert (aside / "drafts/ada-share-1.txt").read_text() == "other words"
    assert f"mv {aside / 'vault'} {brand / 'content/vault'}" in said.out
    assert not (brand / ".brandkit/restoring").exists()


def test_a_backup_moves_to_another_machine(brand: Path, brandkit: Any, tmp_path: Path) -> None:
    made = backed_up(brand, brandkit)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(brand / "site.yaml", other)
    assert brandkit(other, "restore", str(made)).code == 0
    assert files(other / "content/vault") == files(brand / "content/vault")
    assert "grace" in brandkit(other, "person", "show", "grace").out.casefold()


def test_a_vault_elsewhere_is_backed_up_and_restored_where_it_is(brand: Path, brandkit: Any, tmp_path: Path) -> None:
    vault = tmp_path / "elsewhere"
    (brand / "content/vault").rename(vault)
    (vault / ".git").mkdir()
    (vault / ".git/HEAD").write_text("ref: refs/heads/main\n")
    env = {"BRANDKIT_VAULT": str(vault)}
    before = files(vault)
    made = Path(brandkit(brand, "backup", "--json", env=env).json["file"])
    assert not any(".git" in name for name in zipfile.ZipFile(made).namelist())
    (vault / "contacts.yaml").unlink()
    said = brandkit(brand, "restore", str(made), env=env)
    assert said.code == 0, said.err
    assert files(vault) == before, "with its own history, which no backup holds"


def test_a_vault_on_a_disk_of_another_comes_back_where_nothing_else_was(brand: Path, brandkit: Any) -> None:
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or memory.stat().st_dev == brand.stat().st_dev:
        pytest.skip("this machine has one disk")
    shutil.rmtree(brand / ".brandkit")
    shutil.rmtree(brand / "private")
    with tempfile.TemporaryDirectory(dir=memory) as far:
        env = {"BRANDKIT_VAULT": far + "/vault"}
        shutil.move(brand / "content/vault", far + "/vault")
        before = files(Path(far, "vault"))
        made = Path(brandkit(brand, "backup", "--json", env=env).json["file"])
        said = brandkit(brand, "restore", str(made), env=env)
        assert said.code == 0, said.err
        assert files(Path(far, "vault")) == before
        assert not (brand / ".brandkit/restoring").exists()
        assert f"{far}/vault-before-restore-" in brandkit(brand, "doctor", env=env).err, "it is there, and is named"


@pytest.mark.parametrize("above", ["..", ".", "content"])
def test_a_vault_that_holds_the_project_is_not_moved_away(brand: Path, brandkit: Any, above: str) -> None:
    made = backed_up(brand, brandkit)
    said = brandkit(brand, "restore", str(made), env={"BRANDKIT_VAULT": str(brand / above)})
    assert said.code == 2
    assert "holds the site" in said.err


@pytest.mark.parametrize(
    "place",
    [
        *("public/b.zip", "content/static/b.zip", "content/vault/b.zip", ".brandkit/b.zip"),
        *("themes/../public/b.zip", "linked/b.zip"),
    ],
)
def test_a_backup_is_never_put_where_it_is_published_or_built_over(brand: Path, brandkit: Any, place: str) -> None:
    for folder in ("themes", "public"):
        (brand / folder).mkdir(exist_ok=True)
    (brand / "linked").symlink_to("public")
    (brand / place).parent.mkdir(parents=True, exist_ok=True)
    said = brandkit(brand, "backup", place)
    assert said.code == 3
    assert "a backup belongs outside" in said.err
    assert not (brand / place).exists()


def test_a_backup_that_git_would_take_along_is_refused(brand: Path, brandkit: Any) -> None:
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")
    subprocess.run(["git", "init", "-q"], cwd=brand, check=True)
    assert brandkit(brand, "backup", "mine.zip").code == 3
    (brand / ".gitignore").write_text("*.zip\n")
    assert brandkit(brand, "backup", "mine.zip").code == 0


def test_a_file_that_is_there_is_left_as_it_is(brand: Path, brandkit: Any, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    assert brandkit(brand, "backup", str(tmp_path / "b.zip")).code == 2
    assert (tmp_path / "b.zip").read_text() == "mine"


def test_links_to_folders_are_named_as_left_out(brand: Path, brandkit: Any, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (brand / "content/vault/far").symlink_to(tmp_path / "far")
    os.mkfifo(brand / "content/vault/pipe.yaml")
    said = brandkit(brand, "backup")
    assert said.code == 0
    assert "a link to a folder" in said.out
    assert "no plain file" in said.out


def test_a_damaged_store_does_not_stop_a_backup(brand: Path, brandkit: Any) -> None:
    (brand / ".brandkit/state/entries.db").write_bytes(b"rubbish " * 1000)
    said = brandkit(brand, "backup", "--json")
    assert said.code == 0, said.err
    assert said.json["left_out"] == ["state/entries.db: it is damaged; see brandkit doctor"]
    assert not list((brand / ".brandkit/state").glob(".*"))


def test_what_is_no_backup_changes_nothing(brand: Path, brandkit: Any, tmp_path: Path) -> None:
    before = files(brand)
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 but not really")
    said = brandkit(brand, "restore", str(tmp_path / "b.zip"))
    assert (said.code, said.err.count("\n")) == (3, 1)
    assert "is no whole backup" in said.err
    assert brandkit(brand, "restore", str(tmp_path / "none.zip")).code == 2
    assert files(brand) == before


def test_who_asked_to_be_forgotten_since_does_not_come_back_unseen(brand: Path, brandkit: Any) -> None:
    made = backed_up(brand, brandkit)
    assert brandkit(brand, "person", "erase", "ada", "--remember", "--yes").code == 0
    contacts = brand / "content/vault/contacts.yaml"
    contacts.write_text(contacts.read_text().split("\n", 1)[1])
    erased = (brand / "content/vault/erased.txt").read_text()
    before = files(brand / "content/vault")
    said = brandkit(brand, "restore", str(made))
    assert (said.code, files(brand / "content/vault")) == (3, before)
    assert "since this backup ada asked to be forgotten" in said.err
    assert "--with-erased" in said.err

    said = brandkit(brand, "restore", str(made), "--with-erased")
    assert said.code == 0
    assert "brandkit person erase ada" in said.out
    assert (brand / "content/vault/erased.txt").read_text() == erased, "that they asked is not forgotten"
    looked = brandkit(brand, "doctor")
    assert "ada asked to be forgotten, and is still here" in looked.err
    assert "brandkit person erase ada" in looked.err


def test_a_backup_of_after_an_erasure_comes_back_without_a_word(brand: Path, brandkit: Any) -> None:
    brandkit(brand, "person", "erase", "ada", "--remember", "--yes")
    (brand / "content/vault/contacts.yaml").write_text("- {id: grace, name: Grace Example}\n")
    made = backed_up(brand, brandkit)
    assert brandkit(brand, "restore", str(made)).code == 0


@pytest.mark.parametrize("steps", range(8))
def test_a_restore_that_was_stopped_is_finished_by_the_next_run(
    brand: Path, brandkit: Any, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Whichever folder was the last to get its name: any command goes on before it does anything else."""
    vault = brand / "content/vault"
    (vault / ".git").mkdir()
    (vault / ".git/HEAD").write_text("here")
    before = files(vault)
    made = backed_up(brand, brandkit)
    (vault / "contacts.yaml").write_text("- {id: eve, name: Eve}\n")
    changed = files(vault)
    real, count = os.rename, [0]

    def stopping(source: Any, target: Any) -> None:
        if count[0] == steps:
            raise KeyboardInterrupt
        count[0] += 1
        real(source, target)

    monkeypatch.setattr(os, "rename", stopping)
    with contextlib.suppress(KeyboardInterrupt):
        brandkit(brand, "restore", str(made))
    monkeypatch.undo()
    said = brandkit(brand, "list", "--json")
    assert said.code == 0
    assert files(vault) == before
    (aside,) = (brand / ".brandkit").glob("before-restore-*")
    kept = {name: data for name, data in changed.items() if not name.startswith(".git/")}
    assert files(aside / "vault") == kept
    assert not (brand / ".brandkit/restoring").exists()


def test_a_restore_that_was_killed_while_it_unpacked_beside_a_vault_far_away_is_cleared(
    brand: Path, brandkit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = tmp_path / "far/vault"
    env = {"BRANDKIT_VAULT": str(vault)}
    shutil.move(brand / "content/vault", vault)
    before = files(vault)
    made = Path(brandkit(brand, "backup", "--json", env=env).json["file"])
    beside = vault.with_name(".vault.restoring")

    def killed(*_: object) -> None:
        for home in (beside, brand / ".brandkit/restoring"):
            shutil.copytree(home, tmp_path / f"left-{home.name}")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_is_near", lambda project, place: place != vault.resolve())
        patch.setattr(restoring, "_moves", killed)
        with contextlib.suppress(KeyboardInterrupt):
            brandkit(brand, "restore", str(made), env=env)
    for home in (beside, brand / ".brandkit/restoring"):
        shutil.copytree(tmp_path / f"left-{home.name}", home, dirs_exist_ok=True)  # as a kill leaves it
    assert files(beside)
    said = brandkit(brand, "list", "--json")
    assert said.code == 4, "the vault is not known here, and what lies beside it would stay for good"
    assert str(vault) in said.err
    assert brandkit(brand, "list", "--json", env=env).code == 0
    assert not beside.exists()
    assert not (brand / ".brandkit/restoring").exists()
    assert files(vault) == before


def test_a_planted_log_of_a_restore_moves_nothing_outside(brand: Path, brandkit: Any, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    log = {"vault": str(brand / "content/vault"), "moves": [[str(tmp_path / "theirs"), str(brand / ".brandkit/x")]]}
    (brand / ".brandkit/restoring").mkdir()
    (brand / ".brandkit/restoring/intent.json").write_text(json.dumps(log))
    assert brandkit(brand, "list").code == 4
    assert (tmp_path / "theirs").is_dir()
