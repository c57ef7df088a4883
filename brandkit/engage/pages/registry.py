"""Every private page, in the order in which they stand in the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from brandkit.engage.insight.ideas_view import ideas_page
from brandkit.engage.insight.network_view import network_page
from brandkit.engage.pages import calendar, events, feeds, live, people, places, week
from brandkit.engage.pages.page import Facts, PageView


def _network(facts: Facts) -> Iterator[PageView]:
    yield PageView("network.html", "network.html", partial(network_page, facts.world))


def _ideas(facts: Facts) -> Iterator[PageView]:
    yield PageView("ideas.html", "ideas.html", partial(ideas_page, facts.world, facts.occasions))


PAGES: tuple[Callable[[Facts], Iterator[PageView]], ...] = (
    *(week.week, people.people, calendar.calendar, events.events),
    *(places.communities, places.introductions, places.mentorships, _network, _ideas, feeds.feeds),
)
LIVE_PAGES: tuple[Callable[[Facts], Iterator[PageView]], ...] = (live.live_pages,)
MENU = (
    ("index.html", "This week"),
    ("people/index.html", "People"),
    ("calendar.html", "Calendar"),
    ("events/index.html", "Events"),
    ("communities.html", "Communities"),
    ("introductions.html", "Introductions"),
    ("mentorships.html", "Mentorships"),
    ("network.html", "Network"),
    ("ideas.html", "Ideas"),
    ("feeds.html", "Feeds"),
)
