"""What is shown now, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]


def test_drafts_scheduled_and_expired_are_held_back(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(title="Shown"),
        "content/posts/b.md": post("draft: true", title="Draft"),
        "content/posts/c.md": post("published: false", title="Jekyll draft"),
        "content/posts/d.md": post(title="Scheduled", date="2026-03-02"),
        "content/posts/e.md": post("publish: 2026-03-05", title="Not before"),
        "content/posts/f.md": post("expires: 2026-02-28", title="Expired"),
    }
    built = build(files)
    assert [p.document.title for p in built.site.posts] == ["Shown"]
    statuses = {p.document.title: p.status for p in built.site.held_back}
    assert statuses == {
        "Draft": "draft",
        "Jekyll draft": "draft",
        "Scheduled": "scheduled",
        "Not before": "scheduled",
        "Expired": "expired",
    }
    assert built.site.valid_until == datetime(2026, 3, 2, tzinfo=UTC)
    for flag, count in (("drafts", 3), ("future", 3), ("expired", 2)):
        assert len(build(files, **{flag: True}).site.posts) == count
    assert "posts/b/index.html" not in built.paths
    shown = build(files, drafts=True, future=True, expired=True)
    sitemap = shown.files["sitemap.xml"]
    assert "/posts/a/" in sitemap and "/posts/b/" not in sitemap


def test_the_day_is_the_sites_own(build: Build, post: Post) -> None:
    files = {"content/posts/a.md": post(date="2026-03-02")}
    late = datetime(2026, 3, 1, 20, tzinfo=UTC)  # already 2 March in Tokyo
    assert not build(files, now=late).site.posts
    assert build(files, "timezone: Asia/Tokyo\n", now=late).site.posts


def test_a_pinned_day_has_no_end(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(date="2026-03-02")}, "today: 2026-03-02\n")
    assert built.site.posts and built.site.valid_until is None


@pytest.mark.parametrize(
    ("config", "line", "path"),
    [
        ("", "", "/posts/a/"),
        ('permalinks: {posts: "/:year/:month/:day/:slug/"}\n', "", "/2026/02/01/a/"),
        ('permalinks: {posts: "/:section/:slug.html"}\n', "", "/posts/a.html"),
        ('permalinks: {posts: "/:slug"}\n', "", "/a/"),
        ("", "slug: Größe & more", "/posts/grosse-more/"),
        ("", "url: /about/team", "/about/team/"),
        ("", "url: about.html", "/about.html"),
        ("", "url: https://elsewhere.example/x/y/", "/x/y/"),
        ("", "url: /caf%C3%A9/", "/caf%C3%A9/"),
        ("", "url: /a//b///c/", "/a/b/c/"),
        ("", "url: //evil.example/x/", "/evil.example/x/"),
        ("", "slug: 日本", "/posts/%E6%97%A5%E6%9C%AC/"),
    ],
)
def test_addresses(config: str, line: str, path: str, build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(line)}, config)
    page = built.page("A")
    assert (page.path, page.permalink) == (path, "https://test.example" + path)
    assert built.report.diagnostics == []


def test_a_site_below_a_path(build: Build, post: Post) -> None:
    built = build({"site.yaml": "title: T\nurl: https://e.org/blog\n", "content/posts/a.md": post()})
    assert built.page("A").permalink == "https://e.org/blog/posts/a/"
    assert "posts/a/index.html" in built.paths


@pytest.mark.parametrize(
    "url",
    ["/../x/", "/a/../../x/", "..", "/a/./b/", "/%2e%2e/x/", "/a?b", "/a#b", "/a\\b", '"/a\\0b"', "/" + "x" * 300],
)
def test_unsafe_addresses_are_refused(url: str, build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(f"url: {url}"), "content/posts/b.md": post(title="B")})
    assert built.codes == ["BK151"]
    assert not any("x" in path.split("/") or ".." in path for path in built.paths)
    assert "posts/b/index.html" in built.paths


@pytest.mark.parametrize(
    "alias", ["/../x/", "../../x", "/a/../../../etc/passwd", "/%2e%2e/%2e%2e/x/", "/a?b=1", "/a\\..\\b"]
)
def test_unsafe_aliases_are_refused(alias: str, build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(f"aliases: ['{alias}']")})
    assert built.codes == ["BK151"]
    assert not any(".." in path for path in built.paths)


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "..", "a b", "x" * 300])
def test_a_taxonomy_is_one_word(name: str, build: Build) -> None:
    built = build({}, f"taxonomies: [tags, '{name}']\n")
    assert built.codes == ["BK105"] and list(built.site.terms) == ["tags"]


def test_of_two_with_one_address_the_published_one_stays(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post("slug: same", "draft: true", title="Draft"),
        "content/posts/b.md": post("slug: same", title="First"),
        "content/posts/c.md": post("slug: Same", title="Second"),
    }
    built = build(files)
    assert [p.document.title for p in built.site.posts] == ["First"]
    assert [d.place.file for d in built.found("BK150")] == ["content/posts/a.md", "content/posts/c.md"]


def test_posts_are_ordered_by_moment_and_pages_by_weight(build: Build, post: Post) -> None:
    built = build(
        {
            "content/posts/a.md": post(title="Old", date="2025-01-01"),
            "content/posts/b.md": post(title="New", date="2026-02-01 10:00:00 -5"),
            "content/posts/c.md": post(title="Newer", date="2026-02-01 16:00"),
            "content/posts/d.md": "---\ntitle: Undated\n---\n",
            "content/pages/z.md": "---\ntitle: Z\nweight: -1\n---\n",
            "content/pages/b.md": "---\ntitle: b\n---\n",
            "content/pages/a.md": "---\ntitle: A\n---\n",
        }
    )
    assert [p.document.title for p in built.site.posts] == ["Newer", "New", "Old", "Undated"]
    assert [p.document.title for p in built.site.pages][:3] == ["Z", "A", "b"]


def test_spellings_of_a_tag_that_share_a_slug_are_one_term(build: Build, post: Post) -> None:
    built = build(
        {
            "content/posts/a.md": post("tags: [python, PYTHON]", date="2026-01-01"),
            "content/posts/b.md": post("tags: [Python]", title="B", date="2026-01-02"),
            "content/posts/c.md": post("tags: ['!!!']", title="C", date="2026-01-03"),
        }
    )
    assert [(t.name, t.slug, len(t.pages)) for t in built.site.terms["tags"]] == [
        ("!!!", "u21-u21-u21", 1),
        ("Python", "python", 2),
    ]
