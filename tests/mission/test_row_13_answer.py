"""Row 13, online communities: the question that you can answer, and a link of yours only where it is welcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

ME = "name: Alex Example\nlanguages: [en]\nexpertise: [remote caching]\nvoice: {closing: Alex}\n"
POST = "---\ntitle: Remote caching for small teams\ndate: 2026-01-10\n---\nRemote caching pays off late. Measure it.\n"
OTHER = "---\ntitle: Bread\ndate: 2026-01-11\n---\nSourdough rises slowly.\n"
OWN = "https://me.example/posts/caching/"


def place(id: str, self_promotion: bool = False, ratio: float = 0.8, feed: str = "forum") -> str:
    rule = str(self_promotion).lower()
    return f"- {{id: {id}, name: {id.title()}, feed: {feed}.xml, self_promotion: {rule}, help_ratio: {ratio}}}\n"


def threads(item: Any, host: str = "forum") -> list[Any]:
    base = f"https://{host}.example/t"
    return [
        item(f"{base}/1", "Is remote caching worth it?", "We are four people. How do we start with remote caching?"),
        item(f"{base}/2", "We use remote caching", "Remote caching is running here since May. Just to let you know."),
        item(f"{base}/3", "Which sourdough flour do you take?", "Mine does not rise. Any ideas?"),
    ]


def answers(suggestions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [s for s in suggestions if s["move"] == "answer"]


def files(communities: str, **feeds: str) -> dict[str, str]:
    return {
        "content/vault/me.yaml": ME,
        "content/posts/caching.md": POST,
        "content/posts/bread.md": OTHER,
        "content/vault/communities.yaml": communities,
        **{f"content/vault/{name}.xml": feed for name, feed in feeds.items()},
    }


def test_of_three_threads_exactly_the_question_that_matches_with_terms_and_your_post(
    brand: Brand, brandkit: Any, feed_of: Any, item: Any
) -> None:
    folder = brand("", files=files(place("forum"), forum=feed_of(threads(item))))
    (one,) = answers(brandkit(folder, "suggest", "--json").json)
    assert one["item"]["url"] == "https://forum.example/t/1" and one["contact"] is None
    (component,) = one["components"]
    assert component["evidence"]["terms"] == ["remote caching"]
    assert component["evidence"]["quote"] == "How do we start with remote caching?"
    assert f"You wrote about it: “Remote caching for small teams” {OWN}" in one["notes"]
    # no self-promotion there: the link is left out, and it says why
    assert "me.example" not in one["draft"]["text"] and "Bread" not in one["draft"]["text"]
    assert "Your own link is left out: Forum does not like links to one's own work." in one["notes"]
    said = brandkit(folder, "done", one["id"], "--json")
    assert said.code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (line["type"], line["direction"], line["community"]) == ("help", "gave", "forum")
    assert line["link"] == one["item"]["url"] and "contacts" not in line
    assert answers(brandkit(folder, "suggest", "--json").json) == []
    assert brandkit(folder, "undo").code == 0
    assert answers(brandkit(folder, "suggest", "--json").json) == [one]
    assert brandkit(folder, "build", "--offline").code == 0
    page = (folder / "private/communities.html").read_text(encoding="utf-8")
    assert "Is remote caching worth it?" in page and "sourdough flour" not in page
    assert answers(brandkit(folder, "suggest", "--json", "--today", "2026-03-20").json) == [], "it has moved on"


def test_where_it_is_welcome_the_link_stands_unless_help_is_below_the_wished_ratio(
    brand: Brand, brandkit: Any, feed_of: Any, item: Any
) -> None:
    places = ["open", "loud", "kind"]
    communities = "".join(place(one, True, feed=one) for one in places)
    help_, ours = {"type": "help", "direction": "gave"}, {"type": "update", "direction": "gave", "link": OWN}
    done = {"loud": [help_, ours], "kind": [help_] * 8 + [ours] * 2, "open": []}
    journal = [{"at": "2026-02-10", "community": one, **line} for one in places for line in done[one]]
    journal += [{"at": "2025-10-01", "community": "open", **ours}]  # too long ago to count
    folder = brand("", journal, files=files(communities, **{one: feed_of(threads(item, one)) for one in places}))
    found = {s["item"]["feed"].partition("/")[2]: s for s in answers(brandkit(folder, "suggest", "--json").json)}
    assert set(found) == set(places)
    assert OWN in found["open"]["draft"]["text"], "nothing was said there yet"
    assert OWN in found["kind"]["draft"]["text"], "eight of ten were help"
    assert OWN not in found["loud"]["draft"]["text"]
    assert "50% of what you did in Loud lately was help; you wished for 80%" in " ".join(found["loud"]["notes"])
    assert not [note for one in ("open", "kind") for note in found[one]["notes"] if "left out" in note]


def test_a_draft_post_or_one_to_come_is_no_help_yet(brand: Brand, brandkit: Any, feed_of: Any, item: Any) -> None:
    given = files(place("open", True, feed="open"), open=feed_of(threads(item, "open")))
    given["content/posts/caching.md"] = POST.replace("title:", "draft: true\ntitle:")
    given["content/posts/soon.md"] = POST.replace("2026-01-10", "2026-04-01")
    (one,) = answers(brandkit(brand("", files=given), "suggest", "--json").json)
    assert one["notes"] == [] and "me.example" not in one["draft"]["text"]


def test_what_you_asked_yourself_is_not_yours_to_answer(brand: Brand, brandkit: Any, feed_of: Any, item: Any) -> None:
    feed = feed_of(threads(item)).replace("<item>", "<item><author>alex@me.example (Alex Example)</author>", 1)
    folder = brand("", files=files(place("forum"), forum=feed))
    assert answers(brandkit(folder, "suggest", "--json").json) == []
