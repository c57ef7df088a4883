"""How fast what a feed says grows old: a daily paper's in days, a quarterly's in months. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from brandkit.engage.model import Entry

USUAL = 21.0  # days, for a feed whose rhythm is not known
_GAPS = 6  # of a feed's usual gaps make a half-life
_SHORTEST, _LONGEST = 7.0, 60.0  # days
_DAY = 86_400


def half_lives(entries: Sequence[Entry]) -> Mapping[str, float]:
    """For each feed the days after which its entries are half as fresh: six median gaps, a week to two months."""
    moments: dict[str, list[float]] = {}
    for entry in entries:
        moments.setdefault(entry.feed, []).append(entry.published.timestamp())
    return {feed: _half_life(sorted(times)) for feed, times in moments.items()}


def _half_life(times: Sequence[float]) -> float:
    gaps = [later - earlier for earlier, later in pairwise(times)]
    if len(gaps) < 2:
        return USUAL
    return max(_SHORTEST, min(_LONGEST, _GAPS * median(gaps) / _DAY))
