"""brandkit feeds: a calendar is called one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

VAULT = """
-- site.yaml --
title: Alex Example
url: https://alex.example.org/
-- content/vault/feeds.yaml --
- {id: city, url: events.ics, kind: calendar, title: City}
- {id: blog, url: blog.xml}
"""


def test_a_list_of_feeds_marks_its_calendars(site: Callable[[str], Path], brandkit: Callable[..., Any]) -> None:
    folder = site(VAULT)
    shown = brandkit(folder, "feeds", "list", "--offline")
    assert shown.code == 0, shown.err
    assert shown.out.startswith("city (calendar)  City  events.ics\nblog  ")
    rows = brandkit(folder, "feeds", "list", "--offline", "--json").json
    assert [row["kind"] for row in rows] == ["calendar", "feed"]
