"""Row 2, offer: a need of theirs meets an expertise or a post of yours. One small thing, and nothing is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

ME = {
    "content/vault/me.yaml": "name: Alex Example\nlanguages: [en, de]\nexpertise: [build systems, beekeeping]\n"
    "voice: {closing: Alex}\n"
}
BUILDS = "text: build systems for a small team"


def offers(suggestions: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = [s for s in suggestions if s["move"] == "offer"]
    assert len({s["contact"] for s in found}) == len(found), "one small thing a person"
    return {s["contact"]: s for s in found}


def test_a_need_meets_an_expertise_or_a_post_and_the_draft_asks_nothing(
    brand: Brand, brandkit: Any, posts: Any
) -> None:
    own = posts(
        bread=("2025-11-01", "Sourdough for one", "Sourdough is slow. Feed the sourdough on a Sunday."),
        coming=("2026-03-02", "Harbours at night", "Harbours are quiet at night. Harbours have keepers."),
    )
    folder = brand(
        {
            "ada": f"needs: [{{{BUILDS}, since: 2026-02-01}}]",
            "bea": "needs: [{text: sourdough, since: 2026-02-01}]",
            "sms": f"channel: sms, needs: [{{{BUILDS}, since: 2026-02-01}}]",
            "call": f"channel: call, needs: [{{{BUILDS}, since: 2026-02-01}}]",
            "du": f"languages: [de], needs: [{{{BUILDS}, since: 2026-02-01}}]",
            "sie": "languages: [de], tone: formal, needs: [{text: Beekeeping, since: 2026-02-01}]",
            "brot": "languages: [de], needs: [{text: sourdough, since: 2026-02-01}]",
            "secret": f"needs: [{{{BUILDS}, since: 2026-02-01, sensitive: true}}]",
            "two": f"needs: [{{{BUILDS}}}, {{text: sourdough}}]",
            "harp": "needs: [{text: learn the harpsichord, since: 2026-02-01}]",
            "draft": "needs: [{text: harbours, since: 2026-02-01}]",
            "old": f"needs: [{{{BUILDS}, since: 2025-09-01}}]",
            "yet": f"needs: [{{{BUILDS}, since: 2026-03-02}}]",
            "never": f"do_not_contact: true, needs: [{{{BUILDS}, since: 2026-02-01}}]",
            "none": "interests: [build systems]",
        },
        files={**ME, **own},
    )
    found = offers(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"ada", "bea", "sms", "call", "du", "sie", "secret", "two"}
    assert found["ada"]["why"] == (
        "Ada is looking for this: build systems for a small team (1 Feb); you know about build systems."
    )
    assert found["bea"]["item"]["url"] == "https://me.example/posts/bread/"
    assert "you wrote “Sourdough for one”" in found["bea"]["why"]
    assert "https://me.example/posts/bread/" in found["bea"]["draft"]["text"]
    assert "half an hour" in found["ada"]["draft"]["text"].casefold()
    assert "halbe Stunde" in found["du"]["draft"]["text"]
    assert "Ihnen" in found["sie"]["draft"]["text"]
    for who, offer in found.items():
        words = f"{offer['draft']['subject']} {offer['draft']['text']}".casefold()
        assert "?" not in words, who
        assert "small team" not in words, f"{who} reads no need of theirs"
        assert not any(asks in words for asks in ("could you", "kannst du", "können sie", "let me know")), who
    assert "small team" not in found["secret"]["why"]
    assert "secret" not in {s["contact"] for s in brandkit(folder, "suggest", "--json", "--minutes", "600").json}


def test_an_offer_that_was_made_is_made_once(brand: Brand, brandkit: Any, answer: Any) -> None:
    dated, undated = f"needs: [{{{BUILDS}, since: 2026-02-01}}]", f"needs: [{{{BUILDS}}}]"
    folder = brand(
        {"ada": dated, "bea": undated, "gave": dated, "before": dated, "got": dated, "put": dated, "set": dated},
        ["2026-02-10 gave help gave", "2026-01-15 before help gave", "2026-02-10 got help received"],
        files=ME,
    )
    found = offers(brandkit(folder, "suggest", "--json").json)
    assert set(found) == {"ada", "bea", "before", "got", "put", "set"}
    for command, who, *more in (("dismiss", "set"), ("snooze", "put", "--until", "2026-03-09"), ("done", "bea")):
        answer(folder, command, found[who], *more)
    line = answer(folder, "done", found["ada"])
    assert (line["type"], line["direction"], line["contacts"]) == ("offer", "gave", ["ada"])
    assert set(offers(brandkit(folder, "suggest", "--json").json)) == {"before", "got"}
    later = offers(brandkit(folder, "suggest", "--json", "--today", "2026-04-20").json)
    assert set(later) == {"before", "got", "put"}, "neither a day nor its absence brings an offer back that was made"
    assert brandkit(folder, "undo").code == 0
    assert offers(brandkit(folder, "suggest", "--json").json)["ada"] == found["ada"]


def test_a_post_in_another_language_gives_way_to_what_one_knows(brand: Brand, brandkit: Any, posts: Any) -> None:
    own = posts(builds=("2025-11-01", "Build systems for a small team", "Build systems serve a small team well."))
    need = f"needs: [{{{BUILDS}, since: 2026-02-01}}]"
    folder = brand(
        {"ada": need, "ber": f"{need}, languages: [de]", "cleo": f"{need}, avoid: [small team]"}, files={**ME, **own}
    )
    found = offers(brandkit(folder, "suggest", "--json").json)
    assert found["ada"]["item"]["url"] == "https://me.example/posts/builds/"
    for who in ("ber", "cleo"):
        assert "url" not in found[who]["item"] or not found[who]["item"]["url"]
        assert "http" not in found[who]["draft"]["text"]
