"""The checks: in one site every planted fault is found once, with its file and line; its clean twin has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
POSTS, PAGES = "content/posts/", "content/pages/"
FRONT = "---\ntitle: {}\ndate: 2026-02-01\ndescription: D.\n---\n"  # the text begins on line 6


def text(title: str, *lines: str) -> str:
    return FRONT.format(title) + "\n".join(lines) + "\n"


FAULTY = {
    POSTS + "links.md": text(
        "Links",
        "[fine](other.md#here)",
        "",
        "[gone](gone.md)",  # 8
        "",
        "[lost](#nowhere)",  # 10
        "",
        "[lost](other.md#nowhere)",  # 12
        "",
        "[draft](/posts/draft/)",  # 14
        "",
        "[draft](draft.md)",  # 16
        "",
        "[[Draft of mine]]",  # 18
        "",
        "[[2026-01-02-named]]",  # 20
        "",
        "[draft](/posts/draft.md)",  # 22
        "",
        "[[nobody]]",  # 24
    ),
    POSTS + "other.md": text("Other", "## Here", "", "#### Deep", "", "# Again"),
    POSTS + "draft.md": "---\ntitle: Draft of mine\ndate: 2026-01-01\ndraft: true\n---\n[x](gone.md)\n",
    POSTS + "2026-01-02-named.md": "---\ntitle: Else\nslug: else\ndraft: true\n---\n",
    POSTS + "pictures.md": text(
        "Pictures",
        "![](/p.png) ![words](/p.png) ![](/p.png){role=presentation}",
        "",
        '<img src="/p.png">',  # 8
        "",
        '<img src="/p.png" alt="">',
    ),
    POSTS + "script.md": text("Script", "Text.", "", "<script>alert(1)</script>"),
    POSTS + "codes.md": text("Codes", "{{< odd >}}", "", "{{% odd a=1 %}} `{{< odd >}}`", "", "{{< strange >}}"),
    POSTS + "more.md": text("More", "{{< odd >}}"),
    POSTS + "bare.md": "---\ntitle: Bare\ndate: 2026-02-01\n---\nText.\n",
    PAGES + "one.md": text("One", "Text.") + "[x](/alone/)\n",
    PAGES + "two.md": "---\ntitle: Two\nslug: one\ndescription: D.\n---\n",
    PAGES + "alone.md": text("Alone", "Text."),
    PAGES + "orphan.md": text("Orphan", "Text."),
    "content/static/p.png": "x",
    "content/published-urls.txt": "/one/\n# a comment\n\n/vanished/\n/posts/other/\ngone /missed/\n",
}
EXPECTED = [
    ("BK150", PAGES + "two.md", 1),
    ("BK170", POSTS + "links.md", 8),
    ("BK170", POSTS + "links.md", 24),
    *(("BK171", POSTS + "links.md", line) for line in (14, 16, 18, 20, 22)),
    ("BK172", POSTS + "links.md", 10),
    ("BK172", POSTS + "links.md", 12),
    ("BK173", POSTS + "pictures.md", 6),
    ("BK173", POSTS + "pictures.md", 8),
    ("BK174", POSTS + "other.md", 8),
    ("BK175", POSTS + "other.md", 10),
    ("BK176", POSTS + "bare.md", 1),
    ("BK177", PAGES + "orphan.md", 1),
    ("BK178", "content/published-urls.txt", 4),
    ("BK179", POSTS + "codes.md", 6),
    ("BK179", POSTS + "codes.md", 10),
    ("BK180", POSTS + "script.md", 8),
]


def test_every_fault_is_found_once_with_its_file_and_line(build: Build) -> None:
    built = build(FAULTY, "menu: [one]\n", closely=True)
    found = Counter((d.code, d.place.file, d.place.line) for d in built.report.diagnostics)
    assert found == Counter(EXPECTED)
    assert all(d.message and d.hint for d in built.report.diagnostics if d.code != "BK150")


def test_a_shortcode_is_reported_once_a_name_with_its_uses(build: Build) -> None:
    built = build(FAULTY, "menu: [one]\n", closely=True)
    odd, strange = built.found("BK179")
    assert "'odd'" in odd.message and "3 uses" in odd.message
    assert "'strange'" in strange.message and "1 use)" in strange.message


def test_every_build_says_what_is_broken_and_a_close_look_the_rest(build: Build) -> None:
    codes = set(build(FAULTY, "menu: [one]\n").codes)
    assert codes == {"BK150", "BK170", "BK171", "BK178", "BK179", "BK180"}


def clean(built: Build, base: str) -> Any:
    mended = {
        POSTS + "links.md": text("Links", "[a](other.md#here) [b](#below) [[Other#Here]] [c](/p.png)", "", "## Below"),
        POSTS + "other.md": text("Other", "# Other", "", "## Here", "", "### Deep"),
        POSTS + "draft.md": FAULTY[POSTS + "draft.md"],
        POSTS + "pictures.md": text(
            "Pictures", "![w](/p.png) ![](/p.png){role=presentation}", "", '<img alt="" src="/p.png">'
        ),
        POSTS + "script.md": text("Script", '<script type="application/ld+json">{}</script>', "", "`<script>`"),
        POSTS + "codes.md": text("Codes", "`{{< odd >}}` {{</* odd */>}}", "", "```", "{{< odd >}}", "```"),
        PAGES + "one.md": text("One", "[x](/alone/) [top](#top) [home](/)"),
        PAGES
        + "alone.md": "---\ntitle: Alone\ndescription: D.\naliases: [/vanished/]\n---\nText.[^1]\n\n[^1]: A note.\n",
        "content/static/p.png": "x",
        "content/published-urls.txt": FAULTY["content/published-urls.txt"],
    }
    return built({"site.yaml": f"title: T\nurl: {base}\nmenu: [one]\n", **mended}, closely=True)


@pytest.mark.parametrize("base", ["https://test.example/", "https://x.example/sub/"])
def test_the_clean_twin_has_no_findings(base: str, build: Build) -> None:
    assert [(d.code, str(d.place), d.message) for d in clean(build, base).report.diagnostics] == []


def test_a_script_that_the_policy_allows_is_no_finding(build: Build) -> None:
    files = {POSTS + "script.md": FAULTY[POSTS + "script.md"]}
    assert build(files, "content_policy: ''\n", closely=True).codes == []


def test_names_that_some_systems_cannot_hold_are_said(build: Build) -> None:
    files = {
        f"{POSTS}con.md": text("Con"),
        f"{POSTS}contact.md": FRONT.format("Contact").replace(
            "description", "aliases: [/a:b/, /nul.html]\ndescription"
        ),
        "content/static/aux.txt": "x",
        "content/static/.well-known/a.txt": "x",
    }
    said = [(d.place.file, d.severity) for d in build(files).report.diagnostics if d.code == "BK187"]
    assert said == [
        (f"{POSTS}contact.md", "warning"),
        ("content/static/aux.txt", "warning"),
        (f"{POSTS}contact.md", "warning"),
        (f"{POSTS}con.md", "warning"),
    ]
