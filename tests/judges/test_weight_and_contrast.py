"""What the home page weighs, and whether everything can be read: computed from what was built."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from brandkit.site.colour import contrast

pytestmark = pytest.mark.slow
MUCH, ENOUGH = 9.0, 4.5


def test_the_home_page_is_light_and_has_no_script(built_example: Path) -> None:
    public = built_example / "public"
    html = (public / "index.html").read_bytes()
    asked = re.findall(rb'<(?:link rel="stylesheet"|script src)[^>]*(?:href|src)="([^"]+)"', html)
    assert asked == [b"/assets/style.css"], "the page and its style sheet: two requests"
    weight = sum(len(gzip.compress(data, 9)) for data in (html, (public / "assets/style.css").read_bytes()))
    assert weight <= 10 * 1024, weight
    scripts = re.findall(rb"<script(?![^>]*application/ld\+json)", html)
    assert scripts == []


def _tokens(css: str) -> dict[str, tuple[str, str]]:
    """Each colour, in light and in dark."""
    found = re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", css)
    return {name: (light, dark) for name, light, dark in found}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_texts_can_be_read_on_every_background(built_example: Path, scheme: int) -> None:
    css = (built_example / "public/assets/style.css").read_text(encoding="utf-8")
    colours = {name: pair[scheme] for name, pair in _tokens(css).items()}
    for background in ("paper", "tint"):
        assert contrast(colours["ink"], colours[background]) >= MUCH
        for name in ("muted", "accent", "keyword", "string", "comment", "name", "number"):
            assert contrast(colours[name], colours[background]) >= ENOUGH, (name, background)
    assert contrast(colours["on-accent"], colours["accent"]) >= ENOUGH
