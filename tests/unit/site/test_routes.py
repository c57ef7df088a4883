"""The plan: every path once, nothing unsafe, nothing in the way of anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]


def test_an_empty_site_has_all_its_frames(build: Build) -> None:
    assert build({}).paths == {
        *("index.html", "404.html", "posts/index.html", "archive/index.html", "tags/index.html"),
        *("assets/style.css", "assets/feed.css", "robots.txt", "sitemap.xml", "llms.txt"),
        *("feed.xml", "rss.xml", "feed.json"),
    }


def test_lists_come_in_pages(build: Build, post: Post) -> None:
    files = {f"content/posts/p{n}.md": post("tags: [t]", title=f"P{n}", date=f"2026-01-{n + 1:02}") for n in range(7)}
    built = build(files, "lists: {size: 3}\n")
    assert {"posts/index.html", "posts/page/2/index.html", "posts/page/3/index.html"} <= built.paths
    assert "posts/page/4/index.html" not in built.paths and "tags/t/page/3/index.html" in built.paths
    views = [
        built.route(path).view for path in ("posts/index.html", "posts/page/2/index.html", "posts/page/3/index.html")
    ]
    assert [card.title for view in views for card in view.cards] == [f"P{n}" for n in reversed(range(7))]
    assert [(v.pager.newer, v.pager.older) for v in views] == [
        *((None, "/posts/page/2/"), ("/posts/", "/posts/page/3/"), ("/posts/page/2/", None)),
    ]


def test_neighbours(build: Build, post: Post) -> None:
    built = build({f"content/posts/p{n}.md": post(title=f"P{n}", date=f"2026-01-0{n}") for n in (1, 2, 3)})
    view = built.route("posts/p2/index.html").view
    assert (view.newer.label, view.older.label) == ("P3", "P1")
    assert built.route("posts/p3/index.html").view.newer is None


def test_aliases_lead_to_the_page(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post("aliases: [/old/, older, /o.html, /caf%C3%A9/]")})
    for path in ("old/index.html", "older/index.html", "o.html", "café/index.html"):
        assert built.files[path] == "https://test.example/posts/a/"


def test_the_menu(build: Build) -> None:
    pages = {"content/pages/about.md": "---\ntitle: About me\n---\n"}
    built = build(pages, "menu: [posts, tags, about, {name: Ext, url: 'https://e.org'}, {name: Own, url: /x/}]\n")
    assert [(item.label, item.path) for item in built.route("index.html").view.site.menu] == [
        *(("Posts", "/posts/"), ("Tags", "/tags/"), ("About me", "/about/"), ("Ext", "https://e.org"), ("Own", "/x/")),
    ]
    wrong = build(pages, "menu: [posts, abuot]\n")
    (found,) = wrong.report.diagnostics
    assert (found.code, str(found.place), found.hint) == ("BK131", "site.yaml:3:15", "did you mean 'about'?")


def test_the_base_path_stands_before_every_link(build: Build, post: Post) -> None:
    files = {
        "site.yaml": "title: T\nurl: https://e.org/repo/\nmenu: [about]\n",
        "content/posts/a.md": post("tags: [t]", body="[x](b.md) [y](/about/) [z](/repo/about/)"),
        "content/posts/b.md": post(title="B"),
        "content/pages/about.md": "# About\n",
    }
    built = build(files)
    view = built.route("posts/a/index.html").view
    assert view.site.root == "/repo/" and view.site.menu[0].path == "/repo/about/"
    assert view.page.tags[0].path == "/repo/tags/t/"
    html = built.files["posts/a/index.html"]
    assert 'href="/repo/posts/b/"' in html and html.count('href="/repo/about/"') == 2
    assert built.report.diagnostics == []


@pytest.mark.parametrize("path", ["feed.xml", "posts/index.html", "tags/index.html", "assets/style.css", "index.html"])
def test_a_static_file_never_replaces_what_brandkit_makes(path: str, build: Build) -> None:
    built = build({f"content/static/{path}": "mine"})
    assert built.codes == ["BK152"] and built.route(path).copy is None


@pytest.mark.parametrize("url", ["/archive/", "/feed.xml", "/404.html", "/tags/", "/robots.txt", "/ASSETS/style.css"])
def test_a_page_never_replaces_what_brandkit_makes(url: str, build: Build) -> None:
    built = build({"content/pages/p.md": f"---\ntitle: P\nurl: {url}\n---\n"})
    assert built.codes == ["BK152"]


def test_a_robots_txt_of_ones_own_comes_first(build: Build) -> None:
    built = build({"content/static/robots.txt": "mine"})
    assert built.route("robots.txt").copy == "content/static/robots.txt" and built.codes == []


@pytest.mark.parametrize(
    "files",
    [
        {"content/static/posts": "a file where a folder must be"},
        {"content/static/feed.xml/inner.txt": "a folder where a file must be"},
        {"content/posts/a.md": "---\ntitle: A\ndate: 2026-01-01\naliases: [/feed.xml/x/]\n---\n"},
        {"content/posts/a.md": "---\ntitle: A\ndate: 2026-01-01\nurl: /robots.txt/b.html\n---\n"},
        {"content/static/a": "x", "content/pages/p.md": "---\ntitle: P\nurl: /a/b/c/\n---\n"},
    ],
)
def test_no_path_is_a_file_and_a_folder(files: dict[str, str], build: Build) -> None:
    built = build(files)
    assert built.codes == ["BK152"]
    paths = {path.casefold() for path in built.paths}
    for path in paths:
        parts = path.split("/")
        assert not {"/".join(parts[:n]) for n in range(1, len(parts))} & paths, path


def test_a_template_of_ones_own_or_the_usual_one(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post("template: wide"),
        "content/posts/b.md": post("layout: gone", title="B"),
        "themes/default/templates/wide.html": "wide",
    }
    built = build(files)
    assert built.files["posts/a/index.html"] == "wide"
    assert [(d.code, d.place.file) for d in built.report.diagnostics] == [("BK161", "content/posts/b.md")]


def test_dead_links_are_reported_at_their_source(build: Build, post: Post) -> None:
    body = "[a](b.md) [b](gone.md) ![c](/images/x.png) [d](/posts/b/#part) [e](../b/) [f](/ok.txt) [g](?q)"
    built = build(
        {
            "content/posts/a.md": post(body=body),
            "content/posts/b.md": post(title="B"),
            "content/static/ok.txt": "x",
        }
    )
    messages = [d.message for d in built.found("BK170")]
    assert [("gone.md" in m, "x.png" in m) for m in messages] == [(True, False), (False, True)]
    assert {d.place.file for d in built.report.diagnostics} == {"content/posts/a.md"}


def test_the_intro_of_the_home_page(build: Build) -> None:
    built = build({"content/pages/index.md": "Hello.\n"})
    assert built.route("index.html").view.intro is not None
    assert built.route("index.html").source == "content/pages/index.md"


def test_what_a_template_sees_holds_nothing_that_can_change(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post("x: [1, {a: [2]}]")})
    for route in built.routes:
        with pytest.raises(AttributeError):
            route.view.site = None
    assert json.dumps(built.route("posts/a/index.html").view.page.params) == '{"x": [1, {"a": [2]}]}'
