"""Published addresses are final: deploy notes them, a lost one stops it, a person may let it go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Site = Callable[[str], Path]
LIST = "content/published-urls.txt"
PROJECT = """
-- site.yaml --
title: T
url: https://t.example/blog/
today: 2026-03-01
-- content/posts/one.md --
---
title: One
date: 2026-02-01
aliases: [/first/]
---
A quiet post.
-- content/posts/two.md --
---
title: Two
date: 2026-02-02
---
Another quiet post.
"""


@pytest.fixture
def folder(site: Site, tmp_path: Path, brandkit: Any) -> Path:
    made = site(PROJECT)
    (made / "content/static").mkdir()
    (made / "content/static/notes.txt").write_text("no page")
    return made


def deploy(brandkit: Any, folder: Path, *more: str) -> Any:
    return brandkit(folder, "deploy", "--example", "folder", str(folder.parent / "www"), "--public-only", *more)


def test_a_deploy_lists_the_address_of_every_page_and_of_nothing_else(folder: Path, brandkit: Any) -> None:
    said = deploy(brandkit, folder)
    assert said.code == 0
    listed = [line for line in (folder / LIST).read_text().splitlines() if not line.startswith("#")]
    assert {"/", "/posts/one/", "/posts/two/", "/posts/", "/first/"} <= set(listed)
    assert not [line for line in listed if "404" in line or line.endswith((".xml", ".txt", ".json", ".css"))]
    assert f"{len(listed)} addresses added to {LIST}" in said.out
    assert "added to" not in deploy(brandkit, folder).out


def test_a_dry_run_lists_nothing(folder: Path, brandkit: Any) -> None:
    assert deploy(brandkit, folder, "--dry-run").code == 0
    assert not (folder / LIST).exists()


def test_a_lost_address_stops_a_deploy_until_it_is_let_go(folder: Path, brandkit: Any) -> None:
    assert deploy(brandkit, folder).code == 0
    (folder / "content/posts/one.md").unlink()
    stopped = deploy(brandkit, folder)
    assert stopped.code == 3
    assert "BK178" in stopped.err
    assert (folder.parent / "www/posts/one/index.html").exists()
    before = (folder / LIST).read_text()
    said = brandkit(folder, "check", "--accept-urls")
    assert said.code == 0
    assert "Let go: /posts/one/" in said.out
    assert "Let go: /first/" in said.out
    after = (folder / LIST).read_text()
    assert after == before.replace("/posts/one/\n", "gone /posts/one/\n").replace("/first/\n", "gone /first/\n")
    assert deploy(brandkit, folder).code == 0
    assert not (folder.parent / "www/posts/one/index.html").exists()


def test_letting_go_of_nothing_says_so_and_changes_nothing(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "check", "--accept-urls", "--json").json
    assert said["accepted"] == []
    assert not (folder / LIST).exists()


def test_a_lost_text_is_one_finding_and_the_lists_that_went_with_it_are_one(folder: Path, brandkit: Any) -> None:
    one = folder / "content/posts/one.md"
    one.write_text(one.read_text().replace("aliases: [/first/]", "tags: [pears, plums, quinces]"))
    assert deploy(brandkit, folder).code == 0
    one.unlink()
    lost = [d["message"] for d in brandkit(folder, "check", "--json").json["diagnostics"] if d["code"] == "BK178"]
    assert lost == [
        "/posts/one/ was published once, and nothing is there now",
        "no text has these tags any more, so their lists are gone: /tags/pears/, /tags/plums/, /tags/quinces/",
    ]
    said = brandkit(folder, "check", "--accept-urls")
    assert said.code == 0
    for address in ("/posts/one/", "/tags/pears/", "/tags/plums/", "/tags/quinces/"):
        assert f"Let go: {address}\n" in said.out
    assert "BK178" not in brandkit(folder, "check").err


@pytest.mark.parametrize(
    ("slip", "found"), [("date: 2026-13-40", "BK140"), ("url: ../two/", "BK151"), ("date: [", "BK")], ids=str
)
def test_an_address_that_only_a_mistake_hides_is_not_called_gone_nor_let_go(
    folder: Path, brandkit: Any, slip: str, found: str
) -> None:
    assert deploy(brandkit, folder).code == 0
    before, two = (folder / LIST).read_text(), folder / "content/posts/two.md"
    right = two.read_text()
    two.write_text(right.replace("date: 2026-02-02", slip))
    said = brandkit(folder, "check")
    assert found in said.err
    assert "BK178" not in said.err
    refused = brandkit(folder, "check", "--accept-urls")
    assert refused.code == 3
    assert "content/posts/two.md:" in refused.err
    assert (folder / LIST).read_text() == before
    two.write_text(right)
    assert deploy(brandkit, folder).code == 0
