"""new: starts posts, pages and contacts, and never overwrites anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Site = Callable[[str], Path]

SITE = "-- site.yaml --\ntitle: T\nurl: https://t.example/\ntoday: 2026-03-01\n"


@pytest.fixture
def folder(site: Site) -> Path:
    return site(SITE)


def test_a_new_post_is_a_dated_draft_that_builds_without_a_finding(folder: Path, brandkit: Any) -> None:
    title = 'What I learned: a "year" of on-call'
    said = brandkit(folder, "new", "post", title)
    assert said.code == 0
    assert "content/posts/what-i-learned-a-year-of-on-call.md" in said.out
    text = (folder / "content/posts/what-i-learned-a-year-of-on-call.md").read_text()
    front = yaml.safe_load(text.split("---")[1])
    assert front["title"] == title
    assert str(front["date"]).startswith("2026-03-01")
    assert front["draft"] is True
    listed = brandkit(folder, "list", "--json").json
    assert [row["status"] for row in listed if row["title"] == title] == ["draft"]
    assert {d["code"] for d in brandkit(folder, "check", "--json").json["diagnostics"]} <= {"BK176", "BK177"}


def test_a_new_page_and_a_new_contact_are_read_back_as_they_were_named(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "new", "page", "Über mich").code == 0
    assert (folder / "content/pages/uber-mich.md").is_file()
    said = brandkit(folder, "new", "contact", "Zoë O'Neil", "--json").json
    assert said == {"written": ["content/vault/contacts/zoe-o-neil.yaml"]}
    contact = yaml.safe_load((folder / said["written"][0]).read_text())
    assert (contact["id"], contact["name"]) == ("zoe-o-neil", "Zoë O'Neil")
    assert brandkit(folder, "suggest", "zoe").code == 0
    assert {d["code"] for d in brandkit(folder, "check", "--json").json["diagnostics"]} <= {"BK176", "BK177"}


def test_nothing_is_ever_overwritten(folder: Path, brandkit: Any) -> None:
    brandkit(folder, "new", "post", "Once")
    file = folder / "content/posts/once.md"
    file.write_text("mine")
    said = brandkit(folder, "new", "post", "Once!")
    assert said.code == 2
    assert "is there already; it was left as it is" in said.err
    assert file.read_text() == "mine"


def test_an_event_that_is_not_there_is_named_before_anything_is_written(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "new", "contact", "Ada Example", "--met", "ev9")
    assert said.code == 2
    assert "there is no event 'ev9'" in said.err
    assert not (folder / "content/vault/contacts").exists()


def test_an_id_that_another_contact_has_is_named_before_anything_is_written(folder: Path, brandkit: Any) -> None:
    (folder / "content/vault").mkdir(parents=True)
    (folder / "content/vault/contacts.yaml").write_text("- {id: ada-example, name: Another Ada}\n")
    said = brandkit(folder, "new", "contact", "Ada Example")
    assert said.code == 2
    assert "ada-example" in said.err
    assert not (folder / "content/vault/contacts").exists()


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("talk", "content/talks/a-name.md"),
        ("event", "content/events/a-name.md"),
        ("project", "content/projects/a-name.md"),
        ("testimonial", "content/testimonials/a-name.md"),
        ("note", "content/notes/2026-03-01-a-name.md"),
        ("Post", "content/posts/a-name.md"),
    ],
)
def test_every_kind_can_be_begun_and_is_read_without_an_error(
    folder: Path, brandkit: Any, kind: str, file: str
) -> None:
    assert brandkit(folder, "new", kind, "A name", "--json").json == {"written": [file]}
    found = brandkit(folder, "check", "--public-only", "--json").json["diagnostics"]
    # a testimonial is shown only when somebody agreed to it, and until then it says so
    assert {d["code"] for d in found if d["severity"] == "error"} <= ({"BK145"} if kind == "testimonial" else set())


def test_a_note_is_its_own_text_and_is_named_after_its_day_and_first_words(folder: Path, brandkit: Any) -> None:
    text = "Five words — are enough: to name it, said nobody who reads `code`."
    said = brandkit(folder, "new", "note", text, "--json").json
    assert said == {"written": ["content/notes/2026-03-01-five-words-are-enough-to-name.md"]}
    written = (folder / said["written"][0]).read_text()
    assert written.endswith(f"---\n\n{text}\n")
    assert "title:" not in written


def test_a_kind_that_is_misspelt_is_named_and_those_that_there_are_too(folder: Path, brandkit: Any) -> None:
    said = brandkit(folder, "new", "tlak", "A name")
    assert said.code == 2
    assert "did you mean 'talk'?" in said.err
    assert "it is one of post, page, note" in brandkit(folder, "new", "xyzzy", "A name").err
