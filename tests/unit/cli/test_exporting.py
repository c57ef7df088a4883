"""brandkit export: files for other programs, and what people agreed to for the site; refused where they did not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brandkit.cli import export_command, importing_command
from brandkit.cli.export_command import COMMANDS
from brandkit.cli.main import ALSO
from brandkit.engage.sources.exports import EXPORTS
from brandkit.importers.registry import IMPORTERS

Site = Callable[[str], Path]

PROJECT = """
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/vault/contacts.yaml --
- {id: ada, name: Ada Example, feeds: [https://ada.example/feed], consent: {publish: [name, quote]}}
- {id: grace, name: Grace Sample, feeds: [https://grace.example/feed], consent: {publish: [name]}}
- {id: dee, name: Dee Silent, do_not_contact: true, consent: {publish: [name, quote]}}
- {id: tom, name: Tom Mock, consent: {publish: [name, quote]}, hold: {reason: illness}}
- {id: mute, name: Mute Example, consent: {publish: [name, quote]}}
-- content/vault/journal/2026.jsonl --
{"id": "1", "at": "2026-01-01T09:00:00Z", "contacts": ["ada"], "type": "feedback", "summary": "It helped."}
{"id": "2", "at": "2026-01-01T09:00:00Z", "contacts": ["grace"], "type": "feedback", "summary": "SECRET."}
{"id": "3", "at": "2026-01-01T09:00:00Z", "contacts": ["dee"], "type": "feedback", "summary": "SECRET."}
{"id": "4", "at": "2026-01-01T09:00:00Z", "contacts": ["tom"], "type": "feedback", "summary": "SECRET."}
"""


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(COMMANDS) == {"export"}
    monkeypatch.setitem(ALSO, "export", ("export", "People for other programs."))


def test_the_command_knows_every_kind_that_is_registered() -> None:
    assert (*(name for name, _, _ in EXPORTS), "testimonials", "ics") == export_command.KINDS
    assert (*(name for name, _, _ in IMPORTERS), "opml") == importing_command.KINDS


def test_an_export_is_printed_or_written_once(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    printed = brandkit(folder, "export", "vcard")
    assert printed.code == 0
    assert "FN:Ada Example" in printed.out
    assert "Dee" not in printed.out
    assert brandkit(folder, "export", "vcard", "--output", "people.vcf").code == 0
    assert (folder / "people.vcf").read_bytes().decode() == printed.out
    again = brandkit(folder, "export", "csv", "--output", "people.vcf")
    assert again.code == 2
    assert "is there already" in again.err


def test_a_table_is_marked_as_utf_8(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    brandkit(folder, "export", "csv", "--output", "people.csv")
    assert (folder / "people.csv").read_bytes().startswith(b"\xef\xbb\xbfId,Name,")


def test_who_is_not_to_be_written_to_is_only_in_a_backup(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    refused = brandkit(folder, "export", "json", "dee")
    assert (refused.code, refused.out) == (3, "")
    assert [row["id"] for row in brandkit(folder, "export", "json", "dee", "--all").json] == ["dee"]
    assert "Dee" in brandkit(folder, "export", "csv", "--all").out


def test_a_blogroll_is_refused_for_somebody_who_did_not_agree(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT.replace("[name]}", "[]}"))
    refused = brandkit(folder, "export", "blogroll", "grace")
    assert (refused.code, refused.out) == (3, "")
    assert "has not agreed" in refused.err
    said = brandkit(folder, "export", "blogroll")
    assert said.code == 0
    assert "Ada Example" in said.out
    assert "Grace" not in said.out + said.err


@pytest.mark.slow
def test_a_blogroll_is_read_by_the_site(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    said = brandkit(folder, "export", "blogroll", "--output", "content/data/blogroll.yaml")
    assert said.code == 0, said.err
    assert brandkit(folder, "build").code == 0
    assert "Grace Sample" in (folder / "public/blogroll/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_testimonial_is_a_draft_that_the_site_can_show(site: Site, brandkit: Any) -> None:
    folder = site(PROJECT)
    said = brandkit(folder, "export", "testimonials", "ada")
    assert said.code == 0
    path = folder / "content/testimonials/ada-example.md"
    assert "content/testimonials/ada-example.md" in said.out
    assert brandkit(folder, "build").code == 0
    pages = "".join(page.read_text(encoding="utf-8") for page in (folder / "public").rglob("*.html"))
    assert "It helped." not in pages, "not before it was read"
    path.write_text(path.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    assert brandkit(folder, "build").code == 0
    pages = "".join(page.read_text(encoding="utf-8") for page in (folder / "public").rglob("*.html"))
    assert "It helped." in pages
    assert brandkit(folder, "export", "testimonials", "ada").code == 2, "a file that stands is not overwritten"


@pytest.mark.parametrize("who", ["grace", "dee", "tom"])
def test_without_consent_or_in_a_hard_time_there_is_no_file(site: Site, brandkit: Any, who: str) -> None:
    folder = site(PROJECT)
    said = brandkit(folder, "export", "testimonials", who)
    assert (said.code, said.out) == (3, "")
    assert "SECRET" not in said.err
    assert not (folder / "content/testimonials").exists()


def test_without_words_there_is_nothing_to_quote(site: Site, brandkit: Any) -> None:
    said = brandkit(site(PROJECT), "export", "testimonials", "mute")
    assert said.code == 2
    assert "brandkit log mute" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("testimonials",),
        ("blogroll", "--all"),
        ("vcard", "--private"),
        ("testimonials", "ada", "--output", "x"),
        ("vcard", "who"),
    ],
)
def test_options_that_do_not_belong_together_are_wrong_usage(
    site: Site, brandkit: Any, arguments: tuple[str, ...]
) -> None:
    assert brandkit(site(PROJECT), "export", *arguments).code == 2
