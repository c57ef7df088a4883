"""axe-core on every template, wide and light, narrow and dark: no violation, nothing that overflows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ALL = "axe.run(document, {resultTypes: ['violations']})"
# What depends on room and colours, in two pages of a kind: all else was found, or not, in the wide and light ones.
SEEN = "color-contrast target-size scrollable-region-focusable link-in-text-block meta-viewport".split()
SOME = f"axe.run(document, {{resultTypes: ['violations'], runOnly: {SEEN}}})"
SETTINGS = [pytest.param(1280, "light", ALL, id="wide, light"), pytest.param(320, "dark", SOME, id="narrow, dark")]


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(built_example: Path) -> list[str]:
    """Every kind of page: all of the example but what repeats a template many times."""
    public = built_example / "public"
    found = [path.relative_to(public).as_posix() for path in sorted(public.rglob("*.html"))]
    lists = [path for path in found if path.startswith("tags/")][:3]
    redirects = [path for path in found if 'http-equiv="refresh"' in (public / path).read_text(encoding="utf-8")]
    return [path for path in found if path not in redirects and (path in lists or not path.startswith("tags/"))]


@pytest.mark.parametrize(("width", "scheme", "look"), SETTINGS)
def test_axe_finds_nothing_and_nothing_overflows(
    chromium: Any,
    serve: Callable[[Path], str],
    built_example: Path,
    pages: list[str],
    axe: str,
    width: int,
    scheme: str,
    look: str,
) -> None:
    root = serve(built_example / "public")
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    violations: dict[str, list[str]] = {}
    kinds = Counter[str]()
    for path in pages:
        page.goto(root + path.removesuffix("index.html"))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
        kinds[kind := path.partition("/")[0]] += 1
        if look is SOME and kinds[kind] > 2:
            continue
        page.evaluate(axe)
        found = page.evaluate(look)["violations"]
        if found:
            violations[path] = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
    context.close()
    assert violations == {}
    assert len(pages) > 30
