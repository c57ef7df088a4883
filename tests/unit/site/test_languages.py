"""Languages: the frame speaks that of the text, in its direction, as far as the theme has its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]
GERMAN = {
    "themes/default/words/de.yaml": (Path(__file__).parents[3] / "themes/default/words/de.yaml").read_text("utf-8"),
}


def view(built: Any, path: str = "posts/a/index.html") -> Any:
    return built.route(path).view.site


def test_the_frame_speaks_the_language_of_the_text(build: Build, post: Post) -> None:
    files = {**GERMAN, "content/posts/a.md": post("lang: de"), "content/posts/b.md": post(title="B")}
    built = build(files, "menu: [posts, archive]\n")
    assert view(built).language == "de" and view(built).words["months"][4] == "Mai"
    assert view(built, "posts/b/index.html").words["months"][4] == "May"
    assert view(built, "index.html").language == "en"
    assert built.route("posts/a/index.html").view.head.language == "de"


def test_the_language_of_the_site_is_that_of_every_frame(build: Build, post: Post) -> None:
    built = build({**GERMAN, "content/posts/a.md": post()}, "language: de\n")
    assert all(route.view.site.language == "de" for route in built.routes if hasattr(route.view, "site"))


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("he", "rtl"), ("ar-EG", "rtl"), ("HE", "rtl"), ("en", "ltr"), ("de-AT", "ltr"), ("ark", "ltr")],
)
def test_some_languages_run_from_right_to_left(language: str, direction: str, build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(f"lang: {language}")})
    assert view(built).direction == direction and view(built, "index.html").direction == "ltr"


@pytest.mark.parametrize(("lang", "title"), [("de", "Hinweis"), ("de-CH", "Hinweis"), ("fr", "Note"), ("en", "Note")])
def test_titles_of_callouts_are_translated(lang: str, title: str, build: Build, post: Post) -> None:
    text = "> [!NOTE]\n> Look.\n\nNote well: a <b>Note</b>."
    html = build({**GERMAN, "content/posts/a.md": post(f"lang: {lang}", body=text)}).files["posts/a/index.html"]
    assert f'<p class="markdown-alert-title">{title}</p>' in html
    assert "Note well: a <b>Note</b>." in html


def test_callouts_in_feeds_are_translated_too(build: Build, post: Post) -> None:
    built = build({**GERMAN, "content/posts/a.md": post("lang: de", body="> [!NOTE]\n> Look.")})
    assert ">Hinweis<" in built.files["feed.xml"].replace("&gt;", ">").replace("&lt;", "<")


def test_a_language_without_words_speaks_english(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post("lang: tlh")})
    assert built.codes == []
    assert view(built).words["months"][0] == "January" and view(built).language == "tlh"


def test_a_variant_of_a_language_has_its_words_or_its_own(build: Build, post: Post) -> None:
    files = {**GERMAN, "content/posts/a.md": post("lang: de-AT")}
    assert view(build(files)).words["months"][1] == "Februar"
    months = "Jänner Feber März April Mai Juni Juli August September Oktober November Dezember".split()
    austrian = {**files, "themes/default/words/de-AT.yaml": f"months: [{', '.join(months)}]\n"}
    words = view(build(austrian)).words
    assert words["months"] == tuple(months)
    assert words["contact"] == view(build(files)).words["contact"], "what Austria does not say otherwise is German"


def test_a_theme_may_replace_single_words(build: Build, post: Post) -> None:
    files = {
        **GERMAN,
        "themes/mine/words/en.yaml": "sections: {posts: Writing}\n",
        "themes/mine/words/de.yaml": "sections: {posts: Geschriebenes}\n",
        "content/posts/a.md": post("lang: de"),
    }
    built = build(files, "theme: {name: mine}\nmenu: [posts, archive]\n")
    assert [link.label for link in view(built, "index.html").menu] == ["Writing", "Archive"]
    assert [link.label for link in view(built).menu] == ["Geschriebenes", "Archiv"]
    assert view(built).words["sections"]["events"] != ""


def test_words_that_cannot_be_read_are_a_finding(build: Build) -> None:
    built = build({"themes/default/words/xx.yaml": "a: [\n"})
    assert [d.place.file for d in built.report.diagnostics] == ["themes/default/words/xx.yaml"]


@pytest.mark.parametrize(
    ("source", "path", "language"),
    [
        ("content/pages/about.de.md", "/de/about/", "de"),
        ("content/posts/2026-01-02-a.pt-BR.md", "/pt-BR/posts/a/", "pt-BR"),
        ("content/posts/trip/index.de.md", "/de/posts/trip/", "de"),
        ("content/pages/about.en.md", "/about/", "en"),  # the site's own
        ("content/pages/about.md", "/about/", None),
        ("content/posts/on-node.mjs.md", "/posts/on-node-mjs/", None),
    ],
)
def test_the_name_of_a_file_may_say_its_language(source: str, path: str, language: str | None, build: Build) -> None:
    built = build({source: "---\ntitle: A\ndate: 2026-01-02\n---\n"})
    page = built.page("A")
    assert (page.path, page.document.language) == (path, language)


@pytest.mark.parametrize("name", ["node.js", "draw.io", "main.rs", "run.py"])
def test_the_ending_of_a_program_is_no_language(name: str, build: Build) -> None:
    built = build({f"content/posts/{name}.md": "---\ntitle: A\ndate: 2026-01-02\n---\n"})
    assert built.page("A").document.language is None


def test_under_a_path_the_language_stands_below_it(build: Build) -> None:
    files = {"site.yaml": "title: T\nurl: https://x.example/sub/\n", "content/pages/about.de.md": "# A\n"}
    assert build(files).page("A").path == "/sub/de/about/"


def test_the_menu_leads_to_the_translation(build: Build) -> None:
    files = {"content/pages/about.md": "# About\n", "content/pages/about.de.md": "# Über\n"}
    built = build(files, "menu: [about]\n")
    assert [(m.label, m.path) for m in view(built, "de/about/index.html").menu] == [("Über", "/de/about/")]
    assert [(m.label, m.path) for m in view(built, "about/index.html").menu] == [("About", "/about/")]
