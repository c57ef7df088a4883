"""deploy folder: builds, searches for private words, copies what differs, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Site = Callable[[str], Path]

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/posts/one.md --
---
title: One
date: 2026-02-01
---
A quiet post.
-- content/posts/draft.md --
---
title: Draft
date: 2026-02-01
draft: true
---
Unfinished.
-- content/vault/contacts.yaml --
- id: ada
  name: Ada Example
  emails: [ada@private.example]
  phones: ["+49 30 5550 0101"]
  facts: [collects antique barometers]
  needs: [{text: leave the company by summer, since: 2026-02-01}]
  notes: Her sister is ill. Be gentle & kind.
-- content/vault/journal/2026.jsonl --
{"id": "j1", "at": "2026-02-01T09:00:00Z", "contacts": ["ada"], "type": "call", "summary": "spoke of her divorce"}
{"id": "j2", "at": "2026-02-01", "contacts": ["ada"], "type": "call", "learned": {"facts": ["sails at the weekend"]}}
"""


@pytest.fixture
def folder(site: Site) -> Path:
    return site(PROJECT)


@pytest.fixture
def there(tmp_path: Path) -> Path:
    return tmp_path / "www"


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def write_post(folder: Path, text: str) -> None:
    (folder / "content/posts/one.md").write_text(f"---\ntitle: One\ndate: 2026-02-01\n---\n{text}\n")


def test_a_dry_run_says_what_would_change_and_changes_nothing(folder: Path, brandkit: Any, there: Path) -> None:
    said = brandkit(folder, "deploy", "folder", str(there), "--dry-run")
    assert said.code == 0
    assert "would be added" in said.out
    assert "  + index.html" in said.out
    assert not there.exists()


def test_what_was_built_is_there_and_a_second_deploy_changes_nothing(folder: Path, brandkit: Any, there: Path) -> None:
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 0
    assert "none found" in said.out
    built = {path: data for path, (data, _) in tree(folder / "public").items() if not path.startswith(".brandkit")}
    stands = {path: data for path, (data, _) in tree(there).items() if not path.startswith(".brandkit")}
    assert stands == built
    assert "Unfinished" not in str(stands)
    before = tree(there)
    again = brandkit(folder, "deploy", "folder", str(there), "--json").json
    assert again == {"new": [], "changed": [], "removed": [], "dry_run": False, "addresses": []}
    assert tree(there) == before


def test_only_what_changed_is_copied_and_what_is_gone_is_removed(folder: Path, brandkit: Any, there: Path) -> None:
    brandkit(folder, "deploy", "folder", str(there))
    (folder / "content/posts/one.md").rename(folder / "content/posts/two.md")
    assert brandkit(folder, "check", "--accept-urls").code == 0
    said = brandkit(folder, "deploy", "folder", str(there), "--json").json
    assert "posts/two/index.html" in said["new"]
    assert "posts/one/index.html" in said["removed"]
    assert not (there / "posts/one").exists()


@pytest.mark.parametrize(
    "leak",
    [
        "Write to ada@private.example for more.",
        "Call +49 30 5550 0101.",
        "She collects antique\nbarometers, by the way.",
        "HER SISTER IS ILL.",
        "Be gentle & kind.",
        "A friend wants to leave the company by summer.",
        "We spoke of her divorce.",
        "She sails at the weekend.",
    ],
)
def test_a_private_word_in_a_post_stops_the_deploy(folder: Path, brandkit: Any, there: Path, leak: str) -> None:
    write_post(folder, leak)
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 3
    assert "nothing was deployed" in said.err
    assert "public/posts/one/index.html" in said.err
    assert not there.exists()


def test_a_private_word_is_found_in_a_copied_file_too(folder: Path, brandkit: Any, there: Path) -> None:
    (folder / "content/static").mkdir()
    (folder / "content/static/notes.txt").write_text("ada@private.example")
    assert brandkit(folder, "deploy", "folder", str(there)).code == 3


def test_a_contact_that_cannot_be_read_can_not_be_searched_for_either(folder: Path, brandkit: Any, there: Path) -> None:
    contacts = folder / "content/vault/contacts.yaml"
    contacts.write_text(contacts.read_text() + "  organisation: Acme\n")
    write_post(folder, "Write to ada@private.example for more.")
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 3
    assert "content/vault/contacts.yaml" in said.err
    assert not there.exists()


def test_without_a_search_one_has_to_say_so(folder: Path, brandkit: Any, there: Path) -> None:
    write_post(folder, "Her sister is ill.")
    said = brandkit(folder, "deploy", "folder", str(there), "--public-only")
    assert said.code == 0
    assert "not searched for private words, as asked" in said.out
    assert (there / "index.html").is_file()


def test_without_a_vault_nothing_could_be_searched_and_it_says_so(site: Site, brandkit: Any, there: Path) -> None:
    folder = site(PROJECT.split("-- content/vault")[0])
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 3
    assert "--public-only" in said.err
    assert brandkit(folder, "deploy", "folder", str(there), "--public-only").code == 0


def test_a_folder_with_other_things_in_it_is_refused(folder: Path, brandkit: Any, there: Path) -> None:
    there.mkdir()
    (there / "mine.txt").write_text("keep")
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 3
    assert tree(there).keys() == {"mine.txt"}


@pytest.mark.parametrize("where", ["public", "public/inner", "."])
def test_the_site_is_not_deployed_into_itself(folder: Path, brandkit: Any, where: str) -> None:
    assert brandkit(folder, "deploy", "folder", where).code == 3


def test_a_site_with_errors_is_not_deployed(folder: Path, brandkit: Any, there: Path) -> None:
    (folder / "site.yaml").write_text((folder / "site.yaml").read_text() + "titel: x\n")
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 3
    assert "unknown key 'titel'" in said.err
    assert not there.exists()


def test_the_example_is_cleared(plain_example: Path, brandkit: Any, there: Path) -> None:
    said = brandkit(plain_example, "deploy", "folder", str(there))
    assert said.code == 0, said.err
    assert "private strings: none found" in said.out
