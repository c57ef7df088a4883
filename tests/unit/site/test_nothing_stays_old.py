"""Small changes that only one thing can tell of: each page whose view differs is made anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from brandkit.base.digest import Digester
from brandkit.base.walls import Remembered
from brandkit.site.stale import Staleness, find_stale

Build = Callable[..., Any]


class Change(NamedTuple):
    """Files that become others, and a page that has to be made anew."""

    name: str
    page: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    config: str = ""


def text(head: str, body: str = "") -> str:
    return f"---\n{head}\n---\n{body}\n"


A, B, ABOUT, INTRO = "content/posts/a.md", "content/posts/b.md", "content/pages/about.md", "content/posts/_index.md"
EVENT = "themes/default/templates/event.html"
MEETING = {"content/events/m.md": text("title: M\nstart: 2026-02-02"), ABOUT: text("title: About")}
PLAIN = '{% extends "base.html" %}'
CHANGES = (
    Change(
        "a picture that was meant to be a link",
        "about/index.html",
        {A: text("title: A\ndate: 2026-02-01", "![x](/about/)"), ABOUT: text("title: About")},
        {A: text("title: A\ndate: 2026-02-01", "[x](/about/)"), ABOUT: text("title: About")},
    ),
    Change(
        "the second paragraph of what introduces a list",
        "posts/index.html",
        {A: text("title: A\ndate: 2026-02-01"), INTRO: text("title: Posts", "One.\n\nOld.")},
        {A: text("title: A\ndate: 2026-02-01"), INTRO: text("title: Posts", "One.\n\nNew.")},
    ),
    Change(
        "a template that goes, where another page has the usual one",
        "events/m/index.html",
        {**MEETING, EVENT: PLAIN},
        MEETING,
    ),
    Change("a template that comes", "events/m/index.html", MEETING, {**MEETING, EVENT: PLAIN}),
    Change(
        "a translation that is another page now",
        "sitemap.xml",
        {
            ABOUT: text("title: A"),
            "content/pages/b.md": text("lang: de\ntranslation: pages/about"),
            "content/pages/c.md": text("lang: de"),
        },
        {
            ABOUT: text("title: A"),
            "content/pages/b.md": text("lang: de"),
            "content/pages/c.md": text("lang: de\ntranslation: pages/about"),
        },
    ),
    Change(
        "a page that says of itself what it is a translation of, where another one said so first",
        "sitemap.xml",
        {
            ABOUT: text("title: A"),
            "content/pages/about.de.md": text("title: B"),
            "content/pages/c.md": text("title: C"),
        },
        {
            ABOUT: text("title: A"),
            "content/pages/about.de.md": text("title: B"),
            "content/pages/c.md": text("title: C\ntranslation: pages/about"),
        },
    ),
    Change(
        "data in another order",
        "about/index.html",
        {ABOUT: text("title: A"), "content/data/colours.yaml": "red: 1\nblue: 2\n"},
        {ABOUT: text("title: A"), "content/data/colours.yaml": "blue: 2\nred: 1\n"},
    ),
)


def seen(built: Any) -> dict[str, tuple[str, str]]:
    digester = Digester()
    return {route.path: (route.template or "", digester.of(route.view)) for route in built.routes}


def remembered(known: Staleness) -> Remembered:
    return Remembered(known.fingerprints, known.fingerprints, lambda mark: known.parts.get(mark, {}), known.origins)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_what_shows_the_change_is_made_anew(change: Change, build: Build, memo: Any) -> None:
    before = build(change.before, change.config, memo=memo)
    known = remembered(find_stale(before.routes, before.theme, Remembered()))
    after = build(change.after, change.config, memo=memo)
    old, new = seen(before), seen(after)
    differing = {path for path in new if new[path] != old.get(path)}
    assert change.page in differing
    assert differing <= set(find_stale(after.routes, after.theme, known).why)


@pytest.mark.parametrize("where", [ABOUT, INTRO, A], ids=["a page", "the text above a list", "a post past the feed"])
def test_lighter_forms_of_pictures_are_made_whoever_shows_them(where: str, build: Build) -> None:
    from io import BytesIO

    from PIL import Image

    kept = BytesIO()
    Image.new("RGB", (300, 200)).save(kept, "PNG")
    files = {
        A: text("title: A\ndate: 2026-02-01"),
        B: text("title: B\ndate: 2026-02-02"),
        where: text("title: A\ndate: 2026-02-01", "![x](/x.png)"),
        "content/static/x.png": kept.getvalue(),
    }
    built = build(files, "images: {widths: [200], formats: [webp]}\nfeeds: {limit: 1}\n")
    assert [path for path in built.paths if path.startswith("assets/images/x-")]
