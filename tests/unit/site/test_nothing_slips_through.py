"""What a hard review got through once: drafts, refusals, scripts and addresses in places where nobody looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Build = Callable[..., Any]
Post = Callable[..., str]


def everything(built: Any) -> str:
    return "\n".join(built.files.values())


def test_a_draft_introduction_of_a_section_is_held_back(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(),
        "content/posts/_index.md": "---\ntitle: Secret plan\ndraft: true\n---\nHush.\n",
    }
    assert "Secret plan" not in everything(build(files)) and "Hush" not in everything(build(files))
    assert "Secret plan" in everything(build(files, drafts=True))


def test_an_introduction_belongs_to_its_own_folder_and_the_sites_language(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(),
        "content/posts/_index.md": "---\ntitle: Ours\n---\n",
        "content/posts/_index.de.md": "---\ntitle: Unsere\n---\n",
        "content/posts/deep/_index.md": "---\ntitle: Deep\n---\n",
    }
    built = build(files)
    assert built.route("posts/index.html").view.heading == "Ours"
    assert not any("deep" in path or path.startswith("de/") for path in built.paths)


@pytest.mark.parametrize("consent", ["false", "no", "never", '"pending"', "none"])
def test_a_no_is_no_consent(build: Build, consent: str) -> None:
    built = build({"content/testimonials/a.md": f"---\nby: Jo\nquote: Not for you.\nconsent: {consent}\n---\n"})
    assert built.found("BK140") and "Not for you." not in everything(built)


@pytest.mark.parametrize("status", ["draft", "Draft", "hidden"])
def test_pelicans_status_holds_back_but_that_of_a_project_does_not(build: Build, post: Post, status: str) -> None:
    built = build(
        {
            "content/posts/a.md": post(f"status: {status}", title="Held"),
            "content/projects/p.md": f"---\ntitle: Shown\nstatus: {status}\n---\nText.\n",
        }
    )
    assert "posts/a/index.html" not in built.paths and "projects/p/index.html" in built.paths


@pytest.mark.parametrize(
    "source",
    [
        r"$\text{<script>alert(1)</script>}$",
        r"$\text{</math><script>alert(1)</script>}$",
        r"$\text{<iframe srcdoc=x>}$",
        r"$\href{javascript:alert(1)}{x}$",
        r"$\text{<img src=x onerror=alert(1)>}$",
        "$$\n\\text{<svg onload=alert(1)>}\n$$",
    ],
)
def test_a_formula_is_mathml_or_it_is_code(build: Build, post: Post, source: str) -> None:
    built = build({"content/posts/a.md": post(body=source)}, "markdown: {math: true, raw_html: false}\n")
    text = "".join(t for path, t in built.files.items() if path.endswith((".html", ".xml")))
    for active in ("<script>", "<iframe", "<img", "<svg", 'href="javascript'):
        assert active not in text


def test_addresses_that_run_something_are_refused_wherever_they_are_written(build: Build, post: Post) -> None:
    config = (
        "menu: [{name: a, url: 'javascript:alert(1)'}, {name: b, url: 'data:text/html,x'}, {name: c, url: /fine/}]\n"
        "author: {proof: [{figure: '1', text: t, url: 'javascript:alert(2)'}]}\n"
        "contact: {email: 'a@b.example?cc=c@d.example'}\n"
    )
    built = build({"content/posts/a.md": post("canonical: javascript:alert(3)")}, config)
    assert "alert(" not in everything(built) and "cc=c" not in everything(built)
    assert len(built.found("BK105")) == 4 and len(built.found("BK140")) == 1


@pytest.mark.parametrize("lang", ["../../x", "not a lang", "abcdefghij", "en-abcdefghijk"])
def test_a_language_is_a_language_tag(build: Build, post: Post, lang: str) -> None:
    assert build({"content/posts/a.md": post(f"lang: '{lang}'")}).found("BK140")


def test_a_locale_is_read_as_a_language(build: Build, post: Post) -> None:
    (document,) = build({"content/posts/a.md": post("locale: pt_BR.UTF-8")}).documents
    assert document.language == "pt-BR"


def test_a_newsletter_with_a_query_names_only_its_host_in_the_policy(build: Build) -> None:
    built = build({}, "newsletter: {action: 'https://list.example/post?u=1;script-src=x&id=2'}\n")
    policy = built.route("index.html").view.head.policy
    assert "form-action 'self' https://list.example;" in policy and "u=1" not in policy


def test_a_wikilink_to_nobody_leads_nowhere_else(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post(body="See [[nobody]].")})
    assert built.found("BK170")
    assert "wiki:" not in everything(built) and "examplewiki" not in everything(built)
    assert "https://test.example/posts/a/" in built.files["feed.xml"]


def test_a_layout_of_another_generator_does_not_lose_the_page(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post("layout: home")})
    assert built.found("BK161") and built.route("posts/a/index.html").template == "post.html"


def test_an_alias_is_no_pattern_in_the_list_of_redirects(build: Build, post: Post) -> None:
    built = build({"content/posts/a.md": post("aliases: ['/:splat/', '/*/']")})
    assert ":" not in built.files["_redirects"].split()[0] and "*" not in built.files["_redirects"]


def test_a_very_long_address_still_has_a_card_that_a_disk_takes(build: Build, post: Post) -> None:
    files = {
        "content/posts/a.md": post(f"url: /{'a' * 250}/"),
        "content/posts/b.md": post("url: /über/", date="2026-01-05"),
    }
    fonts = {"themes/default/fonts/x.woff": b"font"}
    built = build({**files, **fonts})
    cards = [path for path in built.paths if path.startswith("assets/cards/")]
    assert all(len(part.encode()) <= 255 for path in cards for part in path.split("/"))
    assert "assets/cards/über.png" in cards
    assert built.route("über/index.html").view.head.image.endswith("/assets/cards/%C3%BCber.png")


def test_a_page_called_like_a_language_is_just_a_page(build: Build) -> None:
    built = build({"content/pages/de.md": "---\ntitle: Deutsch\nlang: de\n---\n"})
    assert "de/index.html" in built.paths and "de/de/index.html" not in built.paths


def test_notes_shown_whole_in_one_list_keep_their_anchors_apart(build: Build) -> None:
    note = "---\ndate: 2026-01-0{n}\n---\n## Here\n\nA[^1].\n\n[^1]: B.\n"
    built = build({f"content/notes/n{n}.md": note.format(n=n) for n in (1, 2)})
    view = built.route("notes/index.html").view
    texts = [card.content.__html__() for card in view.cards]
    assert 'id="n2-here"' in texts[0] and 'id="n1-here"' in texts[1]
    assert 'href="#n2-fn1"' in texts[0] and 'id="n2-fn1"' in texts[0]


@pytest.mark.parametrize("name", ["thanks", "blogroll", "speaking", "search", "page"])
def test_a_taxonomy_cannot_take_the_place_of_a_page(build: Build, name: str) -> None:
    assert build({}, f"taxonomies: [{name}]\n").found("BK105")


def test_a_long_series_lists_those_around_the_text(build: Build, post: Post) -> None:
    files = {
        f"content/posts/p{n:02}.md": post("series: Long", title=f"P{n}", date=f"2026-01-{n:02}") for n in range(1, 29)
    }
    view = build(files).route("posts/p15/index.html").view.page.series
    assert (view.number, view.total, view.first, len(view.parts)) == (15, 28, 11, 9)
    assert (view.previous.label, view.following.label) == ("P14", "P16")
