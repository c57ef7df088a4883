"""Links of texts: by name, by file, by address; what they publish, and where they lead under a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]
A, B = "content/posts/a.md", "content/posts/b-side.md"
UNDER = "site.yaml"
PLAIN, SUB = "title: T\nurl: https://test.example/\n", "title: T\nurl: https://x.example/sub/\n"
WORDS = "é"


def hrefs(built: Any, path: str = "posts/a/index.html") -> list[str]:
    return re.findall(r'(?:href|src)="([^"]*)"', built.files[path])


@pytest.mark.parametrize(
    ("written", "path", "words"),
    [
        ("[[b-side]]", "/posts/b-side/", "b-side"),
        ("[[The Other Side]]", "/posts/b-side/", "The Other Side"),
        ("[[the other side]]", "/posts/b-side/", "the other side"),
        ("[[2026-01-05-dated]]", "/posts/dated/", "2026-01-05-dated"),
        ("[[b-side|over there]]", "/posts/b-side/", "over there"),
        ("[[b-side#part-two]]", "/posts/b-side/#part-two", "b-side"),
        ("[[b-side#Part two|there]]", "/posts/b-side/#part-two", "there"),
        ("[[Café]]", "/posts/cafe/", "Café"),
    ],
)
@pytest.mark.parametrize(("config", "root"), [(PLAIN, ""), (SUB, "/sub")])
def test_a_wikilink_leads_to_who_bears_the_name(
    written: str, path: str, words: str, config: str, root: str, build: Build, post: Post
) -> None:
    files = {
        UNDER: config,
        A: post(body=written),
        B: post(title="The Other Side", body="## Part two"),
        "content/posts/2026-01-05-dated.md": post(title="Dated"),
        "content/posts/cafe.md": post(title="Café"),
    }
    built = build(files)
    assert built.codes == []
    assert f'<a href="{root}{path}">{words}</a>' in built.files["posts/a/index.html"]


def test_a_wikilink_leads_to_a_text_in_its_own_language(build: Build, post: Post) -> None:
    files = {
        "content/pages/way.md": "# The way\n\n[[home]]\n",
        "content/pages/home.md": "# Zuhause in English\n",
        "content/pages/home.de.md": "# Anfahrt\n",
        "content/pages/weg.md": "---\nlang: de\n---\n# Weg\n\n[[home]]\n",
    }
    built = build(files)
    assert dict(built.route("way/index.html").view.page.content.links) == {"wiki:home": "/home/"}
    assert dict(built.route("weg/index.html").view.page.content.links) == {"wiki:home": "/de/home/"}


def test_a_bundle_is_called_by_its_folder(build: Build, post: Post) -> None:
    built = build({A: post(body="[[trip]] [[index]]"), "content/posts/trip/index.md": post("slug: far", title="T")})
    assert built.codes == ["BK170"] and hrefs(built)[0] == "/posts/far/"


def test_a_wikilink_to_nobody_is_a_finding(build: Build, post: Post) -> None:
    built = build({A: post(body="Text.\n\nSee [[Nobody Here|this]].")})
    (found,) = built.report.diagnostics
    assert (found.code, str(found.place)) == ("BK170", f"{A}:7:1")
    assert "Nobody Here" in found.message and "wiki:" not in found.message


def test_double_brackets_in_code_are_no_link(build: Build, post: Post) -> None:
    assert build({A: post(body="`[[nobody]]`\n\n```\n[[nobody]]\n```")}).codes == []


@pytest.mark.parametrize(
    ("written", "there", "path"),
    [
        ("slides.pdf", "content/posts/slides.pdf", "/posts/slides.pdf"),
        ("./slides.pdf", "content/posts/slides.pdf", "/posts/slides.pdf"),
        ("slides.pdf#page=2", "content/posts/slides.pdf", "/posts/slides.pdf#page=2"),
        ("slides.pdf?download", "content/posts/slides.pdf", "/posts/slides.pdf?download"),
        ("slides.pdf?v=1#page=2", "content/posts/slides.pdf", "/posts/slides.pdf?v=1#page=2"),
        ("with%20gap.pdf", "content/posts/with gap.pdf", "/posts/with%20gap.pdf"),
        ("<with gap.pdf>", "content/posts/with gap.pdf", "/posts/with%20gap.pdf"),
        ("100%25.pdf", "content/posts/100%.pdf", "/posts/100%25.pdf"),
        ("one%23two.pdf", "content/posts/one#two.pdf", "/posts/one%23two.pdf"),
        ("/files/x.pdf", "content/static/files/x.pdf", "/files/x.pdf"),
        ("/files/x.pdf?v=1#p", "content/static/files/x.pdf", "/files/x.pdf?v=1#p"),
        ("/files/caf%C3%A9.pdf", "content/static/files/café.pdf", "/files/caf%C3%A9.pdf"),
        ("../../files/x.pdf", "content/static/files/x.pdf", "/files/x.pdf"),
        ("b-side.md?x=1", B, "/posts/b-side/?x=1"),
    ],
)
@pytest.mark.parametrize(("config", "root"), [(PLAIN, ""), (SUB, "/sub")])
def test_a_link_to_a_file_publishes_it_and_leads_there(
    written: str, there: str, path: str, config: str, root: str, build: Build, post: Post
) -> None:
    built = build({UNDER: config, A: post(body=f"[x]({written})"), B: post(title="B"), there: post(title="B")})
    assert built.codes == []
    assert hrefs(built) == [root + path]


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("folder", ["content/posts", "content/static"])
def test_a_name_is_found_however_its_letters_are_composed(
    written: str, stored: str, folder: str, build: Build, post: Post
) -> None:
    name = unicodedata.normalize(stored, f"{folder}/caf{WORDS}.pdf")
    root = "/" if folder.endswith("static") else ""
    link = unicodedata.normalize(written, f"{root}caf{WORDS}.pdf")
    built = build({A: post(body=f"[x]({link})"), name: "x"})
    assert built.codes == []
    assert len([path for path in built.paths if path.endswith(".pdf")]) == 1


def test_a_bundle_goes_where_its_page_goes(build: Build, post: Post) -> None:
    files = {
        "content/posts/trip/index.md": post("slug: journey", body="![x](a.png) [y](more/b.pdf)", title="Trip"),
        "content/posts/trip/a.png": "a",
        "content/posts/trip/more/b.pdf": "b",
        "content/posts/trip/unnamed.txt": "c",
    }
    built = build(files)
    assert built.codes == []
    assert hrefs(built, "posts/journey/index.html") == ["/posts/journey/a.png", "/posts/journey/more/b.pdf"]
    assert built.route("posts/journey/unnamed.txt").copy == "content/posts/trip/unnamed.txt"


def test_nothing_beside_a_draft_is_published(build: Build, post: Post) -> None:
    files = {
        A: post(body="Nothing."),
        "content/posts/d.md": post("draft: true", body="![x](secret1.png)", title="D"),
        "content/posts/secret1.png": "x",
        "content/posts/bundle/index.md": post("draft: true", title="E"),
        "content/posts/bundle/secret2.png": "x",
        "content/posts/later/index.md": post("expires: 2026-01-01", title="F"),
        "content/posts/later/secret3.png": "x",
        "content/posts/trip/index.md": post(title="G"),
        "content/posts/trip/inner/index.md": post("draft: true", title="H"),
        "content/posts/trip/inner/secret4.png": "x",
        "content/pages/index.md": "Welcome.\n",
        "content/pages/hidden.md": "---\ntitle: I\ndraft: true\n---\n![x](secret5.png)\n",
        "content/pages/secret5.png": "x",
    }
    assert not [path for path in build(files).paths if "secret" in path]
    with_drafts = {path for path in build(files, drafts=True).paths if "secret" in path}
    assert with_drafts >= {"posts/secret1.png", "posts/bundle/secret2.png", "secret5.png"}


def test_pictures_of_the_home_page_stand_at_the_root(build: Build) -> None:
    built = build({"content/pages/index.md": "# Me\n\n![me](me.png)\n", "content/pages/me.png": "x"})
    assert built.codes == [] and "me.png" in built.paths


def test_the_text_of_the_home_page_has_one_address(build: Build, post: Post) -> None:
    files = {"content/pages/index.md": "# Hello\n\n[about](about/)\n", "content/pages/about.md": "# About\n"}
    built = build({**files, A: post(body="[home](../pages/index.md)")})
    assert hrefs(built) == ["/"]
    assert "/pages/" not in built.files["sitemap.xml"]
    assert built.codes == []


@pytest.mark.parametrize(("config", "base"), [(PLAIN, "https://test.example/"), (SUB, "https://x.example/sub/")])
def test_feeds_lead_out_with_whole_addresses(config: str, base: str, build: Build, post: Post) -> None:
    body = "[w](b-side.md#x) [[b-side]] ![p](pic.png) [s](/s.pdf) <img src='/r.png' alt='r'>"
    there = {"content/posts/pic.png": "x", "content/static/s.pdf": "x", "content/static/r.png": "x"}
    built = build({UNDER: config, A: post(body=body), B: post(title="B"), **there})
    assert built.codes == []
    for feed in ("feed.xml", "rss.xml", "feed.json", "posts/feed.xml"):
        text = built.files[feed].replace('\\"', '"').replace("&quot;", '"').replace("&#34;", '"')
        for path in ("posts/b-side/#x", "posts/b-side/", "posts/pic.png", "s.pdf", "r.png"):
            assert f"{base}{path}" in text, (feed, path)
        unstyled = re.sub(r"<\?xml-stylesheet[^>]*>", "", text)
        assert not re.findall(r"(?:href|src)=[\"'](?!https:)[^\"']*", unstyled)
        assert "bk:" not in text and "bkp:" not in text


def test_dead_links_of_introductions_are_found(build: Build, post: Post) -> None:
    files = {
        "content/pages/index.md": "# Hello\n\n[x](/gone/)\n",
        "content/posts/_index.md": "# Writing\n\n[y](gone.md)\n",
    }
    built = build(files)
    found = [(d.code, d.place.file, d.place.line) for d in built.report.sorted()]
    assert found == [("BK170", "content/pages/index.md", 3), ("BK170", "content/posts/_index.md", 3)]


def test_the_home_page_in_another_language_is_a_page(build: Build) -> None:
    files = {"content/pages/index.md": "# Hello\n", "content/pages/index.de.md": "# Aber hallo\n"}
    built = build(files)
    assert built.codes == [] and "de/index.html" in built.paths
    assert built.route("index.html").source == "content/pages/index.md"
    assert built.page("Aber hallo").path == "/de/"
