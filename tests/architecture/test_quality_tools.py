"""Formatting, lint, types and the walls between rooms, as the tools see them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TOOLS = {
    "ruff-check": ("ruff", "check", "."),
    "ruff-format": ("ruff", "format", "--check", "brandkit", "tests"),
    "mypy": ("mypy",),
    "import-linter": ("lint-imports",),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOOLS)
def test_the_tool_has_nothing_to_say(name: str) -> None:
    program, *arguments = TOOLS[name]
    beside = Path(sys.executable).parent / program
    found = str(beside) if beside.is_file() else shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([found, *arguments], cwd=REPOSITORY, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
