"""check --external: links that lead outside, asked of a real server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

Site = Callable[[str], Path]
STATUS = {"/gone": 404, "/broken": 500, "/closed": 403}


class Handler(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_HEAD(self) -> None:
        Handler.asked.append(f"{self.command} {self.path}")
        self.send_response(301 if self.path == "/old" else STATUS.get(self.path, 200))
        if self.path == "/old":
            self.send_header("Location", "/new")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def pair() -> Iterator[str]:
    Handler.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(site: Site, pair: str) -> Path:
    text = f"""
-- site.yaml --
title: T
url: https://t.example/
today: 2026-03-01
-- content/posts/one.md --
---
title: One
date: 2026-02-01
description: One.
---
[fine](http://{pair}/fine) and [its part](http://{pair}/fine#part)

[gone](http://{pair}/gone)

[broken](http://{pair}/broken)

[moved](http://{pair}/old#part)

[closed](http://{pair}/closed) [mail](mailto:a@b.example)
-- content/posts/two.md --
---
title: Two
date: 2026-02-01
description: Two.
---
[gone](http://{pair}/gone)
-- content/posts/hidden.md --
---
title: Hidden
date: 2026-02-01
draft: true
---
[hidden](http://{pair}/hidden)
"""
    return site(text)


def found(said: Any) -> set[tuple[str, str, int]]:
    codes = ("BK182", "BK183", "BK184")
    return {(d["code"], d["file"], d["line"]) for d in said.json["diagnostics"] if d["code"] in codes}


def test_every_trouble_is_found_in_its_file_and_line_and_asked_about_once(
    folder: Path, brandkit: Any, pair: str
) -> None:
    env = {"BRANDKIT_ALLOW_HOSTS": f"x.example:1, {pair}"}
    said = brandkit(folder, "check", "--external", "--json", env=env)
    assert said.code == 0
    one = "content/posts/one.md"
    assert found(said) == {
        ("BK182", one, 8), ("BK182", "content/posts/two.md", 6), ("BK183", one, 10), ("BK184", one, 12),
    }  # fmt: skip
    hints = [d["hint"] for d in said.json["diagnostics"] if d["code"] == "BK184"]
    assert hints == [f"write http://{pair}/new#part"]
    assert [row["address"] for row in said.json["external"]["unknown"]] == [f"http://{pair}/closed"]
    assert Handler.asked.count("HEAD /fine") == Handler.asked.count("HEAD /gone") == 1
    assert not [line for line in Handler.asked if "hidden" in line]
    assert brandkit(folder, "check", "--external", "--strict", env=env).code == 1


def test_what_was_asked_today_is_not_asked_again_but_failures_are(folder: Path, brandkit: Any, pair: str) -> None:
    env = {"BRANDKIT_ALLOW_HOSTS": pair}
    first = brandkit(folder, "check", "--external", "--json", env=env)
    Handler.asked.clear()
    again = brandkit(folder, "check", "--external", "--json", env=env)
    assert found(again) == found(first)
    assert Handler.asked == ["HEAD /broken", "GET /broken"]
    assert (again.json["external"]["asked"], again.json["external"]["remembered"]) == (1, 4)


def test_offline_nothing_is_asked_and_that_is_said(folder: Path, brandkit: Any, pair: str) -> None:
    said = brandkit(folder, "check", "--external", "--offline", env={"BRANDKIT_ALLOW_HOSTS": pair})
    assert said.code == 0
    assert "not asked for: --offline" in said.out
    assert Handler.asked == []


def test_without_the_wish_nothing_is_asked_and_without_leave_no_private_host(folder: Path, brandkit: Any) -> None:
    assert brandkit(folder, "check").code == 0
    said = brandkit(folder, "check", "--external")
    assert "not on the open internet" in said.err
    assert Handler.asked == []
