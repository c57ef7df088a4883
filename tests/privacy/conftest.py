"""A lighter example, for what pictures and the search index have no part in."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def plain_example(example: Path) -> Path:
    """The example with every page, but without what is slow to make: cards, lighter pictures, the search index."""
    config = example / "site.yaml"
    text = config.read_text(encoding="utf-8").replace("\nsearch: true", "\nsearch: false")
    config.write_text(f"{text}\ncards: false\nimages: {{widths: []}}\n", encoding="utf-8")
    return example
