"""`brandkit serve` as somebody sees it who writes: a real server, a real browser, files saved as editors save them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
FILLER = "\n\n".join(f"Filler paragraph {n}, which makes the page long." for n in range(80))
SITE = f"""
-- site.yaml --
title: Preview
url: https://preview.example/blog
author: {{name: Ada}}
theme: {{toggle: true}}
markdown: {{raw_html: true}}
-- content/posts/ship.md --
---
title: Ship it
date: 2026-03-01
tags: [work]
---
The first words.

![A dot](dot.png)

<form><input name="who"><input type="checkbox" name="yes"><textarea name="long"></textarea></form>

<details><summary>More</summary><p>Inside.</p></details>

{FILLER}

The last words.
-- content/posts/other.md --
---
title: Other
date: 2026-02-01
---
Another text.
-- content/posts/wip.md --
---
title: Unfinished
date: 2026-02-02
draft: true
---
Not yet.
"""


@dataclass
class Served:
    """A running `brandkit serve`: its project, its address, what it printed so far."""

    folder: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        (line,) = (line for line in list(self.lines) if line.startswith("The site is at "))
        return line.split()[4]

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def said(self, pattern: str, patience: float = 20) -> str:
        """The first line that matches, waited for."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for line in list(self.lines):
                if re.search(pattern, line):
                    return line
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} was not said: {self.lines}")


@pytest.fixture
def serving(site: Callable[[str], Path]) -> Iterator[Callable[..., Served]]:
    running: list[Served] = []

    def start(blocks: str = SITE, *options: str) -> Served:
        folder = site(blocks)
        picture(folder / "content/posts/dot.png", (200, 0, 0))
        command = [sys.executable, "-m", "brandkit", "serve", "--port", "0", *options]
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        served = Served(folder, process)
        running.append(served)
        threading.Thread(target=_listen, args=(served,), daemon=True).start()
        served.said("^The site is at ", 60)
        return served

    yield start
    for served in running:
        served.process.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert served.process.wait(10) == 0
        assert time.monotonic() - began < 4, "Ctrl-C ends it at once"
        assert not [line for line in served.lines if "Traceback" in line], served.lines


def _listen(served: Served) -> None:
    assert served.process.stdout is not None
    with served.process.stdout as out:
        for line in out:
            served.lines.append(line.rstrip())


def picture(path: Path, colour: tuple[int, int, int]) -> None:
    from PIL import Image

    Image.new("RGB", (40, 40), colour).save(path)


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    page = chromium.new_context(viewport={"width": 800, "height": 600}).new_page()
    page.set_default_timeout(10_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if _is_fault(said) else None)
    yield page
    page.context.close()


def _is_fault(said: Any) -> bool:
    return said.type in ("error", "warning") and not said.location["url"].endswith("/favicon.ico")


def wait_until(tab: Any, expression: str) -> None:
    """Until an expression is true: asked from without, for the policy of the page lets nothing be evaluated in it."""
    until = time.monotonic() + 10
    while not tab.evaluate(expression):
        assert time.monotonic() < until, f"never came true: {expression}"
        tab.wait_for_timeout(20)


def open_page(tab: Any, address: str) -> None:
    tab.goto(address)
    tab.evaluate("window.here = 'the same page'")
    wait_until(tab, "performance.getEntriesByType('resource').some(e => e.name.includes('/state'))")


def is_the_same_page(tab: Any) -> bool:
    return bool(tab.evaluate("window.here === 'the same page'"))


def test_a_save_changes_the_paragraph_in_place(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/ship/")
    tab.fill("input[name=who]", "typed by hand")
    tab.fill("textarea", "typed, too")
    tab.check("input[name=yes]")
    tab.click("summary")
    tab.click("[data-toggle-scheme]")
    scheme = tab.evaluate("document.documentElement.dataset.scheme")
    tab.focus("input[name=who]")
    tab.evaluate("document.querySelector('input[name=who]').setSelectionRange(2, 5)")
    tab.evaluate("window.scrollTo(0, 1500)")
    served.edit("content/posts/ship.md", "The last words.", "The very last words.")
    tab.wait_for_selector("text=The very last words.")
    assert is_the_same_page(tab)
    assert tab.evaluate("window.scrollY") == 1500
    assert tab.input_value("input[name=who]") == "typed by hand"
    assert tab.input_value("textarea") == "typed, too"
    assert tab.is_checked("input[name=yes]")
    assert tab.evaluate("document.querySelector('details').open")
    assert tab.evaluate("document.documentElement.dataset.scheme") == scheme
    assert tab.evaluate("[document.activeElement.name, document.activeElement.selectionStart]") == ["who", 2]
    assert re.match(
        r"\d\d:\d\d:\d\d  content/posts/ship.md: .* in 0?\d*\.\d\d s \(.*posts/ship/index.html", served.said("ship.md")
    )
    assert tab.faults == []


def test_the_title_and_what_scripts_brought_follow(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/ship/")
    tab.evaluate(
        "const b = document.createElement('button'); b.id = 'island'; b.textContent = 'Copy';"
        "b.addEventListener('click', () => { window.clicked = true }); document.querySelector('main').append(b)"
    )
    served.edit("content/posts/ship.md", "title: Ship it", "title: Shipped")
    wait_until(tab, "document.title.startsWith('Shipped')")
    assert tab.inner_text("h1") == "Shipped"
    tab.click("#island")
    assert tab.evaluate("window.clicked")
    assert tab.get_attribute("meta[property='og:title']", "content") == "Shipped"
    assert is_the_same_page(tab)


def test_a_mistake_is_shown_over_the_last_good_page_and_goes(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    tab.set_viewport_size({"width": 360, "height": 640})
    open_page(tab, served.address + "posts/ship/")
    served.edit("content/posts/ship.md", "date: 2026-03-01", "date: soon")
    tab.wait_for_selector(".veil")
    said = tab.inner_text(".veil")
    assert "content/posts/ship.md:3:" in said
    assert "date: soon" in said
    assert "^" in said
    assert "Hint:" in said
    assert "The first words." in tab.inner_text("main"), "the last good page stands behind"
    assert tab.evaluate("document.documentElement.scrollWidth <= 360")
    served.said("not built")
    again = tab.context.new_page()
    again.goto(served.address + "posts/ship/")
    again.wait_for_selector(".veil")
    assert "The first words." in again.inner_text("main")
    again.close()
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".veil", state="detached")
    served.edit("content/posts/ship.md", "date: soon", "date: soon, or later")
    tab.wait_for_selector(".veil")
    served.edit("content/posts/ship.md", "date: soon, or later", "date: 2026-03-02")
    tab.wait_for_selector(".veil", state="detached")
    tab.wait_for_selector("time[datetime^='2026-03-02']")
    assert is_the_same_page(tab)
    assert tab.faults == []


def test_a_broken_template_is_held_back_too(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address)
    served.write(
        "themes/mine/templates/home.html", '{% extends "default/home.html" %}{% block main %}{{ oh.no }}{% endblock %}'
    )
    served.edit("site.yaml", "toggle: true", "toggle: true, name: mine")
    tab.wait_for_selector(".veil")
    assert "themes/mine/templates/home.html" in tab.inner_text(".veil")
    served.write(
        "themes/mine/templates/home.html", '{% extends "default/home.html" %}{% block main %}<p>Mine.</p>{% endblock %}'
    )
    tab.wait_for_selector("text=Mine.")
    tab.wait_for_selector(".veil", state="detached")
    served.edit("themes/mine/templates/home.html", "Mine.", "Mine still.")
    tab.wait_for_selector("text=Mine still.")
    assert is_the_same_page(tab)


def test_a_warning_is_only_a_badge(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/ship/")
    served.edit("content/posts/ship.md", "tags: [work]", "tgas: [work]")
    tab.wait_for_selector(".badge")
    assert tab.query_selector(".veil") is None
    tab.click(".badge")
    assert "tgas" in tab.inner_text(".veil")
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".veil", state="detached")


def test_styles_and_pictures_swap_alone(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    served.write("themes/mine/templates/style.css", "h1 { color: rgb(1, 2, 3) }")
    served.edit("site.yaml", "toggle: true", "toggle: true, name: mine")
    served.said(r"themes/mine|site\.yaml")
    open_page(tab, served.address + "posts/ship/")
    colour = "getComputedStyle(document.querySelector('h1')).color"
    wait_until(tab, f"{colour} === 'rgb(1, 2, 3)'")
    tab.fill("input[name=who]", "typed by hand")
    served.write("themes/mine/templates/style.css", "h1 { color: rgb(4, 5, 6) }")
    wait_until(tab, f"{colour} === 'rgb(4, 5, 6)'")
    assert tab.locator("link[rel=stylesheet]").count() == 1
    picture(served.folder / "content/posts/dot.png", (0, 0, 200))
    drawn = """() => { const i = document.querySelector('main img'); if (!i.complete) return false;
        const c = document.createElement('canvas').getContext('2d'); c.drawImage(i, 0, 0);
        return c.getImageData(5, 5, 1, 1).data[2] > 150 }"""
    tab.evaluate("document.querySelector('main img').loading = 'eager'")
    wait_until(tab, drawn)
    assert is_the_same_page(tab)
    assert tab.input_value("input[name=who]") == "typed by hand"


def test_a_renamed_post_has_the_new_address_alone(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/other/")
    (served.folder / "content/posts/other.md").rename(served.folder / "content/posts/another.md")
    tab.wait_for_selector("text=This page has moved.")
    assert tab.request.get(served.address + "posts/other/").status == 404
    assert tab.request.get(served.address + "posts/another/").status == 200
    tab.click("text=Go to its new address")
    tab.wait_for_url("**/posts/another/")
    shutil.rmtree(served.folder / "content/posts")
    served.said("content/posts, .*removed")
    assert tab.request.get(served.address + "posts/another/").status == 404
    served.write("content/posts/another.md", "---\ntitle: Back\ndate: 2026-01-01\n---\nBack again.\n")
    tab.wait_for_selector("text=Back again.")


def test_drafts_are_shown_and_labelled_until_they_are_none(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/wip/")
    tab.wait_for_selector("text=Draft: only this preview shows it")
    served.edit("content/posts/wip.md", "draft: true\n", "")
    tab.wait_for_selector("text=Draft: only this preview shows it", state="detached")
    assert is_the_same_page(tab)


def test_no_drafts_means_none(serving: Callable[..., Served], tab: Any) -> None:
    served = serving(SITE, "--no-drafts")
    assert tab.request.get(served.address + "posts/wip/").status == 404


def test_the_browser_goes_to_the_edited_page_if_asked(serving: Callable[..., Served], tab: Any) -> None:
    served = serving(SITE, "--navigate")
    open_page(tab, served.address)
    served.edit("content/posts/other.md", "Another text.", "Another text, edited.")
    tab.wait_for_url("**/posts/other/")
    assert "Another text, edited." in tab.inner_text("main")


def test_six_tabs_leave_a_connection_for_the_seventh(serving: Callable[..., Served], chromium: Any) -> None:
    served = serving()
    context = chromium.new_context()
    tabs = [context.new_page() for _ in range(8)]
    for each in tabs:
        # what a browser says of a tab that lies behind another
        each.add_init_script("Object.defineProperty(document, 'hidden', { get: () => window.covered ?? false })")
        each.goto(served.address + "posts/ship/", timeout=10_000)
        each.evaluate("window.covered = true; document.dispatchEvent(new Event('visibilitychange'))")
    served.edit("content/posts/ship.md", "The last words.", "The final words.")
    served.said("ship.md")
    tabs[0].evaluate("window.covered = false; document.dispatchEvent(new Event('visibilitychange'))")
    tabs[0].wait_for_selector("text=The final words.")
    context.close()
