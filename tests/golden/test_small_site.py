"""One small site, in → out, compared with files that are reviewed as diffs.

`BRANDKIT_UPDATE_GOLDEN=1 pytest tests/golden` rewrites what is expected. The theme is the site's
own, so that the design of the default theme is free to change.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent / "small"


def tree(folder: Path) -> dict[str, str]:
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    return {path: file.read_text(encoding="utf-8") for path, file in files.items() if not path.startswith(".")}


def test_the_small_site_is_as_expected(tmp_path: Path, brandkit: Callable[..., object]) -> None:
    project = tmp_path / "project"
    shutil.copytree(HERE / "in", project)
    ran = brandkit(project, "build", "--public-only", "--today", "2026-03-01", "--strict")
    assert ran.code == 0, ran.err
    if os.environ.get("BRANDKIT_UPDATE_GOLDEN"):
        shutil.rmtree(HERE / "out", ignore_errors=True)
        shutil.copytree(project / "public", HERE / "out", ignore=shutil.ignore_patterns(".*"))
    assert tree(project / "public") == tree(HERE / "out")
