"""Any accent can be read on both backgrounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandkit.site.colour import ENOUGH, INK_PAPER, PAPER, contrast, readable, text_on


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01) == contrast(other, one)


@given(st.integers(0, 0xFFFFFF))
def test_every_accent_becomes_readable(number: int) -> None:
    accent = f"#{number:06x}"
    for background in (PAPER, INK_PAPER):
        shade = readable(accent, background)
        assert contrast(shade, background) >= ENOUGH
        assert contrast(text_on(shade), shade) >= 4.5


def test_a_good_accent_is_left_alone() -> None:
    assert readable("#0b6e4f", PAPER) == "#0b6e4f"
