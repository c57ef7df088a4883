"""Feed, sitemap and robots.txt: well-formed whatever stands in the posts, with absolute links."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]
A = "{http://www.w3.org/2005/Atom}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(built: Any) -> ET.Element:
    return ET.fromstring(built.files["feed.xml"])


def test_the_feed_holds_the_newest_posts_whole(build: Build, post: Post) -> None:
    files = {
        f"content/posts/p{n}.md": post(
            "tags: [x]", "author: Ada", title=f"P{n}", date=f"2026-01-0{n}", body=f"Body {n}"
        )
        for n in range(1, 6)
    }
    root = feed(build(files, "feeds: {limit: 2}\nauthor: {name: Me}\ntagline: T & t\n"))
    assert [e.findtext(f"{A}title") for e in root.findall(f"{A}entry")] == ["P5", "P4"]
    entry = root.find(f"{A}entry")
    assert entry is not None
    assert entry.findtext(f"{A}content") == "<p>Body 5</p>\n"
    assert entry.findtext(f"{A}id") == "https://test.example/posts/p5/"
    assert entry.findtext(f"{A}published") == "2026-01-05T00:00:00Z"
    assert entry.findtext(f"{A}author/{A}name") == "Ada"
    assert root.findtext(f"{A}author/{A}name") == "Me" and root.findtext(f"{A}subtitle") == "T & t"
    assert root.findtext(f"{A}updated") == "2026-01-05T00:00:00Z"


def test_a_limit_of_nought_means_all(build: Build, post: Post) -> None:
    files = {f"content/posts/p{n}.md": post(title=f"P{n}") for n in range(30)}
    assert len(feed(build(files, "feeds: {limit: 0}\n")).findall(f"{A}entry")) == 30
    assert len(feed(build(files)).findall(f"{A}entry")) == 20


@pytest.mark.parametrize("base", ["https://test.example/", "https://test.example/a/b/"])
def test_links_in_a_feed_are_absolute(base: str, build: Build, post: Post) -> None:
    body = "[a](b.md#x) ![p](/p.png) [r](sub/) [e](https://e.org)\n\n<img src='/q.png'>"
    files = {
        "site.yaml": f"title: T\nurl: {base}\n",
        "content/posts/a.md": post(body=body),
        "content/posts/b.md": post(title="B", date="2026-01-01"),
    }
    content = feed(build(files)).findtext(f"{A}entry/{A}content") or ""
    assert f'href="{base}posts/b/#x"' in content and f'src="{base}p.png"' in content
    assert f'href="{base}posts/a/sub/"' in content and f"src='{base}q.png'" in content
    assert "bk:" not in content


def test_characters_that_xml_forbids_are_dropped(build: Build, post: Post) -> None:
    title = '"a\\u0001\\u000b\\uFFFE\\u0085<&>]]>b"'
    built = build(
        {"content/posts/a.md": post(f"tags: [{title}]", f"description: {title}", title=title, body="x\x0cy\x1f")}
    )
    entry = feed(built).find(f"{A}entry")
    assert entry is not None
    assert entry.findtext(f"{A}title", "").replace("\u0085", "").replace(" ", "") == "a<&>]]>b"
    assert "\x1f" not in built.files["feed.xml"]


def test_posts_without_a_date_are_valid_entries(build: Build) -> None:
    entry = feed(build({"content/posts/a.md": "---\ntitle: A\n---\n"})).find(f"{A}entry")
    assert entry is not None and entry.findtext(f"{A}updated") == "1970-01-01T00:00:00Z"
    assert entry.find(f"{A}published") is None


def test_every_feed_has_what_atom_demands(build: Build) -> None:
    root = feed(build({}))
    for name in ("title", "id", "updated", "author"):
        assert root.find(f"{A}{name}") is not None
    assert [link.get("rel") for link in root.findall(f"{A}link")] == ["self", "alternate"]


def test_the_sitemap_lists_what_search_engines_should_know(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post("tags: [t]"),
        "content/posts/copy.md": post("canonical: https://e.org/x", title="Copy"),
        "content/posts/d.md": post("draft: true", title="D"),
        "content/pages/about.md": "---\ntitle: About & more\nurl: /a&b/\n---\n",
    }
    root = ET.fromstring(build(files).files["sitemap.xml"])
    found = {url.findtext(f"{S}loc"): url.findtext(f"{S}lastmod") for url in root}
    base = "https://test.example/"
    assert set(found) == {base + p for p in ("", "posts/", "archive/", "tags/", "tags/t/", "posts/a/", "a&b/")}
    assert found[base + "posts/a/"] == "2026-02-01T00:00:00Z"


def test_robots_names_the_sitemap(build: Build) -> None:
    assert "Sitemap: https://test.example/sitemap.xml\n" in build({}).files["robots.txt"]
