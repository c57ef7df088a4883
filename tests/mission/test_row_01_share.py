"""Row 1, share: the few entries most worth sending to one person, with reason and evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Brand = Callable[..., Path]

ADA = "- {id: ada, name: Ada Example, needs: [{text: find a platform lead, since: 2026-02-01}]}\n"


def shares(suggestions: list[dict[str, Any]], who: str) -> list[dict[str, Any]]:
    return [s for s in suggestions if s["contact"] == who and s["move"] == "share"]


def urls(suggestions: list[dict[str, Any]], who: str) -> list[str]:
    return [s["item"]["url"] for s in shares(suggestions, who)]


def test_an_entry_that_meets_a_need_is_offered_with_the_sentence_that_meets_it(
    brand: Brand, brandkit: Any, library: Any
) -> None:
    folder = brand(ADA + "- {id: bea, name: Bea Vorlage, needs: [{text: learn the harpsichord, since: 2026-02-01}]}\n")
    said = brandkit(folder, "suggest", "--json").json
    first = shares(said, "ada")[0]
    assert first["item"]["url"] == library["lead"].url
    assert first["score"] == pytest.approx(sum(c["value"] for c in first["components"]), abs=1e-9)
    evidence = next(c for c in first["components"] if c["name"] == "need")["evidence"]
    assert evidence["field"] == "needs[0]"
    assert evidence["quote"] in library["lead"].text
    assert evidence["quote"].startswith(("We looked", "The platform lead"))
    assert {"platform", "lead"} <= set(evidence["terms"])
    assert "find a platform lead" in first["why"]
    assert urls(said, "bea") == [], "nothing meets the twin's need"


def test_where_nothing_is_good_enough_it_says_so(brand: Brand, brandkit: Any) -> None:
    folder = brand(ADA.replace("find a platform lead", "learn the harpsichord"))
    said = brandkit(folder, "suggest", "ada").out
    assert "Nothing worth sending to Ada this week." in said
    assert "http" not in said


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


def test_their_own_site_firm_and_language_are_respected(brand: Brand, brandkit: Any, library: Any) -> None:
    folder = brand(
        ADA
        + "- {id: site, name: S Host, interests: [platform lead], links: ['http://www.hiring.example/about']}\n"
        + "- {id: firm, name: F Irm, interests: [platform lead], organization: Hiring}\n"
        + "- {id: tongue, name: T Ongue, interests: [platform lead], languages: [de]}\n"
        + "- {id: own, name: O Wner, interests: [platform lead], feeds: [feeds/library.xml]}\n"
    )
    said = brandkit(folder, "suggest", "--json").json
    assert library["lead"].url in urls(said, "ada")
    for who in ("site", "firm", "tongue", "own"):
        assert library["lead"].url not in urls(said, who), who
    assert urls(said, "tongue") == urls(said, "own") == []


VARIANTS = (
    "http://hiring.example/lead",
    "https://www.hiring.example/lead/",
    "https://hiring.example/lead?utm_source=mail&utm_medium=x",
    "https://hiring.example:443/lead#top",
)


@pytest.mark.parametrize("link", VARIANTS)
def test_once_sent_no_variant_of_the_link_is_offered_again(
    brand: Brand, brandkit: Any, library: Any, link: str
) -> None:
    sent = {"at": "2025-06-01", "contacts": ["ada"], "type": "share", "direction": "gave", "link": link}
    twin = ADA.replace("ada", "bea", 1).replace("Ada", "Bea")
    folder = brand(ADA + twin, [sent])
    said = brandkit(folder, "suggest", "--json").json
    assert library["lead"].url in urls(said, "bea"), "who did not get it still may"
    assert not any("hiring.example" in url for url in urls(said, "ada"))


def test_the_same_link_from_another_feed_is_not_offered_again(
    brand: Brand, brandkit: Any, library: Any, feed_of: Any, item: Any
) -> None:
    lead = library["lead"]
    again = feed_of([item("http://www.hiring.example/lead/?utm_campaign=digest", lead.title, lead.text)])
    feeds = "- {id: library, url: feeds/library.xml}\n- {id: digest, url: feeds/digest.xml}\n"
    sent = {"at": "2025-06-01", "contacts": ["ada"], "type": "share", "direction": "gave", "link": lead.url}
    files = {"content/vault/feeds.yaml": feeds, "content/vault/feeds/digest.xml": again}
    folder = brand(ADA, [sent], files=files)
    assert not any("hiring.example" in url for url in urls(brandkit(folder, "suggest", "--json").json, "ada"))


def test_at_most_one_share_a_rhythm(brand: Brand, brandkit: Any) -> None:
    sent = {"at": "2026-02-20", "type": "share", "direction": "gave", "link": "https://elsewhere.example/x"}
    monthly = ADA.replace("name:", "every: 30 days, name:")
    folder = brand(
        monthly + monthly.replace("ada", "bea", 1),
        [{**sent, "contacts": ["ada"]}, {**sent, "contacts": ["bea"], "at": "2026-01-29"}],
    )
    said = brandkit(folder, "suggest", "--json").json
    assert urls(said, "ada") == []
    assert urls(said, "bea")
    assert "one a rhythm is enough" in brandkit(folder, "suggest", "--blocked", "ada").out


def test_an_entry_without_an_address_is_never_offered(brand: Brand, brandkit: Any, library: Any, item: Any) -> None:
    lead = library["lead"]
    feed = (
        '<rss version="2.0"><channel><title>L</title><language>en</language>'
        f"<item><title>{lead.title}</title><guid isPermaLink='false'>x1</guid><description>{lead.text}</description>"
        "<pubDate>Fri, 20 Feb 2026 08:00:00 +0000</pubDate></item></channel></rss>"
    )
    feeds = "- {id: library, url: feeds/library.xml}\n- {id: bare, url: feeds/bare.xml}\n"
    rest = [entry for entry in library.values() if "lead" not in entry.url]
    files = {"content/vault/feeds.yaml": feeds, "content/vault/feeds/bare.xml": feed}
    folder = brand(ADA, items=rest, files=files)
    assert shares(brandkit(folder, "suggest", "--json").json, "ada") == []
