"""Row 10, appreciation in public: consented quotes are shown, others never are; thanks come from public data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = """
-- site.yaml --
title: Kim
url: https://kim.example/
-- content/testimonials/mo.md --
---
by: Mo Example
quote: She mended it in the rain.
consent: 2026-02-01
---
-- content/testimonials/jo.md --
---
by: Jo Secret
quote: Nobody should read this.
---
-- content/data/thanks.yaml --
- {name: The tea shop, for: warm hands}
"""


@pytest.fixture
def folder(site: Callable[[str], Path]) -> Path:
    return site(PROJECT)


def everything(folder: Path) -> str:
    files = (
        path for path in sorted((folder / "public").rglob("*")) if path.suffix in (".html", ".xml", ".json", ".txt")
    )
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_a_quote_is_shown_with_its_consent_and_never_without(brandkit: Any, folder: Path) -> None:
    ran = brandkit(folder, "build", "--today", "2026-03-01")
    assert ran.code == 1 and "content/testimonials/jo.md:1:1: error BK145" in ran.err
    text = everything(folder)
    assert "She mended it in the rain." in text and "Mo Example" in text
    assert "Nobody should read this." not in text and "Jo Secret" not in text


def test_thanks_stand_on_a_page_of_their_own(brandkit: Any, folder: Path) -> None:
    (folder / "content/testimonials/jo.md").unlink()
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    assert "warm hands" in (folder / "public/thanks/index.html").read_text(encoding="utf-8")
    (folder / "content/data/thanks.yaml").unlink()
    assert brandkit(folder, "build", "--today", "2026-03-01").code == 0
    assert not (folder / "public/thanks").exists()
