"""Row 7, congratulate: good days, and good news in what the contact publishes. No request, no link of yours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

JOB = "I've joined Acme. The tea is good, and the people are better."


def joys(suggestions: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for s in suggestions:
        if s["move"] == "congratulate":
            found.setdefault(s["contact"], []).append(s)
    return found


def test_good_news_in_their_own_feed_is_to_be_confirmed_and_names_its_source(
    brand: Brand, brandkit: Any, feeds: Any, item: Any
) -> None:
    loss = "My mother died last week. We will miss her for a long time."
    entry = lambda who, text, day="2026-02-20", at="n": item(f"https://{who}.example/{at}", "News", text, day)  # noqa: E731
    files = feeds(
        c4=[entry("c4", JOB)],
        call=[entry("call", JOB)],
        du=[entry("du", JOB)],
        last=[entry("last", JOB, "2026-02-15")],
        gone=[entry("gone", JOB, "2026-02-14")],
        knew=[entry("knew", JOB)],
        other=[entry("other", JOB)],
        held=[entry("held", JOB)],
        twice=[entry("twice", JOB), entry("twice", JOB, "2026-02-21", "m")],
        doubt=[entry("doubt", "I almost joined Acme once, years ago, and did not.")],
        sad=[entry("sad", JOB, "2026-02-16"), entry("sad", loss, "2026-02-24", "m")],
    )
    more = {"call": "channel: call, ", "du": "languages: [de], ", "held": "hold: {reason: illness}, "}
    names = ("c4", "call", "du", "last", "gone", "knew", "other", "held", "doubt", "sad", "twice")
    folder = brand(
        {who: f"{more.get(who, '')}feeds: [feeds/{who}.xml]" for who in names},
        [
            {"did": "2026-02-18 knew congratulate gave", "summary": "told me on the phone"},
            {"did": "2026-02-21 other congratulate gave", "link": "https://other.example/book"},
        ],
        files=files,
    )
    said = brandkit(folder, "suggest", "--json").json
    found = joys(said)
    assert set(found) == {"c4", "call", "du", "last", "other", "twice"}
    assert [s["item"]["url"] for s in found["twice"]] == ["https://twice.example/m"], "one joy, told twice"
    (c4,) = found["c4"]
    assert c4["confirm"] is True
    assert c4["item"]["url"] == "https://c4.example/n"
    assert "you can read it on their own page" in c4["why"]
    assert c4["components"][0]["evidence"]["quote"] == "I've joined Acme."
    assert (c4["expires"], found["last"][0]["expires"]) == ("2026-03-06", "2026-03-01")
    assert "I read the news on your blog" in c4["draft"]["text"]
    assert "in deinem Blog gelesen" in found["du"][0]["draft"]["text"]
    assert "on their blog" in found["call"][0]["draft"]["text"]
    for (one,) in found.values():
        assert "?" not in one["draft"]["text"]
        assert "http" not in one["draft"]["text"]
    assert not [s for s in said if s["contact"] == "c4" and s["move"] == "respond"], "one thing about one post"
    assert [s["move"] for s in said if s["contact"] == "sad"] == ["stand-by"], "a loss silences the good news before it"


def test_days_come_round_and_stay_for_two_weeks(brand: Brand, brandkit: Any) -> None:
    days = {
        "leap": "birthday: --02-29",
        "born": "birthday: 2026-02-25",
        "today": "birthday: 1980-03-01",
        "last": "birthday: --02-15",
        "gone": "birthday: --02-14",
        "soon": "birthday: --03-02",
        "work": "dates: [{kind: work-anniversary, date: 2021-02-20}]",
        "fresh": "dates: [{kind: work-anniversary, date: 2026-02-20}]",
        "grave": "dates: [{kind: death of her father, date: --02-27}]",
        "parted": "dates: [{kind: divorce, date: 2020-02-27}]",
        "wed": "dates: [{kind: wedding, date: 2020-02-27}]",
        "held": "birthday: --03-01, hold: {reason: bereavement}",
        "early": "birthday: --03-01",
        "week": "birthday: --03-01",
        "since": "birthday: --02-25",
        "next": "birthday: --02-25",
    }
    journal = [
        "2026-02-28 early congratulate gave",
        "2026-02-24 week congratulate gave",
        "2026-02-27 since congratulate gave",
        "2026-03-02 next congratulate gave",
    ]
    folder = brand(days, journal)
    said = brandkit(folder, "suggest", "--json").json
    found = joys(said)
    assert set(found) == {"leap", "today", "last", "work", "wed", "week", "next"}
    assert found["wed"][0]["why"] == "Wed's wedding anniversary was Friday 27 February."
    assert found["leap"][0]["why"] == "Leap's birthday was yesterday.", "28 February, unless me.yaml says otherwise"
    assert found["today"][0]["why"] == "Today's birthday is today."
    assert found["today"][0]["draft"]["subject"] == "Happy birthday"
    assert "late" in found["work"][0]["draft"]["text"]
    assert found["today"][0]["confirm"] is False
    assert found["last"][0]["expires"] == "2026-03-01"
    assert [s["move"] for s in said if s["contact"] == "grave"] == ["stand-by"]
    assert [s["move"] for s in said if s["contact"] == "held"] == ["stand-by"]
    then = joys(brandkit(folder, "suggest", "--json", "--today", "2028-02-28").json)
    assert "leap" not in then, "in a leap year the day is itself"
    assert "born" in then
    me = folder / "content/vault/me.yaml"
    me.write_text(me.read_text() + "settings: {leap_birthday: 03-01}\n")
    march = joys(brandkit(folder, "suggest", "--json").json)
    assert march["leap"][0]["why"] == "Leap's birthday is today."


def test_it_is_logged_once_and_undone(brand: Brand, brandkit: Any, answer: Any, feeds: Any, item: Any) -> None:
    two = [
        item("https://ada.example/job", "New", JOB, "2026-02-24"),
        item("https://ada.example/prize", "Prize", "I won the Harbour prize. It is made of brass.", "2026-02-25"),
    ]
    folder = brand(
        {"ada": "birthday: --02-26, feeds: [feeds/ada.xml]", "bea": "birthday: --02-26"}, files=feeds(ada=two)
    )
    first = joys(brandkit(folder, "suggest", "--json").json)
    assert len(first["ada"]) == 3
    by = {s["item"]["key"].partition("@")[0]: s for s in (*first["ada"], *first["bea"])}
    line = answer(folder, "done", first["bea"][0])
    assert (line["type"], line["direction"], line["item"]) == ("congratulate", "gave", "birthday@2026-02-26")
    line = answer(folder, "done", by["https://ada.example/job"])
    assert (line["type"], line["link"]) == ("congratulate", "https://ada.example/job")
    then = joys(brandkit(folder, "suggest", "--json").json)
    assert {s["id"] for s in then["ada"]} == {s["id"] for s in first["ada"] if s != by["https://ada.example/job"]}
    assert "bea" not in then, "another joy is another joy; the same is not"
    assert brandkit(folder, "undo").code == 0
    assert joys(brandkit(folder, "suggest", "--json").json)["ada"] == first["ada"]
