"""Microformats by mf2py, JSON-LD by its types: what indie readers and search engines make of the example."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def _page(built_example: Path, path: str) -> str:
    return (built_example / "public" / path / "index.html").read_text(encoding="utf-8")


def _items(html: str) -> list[dict[str, Any]]:
    mf2py = pytest.importorskip("mf2py")
    return list(mf2py.parse(html, url="https://alex.example.org/")["items"])


def _all(items: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    found = [item for item in items if kind in item["type"]]
    for item in items:
        inner = [value for values in item["properties"].values() for value in values if isinstance(value, dict)]
        found += _all([value for value in inner if "type" in value], kind)
        found += _all(item.get("children", []), kind)
    return found


def _first(built_example: Path, folder: str) -> str:
    folders = sorted(p for p in (built_example / "public" / folder).iterdir() if p.is_dir() and p.name != "page")
    return f"{folder}/{folders[0].name}"


def _types(html: str) -> set[str]:
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    data = json.loads(written)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"] for thing in data["@graph"]}


def test_the_home_page_is_a_card_of_the_person(built_example: Path) -> None:
    html = _page(built_example, ".")
    (card,) = [c for c in _all(_items(html), "h-card") if "uid" in c["properties"]]
    assert card["properties"]["name"] == ["Alex Example"]
    assert card["properties"]["url"][0] == card["properties"]["uid"][0] == "https://alex.example.org/"
    assert card["properties"]["photo"]
    assert 'rel="me"' in html


def test_a_post_is_an_entry_with_author_date_and_text(built_example: Path) -> None:
    (entry,) = _all(_items(_page(built_example, _first(built_example, "posts"))), "h-entry")[:1]
    says = entry["properties"]
    assert says["name"] and says["published"] and says["content"][0]["html"]
    assert says["author"][0]["properties"]["name"] == ["Alex Example"]


def test_a_note_is_an_entry_too_and_a_reply_cites(built_example: Path) -> None:
    folder = built_example / "public/notes"
    notes = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/index.html"))]
    entries = [_all(_items(html), "h-entry")[0]["properties"] for html in notes]
    assert all(entry["content"] and entry["published"] and entry["author"] for entry in entries)
    replies = [entry["in-reply-to"][0] for entry in entries if "in-reply-to" in entry]
    assert replies and all("h-cite" in reply["type"] and reply["properties"]["url"] for reply in replies)
    assert any("syndication" in entry for entry in entries)


@pytest.mark.parametrize("folder", ["events", "talks"])
def test_what_happens_is_an_event(built_example: Path, folder: str) -> None:
    event = _all(_items(_page(built_example, _first(built_example, folder))), "h-event")[0]["properties"]
    assert event["name"] and event["start"]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("posts", "BlogPosting"),
        ("notes", "SocialMediaPosting"),
        ("talks", "Event"),
        ("events", "Event"),
        ("projects", "CreativeWork"),
        ("testimonials", "Review"),
    ],
)
def test_documents_name_their_type_for_search_engines(built_example: Path, folder: str, kind: str) -> None:
    types = _types(_page(built_example, _first(built_example, folder)))
    assert {kind, "Person", "BreadcrumbList"} <= types
    if kind == "BlogPosting":
        assert "WebSite" in _types(_page(built_example, "."))


def test_an_organization_is_one(example: Path, brandkit: Any) -> None:
    config = example / "site.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("owner: person", "owner: organization"))
    assert brandkit(example, "build", "--public-only").code == 0
    assert "Organization" in _types((example / "public/index.html").read_text(encoding="utf-8"))


def test_translations_name_each_other(built_example: Path) -> None:
    english, german = _page(built_example, "about"), _page(built_example, "de/about")
    for html in (english, german):
        assert re.findall(r'hreflang="(\w+)" href', html)[:2] in (["en", "de"], ["de", "en"])
    assert '<html lang="de">' in german and '<html lang="en">' in english


def test_every_page_has_a_picture_for_link_previews_that_exists(built_example: Path) -> None:
    public = built_example / "public"
    for path in sorted(public.rglob("index.html")):
        html = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in html:
            continue
        (image,) = re.findall(r'<meta property="og:image" content="([^"]+)">', html)
        assert (public / image.removeprefix("https://alex.example.org/")).is_file(), path
