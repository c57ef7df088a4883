"""Which routes are stale, with reasons by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from brandkit.base.walls import Remembered
from brandkit.site.stale import Staleness, find_stale

Build = Callable[..., Any]
Post = Callable[..., str]

FEEDS = ("feed.xml", "rss.xml", "feed.json")


def stale(before: Any, after: Any) -> dict[str, tuple[str, ...]]:
    known = find_stale(before.routes, before.theme, Remembered())
    return dict(find_stale(after.routes, after.theme, remembered(known)).why)


def remembered(known: Staleness, *lost: str) -> Remembered:
    """What is known of a build, of whose files some were lost."""
    standing = {path: mark for path, mark in known.fingerprints.items() if path not in lost}
    return Remembered(known.fingerprints, standing, lambda mark: known.parts.get(mark, {}))


def site(build: Build, post: Post, config: str = "", **changes: str) -> Any:
    files = {
        "content/posts/a.md": post("tags: [t]", body="One."),
        "content/posts/b.md": post(title="B", date="2026-01-01"),
        "content/pages/about.md": "# About\n",
        "content/static/x.txt": "x",
        **{name.replace("__", "/"): text for name, text in changes.items()},
    }
    return build({path.replace("_md", ".md"): text for path, text in files.items()}, config)


def test_at_first_everything_is_new(build: Build, post: Post) -> None:
    built = site(build, post)
    why = find_stale(built.routes, built.theme, Remembered()).why
    assert set(why) == built.paths and set(why.values()) == {("new",)}


def test_the_same_site_is_not_stale(build: Build, post: Post) -> None:
    assert stale(site(build, post), site(build, post)) == {}


def test_an_edited_body_concerns_its_page_and_the_lists_that_show_it(build: Build, post: Post) -> None:
    why = stale(site(build, post), site(build, post, content__posts__a_md=post("tags: [t]", body="Two.")))
    assert "page.content changed" in why["posts/a/index.html"]
    assert set(why) <= {
        *("posts/a/index.html", "index.html", "posts/index.html", "tags/t/index.html", "archive/index.html"),
        *(f"{folder}{name}" for folder in ("", "posts/", "tags/t/") for name in FEEDS),
        *("404.html", "llms.txt"),
    }


def test_an_edit_past_the_excerpt_concerns_only_page_and_feed(build: Build, post: Post) -> None:
    before = site(build, post, content__posts__a_md=post(body="Intro.\n\nOld words."))
    after = site(build, post, content__posts__a_md=post(body="Intro.\n\nNew words."))
    assert set(stale(before, after)) == {*("posts/a/index.html", *FEEDS, *(f"posts/{name}" for name in FEEDS))}


def test_a_template_concerns_what_it_makes(build: Build, post: Post) -> None:
    after = site(build, post, themes__default__templates__post_html="")
    after = build(
        {
            "content/posts/a.md": post("tags: [t]", body="One."),
            "content/posts/b.md": post(title="B", date="2026-01-01"),
            "content/pages/about.md": "# About\n",
            "content/static/x.txt": "x",
            "themes/default/templates/post.html": '{% extends "base.html" %}{% block main %}new{% endblock %}',
        }
    )
    why = stale(site(build, post), after)
    assert set(why) == {"posts/a/index.html", "posts/b/index.html"}
    assert why["posts/a/index.html"] == ("template themes/default/templates/post.html changed",)


def test_a_setting_is_named(build: Build, post: Post) -> None:
    why = stale(site(build, post), site(build, post, "tagline: New\n"))
    assert "site.tagline changed" in why["posts/a/index.html"]
    assert "robots.txt" not in why and "x.txt" not in why and "assets/style.css" not in why


def test_a_missing_file_is_a_reason(build: Build, post: Post) -> None:
    built = site(build, post)
    known = find_stale(built.routes, built.theme, Remembered())
    why = find_stale(built.routes, built.theme, remembered(known, "feed.xml")).why
    assert why == {"feed.xml": ("its file is missing, new, or was changed by hand",)}
