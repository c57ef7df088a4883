"""Twelve mistakes in six files: all are listed in one run, each where it stands, and stop as little as they can."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CONTACTS = """\
- {id: ada, name: Ada Example, interests: [platform lead]}
- id: bea
  name: Bea Example
  organisation: Acme
- id: cleo
  name: Cleo Example
  name: Cleo Again
- id: dora
  name: Dora Example
  knows: [adda]
- id: emil
  name: Emil Example
  interests: hiring
- id: finn
  name: Finn Example
  birthday: 2025-02-29
- id: gus
  name: Gus Example
  languages: [NO]
- id: hana
  every: 30 days
- {id: zoe, name: Zoe Example, interests: [rainwater]}
"""
FILES = {
    "content/vault/me.yaml": "name: Alex Example\ngoals: [{text: speak, by: 2026-13-01}]\nlanguages: [en]\n",
    "content/vault/feeds.yaml": (
        "- {id: library, url: feeds/library.xml, title: Library}\n- {id: bad, url: 'https//bad.example/feed'}\n"
    ),
    "content/vault/contacts/quote.yaml": 'id: quinn\nname: "Quinn Example\nevery: 30 days\n',
    "content/vault/contacts/tab.yaml": "id: tess\nname: Tess Example\nmet:\n\ton: 2025-01-01\n",
    "content/posts/one.md": "---\ntitle: One\ndate: 2026-02-01\n---\n\nHello.\n",
}
JOURNAL = [
    {"at": "2026-02-01", "contacts": ["zoe"], "type": "call", "direction": "mutual", "summary": "spoke"},
    {"at": "2026-02-02", "contacts": ["zoe"], "type": "telephone", "summary": "spoke"},
    {"at": "2026-02-03", "contacts": ["bea"], "type": "call", "summary": "a spoilt contact is known all the same"},
]
# Where each mistake stands, and a word of what is said of it.
EXPECTED = {
    "contacts.yaml:4:3": ("unknown key 'organisation'", "did you mean 'organization'?"),
    "contacts.yaml:7:3": ("'name' stands twice", "keep one"),
    "contacts.yaml:10:11": ("there is no contact 'adda'", "did you mean 'ada'?"),
    "contacts.yaml:13:14": ("'interests' should be a list", ""),
    "contacts.yaml:16:13": ("2025 has no 29 February", "--02-29"),
    "contacts.yaml:19:15": ("YAML reads NO as false", "quotes"),
    "contacts.yaml:20:3": ("'name' is missing", ""),
    "me.yaml:2:27": ("'by' is not a date", ""),
    "feeds.yaml:2:18": ("is not a web address: https//bad.example/feed", "https://example.org/"),
    "journal/2026.jsonl:2:": ("unknown type 'telephone'", ""),
    "contacts/quote.yaml:2:7": ("this quote is never closed", "closing quote"),
    "contacts/tab.yaml:4:1": ("a tab stands where YAML wants spaces", "spaces"),
}


@pytest.fixture
def folder(brand: Callable[..., Path]) -> Path:
    return brand(CONTACTS, JOURNAL, files=FILES)


def test_exactly_twelve_findings_each_with_its_place_and_a_way_out(folder: Path, brandkit: Any) -> None:
    ran = brandkit(folder, "build", "--offline", "--json")
    assert ran.code == 1
    found = ran.json["diagnostics"]
    said = {f"{d['file']}:{d['line']}:{d['col']}".removeprefix("content/vault/"): d for d in found}
    assert len(found) == len(said) == 12, "\n".join(f"{place} {d['message']}" for place, d in said.items())
    for place, (message, hint) in EXPECTED.items():
        (one,) = [d for where, d in said.items() if where == place or (place[-1] == ":" and where.startswith(place))]
        assert message in one["message"], place
        assert hint in (one["hint"] or ""), place
        assert one["severity"] == "error"
        assert re.fullmatch(r"BK\d{3}", one["code"])
    assert sum(1 for d in found if d["hint"]) >= 9


def test_the_site_is_built_and_the_others_are_advised(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "build", "--offline").code == 1
    assert "Hello." in (folder / "public/posts/one/index.html").read_text()
    pages = {path.stem for path in (folder / "private/people").glob("*.html")} - {"index"}
    people = {name for name in pages if not name.endswith("-known")}
    assert people == {"ada", "dora", "zoe"}, "an unknown id in `knows` does not make dora unreadable"
    ran = brandkit(folder, "suggest", "--json")
    assert ran.code == 1
    assert {s["contact"] for s in ran.json} == {"ada", "zoe"}
    assert ran.err.count("error BK") == 12


def test_on_the_terminal_each_shows_the_line_and_the_same_again_when_nothing_changed(
    folder: Path, brandkit: Any
) -> None:
    first, second = brandkit(folder, "build", "--offline"), brandkit(folder, "build", "--offline")
    assert first.err == second.err
    assert (first.code, second.code) == (1, 1)
    assert "content/vault/contacts.yaml:4:3: error BK104: unknown key 'organisation'" in first.err
    assert "    4 |   organisation: Acme\n      |   ^" in first.err
    assert "hint: did you mean 'organization'?" in first.err
    assert "nothing changed, no file was written" in second.out


def test_mistakes_that_are_mended_are_gone(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "check").code == 1
    for name in ("contacts/quote.yaml", "contacts/tab.yaml", "journal/2026.jsonl", "me.yaml", "feeds.yaml"):
        (folder / "content/vault" / name).unlink()
    (folder / "content/vault/contacts.yaml").write_text("- {id: ada, name: Ada Example}\n")
    assert brandkit(folder, "check").code == 0
