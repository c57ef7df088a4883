"""Row 5, respond: a contact published something. One sentence is quoted, the reply is yours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

HARBOURS = "Fog. The keepers of harbours count the ships twice on every foggy morning. It helps."


def responds(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = [s for s in suggestions if s["move"] == "respond"]
    assert len({s["contact"] for s in found}) == len(found)
    return {s["contact"]: s for s in found}


def test_what_they_published_in_the_last_fourteen_days_is_quoted(
    brand: Brand, brandkit: Any, feeds: Any, item: Any
) -> None:
    days = {
        "today": "2026-03-01", "fresh": "2026-02-26", "last": "2026-02-15", "old": "2026-02-14", "soon": "2026-03-02",
        "spoken": "2026-02-26", "held": "2026-02-26", "du": "2026-02-26", "sms": "2026-02-26", "call": "2026-02-26",
    }  # fmt: skip
    more = {"held": "hold: {reason: hard-time}, ", "du": "languages: [de], ", "sms": "channel: sms, "}
    more["call"] = "channel: call, "
    published = feeds(
        **{who: [item(f"https://{who}.example/fog", "Counting ships", HARBOURS, day)] for who, day in days.items()},
        short=[item("https://short.example/s", "Short", "Fog again.", "2026-02-26")],
    )
    folder = brand(
        {who: f"{more.get(who, '')}feeds: [feeds/{who}.xml]" for who in (*days, "short")} | {"none": ""},
        [{"did": "2026-02-27 spoken call mutual", "link": "http://www.spoken.example/fog/"}],
        files=published,
    )
    found = responds(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"today", "fresh", "last", "du", "sms", "call", "short"}
    sentence = "The keepers of harbours count the ships twice on every foggy morning."
    for who in ("today", "fresh", "last", "du", "sms", "call"):
        assert found[who]["draft"]["text"].count(sentence) == 1, "one sentence of theirs"
        assert "It helps" not in found[who]["draft"]["text"]
        assert found[who]["components"][0]["evidence"]["quote"] == sentence
    assert "“" not in found["short"]["draft"]["text"].replace("“Short”", ""), "no sentence, no quote"
    assert found["fresh"]["why"] == "Fresh published “Counting ships” (Thursday 26 February)."
    assert (found["fresh"]["expires"], found["last"]["expires"]) == ("2026-03-12", "2026-03-01")
    assert "me.example" not in str([one["draft"] for one in found.values()])
    on = lambda day: set(responds(brandkit(folder, "suggest", "--json", "--today", day).json))  # noqa: E731
    assert on("2026-03-02") & {"last", "soon"} == {"soon"}


def test_what_was_answered_or_set_aside_is_not_brought_up_again(
    brand: Brand, brandkit: Any, feeds: Any, item: Any, answer: Any
) -> None:
    both = lambda who: [  # noqa: E731
        item(f"https://{who}.example/new", "New", HARBOURS, "2026-02-26"),
        item(f"https://{who}.example/before", "Before", HARBOURS, "2026-02-20"),
    ]
    folder = brand(
        {who: f"feeds: [feeds/{who}.xml], {fit}" for who, fit in (("ada", "interests: [rainwater]"), ("bea", ""))},
        files=feeds(ada=both("ada"), bea=both("bea")),
    )
    found = responds(brandkit(folder, "suggest", "--json").json)
    assert {one["item"]["title"] for one in found.values()} == {"New"}
    line = answer(folder, "done", found["ada"])
    assert (line["type"], line["direction"], line["link"]) == ("respond", "gave", "https://ada.example/new")
    answer(folder, "dismiss", found["bea"])
    then = brandkit(folder, "suggest", "--json").json
    assert {one["item"]["title"] for one in responds(then).values()} == {"Before"}
    assert any(s["move"] == "share" for s in then), "an answer is no share, and uses none up"
    assert brandkit(folder, "undo").code == 0
    assert responds(brandkit(folder, "suggest", "--json").json)["bea"] == found["bea"]


def test_midnight_is_where_one_lives(brand: Brand, brandkit: Any, feeds: Any, item: Any) -> None:
    """What came out at 23:30 of 14 February in London came out on the 15th in Berlin."""
    files = feeds(ada=[item("https://ada.example/fog", "Counting ships", HARBOURS, "2026-02-14")])
    name = "content/vault/feeds/ada.xml"
    files[name] = files[name].replace("08:00:00", "23:30:00")
    site = "title: Test\nurl: https://me.example/\ntoday: 2026-03-01\ntimezone: "
    found = {}
    for zone in ("Europe/Berlin", "Europe/London"):
        folder = brand({"ada": "feeds: [feeds/ada.xml]"}, files={**files, "site.yaml": site + zone}, name=zone[-6:])
        found[zone] = set(responds(brandkit(folder, "suggest", "--json").json))
    assert found == {"Europe/Berlin": {"ada"}, "Europe/London": set()}
