"""After a deploy: who is told of what, on a site that a real server shows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from brandkit.app.announcing import Told, announce
from brandkit.app.project import Project
from brandkit.app.running import publish_now
from brandkit.io.pool import one_by_one

SITE = """
-- site.yaml --
title: Alex
url: http://{own}/
send_webmentions: true
feeds: {{websub: "http://{other}/hub"}}
-- content/posts/old.md --
---
title: Old
date: 2026-01-01
---
See [this](http://{other}/known).
"""
NEW = """---
title: New
date: 2026-01-02
---
See [this](http://{other}/friendly), [that](http://{other}/deaf), [gone](http://{other}/gone), [mine](/posts/old/).
"""


class World:
    """One's own site as it stands in public/, and another with a hub and pages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sent: list[tuple[str, dict[str, list[str]]]] = []
        self.answers: dict[str, int] = {}
        world = self

        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

        class Other(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                text = b"<link rel=webmention href=/mentions>" if self.path == "/friendly" else b""
                self.reply(world.answers.get(self.path, 404 if self.path == "/gone" else 200), text)

            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                world.sent.append((self.path, parse_qs(form)))
                self.reply(world.answers.get(self.path, 202), b"")

            def reply(self, status: int, text: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                pass

        (root / "public").mkdir(parents=True)
        own = partial(Quiet, directory=str(root / "public"))
        self.servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in (own, Other)]
        for server in self.servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.own, self.other = (f"127.0.0.1:{server.server_address[1]}" for server in self.servers)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(own=self.own, other=self.other))

    def deploy(self) -> Told:
        """Build into the folder that the server shows, and tell of what changed."""
        project = Project(self.root)
        published = publish_now(project, project.public_root(), project.public, map=one_by_one)
        self.sent.clear()
        return announce(published, published.committed.written, project.cache, patience=0)


@pytest.fixture
def world(tmp_path: Path, site: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    world = World(tmp_path / "project")
    site(SITE.format(own=world.own, other=world.other))
    monkeypatch.setenv("BRANDKIT_ALLOW_HOSTS", f"{world.own},{world.other}")
    yield world
    for server in world.servers:
        server.shutdown()
        server.server_close()


def test_what_stands_when_it_begins_is_taken_as_told(world: World) -> None:
    told = world.deploy()
    assert (told.noted, told.links, told.problems) == (1, [], [])
    assert f"http://{world.own}/feed.xml" in told.feeds  # feeds have news all the same
    assert {path for path, _ in world.sent} == {"/hub"}


def test_new_links_are_told_once_and_only_who_wants_to_hear(world: World) -> None:
    world.deploy()
    world.write("content/posts/new.md", NEW)
    told = world.deploy()
    assert told.links == [f"http://{world.other}/friendly"]
    assert [form for path, form in world.sent if path == "/mentions"] == [
        {"source": [f"http://{world.own}/posts/new/"], "target": [f"http://{world.other}/friendly"]}
    ]
    assert told.problems == [f"http://{world.other}/gone could not be told: 127.0.0.1 has no such page (404)"]
    again = world.deploy()
    assert (again.links, again.feeds) == ([], [])


def test_a_link_that_was_taken_out_is_told_too(world: World) -> None:
    world.deploy()
    world.write("content/posts/new.md", NEW)
    world.deploy()
    (world.root / "content/posts/new.md").unlink()
    assert f"http://{world.other}/friendly" in world.deploy().unlinked


def test_who_cannot_be_told_is_tried_three_times(world: World) -> None:
    world.deploy()
    world.write("content/posts/new.md", NEW)
    tries = [bool(world.deploy().problems) for _ in range(5)]
    assert tries == [True, True, True, False, False]


def test_a_hub_that_is_out_hears_of_it_the_next_time(world: World) -> None:
    world.answers["/hub"] = 503
    told = world.deploy()
    assert not told.feeds and told.problems
    world.answers.clear()
    assert f"http://{world.own}/feed.xml" in world.deploy().feeds


def test_a_feed_that_stands_in_an_empty_folder_again_is_no_news(world: World) -> None:
    project = Project(world.root)
    world.deploy()
    published = publish_now(project, project.public_root(), project.public, map=one_by_one)
    again = partial(announce, published, published.output.files, project.cache, patience=0)
    assert again().feeds == []
    (project.cache / "announced.json").unlink()
    assert f"http://{world.own}/feed.xml" in again().feeds


def test_nobody_is_told_before_the_site_shows_it(world: World) -> None:
    world.deploy()
    world.write("content/posts/new.md", NEW)
    project = Project(world.root)
    published = publish_now(project, project.public_root(), project.public, map=one_by_one)
    page = world.root / "public/posts/new/index.html"
    whole = page.read_bytes()
    # what the host shows is another thing than what was deployed
    (world.root / "elsewhere").mkdir()
    world.servers[0].RequestHandlerClass.keywords["directory"] = str(world.root / "elsewhere")  # type: ignore[attr-defined]
    world.sent.clear()
    told = announce(published, published.committed.written, project.cache, patience=0)
    assert told.waiting > 0 and not world.sent
    world.servers[0].RequestHandlerClass.keywords["directory"] = str(world.root / "public")  # type: ignore[attr-defined]
    assert page.read_bytes() == whole
    told = announce(published, (), project.cache, patience=0)
    assert told.links == [f"http://{world.other}/friendly"] and f"http://{world.own}/feed.xml" in told.feeds


def test_whether_the_site_shows_what_is_new_is_asked_of_a_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("brandkit.io.net.pings.shows", lambda address, *_: bool(asked.append(address)) or True)
    world.write("content/static/.htaccess", "hosts hide this\n")
    world.write("content/static/404.html", "and say 404 here\n")
    world.deploy()
    world.write("content/posts/new.md", NEW)
    world.deploy()
    assert asked[-1].endswith("/") and not [address for address in asked if ".ht" in address or "/404" in address]


def test_without_a_wish_nothing_is_asked_or_kept(world: World) -> None:
    world.write("site.yaml", "title: Alex\nurl: http://{own}/\n")
    world.write("content/posts/new.md", NEW)
    assert world.deploy() == Told()
    assert not world.sent and not (world.root / ".brandkit/cache/announced.json").exists()


def test_deploy_says_whom_it_told(world: World, brandkit: Any) -> None:
    there = world.root.parent / "www"
    there.mkdir()
    world.servers[0].RequestHandlerClass.keywords["directory"] = str(there)  # type: ignore[attr-defined]
    allowed = {"BRANDKIT_ALLOW_HOSTS": f"{world.own},{world.other}"}
    deploy = ("deploy", "--example", "--public-only", "folder", str(there))
    first = brandkit(world.root, *deploy, env=allowed)
    assert first.code == 0, first.err
    assert "1 link stood there before" in first.out and "The hub was told of" in first.out
    world.write("content/posts/new.md", NEW)
    assert not brandkit(world.root, *deploy, "--dry-run", "--json", env=allowed).json.get("told")
    told = brandkit(world.root, *deploy, "--json", env=allowed).json["told"]
    assert told["links"] == [f"http://{world.other}/friendly"]
