"""The private pages: for your eyes, without script, from no other place, and without those who asked to be left out."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from brandkit.base.walls import Artifact
from brandkit.engage.advising import advise_all
from brandkit.engage.config import Me
from brandkit.engage.contacts import Contact, Hold, Need
from brandkit.engage.pages.page import Facts
from brandkit.engage.pages.registry import MENU
from brandkit.engage.pages.writing import private_pages
from brandkit.engage.plan import plan
from brandkit.engage.values import Rhythm
from brandkit.io.resources import private_templates

HOSTILE = '<script>alert(1)</script><img src="https://evil.example/x.png" onerror="alert(2)">'


@pytest.fixture
def pages(whole: Any, entry: Any, line: Any) -> dict[str, str]:
    need = (Need("find a platform lead"),)
    contacts = (
        Contact("ada", "Ada Example", needs=need, every=Rhythm(30, "day"), notes=HOSTILE, facts=("climbs",)),
        Contact("noor", "Noor Placeholder", needs=(replace(need[0], sensitive=True),)),
        Contact("henrik", "Henrik Silent", needs=need, do_not_contact=True),
        Contact("late", "Late Loved", needs=need, deceased=True),
        Contact("chidi", "Chidi Specimen", needs=need, hold=Hold("bereavement")),
    )
    entries = [
        entry(
            "A platform lead " + HOSTILE,
            "The platform lead came. A platform lead stays. Every platform lead knows another platform lead.",
            "https://a.example/?a=1&b",
        ),
        *(entry(f"Other {n}", f"Word{n} here.", f"https://o{n}.example/") for n in range(6)),
    ]
    journal = [
        line("call", "2026-01-01", summary=HOSTILE, direction="mutual"),
        line("share", "2025-01-01", link="javascript:alert(3)", summary="odd"),
    ]
    world = whole(contacts, entries, journal, me=Me(name="Alex " + HOSTILE))
    advice = advise_all(world, private_templates("drafts"))
    made = private_pages(Facts(world, advice, plan(advice, 60), written=world.vault), private_templates("pages"))
    assert all(isinstance(artifact, Artifact) for artifact in made)
    return {artifact.path: artifact.data.decode() for artifact in made}


class Reader(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def html(pages: dict[str, str]) -> dict[str, Reader]:
    return {path: Reader(text) for path, text in pages.items() if path.endswith(".html")}


def test_there_is_a_page_for_the_week_for_people_and_for_each_who_may_be_spoken_of(pages: dict[str, str]) -> None:
    people = ("ada", "noor", "chidi")
    assert {path for path in pages if path.startswith("people/")} == {
        "people/index.html", *(f"people/{who}{page}.html" for who in people for page in ("", "-known"))
    }  # fmt: skip
    assert pages.keys() >= {path for path, _ in MENU} | {"style.css"}


def test_who_asked_not_to_be_contacted_or_has_died_stands_nowhere(pages: dict[str, str]) -> None:
    for text in pages.values():
        assert "Henrik" not in text
        assert "Loved" not in text


def test_who_is_in_a_hard_time_has_a_page_that_says_so_and_suggests_quiet_words_alone(pages: dict[str, str]) -> None:
    assert "this is a hard time for Chidi" in pages["people/chidi.html"]
    assert pages["people/chidi.html"].count("brandkit done") == 1
    assert "https://a.example" not in pages["people/chidi.html"]
    assert "Chidi" not in pages["index.html"]
    assert "For one person a few quiet words would be right" in pages["index.html"]


def test_what_is_sensitive_stays_off_the_page_of_the_week(pages: dict[str, str]) -> None:
    assert "Ada Example" in pages["index.html"]
    assert "Noor" not in pages["index.html"]
    assert "brandkit done" in pages["people/noor.html"]


def test_every_page_forbids_scripts_and_other_places(pages: dict[str, str]) -> None:
    for path, page in html(pages).items():
        metas = {
            (m.get("http-equiv") or m.get("name") or "").lower(): m.get("content") for t, m in page.tags if t == "meta"
        }
        policy = str(metas["content-security-policy"])
        assert "default-src 'none'" in policy, path
        assert "script-src" not in policy
        assert not re.search(r"https?:|\*|unsafe|data:", policy)
        assert metas["referrer"] == "no-referrer"
        assert "noindex" in str(metas["robots"])


def test_nothing_is_loaded_from_another_place_and_nothing_runs(pages: dict[str, str]) -> None:
    for path, page in html(pages).items():
        for tag, attributes in page.tags:
            assert tag not in {"script", "iframe", "object", "embed", "img", "form", "base", "video", "audio"}, path
            assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
            href = attributes.get("href") or ""
            if tag == "link":
                assert href.endswith("style.css")
                assert "//" not in href
            assert not href.lower().startswith(("javascript:", "data:", "//")), (path, href)
            if href.startswith("http"):
                assert "noreferrer" in str(attributes.get("rel"))
    assert not re.search(r"@import|url\(", pages["style.css"])


def test_links_between_pages_lead_to_pages(pages: dict[str, str]) -> None:
    for path, page in html(pages).items():
        folder = posixpath.dirname(path)
        for tag, attributes in page.tags:
            href = attributes.get("href") or ""
            if tag in {"a", "link"} and not href.startswith(("http", "#")) and not href.endswith("calendar.ics"):
                target = posixpath.normpath(posixpath.join(folder, href))
                assert target in pages, (path, href)
