"""Feeds from the dashboard: an address that is looked at, the ones to choose from, how far reading is, letting go."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.patience import PATIENCE

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = """<!doctype html><title>Harbour</title>
<link rel="alternate" type="application/rss+xml" title="Harbour notes" href="/notes.xml">
<link rel="alternate" type="application/rss+xml" title="Harbour tides" href="/tides.xml">"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour {name}</title><link>http://{host}/</link>
<item><title>Quiet {name} at dawn</title><link>http://{host}/{name}/1</link><guid>{name}1</guid>
<pubDate>Thu, 26 Feb 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


class Harbour(BaseHTTPRequestHandler):
    """A site with two feeds. While `go` is not set, feeds keep a reader waiting."""

    go = threading.Event()

    def do_GET(self) -> None:
        name = self.path.strip("/").removesuffix(".xml")
        feed = FEED.format(name=name, host=self.headers["Host"])
        body, kind = (feed, "text/xml") if name else (PAGE, "text/html")
        if name:
            self.go.wait(PATIENCE)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def harbour() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Harbour)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    Harbour.go.set()
    yield f"127.0.0.1:{server.server_port}"
    Harbour.go.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def served(tmp_path: Path, harbour: str, dashboard_of: Any) -> Iterator[Any]:
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    shutil.copy(REPOSITORY / "site.yaml", tmp_path)
    me = tmp_path / "content/vault/me.yaml"
    allowed = me.read_text(encoding="utf-8").replace("settings: {", f'settings: {{allow_hosts: ["{harbour}"], ')
    me.write_text(allowed, encoding="utf-8")
    with dashboard_of(tmp_path, offline=False) as dashboard:
        yield dashboard


def test_a_site_is_followed_read_paused_and_let_go(chromium: Any, served: Any, harbour: str) -> None:
    page = chromium.new_context().new_page()
    page.goto(served.door)
    page.goto(served.address + "feeds.html")
    by_hand = (served.folder / "content/vault/feeds.yaml").read_bytes()

    page.get_by_label("Follow a site").fill(f"http://{harbour}/")
    page.get_by_role("button", name="Look").click()
    page.get_by_label("Harbour tides").check()
    page.get_by_role("button", name="Follow").click()
    page.get_by_text("Followed from now on").wait_for()
    rows = page.get_by_role("row").filter(has_text="Harbour")
    rows.get_by_role("cell", name="1", exact=True).nth(1).wait_for()
    assert rows.count() == 2

    tides = rows.filter(has_text="tides")
    tides.get_by_role("button", name="Pause").click()
    tides.get_by_role("button", name="Go on").click()
    tides.get_by_role("button", name="Pause").wait_for()
    tides.get_by_text("Let go").click()
    tides.get_by_role("button", name="Let it go").click()
    page.get_by_text("is gone").wait_for()
    rows.nth(1).wait_for(state="detached")
    assert rows.count() == 1
    assert (served.folder / "content/vault/feeds.yaml").read_bytes() == by_hand
    page.context.close()


def test_how_far_reading_is_stands_in_the_page(chromium: Any, served: Any, harbour: str) -> None:
    added = [f"- {{id: {name}, url: http://{harbour}/{name}.xml}}\n" for name in ("notes", "tides")]
    (served.folder / "content/vault/feeds-added.yaml").write_text("".join(added), encoding="utf-8")
    served.adviser.check()
    page = chromium.new_context().new_page()
    page.goto(served.door)
    Harbour.go.clear()
    page.goto(served.address + "feeds.html")
    page.get_by_role("button", name="Read what is due now").click()
    page.get_by_text("Reading feeds").wait_for()
    Harbour.go.set()
    page.get_by_role("row").filter(has_text="tides").filter(has_text="· last read").wait_for()
    page.get_by_text("Reading feeds").wait_for(state="hidden")
    page.context.close()
