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
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from brandkit.io.lock import lock
from tests.patience import PATIENCE, until

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
FLOOD = 10_000 if os.environ.get("BRANDKIT_PROOF") == "full" else 2_000  # files that come and go at once
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

    def said(self, pattern: str) -> str:
        """The first line that matches, waited for."""
        until(lambda: any(re.search(pattern, line) for line in list(self.lines)))
        return next(line for line in list(self.lines) if re.search(pattern, line))

    def end(self) -> None:
        """Ctrl-C, which ends it, whoever still listens."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 0
        assert not [line for line in self.lines if "Traceback" in line], self.lines


def run_serve(folder: Path, port: str, *options: str) -> Served:
    process = subprocess.Popen(
        [sys.executable, "-m", "brandkit", "serve", "--port", port, *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    served = Served(folder, process)
    threading.Thread(target=_listen, args=(served,), daemon=True).start()
    return served


@pytest.fixture
def serving(site: Callable[[str], Path]) -> Iterator[Callable[..., Served]]:
    running: list[Served] = []

    def start(blocks: str = SITE, *options: str) -> Served:
        folder = site(blocks)
        picture(folder / "content/posts/dot.png", (200, 0, 0))
        served = run_serve(folder, "0", *options)
        running.append(served)
        served.said("^The site is at ")
        return served

    yield start
    for served in running:
        served.end()


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
    page.set_default_timeout(PATIENCE * 1000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if _is_fault(said) else None)
    yield page
    page.context.close()


def _is_fault(said: Any) -> bool:
    return said.type in ("error", "warning") and not said.location["url"].endswith("/favicon.ico")


def wait_until(tab: Any, expression: str) -> None:
    """Until an expression is true: asked from without, for the policy of the page lets nothing be evaluated in it."""
    over = time.monotonic() + PATIENCE
    while not tab.evaluate(expression):
        assert time.monotonic() < over, f"never came true: {expression}"
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
        each.goto(served.address + "posts/ship/", timeout=PATIENCE * 1000)
        each.evaluate("window.covered = true; document.dispatchEvent(new Event('visibilitychange'))")
    served.edit("content/posts/ship.md", "The last words.", "The final words.")
    served.said("ship.md")
    tabs[0].evaluate("window.covered = false; document.dispatchEvent(new Event('visibilitychange'))")
    tabs[0].wait_for_selector("text=The final words.")
    context.close()


BRINGS = "{{ const e = document.createElement('b'); e.id = 'by-{0}'; e.textContent = '{0}'; {1} }}"
COUNTS = "{ const s = document.createElement('script'); s.src = '/blog/counting.js'; document.head.append(s) }"
PLAYED = SITE.replace(
    "The first words.",
    """<div id="place"></div>
<script src="/blog/early.js"></script>
<script src="/blog/first.js"></script>
<script defer src="/blog/late.js"></script>
<script type="module" src="/blog/module.js"></script>
<noscript><b id="without">Only without scripts</b></noscript>

The first words.""",
) + (
    f"-- content/static/early.js --\n{BRINGS.format('early', 'document.currentScript.before(e)')}\n"
    f"{COUNTS}\n"
    f"-- content/static/first.js --\n{BRINGS.format('first', 'document.querySelector(`#place`).append(e)')}\n"
    "-- content/static/counting.js --\nwindow.counted = (window.counted || 0) + 1;\n"
    f"-- content/static/late.js --\n{BRINGS.format('late', 'document.querySelector(`main`).append(e)')}\n"
    f"-- content/static/module.js --\n{BRINGS.format('module', 'document.querySelector(`h1`).append(e)')}\n"
)


def test_what_scripts_brought_while_the_page_was_read_stays(serving: Callable[..., Served], tab: Any) -> None:
    served = serving(PLAYED)
    open_page(tab, served.address + "posts/ship/")
    theirs = ("#by-early", "#by-first", "#by-late", "#by-module", "script[src='/blog/counting.js']")
    assert [tab.locator(each).count() for each in theirs] == [1] * len(theirs)
    tab.fill("input[name=who]", "typed by hand")
    for number in range(3):
        served.edit("content/posts/ship.md", "The last words.", f"The last words. Edit {number}.")
        tab.wait_for_selector(f"text=Edit {number}.")
        assert is_the_same_page(tab), "a script that put in another one is no other page"
        assert [tab.locator(each).count() for each in theirs] == [1] * len(theirs)
    assert tab.input_value("input[name=who]") == "typed by hand"
    assert tab.evaluate("window.counted") == 1
    assert tab.locator("#without").count() == 0, "what is for browsers without scripts stays text"
    with tab.expect_event("load"):
        served.edit("content/posts/ship.md", '<script src="/blog/early.js"></script>', "")
    assert not is_the_same_page(tab)
    assert tab.locator("#by-early").count() == 0, "other scripts are another page"
    assert tab.faults == []


def test_what_is_behind_the_veil_rests_and_the_focus_comes_back(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/ship/")
    tab.fill("input[name=who]", "typed by hand")
    tab.evaluate("document.querySelector('input[name=who]').setSelectionRange(2, 5)")
    scrolled = tab.evaluate("window.scrollY")
    focused = "document.activeElement.localName"
    for ends in ("Escape", "mended"):
        served.edit("content/posts/ship.md", "date: 2026-03-01", "date: soon")
        tab.wait_for_selector(".veil")
        assert tab.get_attribute(".veil", "aria-label") == "There is a mistake"
        assert tab.evaluate(focused) == "brandkit-preview"
        seen = []
        for _ in range(6):
            tab.keyboard.press("Tab")
            seen.append(
                tab.evaluate(f"[{focused}, document.activeElement.shadowRoot?.activeElement?.className].join(' ')")
            )
        assert seen[0] == "brandkit-preview close", seen
        assert {each.split()[0] for each in seen} <= {"brandkit-preview", "body"}, "nothing behind it is reached"
        if ends == "Escape":
            tab.keyboard.press("Escape")
        served.edit("content/posts/ship.md", "date: soon", "date: 2026-03-01")
        tab.wait_for_selector(".veil", state="detached")
        assert tab.evaluate("[document.activeElement.name, document.activeElement.selectionStart]") == ["who", 2]
        served.said("ship.md: nothing changed")
        served.lines[1:] = []
    assert tab.input_value("input[name=who]") == "typed by hand"
    assert tab.evaluate("window.scrollY") == scrolled
    assert tab.evaluate("document.querySelectorAll('[inert], [aria-hidden=true]').length") == 0
    assert is_the_same_page(tab)
    assert tab.faults == []


def test_another_mistake_leaves_the_focus_on_the_veil(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/ship/")
    served.edit("content/posts/ship.md", "date: 2026-03-01", "date: soon")
    tab.wait_for_selector(".veil")
    tab.focus(".veil .close")
    served.edit("content/posts/ship.md", "date: soon", "date: soon, or later")
    tab.wait_for_selector(".veil >> text=soon, or later")
    assert tab.evaluate("document.activeElement.shadowRoot.activeElement.className") == "veil"
    tab.keyboard.press("Escape")
    tab.click(".badge")
    assert tab.evaluate("document.activeElement.shadowRoot.activeElement.className") == "veil"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.shadowRoot.activeElement.className") == "badge"


def test_another_brandkit_at_work_is_a_line_and_no_veil(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    open_page(tab, served.address + "posts/ship/")
    with lock(served.folder / ".brandkit/lock"):
        served.edit("content/posts/ship.md", "The last words.", "The very last words.")
        tab.wait_for_selector("text=Another brandkit is at work in this project")
        assert tab.locator(".veil").count() == 0
        served.said("ship.md: another brandkit is at work in this project")
    tab.wait_for_selector("text=The very last words.")
    tab.wait_for_selector("text=Another brandkit is at work in this project", state="detached")
    assert is_the_same_page(tab)


def test_a_beginning_that_has_to_wait_says_so(site: Callable[[str], Path]) -> None:
    folder = site(SITE.replace("![A dot](dot.png)", ""))
    with lock(folder / ".brandkit/lock"):
        served = run_serve(folder, "0")
        served.said("another brandkit is at work in this project")
    served.said("^The site is at .*/blog/")
    assert sum("finding" in line or " in 0" in line for line in served.lines) == 0, "the first build says no more"
    served.end()


def test_a_tab_that_was_hidden_notices_another_serve(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    tab.add_init_script("Object.defineProperty(document, 'hidden', { get: () => window.seen ?? true })")
    open_page(tab, served.address + "posts/ship/")
    tab.fill("input[name=who]", "typed by hand")
    served.end()
    served.edit("content/posts/ship.md", "The last words.", "Words written in between.")
    again = run_serve(served.folder, served.address.split(":")[2].split("/")[0])
    served.process, served.lines = again.process, again.lines
    served.said("^The site is at ")
    tab.evaluate("window.seen = false; document.dispatchEvent(new Event('visibilitychange'))")
    tab.wait_for_selector("text=Words written in between.")
    assert tab.input_value("input[name=who]") == "typed by hand"
    assert is_the_same_page(tab)


def test_two_serves_of_one_project_do_not_disturb_each_other(serving: Callable[..., Served], tab: Any) -> None:
    served = serving()
    other = run_serve(served.folder, "0", "--no-drafts")
    other.said("^The site is at ")
    open_page(tab, served.address + "posts/ship/")
    another = tab.context.new_page()
    another.goto(other.address + "posts/ship/")
    served.edit("content/posts/ship.md", "The last words.", "The very last words.")
    for each in (tab, another):
        each.wait_for_selector("text=The very last words.")
    assert tab.request.get(served.address + "posts/wip/").status == 200
    assert tab.request.get(other.address + "posts/wip/").status == 404
    assert is_the_same_page(tab)
    other.end()


def test_a_flood_of_files_is_a_handful_of_builds(serving: Callable[..., Served]) -> None:
    served = serving()
    folder = served.folder / "content/static/many"
    slowest = 0.0

    def ask() -> None:
        nonlocal slowest
        began = time.monotonic()
        with urllib.request.urlopen(served.address + "posts/ship/", timeout=PATIENCE) as answer:
            assert answer.status == 200
        slowest = max(slowest, time.monotonic() - began)

    def builds() -> list[str]:
        return [line for line in list(served.lines) if re.match(r"\d\d:\d\d:\d\d  ", line)]

    def follow(is_done: Callable[[], bool]) -> tuple[int, float]:
        began = time.monotonic()
        while not is_done():
            assert time.monotonic() - began < 240, builds()[-3:]
            ask()
            time.sleep(0.1)
        return len(builds()), time.monotonic() - began

    def status(number: int) -> int:
        try:
            with urllib.request.urlopen(f"{served.address}many/{number}.txt", timeout=PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    folder.mkdir(parents=True)
    for number in range(FLOOD):
        (folder / f"{number}.txt").write_text(f"{number}\n")
    came = follow(lambda: status(FLOOD - 1) == 200 and status(0) == 200)
    shutil.rmtree(folder)
    went = follow(lambda: status(FLOOD - 1) == 404 and status(0) == 404)
    print(f"written: {came}; removed: {went}; slowest answer {slowest:.2f} s; {builds()}")
    assert went[0] <= 12
