"""deploy: builds, looks, searches for private words, shows its plan, carries what differs, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
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
    said = brandkit(folder, "deploy", "--example", "folder", str(there), "--dry-run")
    assert said.code == 0
    assert "would be added" in said.out
    assert f"To {there}:\n" in said.out
    assert "  + index.html" in said.out
    assert not there.exists()


def test_what_was_built_is_there_and_a_second_deploy_changes_nothing(folder: Path, brandkit: Any, there: Path) -> None:
    said = brandkit(folder, "deploy", "--example", "folder", str(there))
    assert said.code == 0
    assert "none found" in said.out
    built = {path: data for path, (data, _) in tree(folder / "public").items() if not path.startswith(".brandkit")}
    stands = {path: data for path, (data, _) in tree(there).items() if not path.startswith(".brandkit")}
    assert stands == built
    assert "Unfinished" not in str(stands)
    assert not list(there.parent.glob(".www*"))  # nor does anything stay beside it
    before = tree(there)
    again = brandkit(folder, "deploy", "--example", "folder", str(there), "--json").json
    nothing = {"new": [], "changed": [], "removed": [], "notes": []}
    assert again == {"target": "folder", "place": str(there), **nothing, "dry_run": False, "addresses": []}
    assert tree(there) == before


def test_only_what_changed_is_copied_and_what_is_gone_is_removed(folder: Path, brandkit: Any, there: Path) -> None:
    brandkit(folder, "deploy", "--example", "folder", str(there))
    (folder / "content/posts/one.md").rename(folder / "content/posts/two.md")
    assert brandkit(folder, "check", "--accept-urls").code == 0
    said = brandkit(folder, "deploy", "--example", "folder", str(there), "--json").json
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
    said = brandkit(folder, "deploy", "--example", "folder", str(there))
    assert said.code == 3
    assert "nothing was deployed" in said.err
    assert "public/posts/one/index.html" in said.err
    assert not there.exists()


def test_a_private_word_is_found_in_a_copied_file_too(folder: Path, brandkit: Any, there: Path) -> None:
    (folder / "content/static").mkdir()
    (folder / "content/static/notes.txt").write_text("ada@private.example")
    assert brandkit(folder, "deploy", "--example", "folder", str(there)).code == 3


def test_a_contact_that_cannot_be_read_can_not_be_searched_for_either(folder: Path, brandkit: Any, there: Path) -> None:
    contacts = folder / "content/vault/contacts.yaml"
    contacts.write_text(contacts.read_text() + "  organisation: Acme\n")
    write_post(folder, "Write to ada@private.example for more.")
    said = brandkit(folder, "deploy", "--example", "folder", str(there))
    assert said.code == 3
    assert "content/vault/contacts.yaml" in said.err
    assert not there.exists()


def test_without_a_search_one_has_to_say_so(folder: Path, brandkit: Any, there: Path) -> None:
    write_post(folder, "Her sister is ill.")
    said = brandkit(folder, "deploy", "--example", "folder", str(there), "--public-only")
    assert said.code == 0
    assert "not searched for private words, as asked" in said.out
    assert (there / "index.html").is_file()


def test_without_a_vault_nothing_could_be_searched_and_it_says_so(site: Site, brandkit: Any, there: Path) -> None:
    folder = site(PROJECT.split("-- content/vault")[0])
    said = brandkit(folder, "deploy", "--example", "folder", str(there))
    assert said.code == 3
    assert "--public-only" in said.err
    assert brandkit(folder, "deploy", "--example", "folder", str(there), "--public-only").code == 0


def test_a_folder_with_other_things_in_it_is_refused(folder: Path, brandkit: Any, there: Path) -> None:
    there.mkdir()
    (there / "mine.txt").write_text("keep")
    said = brandkit(folder, "deploy", "--example", "folder", str(there))
    assert said.code == 3
    assert tree(there).keys() == {"mine.txt"}


@pytest.mark.parametrize("where", ["public", "public/inner", "."])
def test_the_site_is_not_deployed_into_itself(folder: Path, brandkit: Any, where: str) -> None:
    assert brandkit(folder, "deploy", "--example", "folder", where).code == 3


def test_a_site_with_errors_is_not_deployed(folder: Path, brandkit: Any, there: Path) -> None:
    (folder / "site.yaml").write_text((folder / "site.yaml").read_text() + "titel: x\n")
    said = brandkit(folder, "deploy", "--example", "folder", str(there))
    assert said.code == 3
    assert "unknown key 'titel'" in said.err
    assert not there.exists()


def test_the_plan_stands_before_the_deed_with_twenty_of_a_sort(folder: Path, brandkit: Any, there: Path) -> None:
    (folder / "content/static").mkdir()
    for number in range(9):
        (folder / f"content/static/{number}.txt").write_text("x")
    said = brandkit(folder, "deploy", "--example", "folder", str(there)).out.splitlines()
    assert said[0].startswith("Leak gate: ")
    assert "files will be added, 0 changed, 0 removed." in said[2]
    shown = [line for line in said if line.startswith("  + ")]
    assert len(shown) == 21
    assert shown[-1].endswith(" more")
    assert said.index("Deployed.") > said.index(shown[-1])
    assert "Nothing had changed." in brandkit(folder, "deploy", "--example", "folder", str(there)).out


def test_site_yaml_says_where_to(folder: Path, brandkit: Any, there: Path) -> None:
    site = folder / "site.yaml"
    site.write_text(site.read_text() + f"deploy: {{target: folder, to: {there}}}\n")
    assert brandkit(folder, "deploy", "--example").code == 0
    assert (there / "index.html").is_file()
    other = there.with_name("other")
    assert brandkit(folder, "deploy", "folder", str(other), "--example").code == 0
    assert (other / "index.html").is_file()
    assert "there is no git remote 'origin' here" in brandkit(folder, "deploy", "github-pages", "--example").err


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def test_a_repository_around_the_project_is_no_place_to_deploy_to_unless_somebody_names_it(
    folder: Path, brandkit: Any, tmp_path: Path
) -> None:
    (tmp_path / "theirs.git").mkdir()
    _git(tmp_path / "theirs.git", "init", "--quiet", "--bare")
    address = f"{tmp_path}/theirs.git"
    _git(folder.parent, "init", "--quiet")
    _git(folder.parent, "remote", "add", "origin", address)
    run = ("deploy", "--example", "--dry-run", "github-pages")
    refused = brandkit(folder, *run)
    assert (refused.code, "would be added" in refused.out) == (3, False)
    assert f"lies in another git repository, {folder.parent}, whose origin is {address}" in refused.err
    assert "git init" in refused.err
    place = f"branch gh-pages of origin ({address})"
    said = brandkit(folder, *run, "origin")
    assert (said.code, f"To {place}:\n" in said.out) == (0, True)
    site = folder / "site.yaml"
    site.write_text(site.read_text() + "deploy: {branch: gh-pages}\n")
    assert brandkit(folder, *run, "--json").json["place"] == place
    site.write_text(site.read_text().replace("{branch: gh-pages}", "{target: github-pages}"))
    assert brandkit(folder, *run).code == 3
    _git(folder, "init", "--quiet")
    _git(folder, "remote", "add", "origin", address)
    assert brandkit(folder, *run).code == 0


def test_many_removals_have_to_be_meant(folder: Path, brandkit: Any, there: Path) -> None:
    for number in range(20):
        (folder / f"content/static/{number}").mkdir(parents=True)
        (folder / f"content/static/{number}/x.txt").write_text("x")
    assert brandkit(folder, "deploy", "--example", "folder", str(there)).code == 0
    before = tree(there)
    shutil.rmtree(folder / "content/static")
    said = brandkit(folder, "deploy", "--example", "folder", str(there))
    assert said.code == 3
    assert "20 files of the" in said.err
    assert "  - 0/x.txt" in said.out
    assert tree(there) == before
    said = brandkit(folder, "deploy", "--example", "folder", str(there), "--dry-run")
    assert (said.code, "wants --allow-removals" in said.out) == (0, True)
    assert brandkit(folder, "deploy", "--example", "folder", str(there), "--allow-removals").code == 0
    assert not (there / "0").exists()


def test_a_vault_that_git_tracks_stops_the_deploy(folder: Path, brandkit: Any, there: Path) -> None:
    contacts = folder / "content/vault/contacts.yaml"
    contacts.write_text(contacts.read_text().replace("private.example", "ada-lovelace.de"))
    for command in (("init", "--quiet"), ("add", "-A")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    said = brandkit(folder, "deploy", "--example", "--public-only", "folder", str(there))
    assert said.code == 3
    assert "content/vault/contacts.yaml: git tracks 2 files of the vault" in said.err
    assert not there.exists()
    subprocess.run(["git", "rm", "--quiet", "-r", "--cached", "content/vault"], cwd=folder, check=True)
    assert brandkit(folder, "deploy", "--example", "--public-only", "folder", str(there)).code == 0


def test_an_invented_address_has_to_be_meant(folder: Path, brandkit: Any, there: Path) -> None:
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 3
    assert "site.yaml: t.example is an address for examples" in said.err
    assert not there.exists()


def test_a_new_brand_is_deployed_when_it_has_an_address_of_its_own(tmp_path: Path, brandkit: Any, there: Path) -> None:
    brandkit(tmp_path, "init", "mine", "--mine", "Ada")
    mine = tmp_path / "mine"
    assert "ada.example is an address for examples" in brandkit(mine, "deploy", "folder", str(there)).err
    site = mine / "site.yaml"
    site.write_text(site.read_text().replace("ada.example", "ada-lovelace.de"))
    said = brandkit(mine, "deploy", "folder", str(there))
    assert (said.code, said.err) == (0, "")


def test_what_is_left_of_the_example_has_to_be_meant(folder: Path, brandkit: Any, there: Path) -> None:
    site = folder / "site.yaml"
    site.write_text(site.read_text().replace("t.example", "ada-lovelace.de"))
    write_post(folder, "By Alex Example, of alex.example.org.")
    said = brandkit(folder, "deploy", "folder", str(there))
    assert said.code == 3
    assert "'Alex Example' belongs to the example that comes with brandkit" in said.err
    assert not there.exists()
    write_post(folder, "By myself.")
    assert brandkit(folder, "deploy", "folder", str(there)).code == 0


@pytest.mark.slow
def test_the_example_is_cleared(plain_example: Path, brandkit: Any, there: Path) -> None:
    said = brandkit(plain_example, "deploy", "--example", "folder", str(there))
    assert said.code == 0, said.err
    assert "): none found" in said.out


def test_a_folder_that_site_yaml_names_is_found_from_there(
    folder: Path, tmp_path: Path, brandkit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = folder / "site.yaml"
    config.write_text(config.read_text() + "deploy: {target: folder, to: ../named}\n")
    (tmp_path / "deep/er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep/er")
    ran = brandkit(folder, "deploy", "--example")
    assert ran.code == 0, ran.err
    assert (folder.parent / "named/index.html").is_file()
    told = f"Note: this goes to {folder.parent.resolve() / 'named'}, outside of the project, as site.yaml says."
    assert told in ran.out, "the file may be a stranger's"
    assert "outside" not in brandkit(folder, "deploy", "--example", "folder", str(folder.parent / "named")).out


def test_where_nobody_said_where_to_nothing_goes(folder: Path, brandkit: Any) -> None:
    ran = brandkit(folder, "deploy", "--example", "--public-only")
    assert (ran.code, "say where to" in ran.err) == (2, True)


def test_a_word_that_is_no_target_is_told_before_anything_is_built(folder: Path, brandkit: Any) -> None:
    ran = brandkit(folder, "deploy", "nowhere")
    assert (ran.code, "there is no target 'nowhere'" in ran.err) == (2, True)
    assert not (folder / "public").exists()
