"""Naughty strings as titles, tags, descriptions, slugs and addresses: well-formed output inside the folder."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"
VOID = set("area base br col embed hr img input link meta source track wbr".split())
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Balance(HTMLParser):
    """Fails unless every element that opens closes, in order."""

    OPTIONAL = frozenset({"p", "li", "dt", "dd", "option", "tr", "td", "th"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open, tag
            assert self.open.pop() == tag


def quoted(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'


@pytest.fixture(scope="module")
def strings(shared: Path) -> list[str]:
    found = [s for s in json.loads((shared / "corpora/blns/blns.json").read_text(encoding="utf-8")) if s.strip()]
    assert len(found) > 400
    return found


CONFIG = """
-- site.yaml --
title: Naughty
url: https://x.example/
feeds: {limit: 0}
markdown: {raw_html: false}
"""


def _folders_and_files(public: Path) -> None:
    for path in public.rglob("*"):
        assert not path.is_symlink()
        assert len(path.name.encode()) <= 255
        assert path.resolve().is_relative_to(public.resolve())


def test_as_title_description_tag_author_and_body(
    strings: list[str], site: Callable[[str], Path], brandkit: Callable[..., Any]
) -> None:
    project = site(CONFIG)
    folder = project / "content/posts"
    folder.mkdir(parents=True)
    for number, text in enumerate(strings):
        words = quoted(text)
        front = f"title: {words}\ndate: 2026-01-01\ntags: [{words}]\ndescription: {words}\nauthors: [{words}]"
        body = text.encode("utf-8", "replace")
        (folder / f"n{number}.md").write_bytes(f"---\n{front}\n---\n".encode() + body + b"\n")
    ran = brandkit(project, "build", "--public-only", "--json")
    assert {d["code"] for d in ran.json["diagnostics"]} <= {"BK170", "BK143", "BK187"}
    public = project / "public"
    for number in range(len(strings)):
        Balance((public / f"posts/n{number}/index.html").read_text())
    for name in ("posts/index.html", "archive/index.html", "tags/index.html"):
        Balance((public / name).read_text())
    _folders_and_files(public)
    ET.parse(public / "sitemap.xml")
    entries = ET.parse(public / "feed.xml").getroot().findall(f"{ATOM}entry")
    titles = {e.findtext(f"{ATOM}id", "").split("/")[-2]: e.findtext(f"{ATOM}title") for e in entries}
    for number, text in enumerate(strings):
        wanted = FORBIDDEN.sub("", " ".join(text.split()))
        if wanted:
            assert " ".join((titles[f"n{number}"] or "").split()) == " ".join(wanted.split())


@pytest.mark.parametrize("key", ["slug", "url", "aliases"])
def test_as_an_address(
    key: str, strings: list[str], site: Callable[[str], Path], brandkit: Callable[..., Any], tmp_path: Path
) -> None:
    project = site(f"{CONFIG}cards: false\n")
    folder = project / "content/posts"
    folder.mkdir(parents=True)
    before = {path for path in tmp_path.rglob("*") if "project" not in path.parts}
    for number, text in enumerate(strings):
        value = f"[{quoted(text)}]" if key == "aliases" else quoted(text)
        (folder / f"n{number}.md").write_text(f"---\ntitle: T\ndate: 2026-01-01\n{key}: {value}\n---\nx\n")
    ran = brandkit(project, "build", "--public-only", "--json")
    assert {d["code"] for d in ran.json["diagnostics"]} <= {"BK150", "BK151", "BK152", "BK187"}
    _folders_and_files(project / "public")
    assert {path for path in tmp_path.rglob("*") if "project" not in path.parts} == before
    assert {path.name for path in project.iterdir()} == {"site.yaml", "content", "public", ".brandkit"}
    again = brandkit(project, "build", "--public-only", "--json")
    assert again.json["written"] == []
    (project / ".brandkit/cache").rename(project / ".brandkit/old")
    afresh = brandkit(project, "build", "--public-only", "--json")
    assert (afresh.json["written"], afresh.json["removed"]) == ([], [])
