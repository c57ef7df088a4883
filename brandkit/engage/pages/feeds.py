"""How the feeds that you follow are doing. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.engage.pages.page import Facts, PageView


def feeds(facts: Facts) -> Iterator[PageView]:
    """Those with a problem first."""
    rows = sorted(facts.feeds, key=lambda feed: (not feed.problem, feed.id))
    yield PageView("feeds.html", "feeds.html", {"rows": rows})
