"""Row 8, hard times: standing by is all there is for that person, until the hold ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

FIT = "every: 30 days, needs: [{text: find a platform lead, since: 2026-02-01}]"
LOSS = {"reason": "bereavement", "summary": "a loss"}


def moves(suggestions: list[dict[str, Any]], who: str) -> set[str]:
    return {s["move"] for s in suggestions if s["contact"] == who}


def words(suggestion: dict[str, Any]) -> str:
    return f"{suggestion['draft']['subject']}\n{suggestion['draft']['text']}"


def test_on_hold_standing_by_is_all_there_is_and_when_it_has_ended_they_are_advised_again(
    brand: Brand, brandkit: Any
) -> None:
    held = {
        "coming": "hold: {reason: bereavement, until: 2026-05-21}",
        "today": "hold: {reason: illness, until: 2026-03-01}",
        "endless": "hold: {reason: hard-time}",
        "event": "",
        "new": "hold: {reason: illness, until: 2025-05-01}",
        "again": "",
        "ninety": "",
        "longer": "",
        "merged": "formerly: [before]",
    }
    free = {
        "over": "hold: {reason: bereavement, until: 2026-02-28}",
        "early": "hold: {reason: bereavement, until: 2026-02-27}",
        "happy": "",
        "ago": "",
        "later": "",
        "shorter": "",
        "undone": "",
    }
    folder = brand(
        {who: f"{FIT}{', ' + more if more else ''}" for who, more in (held | free).items()}
        | {"dead": f"{FIT}, deceased: true, birthday: --03-01", "kin": f"{FIT}, knows: [dead], roles: [family]"},
        [
            f"2025-11-01 {','.join((*held, *free, 'dead', 'kin'))} call mutual",
            *({"did": f"2026-02-20 {who} life-event", **LOSS} for who in ("event", "new", "again", "before")),
            {"did": "2026-06-20 again life-event", **LOSS},
            {"did": "2025-12-01 ninety life-event", **LOSS},
            {"did": "2025-11-30 ago life-event", **LOSS},
            {"did": "2025-11-01 longer life-event", **LOSS, "until": "2026-04-01"},
            {"did": "2026-02-20 shorter life-event", **LOSS, "until": "2026-02-27"},
            {"did": "2026-02-10 early life-event", **LOSS},
            {"did": "2026-02-20 happy life-event", "reason": "new-job"},
            {"did": "2026-03-02 later life-event", **LOSS},
            {"did": "2026-02-20 undone life-event", **LOSS, "id": "slip"},
            {"at": "2026-02-21", "supersedes": "slip"},
        ],
    )
    said = brandkit(folder, "suggest", "--json").json
    for who in held:
        assert moves(said, who) == {"stand-by"}, who
    for who in (*free, "kin"):
        glad = {"congratulate"} if who == "happy" else set()
        assert moves(said, who) == {"share", "check-in"} | glad, who
    assert moves(said, "dead") == set()
    plan = brandkit(folder, "suggest", "--json", "--minutes", "10").json
    assert {s["contact"] for s in plan[: len(held)]} == set(held), "it stands first, outside the week's budget"
    assert len(plan) == len(held) + 1
    for one in plan[: len(held)]:
        assert (one["score"], one["minutes"], one["expires"]) == (None, None, None)


def test_its_words_hold_no_link_no_exclamation_mark_and_nothing_that_makes_a_loss_small(
    brand: Brand, brandkit: Any
) -> None:
    small = ("at least", "for the best", "time heals", "stay strong", "wenigstens", "zumindest", "bleib stark")
    ways = [(c, lang, t) for c in ("email", "sms", "call") for lang in ("en", "de") for t in ("warm", "formal")]
    people = {
        f"{c}-{lang}-{t}": f"channel: {c}, languages: [{lang}], tone: {t}, links: ['https://x.example/']"
        for c, lang, t in ways
    }
    cheer = "name: Alex Example\nlanguages: [en, de]\nvoice: {greeting: 'Hey {first_name}!', closing: 'Cheers! https://me.example/'}\n"
    folder = brand(
        people,
        [
            {"did": f"2026-02-20 {','.join(people)} life-event", **LOSS},
            *(f"2026-02-21 {who} stand-by gave" for who in people if who.endswith("warm")),
        ],
        files={"content/vault/me.yaml": cheer},
    )
    first = brandkit(folder, "suggest", "--json").json
    again = brandkit(folder, "suggest", "--json", "--today", "2026-03-20").json
    assert {s["contact"] for s in first} == {who for who in people if who.endswith("formal")}
    assert {s["contact"] for s in again if s["contact"].endswith("warm")} == {w for w in people if w.endswith("warm")}
    for suggestion in (*first, *again):
        said = words(suggestion)
        assert "!" not in said, said
        assert "http" not in said, said
        assert not any(phrase in said.casefold() for phrase in small), said
        assert "loss" not in said.casefold(), "nothing of what was written down"


def test_there_is_one_follow_up_between_three_and_six_weeks_after(brand: Brand, brandkit: Any) -> None:
    people = {
        **dict.fromkeys(("wrote", "not", "late", "twice", "near", "logged", "before"), ""),
        "open": "hold: {reason: illness}",
        "more": "hold: {reason: illness}",
        "second": "hold: {reason: illness}",
        "third": "hold: {reason: bereavement}",
    }
    folder = brand(
        people,
        [
            *({"did": f"2026-01-31 {who} life-event", **LOSS} for who in people if not people[who] and who != "before"),
            {"did": "2026-02-05 before life-event", **LOSS},
            "2026-02-01 wrote,twice,open,more stand-by gave",
            "2026-01-28 logged stand-by gave",
            "2025-10-01 before stand-by gave",
            "2026-02-27 late stand-by gave",
            "2026-02-23 twice,more stand-by gave",
            "2026-02-20 near stand-by gave",
            {"did": "2025-01-31 third life-event", "reason": "job-loss"},
            "2024-02-01 second,third stand-by gave",
            "2025-02-01 third stand-by gave",
        ],
    )
    first, again = "This is a hard time", "Some weeks have passed"
    at = lambda day: {  # noqa: E731
        s["contact"]: first if s["why"].startswith(first) else again
        for s in brandkit(folder, "suggest", "--json", "--today", day).json
        if s["move"] == "stand-by"
    }
    still = {"not": first, "before": first, "second": first, "third": first}
    assert at("2026-02-20") == {**still, "late": first}, "twenty days after it is too early"
    assert at("2026-02-21") == {**still, "wrote": again, "twice": again, "logged": again, "late": first}
    assert at("2026-03-14") == {**still, "wrote": again, "near": again, "logged": again, "open": again}
    assert at("2026-03-15") == {**still, "open": again}, "forty-three days after it is too late"


def test_what_they_seem_to_tell_of_is_stood_by_until_answered(
    brand: Brand, brandkit: Any, answer: Any, feeds: Any, item: Any
) -> None:
    loss = "My mother died last week. We will miss her for a long time."
    names = ("ada", "misread", "knew")
    files = feeds(**{who: [item(f"https://{who}.example/m", "March", loss, "2026-02-24")] for who in names})
    folder = brand(
        {who: f"{FIT}, feeds: [feeds/{who}.xml]" for who in names}, ["2026-02-22 knew stand-by gave"], files=files
    )
    said = {s["contact"]: s for s in brandkit(folder, "suggest", "--json").json}
    assert {who: s["move"] for who, s in said.items()} == {"ada": "stand-by", "misread": "stand-by"}
    assert said["ada"]["confirm"] is True
    assert "life-event --reason bereavement" in said["ada"]["notes"][0]
    line = answer(folder, "dismiss", said["misread"])
    assert (line["type"], line["move"]) == ("dismissed", "stand-by")
    line = answer(folder, "done", said["ada"])
    assert (line["type"], line["direction"], line["contacts"]) == ("stand-by", "gave", ["ada"])
    then = brandkit(folder, "suggest", "--json").json
    assert moves(then, "ada") == moves(then, "knew") == set(), "the words were written, and nothing else is said"
    assert moves(then, "misread") == {"share", "check-in"}
    assert (
        brandkit(folder, "log", "ada", "her mother died", "--type", "life-event", "--reason", "bereavement").code == 0
    )
    assert moves(brandkit(folder, "suggest", "--json").json, "ada") == set(), "written down later, it asks for no more"
    follow_up = brandkit(folder, "suggest", "--json", "--today", "2026-03-24").json
    assert moves(follow_up, "ada") == {"stand-by"}


def test_draft_refuses_every_other_kind_and_asked_by_name_it_says_why(brand: Brand, brandkit: Any) -> None:
    folder = brand(
        {"ada": f"{FIT}, birthday: --02-28", "nora": f"{FIT}, do_not_contact: true"}, ["2025-12-01 ada call mutual"]
    )
    event = ("log", "ada", "her mother died", "--type", "life-event", "--reason")
    slip = brandkit(folder, *event, "berevement")
    assert slip.code == 2, "a slip here would end in a cheerful message"
    assert "bereavement" in slip.err
    before = {s["move"]: s["id"] for s in brandkit(folder, "suggest", "ada", "--json").json}
    assert set(before) == {"share", "check-in", "congratulate"}
    assert brandkit(folder, *event, "bereavement").code == 0
    for move, more in (("share", ("--override", "it is cheerful")), ("congratulate", ())):
        refused = brandkit(folder, "draft", before[move], *more)
        assert refused.code == 3, move
        assert "hard time for Ada" in refused.err
    (only,) = brandkit(folder, "suggest", "ada", "--json").json
    assert only["move"] == "stand-by"
    assert brandkit(folder, "draft", only["id"]).code == 0
    said = brandkit(folder, "suggest", "ada").out
    assert "hard time for Ada" in said
    assert "http" not in said
    assert "platform lead" not in said
    assert "asked not to be contacted" in brandkit(folder, "suggest", "nora").out
