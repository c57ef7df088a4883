"""Row 3, without expecting anything in return: what came back, and what was asked for, weighs nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

ME = {"content/vault/me.yaml": "name: Alex Example\nlanguages: [en]\nexpertise: [build systems]\n"}
FIT = "needs: [{text: find a platform lead, since: 2026-02-01}, {text: build systems}], interests: [rainwater]"


def gifts(brandkit: Any, folder: Path, *more: str) -> list[dict[str, Any]]:
    said = brandkit(folder, "suggest", "--json", "--offline", *more)
    assert said.code == 0, said.err
    return [s for s in said.json if s["move"] in ("share", "offer")]


def forget(folder: Path, *directions: str) -> int:
    """Delete every line of these directions. How many there were."""
    gone = 0
    for file in (folder / "content/vault/journal").glob("*.jsonl"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if json.loads(line).get("direction") not in directions]
        gone += len(lines) - len(kept)
        file.write_text("".join(kept), encoding="utf-8")
    return gone


def test_without_what_was_received_and_asked_share_and_offer_are_the_same(
    brand: Brand, brandkit: Any, library: Any
) -> None:
    sent = {"link": library["cache"].url, "reaction": "liked"}
    came = {"link": "https://elsewhere.example/theirs", "reaction": "disliked"}
    folder = brand(
        dict.fromkeys(("giver", "taker", "asked", "silent", "quiet", "plain"), f"{FIT}, every: 30 days"),
        [
            *(f"2026-0{month}-05 giver {kind} received" for month in (1, 2) for kind in ("referral", "favour", "gift")),
            {"did": "2026-02-06 giver promotion received", "summary": "spoke of build systems"},
            {"did": "2026-02-07 giver share received", **came},
            "2026-02-07 giver help received",
            "2026-02-08 giver offer received",
            *(f"2026-02-{day} asked ask asked" for day in (10, 12, 14)),
            "2026-02-15 asked help asked",
            {"did": "2025-06-01 taker share gave", **sent},
            {"did": "2025-06-01 plain share gave", **sent},
            "2025-12-01 silent message gave",
            "2026-01-01 silent message gave",
            "2026-01-02 silent feedback received",
            "2025-12-01 quiet message gave",
            "2026-01-01 quiet ask asked",
        ],
        files=ME,
    )
    before = brandkit(folder, "suggest", "--json", "--offline").json
    given = [s for s in before if s["move"] in ("share", "offer")]
    assert {s["contact"] for s in given} == {"giver", "taker", "asked", "quiet", "plain"}
    assert {s["contact"] for s in before if s["move"] == "thank"} == {"giver", "silent"}
    for s in given:
        assert not {"giver", "pay-off", "received"} & {component["name"] for component in s["components"]}
    assert forget(folder, "received", "asked") == 16
    after = brandkit(folder, "suggest", "--json", "--offline").json
    assert json.dumps([s for s in after if s["move"] in ("share", "offer")]) == json.dumps(given)
    assert after != before, "the twin: thanks and asks do look at what came back"
    assert forget(folder, "gave") > 0
    assert gifts(brandkit, folder) != given, "the twin: what was given does count"


def test_the_rhythm_that_you_chose_is_closeness(brand: Brand, brandkit: Any) -> None:
    line = {"link": "https://elsewhere.example/x"}
    folder = brand(
        {"near": f"{FIT}, every: 2 weeks", "far": f"{FIT}, every: 3 months"},
        [{"did": "2026-02-10 near,far share gave", **line}, "2026-02-20 far referral received"],
    )
    assert {s["contact"] for s in gifts(brandkit, folder) if s["move"] == "share"} == {"near"}


def test_it_holds_for_the_whole_example(example: Path, brandkit: Any) -> None:
    before = gifts(brandkit, example)
    assert before
    assert forget(example, "received", "asked") > 0
    assert json.dumps(gifts(brandkit, example)) == json.dumps(before)


def test_an_answer_that_was_marked_with_one_key_is_not_a_favour(brand: Brand, brandkit: Any) -> None:
    folder = brand({"ada": FIT}, ["2025-12-01 ada message gave", "2026-01-01 ada message gave"])
    assert gifts(brandkit, folder) == [], "two messages wait for an answer"
    assert brandkit(folder, "replied", "ada").code == 0
    assert forget(folder, "received", "asked") == 0
    assert gifts(brandkit, folder)
