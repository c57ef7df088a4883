"""How long it takes from saving a post to its new paragraph standing in an open page, in a real browser.

    python tests/benchmarks/save_to_dom.py [POSTS ...] [--runs 20] [--hugo PATH]

Run on purpose, on an idle machine. The posts come from the shared benchmark's generator (BRANDKIT_SHARED names its
folder); where `hugo` is found, `hugo server` shows the same posts beside `brandkit serve`, asked in turn.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measuring import BENCH, PATIENCE, REPOSITORY, edit, environment, free_port, make_posts, middle, serving
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_WATCH = """(mark) => { window.seen = null; const look = () => {
    if (window.seen === null && document.body.textContent.includes(mark)) window.seen = Date.now(); };
    new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true}); look(); }"""


@dataclass
class Shown:
    """A post in a tab, kept fresh by a server."""

    name: str
    post: Path
    tab: Any
    address: str


def make(folder: Path, posts: int, flavour: str) -> Path:
    """The corpus, with what each generator needs beside it. Returns the post that is edited: one from the middle."""
    make_posts(posts, folder, flavour)
    if flavour == "hugo":
        shutil.copytree(BENCH / "peers/hugo", folder, dirs_exist_ok=True)
    else:
        settings = "title: Bench\nurl: https://bench.example\nauthor: {name: Bench}\n"
        (folder / "site.yaml").write_text(settings, encoding="utf-8")
    return middle(folder / "content/posts")


def once(shown: Shown, run: int) -> float:
    """Seconds from the save to the paragraph, by one clock: that of this machine."""
    mark = f"{shown.name} {run} {time.time_ns()}."
    shown.tab.add_init_script(f"addEventListener('DOMContentLoaded', () => ({_WATCH})({mark!r}))")  # after a reload
    shown.tab.evaluate(_WATCH, mark)
    began = time.time()
    edit(shown.post, mark)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(Exception):  # a page that is being left answers nothing
            seen = shown.tab.evaluate("window.seen")
            if seen:
                return float(seen) / 1000 - began
        time.sleep(0.02)
    return float("nan")


def measure(posts: int, runs: int, hugo: str | None) -> dict[str, list[float]]:
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        stack.callback(browser.close)
        flavours = {"brandkit": [sys.executable, "-m", "brandkit", "serve"]}
        if hugo:
            flavours["hugo"] = [hugo, "server", "--disableBrowserError"]
        tabs = []
        for name, command in flavours.items():
            post, port = make(folder / name, posts, name), free_port()
            address = f"http://127.0.0.1:{port}/posts/{post.stem}/"
            env = environment(REPOSITORY if name == "brandkit" else None)
            stack.enter_context(serving([*command, "--port", str(port)], folder / name, port, env))
            tab = browser.new_page()
            _open(tab, address)
            tabs.append(Shown(name, post, tab, address))
        time.sleep(2)
        for shown in tabs:
            once(shown, -1)  # the first edit warms what the first build left cold
        found: dict[str, list[float]] = {shown.name: [] for shown in tabs}
        for run in range(runs):
            for shown in tabs:
                shown.tab.bring_to_front()
                found[shown.name].append(once(shown, run))
                time.sleep(0.5)
        return found


def _open(tab: Any, address: str) -> None:
    """Open a page as soon as its server has built it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(Exception):
            answer = tab.goto(address, timeout=PATIENCE * 1000)
            if answer and answer.ok:
                return
        time.sleep(0.3)
    raise SystemExit(f"{address} did not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("posts", type=int, nargs="*", default=[250, 5000])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--hugo", default=shutil.which("hugo"))
    options = parser.parse_args()
    print(f"{'posts':>6}  {'server':<9} {'median ms':>9} {'best':>6} {'worst':>6}  runs")
    for posts in options.posts:
        for name, waits in measure(posts, options.runs, options.hugo).items():
            good = sorted(wait * 1000 for wait in waits if wait == wait)
            if good:
                row = f"{statistics.median(good):9.0f} {good[0]:6.0f} {good[-1]:6.0f}  {len(good)} of {len(waits)}"
                print(f"{posts:>6}  {name:<9} {row}", flush=True)


if __name__ == "__main__":
    main()
