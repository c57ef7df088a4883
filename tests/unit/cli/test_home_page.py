"""The home page of the bundled theme says what is next, and where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/%s/one.md --
---
title: One
%s
---
About.
"""


@pytest.mark.parametrize(
    ("folder", "keys", "place"),
    [
        ("events", "start: 2026-05-01T19:00\nlocation: The old quay", "The old quay"),
        ("talks", "date: 2026-05-01\nevent: Harbour days\nvenue: Harbour hall", "Harbour hall"),
        ("talks", "date: 2026-05-01\nevent: Harbour days", "Harbour days"),
        ("talks", "date: 2026-05-01", ""),
    ],
)
def test_what_is_next_has_a_place(
    folder: str, keys: str, place: str, site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    made = site(PROJECT % (folder, keys))
    assert brandkit(made, "build", "--public-only", "--offline").code in (0, 1)
    home = (made / "public/index.html").read_text(encoding="utf-8")
    assert "next-event" in home
    assert ('<span class="p-location">' in home, place in home) == (bool(place), True)
