"""Row 1, share: the few entries most worth sending to one person, with reason and evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Brand = Callable[..., Path]

LEAD = "needs: [{text: find a platform lead, since: 2026-02-01}]"


def shares(suggestions: list[dict[str, Any]], who: str) -> list[dict[str, Any]]:
    return [s for s in suggestions if s["contact"] == who and s["move"] == "share"]


def urls(suggestions: list[dict[str, Any]], who: str) -> list[str]:
    return [s["item"]["url"] for s in shares(suggestions, who)]


def test_an_entry_that_meets_a_need_or_an_interest_is_offered_with_the_sentence_that_meets_it(
    brand: Brand, brandkit: Any, library: Any
) -> None:
    harp = "needs: [{text: learn the harpsichord, since: 2026-02-01}]"
    folder = brand({"ada": LEAD, "bea": harp, "cleo": "interests: [rainwater]"})
    said = brandkit(folder, "suggest", "--json").json
    first, other = shares(said, "ada")[0], shares(said, "cleo")[0]
    for one in (first, other):
        assert one["score"] == pytest.approx(sum(c["value"] for c in one["components"]), abs=1e-9)
    assert first["item"]["url"] == library["lead"].url
    evidence = next(c for c in first["components"] if c["name"] == "need")["evidence"]
    assert evidence["field"] == "needs[0]"
    assert evidence["quote"] in library["lead"].text
    assert evidence["quote"].startswith(("We looked", "The platform lead"))
    assert {"platform", "lead"} <= set(evidence["terms"])
    assert first["why"] == "Ada is looking for this: find a platform lead (1 Feb)."
    evidence = next(c for c in other["components"] if c["name"] == "interest")["evidence"]
    assert (evidence["field"], evidence["quote"] in library["rain"].text) == ("interests[0]", True)
    assert other["why"] == "Cleo likes to read about rainwater."
    assert urls(said, "bea") == [], "nothing meets the twin's need"
    nothing = brandkit(folder, "suggest", "bea").out
    assert "Nothing worth sending to Bea this week." in nothing
    assert "http" not in nothing


def test_at_most_three_are_offered_each_from_another_host(brand: Brand, brandkit: Any, item: Any) -> None:
    text = "Choosing tea is slow. Tea from the first harvest is green. Tea keeps for a year."
    kinds = ("black", "white", "green", "red", "smoked", "yellow")
    many = [
        item(f"https://{'same' if n < 3 else f'tea{n}'}.example/{n}", f"{kind.title()} tea {n}", f"{kind} {n}. {text}")
        for n, kind in enumerate(kinds)
    ]
    different = [
        item(f"https://other{n}.example/", f"Number {n}", f"Word{n} stands alone here, with number {n}.")
        for n in range(12)
    ]
    for n, entry in enumerate(many):
        words = " ".join(f"{kinds[n]}{word}" for word in "leaf pot cup kettle steam taste market ship".split())
        many[n] = item(entry.url, entry.title, f"{entry.text} {words}.")
    folder = brand("- {id: ada, name: Ada Example, interests: [tea]}\n", items=[*many, *different])
    found = urls(brandkit(folder, "suggest", "--json").json, "ada")
    assert len(found) == 3
    assert len({re.sub(r"^https://([^/]+)/.*", r"\1", url) for url in found}) == 3
    assert all("tea" in url or "same" in url for url in found)


def test_their_own_site_firm_feed_and_language_are_respected(brand: Brand, brandkit: Any, library: Any) -> None:
    more = {
        "site": "links: ['http://www.hiring.example/about']",
        "firm": "organization: Hiring",
        "mail": "emails: [m@hiring.example]",
        "own": "feeds: [feeds/library.xml]",
        "tongue": "languages: [de]",
        "british": "languages: [de, en-GB]",
        "other": "organization: Firing, links: ['https://hiring.example.net/'], emails: [o@example.org]",
    }
    folder = brand({who: f"interests: [platform lead], {text}" for who, text in more.items()})
    said = brandkit(folder, "suggest", "--json").json
    for who in ("site", "firm", "mail", "own", "tongue"):
        assert library["lead"].url not in urls(said, who), who
    assert urls(said, "tongue") == urls(said, "own") == []
    for who in ("british", "other"):
        assert library["lead"].url in urls(said, who), who


VARIANTS = {
    "http": "http://hiring.example/lead",
    "slash": "https://www.hiring.example/lead/",
    "tracked": "https://hiring.example/lead?utm_source=mail&utm_medium=x",
    "port": "https://hiring.example:443/lead#top",
}


def test_once_sent_no_variant_of_the_link_is_offered_again(
    brand: Brand, brandkit: Any, library: Any, feeds: Any, item: Any
) -> None:
    lead = library["lead"]
    sent = [{"did": f"2025-06-01 {who} share gave", "link": link} for who, link in VARIANTS.items()]
    sent += [
        {"did": "2025-06-01 before share gave", "link": lead.url},
        {"did": "2025-06-01 undone share gave", "link": lead.url, "id": "slip"},
        {"at": "2025-06-02", "supersedes": "slip"},
        {"did": "2026-04-01 later share gave", "link": lead.url},
    ]
    people = dict.fromkeys((*VARIANTS, "undone", "later"), LEAD) | {"merged": f"{LEAD}, formerly: [before]"}
    both = "- {id: library, url: feeds/library.xml}\n- {id: digest, url: feeds/digest.xml}\n"
    again = feeds(digest=[item("http://www.hiring.example/lead/?utm_campaign=digest", lead.title, lead.text)])
    folder = brand(people, sent, files={"content/vault/feeds.yaml": both, **again})
    said = brandkit(folder, "suggest", "--json").json
    for who in (*VARIANTS, "merged"):
        assert not any("hiring.example" in url for url in urls(said, who)), who
    for who in ("undone", "later"):
        assert sum("hiring.example" in url for url in urls(said, who)) == 1, f"{who} hears of it once"


def test_at_most_one_share_a_rhythm(brand: Brand, brandkit: Any) -> None:
    link = {"link": "https://elsewhere.example/x"}
    folder = brand(
        dict.fromkeys(("ada", "bea", "cleo", "dora"), f"{LEAD}, every: 1 month"),
        [
            {"did": "2026-02-20 ada share gave", **link},
            {"did": "2026-02-01 bea share gave", **link},
            {"did": "2026-02-20 cleo respond gave", **link},
            {"did": "2026-02-20 dora congratulate gave", **link},
        ],
    )
    said = brandkit(folder, "suggest", "--json").json
    assert urls(said, "ada") == []
    assert urls(said, "bea"), "a month has passed"
    assert urls(said, "cleo"), "a word on what they wrote is no share"
    assert urls(said, "dora"), "neither are good wishes"
    assert "you shared something on 2026-02-20; one a rhythm is enough" in (
        brandkit(folder, "suggest", "--blocked", "ada").out
    )


def test_what_waits_behind_its_own_site_is_named(
    brand: Brand, brandkit: Any, library: Any, item: Any, feeds: Any
) -> None:
    lead, both = library["lead"], "- {id: library, url: feeds/library.xml}\n- {id: digest, url: feeds/digest.xml}\n"
    more = feeds(digest=[item("https://hiring.example/again", "A platform lead, again", lead.text)])
    folder = brand({"ada": LEAD}, files={"content/vault/feeds.yaml": both, **more})
    offered = urls(brandkit(folder, "suggest", "--json").json, "ada")
    (shown,) = (url for url in offered if "hiring.example" in url)
    other = ({lead.url, "https://hiring.example/again"} - {shown}).pop()
    told = brandkit(folder, "suggest", "--blocked", "ada").out
    assert other in told.partition("Held back since one thing of a site is enough")[2]


def test_what_was_sent_is_logged_and_undone(brand: Brand, brandkit: Any, answer: Any, library: Any) -> None:
    folder = brand({"ada": f"{LEAD}, avoid: [crypto]", "bea": f"{LEAD}, avoid: [crypto]"})
    before = brandkit(folder, "suggest", "--json").json
    line = answer(folder, "done", shares(before, "ada")[0])
    assert (line["type"], line["direction"], line["contacts"]) == ("share", "gave", ["ada"])
    assert line["link"] == library["lead"].url
    assert brandkit(folder, "suggest", "--json").json == shares(before, "bea")
    assert brandkit(folder, "undo").code == 0
    assert brandkit(folder, "suggest", "--json").json == before


def test_an_entry_without_an_address_is_never_offered(brand: Brand, brandkit: Any, library: Any) -> None:
    lead = library["lead"]
    feed = (
        '<rss version="2.0"><channel><title>L</title><language>en</language>'
        f"<item><title>{lead.title}</title><guid isPermaLink='false'>x1</guid><description>{lead.text}</description>"
        "<pubDate>Fri, 20 Feb 2026 08:00:00 +0000</pubDate></item></channel></rss>"
    )
    both = "- {id: library, url: feeds/library.xml}\n- {id: bare, url: feeds/bare.xml}\n"
    rest = [entry for entry in library.values() if "lead" not in entry.url]
    files = {"content/vault/feeds.yaml": both, "content/vault/feeds/bare.xml": feed}
    folder = brand({"ada": LEAD, "bea": "interests: [rainwater]"}, items=rest, files=files)
    said = brandkit(folder, "suggest", "--json").json
    assert urls(said, "ada") == []
    assert urls(said, "bea") == [library["rain"].url]
