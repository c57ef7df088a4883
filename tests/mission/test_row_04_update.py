"""Row 4, update: whom a new post of yours is for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Brand = Callable[..., Path]

CACHE, RAIN = "https://me.example/posts/cache/", "https://me.example/posts/rain/"


@pytest.fixture
def own(posts: Callable[..., dict[str, str]]) -> dict[str, str]:
    """Two new posts, one of thirty days ago, one older, one of tomorrow."""
    return posts(
        cache=("2026-02-20", "Remote caching for everybody", "Remote caching is less work than it was."),
        rain=(
            "2026-02-10",
            "Rainwater barrels compared",
            "Rainwater barrels are cheap. [One](https://cited.example/x).",
        ),
        bees=("2026-01-30", "Beekeeping in town", "Beekeeping in town is quiet. Bees like town."),
        old=("2026-01-29", "Harpsichords", "Harpsichords are slow. Harpsichords need tuning."),
        morrow=("2026-03-02", "Harbours", "Harbours are quiet. Harbours have keepers."),
    )


def updates(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = [s for s in suggestions if s["move"] == "update"]
    assert len({s["contact"] for s in found}) == len(found), "one a contact"
    return {s["contact"]: s for s in found}


def test_it_is_for_whom_it_interests_and_who_knows_you(brand: Brand, brandkit: Any, own: dict[str, str]) -> None:
    cache = "interests: [remote caching]"
    folder = brand(
        {
            **dict.fromkeys(("called", "year", "wrote", "answered", "liked", "received"), cache),
            **dict.fromkeys(("ago", "never", "silent", "asked", "later", "theirs", "come", "cold"), cache),
            "other": "interests: [embroidery]",
            "both": "interests: [rainwater, remote caching]",
            "bees": "interests: [beekeeping]",
            "past": "interests: [harpsichords]",
            "soon": "interests: [harbours]",
            "cited": "links: ['https://cited.example/']",
            "held": f"{cache}, hold: {{reason: illness}}",
        },
        [
            "2025-06-01 called,other,both,bees,past,soon,held call mutual",
            "2025-03-01 year meeting mutual",
            "2025-02-28 ago meeting mutual",
            "2025-06-01 wrote replied mutual",
            "2025-06-01 received favour received",
            "2025-06-01 silent message gave",
            "2025-06-01 asked ask asked",
            "2026-03-02 come call mutual",
            "2024-01-01 answered,later update gave",
            "2024-01-03 answered replied received",
            "2024-03-01 later message gave",
            "2024-03-03 later replied received",
            {"did": "2024-01-01 liked update gave", "reaction": "liked"},
            {"did": "2024-01-01 cold update gave", "reaction": "disliked"},
            "2024-01-01 theirs update received",
            "2024-01-03 theirs replied mutual",
        ],
        files=own,
    )
    found = updates(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"called", "year", "wrote", "answered", "liked", "received", "both", "bees", "cited"}
    assert found["both"]["item"]["url"] == CACHE, "the newest"
    assert found["called"]["why"] == (
        "“Remote caching for everybody” is about remote caching, which Called likes to read about."
    )
    assert "link to Cited's work" in found["cited"]["why"]
    for who in ("called", "year", "both", "cited"):
        assert "welcome" in found[who]["draft"]["text"], "the first time the words ask whether it is"
    for who in ("answered", "liked"):
        assert "welcome" not in found[who]["draft"]["text"]
        assert "?" not in found[who]["draft"]["text"]
    for one in found.values():
        assert one["item"]["url"] in one["draft"]["text"]


def test_once_in_thirty_days_and_never_twice_of_one_post(
    brand: Brand, brandkit: Any, own: dict[str, str], answer: Any
) -> None:
    other = {"link": "https://me.example/posts/other/"}
    both = "interests: [rainwater, remote caching], every: 30 days"
    folder = brand(
        dict.fromkeys(("ada", "free", "pause", "knows", "away"), both),
        [
            "2026-01-01 ada,free,pause,knows,away call mutual",
            {"did": "2026-01-30 free update gave", **other},
            {"did": "2026-01-31 pause update gave", **other},
            {"did": "2026-02-22 knows message gave", "link": "http://me.example/posts/cache?utm_source=x"},
            {"did": "2026-02-22 away dismissed", "link": CACHE, "move": "update"},
        ],
        files=own,
    )
    first = brandkit(folder, "suggest", "--json").json
    found = updates(first)
    assert {who: one["item"]["url"] for who, one in found.items()} == {
        "ada": CACHE, "free": CACHE, "knows": RAIN, "away": RAIN,
    }  # fmt: skip
    assert "you told them of something of yours on 2026-01-31" in brandkit(folder, "suggest", "--blocked", "pause").out
    line = answer(folder, "done", found["ada"])
    assert (line["type"], line["direction"], line["link"]) == ("update", "gave", CACHE)
    assert set(updates(brandkit(folder, "suggest", "--json").json)) == {"free", "knows", "away"}
    fresh = own["content/posts/rain.md"].replace("2026-02-10", "2026-03-20")
    (folder / "content/posts/rain.md").write_text(fresh, encoding="utf-8")
    (folder / "content/posts/cache.md").write_text(
        own["content/posts/cache.md"].replace("2026-02-20", "2026-03-25"), encoding="utf-8"
    )
    assert "ada" not in updates(brandkit(folder, "suggest", "--json", "--today", "2026-03-30").json)
    after = updates(brandkit(folder, "suggest", "--json", "--today", "2026-03-31").json)
    assert (after["ada"]["item"]["url"], after["free"]["item"]["url"]) == (RAIN, CACHE), "not twice of one post"
    assert "welcome" not in after["ada"]["draft"]["text"], "it is not the first note any more"
