"""The site is the same bytes with a vault, without one, and with one elsewhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def with_vault(built_example: Path) -> dict[str, bytes]:
    """The site of the example, built whole, with private pages beside it."""
    assert list((built_example / "private").glob("*.html"))
    return tree(built_example / "public")


def test_without_a_vault(example: Path, with_vault: dict[str, bytes], brandkit: Callable[..., object]) -> None:
    shutil.rmtree(example / "content/vault")
    assert brandkit(example, "build").code == 0
    assert tree(example / "public") == with_vault


def test_with_the_vault_unread(example: Path, with_vault: dict[str, bytes], brandkit: Callable[..., object]) -> None:
    assert brandkit(example, "build", "--public-only").code == 0
    assert tree(example / "public") == with_vault
    assert not (example / "private").exists()


def test_with_a_vault_elsewhere(
    example: Path, tmp_path: Path, with_vault: dict[str, bytes], brandkit: Callable[..., object]
) -> None:
    (example / "content/vault").rename(tmp_path / "mine")
    ran = brandkit(example, "build", "--offline", env={"BRANDKIT_VAULT": str(tmp_path / "mine")})
    assert ran.code == 0, ran.err
    assert tree(example / "public") == with_vault


def test_with_a_broken_vault_every_page_is_there(
    example: Path, with_vault: dict[str, bytes], brandkit: Callable[..., object]
) -> None:
    (example / "content/vault/contacts.yaml").write_text("- {id: [\n")
    assert brandkit(example, "build", "--offline").code == 1
    assert tree(example / "public") == with_vault


def test_a_vault_inside_the_public_files_is_refused(example: Path, brandkit: Callable[..., object]) -> None:
    ran = brandkit(example, "build", env={"BRANDKIT_VAULT": str(example / "content/static/mine")})
    assert ran.code == 2
    assert not re.search(r"Done in", ran.out)
