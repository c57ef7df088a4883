"""Row 23, insights: what your network cares about and feeds discuss, against what you published; posts for people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Brand = Callable[..., Path]

ME = "name: Alex Example\nlanguages: [en]\nvoice: {closing: Alex}\nexpertise: [remote caching]\n"
TWO = (
    "- {id: ada, name: Ada Canary, interests: [rainwater], needs: [{text: remote caching, since: 2026-02-01}]}\n"
    "- {id: bea, name: Bea Canary, interests: [rainwater]}\n"
)


def post(title: str, day: str, text: str, draft: bool = False) -> str:
    return f"---\ntitle: {title}\ndate: {day}\ndraft: {str(draft).lower()}\n---\n{text}\n"


def ideas(brandkit: Any, folder: Path) -> dict[str, Any]:
    ran = brandkit(folder, "ideas", "--json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = ran.json
    return found


def topic(found: dict[str, Any], name: str) -> dict[str, Any] | None:
    return next((row for row in found["topics"] if row["topic"] == name), None)


def test_a_topic_counts_who_cares_and_what_is_written_and_says_what_is_missing(
    brand: Brand, brandkit: Any, library: Any
) -> None:
    rain = topic(ideas(brandkit, brand(TWO)), "rainwater")
    assert rain is not None
    assert rain["contacts"] == ["ada", "bea"]
    assert (rain["entries"], rain["examples"][0]["url"]) == (1, library["rain"].url)
    assert rain["note"] == "2 people, 1 entry, nothing of yours yet"
    written = {"content/posts/rain.md": post("On rain", "2024-12-28", "Rainwater, mostly.")}
    again = topic(ideas(brandkit, brand(TWO, files=written, name="written")), "rainwater")
    assert again is not None
    assert again["note"] == "2 people, 1 entry, you wrote about it 14 months ago"
    assert [page["title"] for page in again["pages"]] == ["On rain"]


def test_what_is_sensitive_or_said_by_who_is_left_in_peace_makes_no_topic(brand: Brand, brandkit: Any) -> None:
    need = "needs: [{text: rainwater, sensitive: %s}]"
    held = "hold: {reason: illness}"
    folder = brand(
        f"- {{id: ada, name: Ada Canary, {need % 'true'}}}\n"
        f"- {{id: cleo, name: Cleo Canary, interests: [rainwater], {held}}}\n"
        "- {id: dora, name: Dora Canary, interests: [rainwater], do_not_contact: true}\n"
    )
    assert topic(ideas(brandkit, folder), "rainwater") is None
    open_ = brand(f"- {{id: ada, name: Ada Canary, {need % 'false'}}}\n", name="open")
    assert topic(ideas(brandkit, open_), "rainwater") is not None


def test_questions_are_those_that_came_to_you(brand: Brand, brandkit: Any) -> None:
    line = {"at": "2026-02-20", "contacts": ["ada"], "type": "message"}
    came = {**line, "direction": "received", "summary": "how big should the barrel be?"}
    went = {**line, "direction": "gave", "summary": "asked: how is the garden?"}
    found = ideas(brandkit, brand(TWO, [came, went]))["questions"]
    assert [(q["text"], q["contacts"]) for q in found] == [("how big should the barrel be?", ["ada"])]


def test_what_was_learned_is_there_for_half_a_year(brand: Brand, brandkit: Any) -> None:
    call = {"contacts": ["ada"], "type": "call", "direction": "mutual"}
    new = {**call, "at": "2026-02-20", "learned": {"interests": ["gutters"]}}
    old = {**call, "at": "2025-06-20", "learned": {"interests": ["sheds"]}}
    found = ideas(brandkit, brand(TWO, [new, old]))["learned"]
    assert [(one["text"], one["contacts"]) for one in found] == [("gutters", ["ada"])]


def test_a_post_grows_old_where_somebody_still_cares(brand: Brand, brandkit: Any) -> None:
    posts = {
        "content/posts/old.md": post("Old rain", "2024-06-01", "Rainwater, mostly."),
        "content/posts/young.md": post("Young rain", "2025-06-01", "Rainwater again."),
        "content/posts/other.md": post("Old bread", "2024-06-01", "Rye."),
    }
    found = ideas(brandkit, brand(TWO, files=posts))["aged"]
    assert [(one["title"], one["topic"], one["contacts"]) for one in found] == [
        ("Old rain", "rainwater", ["ada", "bea"])
    ]


def test_a_post_for_ada_names_nobody_and_once_out_the_first_suggestion_is_ada(brand: Brand, brandkit: Any) -> None:
    folder = brand(TWO, files={"content/vault/me.yaml": ME})
    assert brandkit(folder, "new", "post", "Barrels").code == 0
    file = folder / "content/posts/barrels.md"
    plain = file.read_bytes()
    file.unlink()
    assert brandkit(folder, "new", "post", "Barrels", "--for", "ada").code == 0
    assert file.read_bytes() == plain, "the public file says nothing of whom it is for"
    brief = (folder / "content/vault/briefs/barrels.yaml").read_text()
    assert "looks for: remote caching" in brief
    before = brandkit(folder, "suggest", "--json").json
    assert not any(s["move"] == "update" for s in before)
    file.write_text(file.read_text().replace("draft: true\n", ""))
    first = brandkit(folder, "suggest", "--json", "--minutes", "5").json
    assert [(s["contact"], s["move"]) for s in first] == [("ada", "update")]
    assert "with Ada in mind" in first[0]["why"]
    assert not any(s["move"] == "update" for s in brandkit(folder, "suggest", "bea", "--json").json)


def test_a_post_for_somebody_in_a_hard_time_is_refused(brand: Brand, brandkit: Any) -> None:
    folder = brand("- {id: ada, name: Ada Canary, hold: {reason: bereavement}}\n- {id: bea, name: Bea Canary}\n")
    said = brandkit(folder, "new", "post", "Barrels", "--for", "ada")
    assert said.code == 3 and "this is a hard time for Ada" in said.err
    assert not (folder / "content/posts").exists()
    assert brandkit(folder, "new", "post", "Barrels", "--for", "bea").code == 0


def test_the_command_that_begins_a_post_repeats_no_word_of_a_contact(brand: Brand, brandkit: Any) -> None:
    found = ideas(brandkit, brand(TWO, files={"content/vault/me.yaml": ME}))
    assert topic(found, "remote caching")["next"] == 'brandkit new post "remote caching" --for ada'  # type: ignore[index]
    rain = topic(found, "rainwater")
    assert rain is not None
    assert "rainwater" not in rain["next"], "it is their word, not one of your expertise"
