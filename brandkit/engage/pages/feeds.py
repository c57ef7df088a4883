"""How the feeds that you follow are doing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from brandkit.engage.pages.page import Facts, PageView


def feeds(facts: Facts) -> Iterator[PageView]:
    """Those with a problem first."""
    yield PageView("feeds.html", "feeds.html", partial(_rows, facts))


def _rows(facts: Facts) -> dict[str, object]:
    return {"rows": sorted(facts.feeds, key=lambda feed: (not feed.problem, feed.id))}
