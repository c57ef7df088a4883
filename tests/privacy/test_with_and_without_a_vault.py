"""The site is the same bytes with a vault, without one, and with one elsewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow  # whole builds, several of them


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def built_plain() -> dict[str, dict[str, bytes]]:
    """What `with_vault` has built."""
    return {}


@pytest.fixture
def with_vault(plain_example: Path, built_plain: dict[str, dict[str, bytes]], brandkit: Any) -> dict[str, bytes]:
    """The site of the plain example, built once with private pages beside it."""
    if not built_plain:
        folder = shutil.copytree(plain_example, plain_example.with_name("with-vault"))
        assert brandkit(folder, "build", "--offline").code == 0
        assert list((folder / "private").glob("*.html"))
        built_plain["site"] = tree(folder / "public")
    return built_plain["site"]


def test_without_a_vault_the_whole_site_is_the_same(example: Path, built_example: Path, brandkit: Any) -> None:
    assert list((built_example / "private").glob("*.html"))
    shutil.rmtree(example / "content/vault")
    assert brandkit(example, "build").code == 0
    built = tree(example / "public")
    assert {path.rpartition(".")[2] for path in built} >= {"html", "xml", "png", "webp", "avif"}
    assert built == tree(built_example / "public")


def test_with_the_vault_unread(plain_example: Path, with_vault: dict[str, bytes], brandkit: Any) -> None:
    assert brandkit(plain_example, "build", "--public-only").code == 0
    assert tree(plain_example / "public") == with_vault
    assert not (plain_example / "private").exists()


def test_with_a_vault_elsewhere(
    plain_example: Path, tmp_path: Path, with_vault: dict[str, bytes], brandkit: Any
) -> None:
    (plain_example / "content/vault").rename(tmp_path / "mine")
    ran = brandkit(plain_example, "build", "--offline", env={"BRANDKIT_VAULT": str(tmp_path / "mine")})
    assert ran.code == 0, ran.err
    assert tree(plain_example / "public") == with_vault


def test_with_a_broken_vault_every_page_is_there(
    plain_example: Path, with_vault: dict[str, bytes], brandkit: Any
) -> None:
    (plain_example / "content/vault/contacts.yaml").write_text("- {id: [\n")
    assert brandkit(plain_example, "build", "--offline").code == 1
    assert tree(plain_example / "public") == with_vault


def test_a_vault_inside_the_public_files_is_refused(plain_example: Path, brandkit: Any) -> None:
    ran = brandkit(plain_example, "build", env={"BRANDKIT_VAULT": str(plain_example / "content/static/mine")})
    assert ran.code == 2
    assert not re.search(r"Done in", ran.out)
