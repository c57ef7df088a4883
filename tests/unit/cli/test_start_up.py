"""Starting up is cheap: help, and a build that has nothing to do, import none of the heavy libraries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pydantic", "jinja2", "markdown_it", "pygments", "feedparser", "httpx2", "rich", "snowballstemmer", "nh3"}
REPOSITORY = Path(__file__).resolve().parents[3]

ASK = """
import sys
sys.argv = ["brandkit", *sys.argv[1:]]
from brandkit.cli.main import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
print("LOADED", *sorted(name for name in sys.modules))
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The modules in memory when a command ends."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true"},
        timeout=60,
        check=True,
    )
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("build", "--help"), ("suggest", "--help")])
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    modules = loaded(tmp_path, *arguments)
    assert "brandkit.cli.main" in modules
    assert not HEAVY & modules


@pytest.mark.slow
def test_a_build_with_nothing_to_do_imports_nothing_heavy(plain_example: Path) -> None:
    first = loaded(plain_example, "build", "--offline")
    assert first >= {"pydantic", "jinja2"}, "the twin: a build that has work to do"
    second = loaded(plain_example, "build", "--offline")
    assert not HEAVY & second
    assert "brandkit.engage.vault" not in second
    (plain_example / "content/posts/what-boring-means.md").touch()
    assert not HEAVY & loaded(plain_example, "build", "--offline"), "the same bytes with a younger stamp"
