"""The Nu Html Checker on every page of the example: no error. `BRANDKIT_VNU` names its jar."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_every_page_of_the_example_is_valid(built_example: Path, lacking: Callable[[str, str], None]) -> None:
    jar = os.environ.get("BRANDKIT_VNU", "")
    if not shutil.which("java") or not Path(jar).is_file():
        lacking("java", "there is no Java here, or BRANDKIT_VNU names no jar of the checker")
    public = built_example / "public"
    pages = [path.relative_to(public).as_posix() for path in sorted(public.rglob("*.html"))]
    assert len(pages) > 30
    ran = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--format", "json", *pages],
        cwd=public,
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = [m for m in json.loads(ran.stderr)["messages"] if m["type"] == "error"]
    assert [f"{m['url'].rpartition('public/')[2]}: {m['message']} {m.get('extract', '')[:120]}" for m in said] == []
