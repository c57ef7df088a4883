"""A lighter example, for what pictures and the search index have no part in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def make_plain(folder: Path) -> Path:
    """Take from the example what is slow to make: cards, lighter pictures, the search index."""
    config = folder / "site.yaml"
    text = config.read_text(encoding="utf-8").replace("\nsearch: true", "\nsearch: false")
    config.write_text(f"{text}\ncards: false\nimages: {{widths: []}}\n", encoding="utf-8")
    return folder


@pytest.fixture
def plain() -> Callable[[Path], Path]:
    """Makes a laid out example a plain one."""
    return make_plain


@pytest.fixture
def plain_example(example: Path) -> Path:
    """The example with every page, but without what is slow to make."""
    return make_plain(example)
