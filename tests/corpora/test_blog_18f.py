"""Half of a real engineering blog, as it was written for another generator, builds whole."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"
CONFIG = "title: 18F\nurl: https://18f.example/\nfeeds: {limit: 0}\ncards: false\n"


@pytest.fixture(scope="module")
def posts(shared: Path) -> list[Path]:
    return sorted((shared / "corpora/blog-18f").glob("*.md"))


@pytest.fixture(scope="module")
def built(posts: list[Path], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Any:
    """(project, what the run said)."""
    project = tmp_path_factory.mktemp("blog") / "project"
    (project / "content/posts").mkdir(parents=True)
    (project / "site.yaml").write_text(CONFIG)
    for post in posts:
        shutil.copy(post, project / "content/posts")
    run = request.getfixturevalue("run_once")
    return project, run(project, "build", "--public-only", "--json")


@pytest.fixture(scope="module")
def run_once() -> Callable[..., Any]:
    import json
    import os
    import subprocess
    import sys

    def run(folder: Path, *arguments: str) -> Any:
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "CI": "true"}
        command = [sys.executable, "-m", "brandkit", *arguments]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return json.loads(done.stdout)

    return run


def test_every_post_has_a_page_and_is_in_feed_archive_and_sitemap(built: Any, posts: list[Path]) -> None:
    project, _ = built
    assert len(posts) >= 100
    entries = ET.parse(project / "public/feed.xml").getroot().findall(f"{ATOM}entry")
    addresses = {entry.findtext(f"{ATOM}id", "") for entry in entries}
    assert len(entries) == len(addresses) == len(posts)
    paths = [address.removeprefix("https://18f.example/") for address in addresses]
    pages = {path: (project / "public" / path / "index.html").read_text() for path in paths}
    assert len(set(pages.values())) == len(posts)
    archive = (project / "public/archive/index.html").read_text()
    assert set(paths) <= {path.lstrip("/") for path in re.findall(r'href="([^"]+)"', archive)}
    assert all(entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}content") for entry in entries)
    sitemap = ET.parse(project / "public/sitemap.xml").getroot()
    assert addresses <= {loc.text for loc in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}


def test_faults_are_reported_at_their_source_and_stop_nothing(built: Any) -> None:
    project, said = built
    for finding in said["diagnostics"]:
        assert finding["severity"] != "error", finding
        assert (project / finding["file"]).is_file()
    assert any(d["code"] == "BK170" for d in said["diagnostics"]), "its pictures are missing; that has to be said"


def test_old_addresses_lead_to_the_new_ones(built: Any, posts: list[Path]) -> None:
    project, _ = built
    wanted = {
        old.strip().strip("\"'/")
        for post in posts
        for block in re.findall(r"^redirect_from:\s*\n((?:\s*-\s.*\n)+)", post.read_text(), re.M)
        for old in re.findall(r"-\s*(.+)", block)
    }
    missing = [old for old in wanted if not (project / "public" / old / "index.html").is_file()]
    assert wanted
    assert missing == []


def test_a_second_build_writes_nothing_and_a_clean_one_is_equal(
    built: Any, tmp_path: Path, run_once: Callable[..., Any]
) -> None:
    project, _ = built
    assert run_once(project, "build", "--public-only", "--json")["written"] == []
    again = tmp_path / "again"
    shutil.copytree(project / "content", again / "content")
    shutil.copy(project / "site.yaml", again)
    run_once(again, "build", "--public-only", "--json")
    assert _tree(again / "public") == _tree(project / "public")


def _tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
