"""The two places where something runs, in a real browser: the search page, and the button for light and dark."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).resolve().parents[2]
SAID = "form.search [role=status]:not(:empty)"
SCHEME = "document.documentElement.dataset.scheme"
PAPER = "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def base(built_example: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example with its button, under a path of a host."""
    project = tmp_path_factory.mktemp("search") / "example"
    shutil.copytree(built_example, project, ignore=shutil.ignore_patterns("public", "private"))
    settings = project / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    assert text.count("\n  home: profile") == 1
    settings.write_text(text.replace("\n  home: profile", "\n  toggle: true\n  home: profile"), encoding="utf-8")
    root = project.parent / "host"
    root.mkdir()
    address = serve(root) + "repo/"
    arguments = ("build", "--offline", "--public-only", "--base-url", address, "--output", str(root / "repo"))
    done = subprocess.run(
        [sys.executable, "-m", "brandkit", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "CI": "true"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return address


class Watched:
    """A page of the browser, what it said and what it asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        # an icon that is on its way when the page is left is no failure
        page.on(
            "requestfailed", lambda request: "favicon." in request.url or self.said.append(f"failed: {request.url}")
        )
        page.on("request", lambda request: self.asked.append(request.url))

    def keeps_to(self, base: str) -> None:
        """Nothing was said, and nothing asked for elsewhere."""
        # a transition between pages that is skipped, as on a busy machine, is no fault of the page
        assert [text for text in self.said if not text.startswith("Transition was")] == []
        away = [url for url in self.asked if not url.startswith((base, "data:", "blob:"))]
        assert away == []
        assert {urlsplit(url).netloc for url in self.asked if url.startswith("http")} == {urlsplit(base).netloc}


@pytest.fixture
def watched(chromium: Any) -> Iterator[Watched]:
    context = chromium.new_context(color_scheme="light")
    yield Watched(context.new_page())
    context.close()


def test_a_page_is_found_by_keyboard_alone(watched: Watched, base: str) -> None:
    page = watched.page
    page.goto(f"{base}search/")
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("calm on call")
    page.wait_for_selector("form.search ol a")
    first = page.locator("form.search ol a").first
    assert page.locator("form.search [role=status]").inner_text().strip() != ""
    page.keyboard.press("ArrowDown")
    assert first.evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    title, leads = first.inner_text(), first.evaluate("link => link.href")
    assert leads.startswith(base)
    page.keyboard.press("Enter")
    page.wait_for_url(leads)
    assert page.locator("h1").inner_text().strip() == title.strip()
    watched.keeps_to(base)


def test_a_search_stands_in_its_address(watched: Watched, base: str) -> None:
    page = watched.page
    page.goto(f"{base}search/?q=platform")
    page.wait_for_selector("form.search ol a")
    assert page.input_value("#q") == "platform"
    page.fill("#q", "xyzzyplughnothing")
    page.wait_for_selector("form.search ol:empty", state="attached")
    page.wait_for_selector(SAID, state="attached")
    assert page.url.endswith("?q=xyzzyplughnothing")
    page.fill("#q", "")
    page.wait_for_selector("form.search [role=status]:empty", state="attached")
    watched.keeps_to(base)


def test_what_is_searched_for_is_text_and_nothing_else(watched: Watched, base: str) -> None:
    page = watched.page
    page.goto(f"{base}search/?q=%3Cimg%20src%3Dx%20onerror%3D%22window.ran%3D1%22%3E%20platform")
    page.wait_for_selector(SAID, state="attached")
    assert page.evaluate("window.ran === undefined && !document.querySelector('form.search img')")
    watched.keeps_to(base)


def test_nothing_of_the_search_is_loaded_elsewhere(watched: Watched, base: str) -> None:
    for path in ("", "posts/", "about/"):
        watched.page.goto(base + path)
    assert not [url for url in watched.asked if "pagefind" in url or url.endswith(".js")]


def test_light_and_dark_are_chosen_and_remembered_without_a_flash(watched: Watched, base: str) -> None:
    page = watched.page
    page.add_init_script(
        "new MutationObserver((_, watch) => { if (document.body) { watch.disconnect();"
        f" window.atFirst = {SCHEME} ?? 'none' }} }}).observe(document, {{childList: true, subtree: true}})"
    )
    page.goto(base)
    assert page.evaluate("window.atFirst") == "none"
    light = page.evaluate(PAPER)
    button = page.locator("[data-toggle-scheme]")
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(SCHEME) == "dark"
    dark = page.evaluate(PAPER)
    assert dark != light
    for path in ("", "about/"):
        page.goto(base + path)
        assert page.evaluate("window.atFirst") == "dark", "chosen before there is anything to paint"
        assert page.evaluate(PAPER) == dark
    page.reload()
    assert page.evaluate("window.atFirst") == "dark"
    page.locator("[data-toggle-scheme]").click()
    assert page.evaluate(SCHEME) == "light" and page.evaluate(PAPER) == light
    watched.keeps_to(base)


def test_who_prefers_dark_gets_light_at_the_first_click(chromium: Any, base: str) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(base)
    before = page.evaluate(PAPER)
    page.locator("[data-toggle-scheme]").click()
    assert page.evaluate(SCHEME) == "light" and page.evaluate(PAPER) != before
    context.close()


def test_beside_the_button_nothing_runs(watched: Watched, base: str) -> None:
    page = watched.page
    page.goto(base)
    running = "[...document.scripts].filter(s => !s.type || /javascript|module/.test(s.type))"
    assert page.evaluate(f"{running}.length") == 1
    assert page.evaluate(f"{running}[0].parentElement === document.head && !{running}[0].src")
    watched.keeps_to(base)
    html = page.content().replace(
        "</main>", '<script>window.ran = 1</script><img src="x:" onerror="window.ran = 2"></main>'
    )
    page.route("**/injected/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{base}injected/")
    page.wait_for_load_state()
    assert page.evaluate("window.ran === undefined")
    assert any("Content Security Policy" in text for text in watched.said)


def test_without_scripts_the_search_page_leads_to_the_archive(chromium: Any, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}search/")
    assert page.locator("noscript, form.search a").count() > 0
    assert "archive" in page.locator("form.search").inner_html()
    context.close()
