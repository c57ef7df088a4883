"""Row 24, the weekly ritual: one plan for the time that there is, and answers that are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Brand = Callable[..., Path]

PEOPLE = "".join(
    f"- {{id: {name}, name: {name.title()} Example, every: 30 days, interests: [{topic}], roles: [{role}]}}\n"
    for name, topic, role in (
        ("ada", "platform lead", "client"),
        ("bea", "rainwater", "friend"),
        ("cleo", "remote caching", "client"),
        ("dora", "harpsichords", "friend"),
    )
)
CALLS = [
    {"at": at, "contacts": [who], "type": "call", "direction": "mutual"}
    for who, at in (("ada", "2026-02-10"), ("bea", "2026-02-10"), ("cleo", "2026-02-10"), ("dora", "2026-01-28"))
]


@pytest.fixture
def folder(brand: Brand) -> Path:
    return brand(PEOPLE, CALLS)


def plan(brandkit: Any, folder: Path, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = brandkit(folder, "suggest", "--json", "--minutes", "600", *more).json
    return found


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_plan_is_one_thing_a_person_within_the_minutes(folder: Path, brandkit: Any) -> None:
    whole = plan(brandkit, folder)
    assert sorted(s["contact"] for s in whole) == ["ada", "bea", "cleo", "dora"]
    short = brandkit(folder, "suggest", "--json", "--minutes", "11").json
    assert sum(s["minutes"] for s in short) <= 11
    assert short == [s for s in whole if s in short], "the same order, only fewer"
    clients = brandkit(folder, "suggest", "--json", "--role", "client").json
    assert {s["contact"] for s in clients} == {"ada", "cleo"}
    assert {s["move"] for s in brandkit(folder, "suggest", "--json", "--move", "check-in").json} == {"check-in"}


def test_it_says_that_it_is_enough_and_counts_no_backlog(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "suggest").out
    assert said.startswith("Four people, one thing each. That's enough.")
    for word in ("overdue", "late", "streak", "backlog", "missed"):
        assert word not in said.casefold()


def test_a_second_run_is_byte_identical(folder: Path, brandkit: Any) -> None:
    first = [brandkit(folder, "suggest").out, brandkit(folder, "suggest", "--json").out]
    other = {"PYTHONHASHSEED": "7"}
    assert [brandkit(folder, "suggest", env=other).out, brandkit(folder, "suggest", "--json", env=other).out] == first
    assert brandkit(folder, "build", "--offline").code == 0
    before = tree(folder / "private")
    assert [brandkit(folder, "suggest").out, brandkit(folder, "suggest", "--json").out] == first
    (folder / "content/vault/me.yaml").touch()
    said = brandkit(folder, "build", "--offline", "--json").json
    assert said["written"] == said["removed"] == []
    assert tree(folder / "private") == before
    (folder / ".brandkit").rename(folder.parent / "state-kept-aside")
    assert brandkit(folder, "suggest", "--json").out == first[1]


def test_what_was_done_is_gone_and_undo_brings_it_back(folder: Path, brandkit: Any) -> None:
    ada = next(s for s in plan(brandkit, folder) if s["contact"] == "ada")
    done = brandkit(folder, "done", ada["id"], "--json")
    assert done.code == 0
    line = json.loads((folder / "content/vault/journal/2026.jsonl").read_text().splitlines()[-1])
    assert (line["type"], line["contacts"], line["link"]) == ("share", ["ada"], ada["item"]["url"])
    rest = plan(brandkit, folder)
    assert ada["id"] not in {s["id"] for s in rest}
    assert {s["contact"] for s in rest} == {"bea", "cleo", "dora"}
    assert "Taken back: share with ada" in brandkit(folder, "undo").out
    assert ada in plan(brandkit, folder)


def test_undo_twice_takes_back_two_and_then_what_came_before(folder: Path, brandkit: Any) -> None:
    for text in ("first", "second"):
        assert brandkit(folder, "log", "ada", f"call, {text}").code == 0
    journal = folder / "content/vault/journal/2026.jsonl"
    ids = [json.loads(line)["id"] for line in journal.read_text().splitlines()]
    assert [json.loads(brandkit(folder, "undo", "--json").out)["supersedes"] for _ in range(2)] == [ids[-1], ids[-2]]


def test_what_was_dismissed_does_not_come_back(folder: Path, brandkit: Any) -> None:
    ada = next(s for s in plan(brandkit, folder) if s["contact"] == "ada")
    assert brandkit(folder, "dismiss", ada["id"], "--why", "she wrote about that herself").code == 0
    said = brandkit(folder, "suggest", "--json", "--today", "2026-05-01").json
    assert ada["item"]["url"] not in [s["item"]["url"] for s in said if s["contact"] == "ada" and s["item"]]
    assert "you set it aside" in brandkit(folder, "suggest", "--blocked", "ada").out


def test_what_was_snoozed_comes_back_on_its_day(folder: Path, brandkit: Any) -> None:
    both = {s["id"] for s in plan(brandkit, folder) if s["contact"] in ("ada", "dora")}
    for id_ in both:
        assert "2026-03-09" in brandkit(folder, "snooze", id_, "--until", "2026-03-09").out
    about = lambda day: {s["id"] for s in plan(brandkit, folder, "--today", day)}  # noqa: E731
    assert not both & about("2026-03-08")
    assert both <= about("2026-03-09")


def test_what_they_answered_ends_the_waiting(folder: Path, brandkit: Any) -> None:
    for day in ("2026-01-29", "2026-01-30"):
        assert brandkit(folder, "log", "dora", "wrote", "--type", "message", "--today", day).code == 0
    later = ("--today", "2026-03-20")
    assert "dora" not in {s["contact"] for s in plan(brandkit, folder, *later)}
    assert brandkit(folder, "replied", "dora", "--today", "2026-02-02").code == 0
    assert "dora" in {s["contact"] for s in plan(brandkit, folder, *later)}


def test_an_id_that_was_never_shown_is_a_plain_answer(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "done", "ffffffff")
    assert said.code == 2
    assert "no suggestion 'ffffffff' was shown" in said.err


MANY = {
    "lend": "needs: [{text: build systems, since: 2026-02-01}]",
    "wrote": "feeds: [feeds/wrote.xml]",
    "born": "birthday: 1980-02-28",
    "grief": "hold: {reason: bereavement, until: 2026-05-01}",
    "told": "interests: [sourdough], every: 90 days",
    "asks": "needs: [{text: harpsichord, since: 2026-02-01}], languages: [en]",
    "knows": "expertise: [harpsichord]",
    "years": "",
    "fan": "offers: [promotion], consent: {promote: 2026-01-05}",
    "kind": "",
    "both": "needs: [{text: tuba, since: 2026-02-01}]",
    "tuba": "expertise: [tuba]",
}
# how each is logged once it was done: type, direction, and what else the line has to say
LOGGED = {
    ("lend", "offer"): ("offer", "gave", {}),
    ("wrote", "respond"): ("respond", "gave", {"link": "https://wrote.example/ridge"}),
    ("born", "congratulate"): ("congratulate", "gave", {"item": "birthday@2026-02-28"}),
    ("grief", "stand-by"): ("stand-by", "gave", {}),
    ("told", "update"): ("update", "gave", {"link": "https://me.example/posts/bread/"}),
    ("asks", "introduce"): ("introduction", "gave", {"a": "asks", "b": "knows", "state": "asked"}),
    ("both", "introduce"): ("introduction", "gave", {"a": "both", "b": "tuba", "state": "made"}),
    ("years", "reconnect"): ("message", "gave", {}),
    ("fan", "ask-promotion"): ("ask", "asked", {"link": "https://me.example/posts/bread/"}),
    ("kind", "thank"): ("thank", "gave", {}),
}


def test_each_kind_is_logged_as_what_it_was_and_is_gone_and_undo_brings_all_back(
    brand: Brand, brandkit: Any, posts: Any, feeds: Any, item: Any, answer: Any
) -> None:
    agreed = {"type": "introduction", "a": "both", "b": "tuba", "state": "yes"}
    folder = brand(
        MANY,
        [
            "2026-02-01 told call mutual",
            *("2024-02-01 years call mutual", "2024-03-01 years call mutual"),
            {"did": "2026-02-10 kind referral received", "summary": "named you to Cleo"},
            *({"at": "2026-02-10", "contacts": [who], **agreed} for who in ("both", "tuba")),
        ],
        files={
            "content/vault/me.yaml": "name: Alex\nlanguages: [en]\nexpertise: [build systems]\n",
            **posts(bread=("2026-02-20", "Sourdough in winter", "Sourdough rises slowly. Sourdough likes a shelf.")),
            **feeds(wrote=[item("https://wrote.example/ridge", "Rain", "It rained on the ridge for a week.")]),
        },
    )
    before = brandkit(folder, "suggest", "--json").json
    found = {(s["contact"], s["move"]): s for s in before}
    assert LOGGED.keys() <= found.keys()
    done = []
    for key, (type_, direction, more) in LOGGED.items():
        line = answer(folder, "done", found[key])
        done.append(line["id"])
        assert (line["type"], line["direction"], line["move"]) == (type_, direction, key[1]), key
        assert line["contacts"] == (["both", "tuba"] if more.get("state") == "made" else [key[0]])
        assert {name: line[name] for name in more} == more, key
    after = brandkit(folder, "suggest", "--json").json
    assert not {s["id"] for s in after} & {found[key]["id"] for key in LOGGED}
    assert not {(s["contact"], s["move"]) for s in after} & LOGGED.keys()
    undone = json.loads(brandkit(folder, "undo", "--json").out)
    assert undone["supersedes"] == done[-1]
    with (folder / "content/vault/journal/2026.jsonl").open("a", encoding="utf-8") as journal:  # the rest by hand
        for number, id_ in enumerate(done[:-1]):
            journal.write(json.dumps({"id": f"u{number}", "at": "2026-03-01T12:00:00Z", "supersedes": id_}) + "\n")
    assert brandkit(folder, "suggest", "--json").json == before


def test_the_dashboard_is_the_plan_and_says_how_to_answer(folder: Path, brandkit: Any) -> None:
    whole = brandkit(folder, "suggest", "--json", "--minutes", "60").json
    assert brandkit(folder, "build", "--offline").code == 0
    page = (folder / "private/index.html").read_text(encoding="utf-8")
    assert "Four people, one thing each. That" in page
    for one in whole:
        assert f"brandkit done {one['id']}" in page
    for word in ("snooze", "dismiss", "Words to start from"):
        assert word in page
    for word in ("overdue", "streak", "backlog"):
        assert word not in page.casefold()


def test_what_you_sent_is_a_weak_yes_and_what_you_set_aside_a_weak_no(
    brand: Brand, brandkit: Any, item: Any, answer: Any
) -> None:
    made = [
        item(f"https://{host}.example/{word}", f"Harpsichords: {word}", f"Harpsichords, and {word} them. " * 3)
        for host, word in (("north", "tuning"), ("south", "restoring"))
    ]
    folder = brand({"ada": "interests: [harpsichords]"}, items=made)

    def fit(link: str) -> float:
        assert brandkit(folder, "suggest", "--ranking", "ranking.tsv").code == 0
        rows = (row.split("\t") for row in (folder / "ranking.tsv").read_text(encoding="utf-8").splitlines())
        return float(next(row[3] for row in rows if row[1] == link))

    first = next(s for s in brandkit(folder, "suggest", "ada", "--json").json if s["move"] == "share")
    other = next(one.url for one in made if one.url != first["item"]["url"])
    before = fit(other)
    answer(folder, "dismiss", first)
    assert fit(other) < before
    assert brandkit(folder, "undo").code == 0
    answer(folder, "done", first)
    assert fit(other) > before
