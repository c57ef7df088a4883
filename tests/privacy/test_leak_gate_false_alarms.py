"""Five thousand common names are searched for in a real blog: nobody is found but who does stand there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.privacy.common_names import vault

pytestmark = pytest.mark.slow
# They are named in the blog: people who wrote there, worked there, or were thanked.
NAMED = {
    *("Amanda Robinson", "David Best", "James King", "James Scott", "Michael King", "Michael Walker", "Sarah Allen"),
    *("Sarah Best", "Stephanie Green"),
}


def test_common_names_raise_no_false_alarm(shared: Path, tmp_path: Path, brandkit: Callable[..., Any]) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/vault").mkdir()
    (tmp_path / "site.yaml").write_text("title: 18F\nurl: https://18f.example/\nfeeds: {limit: 5}\n")
    for post in (shared / "corpora/blog-18f").glob("*.md"):
        shutil.copy(post, tmp_path / "content/posts")
    everybody = vault()
    (tmp_path / "content/vault/contacts.yaml").write_text(everybody)
    assert everybody.count("\n") >= 5000
    ran = brandkit(tmp_path, "check", "--leaks", "--json")
    said = ran.json
    ids = {name for finding in said["diagnostics"] for name in re.findall(r"(\w+)\.name", finding["message"])}
    names = {line.partition('name: "')[2].partition('"')[0] for line in everybody.splitlines() if _id(line) in ids}
    assert names <= NAMED
    assert {line.partition(",")[0] for line in said["allowed"]} <= NAMED
    assert names, "they do stand there, so they have to be found"


def _id(line: str) -> str:
    return line.partition("id: ")[2].partition(",")[0]
