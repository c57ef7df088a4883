"""doctor: finds a vault that git could publish, and says how to mend it. In real repositories."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Site = Callable[[str], Path]

SITE = "-- site.yaml --\ntitle: T\nurl: https://t.example/\ntoday: 2026-03-01\n"
ADA = "-- content/vault/contacts.yaml --\n- {id: ada, name: Ada Example, emails: [ada@%s]}\n"
IGNORE = "-- .gitignore --\n/private/\n/.brandkit/\n"
REAL = "ada-lovelace.de"  # a host that is not reserved for examples; nothing is asked of it


@pytest.fixture(autouse=True)
def _needs_git() -> None:
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "init.defaultBranch=main", *arguments], cwd=folder, check=True, capture_output=True)


def tracked(folder: Path) -> Path:
    git(folder, "init")
    git(folder, "add", "-A")
    return folder


def test_a_vault_of_real_people_that_git_tracks_is_an_error_with_the_mend(site: Site, brandkit: Any) -> None:
    folder = tracked(site(SITE + ADA % REAL + IGNORE))
    said = brandkit(folder, "doctor", "--json")
    assert said.code == 1
    (found,) = [d for d in said.json["diagnostics"] if d["severity"] == "error"]
    assert found["file"] == "content/vault/contacts.yaml"
    assert f"{REAL} is a real address" in found["message"]
    assert "git rm -r --cached content/vault" in found["hint"]

    git(folder, "rm", "-r", "--cached", "content/vault")
    (folder / ".gitignore").write_text("/private/\n/.brandkit/\n/content/vault/\n")
    mended = brandkit(folder, "doctor")
    assert (mended.code, mended.err) == (0, "")
    assert mended.out.startswith("All is well")
    assert (folder / "content/vault/contacts.yaml").is_file()


@pytest.mark.parametrize("host", ["example.org", "acme.example", "mail.example.com", "acme.test"])
def test_an_example_of_reserved_names_may_be_tracked(site: Site, brandkit: Any, host: str) -> None:
    assert brandkit(tracked(site(SITE + ADA % host + IGNORE)), "doctor").code == 0


@pytest.mark.parametrize("host", ["myexample.org", "example.org.evil.de", "example.de"])
def test_a_name_that_only_looks_like_an_example_is_real(site: Site, brandkit: Any, host: str) -> None:
    assert brandkit(tracked(site(SITE + ADA % host + IGNORE)), "doctor").code == 1


def test_the_example_brand_may_be_tracked(example: Path, brandkit: Any) -> None:
    (example / ".gitignore").write_text("/private/\n/.brandkit/\n/public/\n")
    said = brandkit(tracked(example), "doctor")
    assert (said.code, said.err) == (0, "")


def test_a_vault_of_phone_numbers_alone_is_as_private(site: Site, brandkit: Any) -> None:
    contacts = '-- content/vault/contacts.yaml --\n- {id: ada, name: Ada, phones: ["+49 171 2345678"]}\n'
    assert brandkit(tracked(site(SITE + contacts + IGNORE)), "doctor").code == 1


def test_private_folders_that_git_does_not_ignore_are_a_warning(site: Site, brandkit: Any) -> None:
    folder = site(SITE + ADA % REAL)
    git(folder, "init")
    said = brandkit(folder, "doctor")
    assert said.code == 0
    for name in ("content/vault", "private", ".brandkit"):
        assert f"git does not ignore {name}/" in said.err


def test_without_git_there_is_nothing_to_fear_from_it(site: Site, brandkit: Any) -> None:
    assert brandkit(site(SITE + ADA % REAL), "doctor").code == 0


def test_a_foreign_output_folder_and_a_damaged_store_are_named(site: Site, brandkit: Any) -> None:
    folder = site(
        SITE + ADA % REAL + "-- public/mine.txt --\nkeep\n-- .brandkit/state/entries.db --\nrubbish rubbish\n"
    )
    said = brandkit(folder, "doctor")
    assert said.code == 1
    assert "public/ holds files that brandkit did not make" in said.err
    assert "the store of entries is damaged" in said.err


def test_a_project_without_a_vault_is_told_how_to_begin_one(site: Site, brandkit: Any) -> None:
    said = brandkit(site(SITE), "doctor")
    assert said.code == 0
    assert "brandkit new contact NAME" in said.err
