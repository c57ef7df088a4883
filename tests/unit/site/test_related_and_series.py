"""What stands around a text: others like it, its series, who links to it, its translations, who wrote it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]
WORDY = "Kubernetes clusters demand capacity planning, observability and patience."


def detail(built: Any, path: str) -> Any:
    return built.route(path).view.page


def labels(links: Any) -> list[str]:
    return [getattr(link, "label", None) or link.title for link in links]


def related(built: Any, name: str) -> list[str]:
    return labels(detail(built, f"posts/{name}/index.html").related)


def test_texts_with_the_same_tags_are_related_the_closest_first(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post("tags: [x, y, z]", title="A"),
        "content/posts/one.md": post("tags: [x]", title="One"),
        "content/posts/two.md": post("tags: [X, y]", title="Two", date="2020-01-01"),
        "content/posts/none.md": post("tags: [other]", title="None"),
    }
    built = build(files)
    assert related(built, "a") == ["Two", "One"]
    assert related(built, "none") == []


def test_texts_with_the_same_words_are_related(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(title="A", body=WORDY),
        "content/posts/b.md": post(title="B", body="On capacity planning: observability of clusters."),
        "content/posts/c.md": post(title="C", body="Bread needs flour, water, salt and patience."),
    }
    built = build(files)
    assert related(built, "a") == ["B"] and related(built, "b") == ["A"] and related(built, "c") == []


def test_words_do_not_join_languages_and_tags_do(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(title="A", body=WORDY),
        "content/posts/b.md": post("lang: de", title="B", body=WORDY),
        "content/posts/c.md": post("lang: de", "tags: [t]", title="C"),
        "content/posts/d.md": post("tags: [t]", title="D"),
    }
    built = build(files)
    assert related(built, "a") == [] and related(built, "b") == []
    assert related(built, "c") == ["D"]


def test_a_language_that_is_the_sites_own_may_be_said_or_not(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(title="A", body=WORDY),
        "content/posts/b.md": post("lang: en", title="B", body=WORDY),
    }
    assert related(build(files), "a") == ["B"]


def test_no_more_than_three_are_related_and_no_page_is_its_own(build: Build, post: Post) -> None:
    built = build({f"content/posts/p{n}.md": post("tags: [t]", title=f"P{n}") for n in range(9)})
    for n in range(9):
        found = related(built, f"p{n}")
        assert len(found) == 3 and f"P{n}" not in found


def test_a_new_post_changes_a_bounded_number_of_others(build: Build, post: Post) -> None:
    chance = random.Random(3)
    words = [f"word{chance.randrange(10**6)}" for _ in range(40)]
    files = {
        f"content/posts/p{n}.md": post(
            "tags: [every]", title=f"P{n}", date=f"2025-{n % 12 + 1:02}-01", body=" ".join(chance.sample(words, 12))
        )
        for n in range(120)
    }
    before = build(files)
    new = post("tags: [every, fresh]", title="New", date="2026-02-28", body=" ".join(words[:12]))
    after = build({**files, "content/posts/new.md": new})
    old, now = (
        {n: [(c.title, c.path) for c in detail(b, f"posts/p{n}/index.html").related] for n in range(120)}
        for b in (before, after)
    )
    changed = [n for n in old if old[n] != now[n]]
    naming = [n for n in now if ("New", "/posts/new/") in now[n]]
    assert len(related(after, "new")) == 3
    assert set(naming) <= set(changed) and 0 < len(changed) < 60


def test_a_tag_that_all_bear_does_not_make_all_stale(build: Build, post: Post) -> None:
    files = {f"content/posts/p{n:03}.md": post("tags: [every]", title=f"P{n}", date="2025-01-01") for n in range(100)}
    before = build(files)
    after = build({**files, "content/posts/new.md": post("tags: [every]", title="New", date="2026-02-28")})
    changed = [n for n in range(100) if related(before, f"p{n:03}") != related(after, f"p{n:03}")]
    assert 0 < len(changed) <= 20


def test_a_series_is_read_in_order(build: Build, post: Post) -> None:
    files = {
        f"content/posts/s{n}.md": post(f"series: {name}", title=f"S{n}", date=f"2026-01-0{n}")
        for n, name in ((1, "A Tale"), (2, "a tale"), (3, "A Tale"))
    }
    files["content/posts/x.md"] = post(title="X", date="2026-01-02")
    files["content/posts/d.md"] = post("series: A Tale", "draft: true", title="D", date="2026-01-02")
    built = build(files)
    found = {n: detail(built, f"posts/s{n}/index.html").series for n in (1, 2, 3)}
    assert [(s.number, labels(s.parts)) for s in found.values()] == [(n, ["S1", "S2", "S3"]) for n in (1, 2, 3)]
    around = [(s.previous and s.previous.label, s.following and s.following.label) for s in found.values()]
    assert around == [(None, "S2"), ("S1", "S3"), ("S2", None)]
    assert detail(built, "posts/x/index.html").series is None


def test_who_links_to_a_page_stands_below_it(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(body="[self](a.md) [again](/posts/a/)"),
        "content/posts/b.md": post(title="B", body="[a](a.md) and [a](a.md#x) and [[a]]", date="2026-01-02"),
        "content/posts/c.md": post(title="C", body="[[A]]", date="2026-01-03"),
        "content/pages/p.md": "---\ntitle: P\n---\n[a](/posts/a/#y)\n",
        "content/posts/d.md": post("draft: true", title="D", body="[[a]]"),
    }
    assert labels(detail(build(files), "posts/a/index.html").backlinks) == ["C", "B", "P"]


@pytest.mark.parametrize(
    "files",
    [
        {"content/pages/about.md": "# About\n", "content/pages/about.de.md": "# Über\n"},
        {
            "content/pages/about.md": "---\ntitle: About\ntranslation: x\n---\n",
            "content/pages/ueber.md": "---\ntitle: Über\nlang: de\nurl: /de/about/\ntranslation: x\n---\n",
        },
        {"content/posts/v1.2.md": "# About\n", "content/posts/v1.2.de.md": "# Über\n"},
        {"content/posts/trip/index.md": "# About\n", "content/posts/trip/index.de.md": "# Über\n"},
    ],
    ids=["names", "keys", "dots", "bundles"],
)
def test_translations_name_each_other(files: dict[str, str], build: Build) -> None:
    built = build(files)
    english, german = built.page("About"), built.page("Über")
    views = {p.document.title: built.route(p.path.lstrip("/") + "index.html").view for p in (english, german)}
    assert [(t.language, t.url) for t in views["About"].page.translations] == [("de", german.permalink)]
    assert [(t.language, t.url) for t in views["Über"].page.translations] == [("en", english.permalink)]
    for view in views.values():
        assert {(a.language, a.url) for a in view.head.alternates} == {
            ("en", english.permalink),
            ("de", german.permalink),
        }
    found = re.findall(r'hreflang="(\w+)" href="([^"]+)"', built.files["sitemap.xml"])
    assert sorted(found) == sorted([("en", english.permalink), ("de", german.permalink)] * 2)


def test_a_page_without_translations_names_none(build: Build) -> None:
    built = build({"content/pages/about.md": "# About\n"})
    assert built.route("about/index.html").view.head.alternates == ()
    assert "hreflang" not in built.files["sitemap.xml"]


AUTHORS = """\
- name: Ada Lovelace
  id: ada
  url: https://ada.example/
  bio: Counts.
- name: Alan
"""


def test_several_authors_are_known_by_their_ids_or_names(build: Build, post: Post) -> None:
    files = {
        "content/data/authors.yaml": AUTHORS,
        "content/posts/a.md": post("authors: [ada, Alan, Nobody, Me]"),
        "content/posts/b.md": post(title="B"),
    }
    built = build(files, "author: {name: Me, bio: Mine.}\n")
    assert built.codes == []
    people = detail(built, "posts/a/index.html").authors
    assert [(p.name, p.url, p.bio, p.owner) for p in people] == [
        ("Ada Lovelace", "https://ada.example/", "Counts.", False),
        ("Alan", "", "", False),
        ("Nobody", "", "", False),
        ("Me", "https://test.example/", "Mine.", True),
    ]
    (alone,) = detail(built, "posts/b/index.html").authors
    assert alone.owner and alone.name == "Me"
    assert "<name>Ada Lovelace</name>" in built.files["feed.xml"]


def test_an_organization_may_own_the_site(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post()}, "owner: organization\nauthor: {name: The Club}\n")
    assert built.route("index.html").view.site.owner == "organization"
    for path in ("index.html", "posts/a/index.html"):
        structured = built.route(path).view.head.structured
        assert '"Organization"' in structured and '"Person"' not in structured, path
