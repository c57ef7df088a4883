"""The built pages in a real browser: nothing overflows, nothing runs, nothing is fetched from elsewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def addresses(built_example: Path, serve: Callable[[Path], str]) -> dict[str, str]:
    """Every kind of page, public and private, by name."""
    public, private = serve(built_example / "public"), serve(built_example / "private")
    post = next(path.name for path in sorted((built_example / "public/posts").iterdir()) if path.is_dir())
    return {
        "home": public,
        "posts": f"{public}posts/",
        "post": f"{public}posts/{post}/",
        "tags": f"{public}tags/",
        "about": f"{public}about/",
        "not found": f"{public}404.html",
        "week": private,
        "people": f"{private}people/index.html",
        "person": f"{private}people/ada.html",
        "held": f"{private}people/chidi.html",
    }


PAGES = ("home", "posts", "post", "tags", "about", "not found", "week", "people", "person", "held")
VIEWS = [(width, scheme) for width in (1280, 320) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_fits_and_is_silent_and_keeps_to_itself(
    chromium: Any, addresses: dict[str, str], width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    for name in PAGES:
        said.clear()
        asked.clear()
        response = page.goto(addresses[name])
        assert response.ok, name
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
        assert [text for text in said if "favicon." not in text] == [], name
        home = urlsplit(addresses[name]).netloc
        assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {home}, name
        assert page.evaluate("document.scripts.length") == 0 or not page.evaluate(
            "[...document.scripts].some(s => !s.type || /javascript|module/.test(s.type))"
        ), name
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "", name
        assert page.evaluate("document.styleSheets.length") >= 1, name
    context.close()


def test_dark_is_dark_and_light_is_light(chromium: Any, addresses: dict[str, str]) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        for name in ("home", "week"):
            page.goto(addresses[name])
            color = page.evaluate(
                "[document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor)"
                ".find(c => c !== 'rgba(0, 0, 0, 0)') ?? 'none'"
            )
            numbers = [float(n) for n in re.findall(r"[\d.]+", color)[:3]]
            brightness[name, scheme] = sum(numbers) if numbers else {"light": 765.0, "dark": 0.0}[scheme]
        context.close()
    for name in ("home", "week"):
        assert brightness[name, "light"] > brightness[name, "dark"]


@pytest.mark.parametrize("name", ["home", "post", "week", "person"])
def test_the_first_tab_shows_a_way_past_the_menu(chromium: Any, addresses: dict[str, str], name: str) -> None:
    page = chromium.new_page(viewport={"width": 800, "height": 600})
    page.goto(addresses[name])
    page.keyboard.press("Tab")
    box = page.evaluate(
        "(() => { const r = document.activeElement.getBoundingClientRect();"
        " return [document.activeElement.getAttribute('href'), r.left, r.top, r.width, r.height] })()"
    )
    assert str(box[0]).startswith("#")
    assert page.locator(box[0]).count() == 1
    assert box[1] >= 0
    assert box[2] >= 0
    assert box[3] > 20
    assert box[4] > 10
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        f"document.querySelector('{box[0]}').contains(document.activeElement)"
        f" || !!(document.querySelector('{box[0]}').compareDocumentPosition(document.activeElement) & 4)"
    ), "the next step is past the menu"
    page.close()


def test_without_scripts_everything_is_there(chromium: Any, addresses: dict[str, str]) -> None:
    texts = []
    for scripts in (True, False):
        context = chromium.new_context(java_script_enabled=scripts)
        page = context.new_page()
        texts.append([])
        for name in PAGES:
            page.goto(addresses[name])
            texts[-1].append(page.locator("body").inner_text())
        context.close()
    assert texts[0] == texts[1]


def test_the_private_pages_opened_from_the_disk_are_styled(chromium: Any, built_example: Path) -> None:
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("private/index.html", "private/people/ada.html"):
        page.goto((built_example / path).as_uri())
        assert page.evaluate("document.styleSheets.length") == 1
        shown = page.evaluate("getComputedStyle(document.querySelector('.skip')).position")
        assert shown in ("absolute", "fixed"), "the style sheet applies"
    assert said == []
    page.close()


def links_of(text: str) -> set[str]:
    tags = re.findall(r"<(?:a|link|img|source|script|use|form)\b[^>]*>", text)
    return {value for tag in tags for value in re.findall(r'\s(?:href|src|action)="([^"]*)"', tag)}


XML = ("application/xml", "text/xml", "text/plain")


def links_within(text: str) -> set[str]:
    """The addresses on this machine that a feed, a sitemap or a text names, also within escaped markup."""
    return set(re.findall(r"http://127\.0\.0\.1:\d+/[^<>\"\s]*", html.unescape(html.unescape(text))))


def test_under_a_path_of_a_host_every_link_leads_somewhere(
    example: Path, brandkit: Any, serve: Callable[[Path], str], chromium: Any, tmp_path: Path
) -> None:
    root = tmp_path / "host"
    root.mkdir()
    base = serve(root) + "repo/"
    ran = brandkit(example, "build", "--offline", "--public-only", "--base-url", base, "--output", str(root / "repo"))
    assert ran.code == 0, ran.err
    waiting, seen, broken = [(base, "")], {base}, []
    while waiting:
        url, origin = waiting.pop()
        try:
            with urlopen(url) as answer:
                kind, text = answer.headers.get_content_type(), answer.read().decode("utf-8", "replace")
        except OSError as error:
            broken.append(f"{origin} → {url}: {error}")
            continue
        for link in links_of(text) if kind == "text/html" else links_within(text) if kind in XML else ():
            target = urljoin(url, link).split("#")[0]
            if urlsplit(target).netloc != urlsplit(base).netloc or target in seen:
                continue
            seen.add(target)
            if target.startswith(base):
                waiting.append((target, url))
            else:
                broken.append(f"{url} leads out of the site to {link}")
    assert broken == []
    assert len(seen) > 30
    page = chromium.new_page()
    page.goto(base)
    assert page.evaluate("[...document.styleSheets].some(s => s.cssRules.length > 5)")
    page.close()
