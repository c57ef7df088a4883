"""The preview's server, asked over real sockets: what it serves, what it refuses, what it survives."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from brandkit.app.preview import Built
from brandkit.base.diagnostics import Diagnostic, Place
from brandkit.web.channel import Channel
from brandkit.web.preview import PreviewSite, relaxed, with_script
from brandkit.web.running import Place as Served
from brandkit.web.running import listen
from tests.patience import PATIENCE, until

PAGE = """<!doctype html>
<html lang="en"><head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src &#39;self&#39;; script-src &#39;none&#39;">
<title>A page</title></head><body><p>Words</p></body></html>
"""


@dataclass
class Server:
    port: int
    site: PreviewSite
    channel: Channel
    folder: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(line):
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": f"127.0.0.1:{self.port}", **headers}.items():
                line.putheader(name, value)
            line.endheaders()
            answer = line.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()

    def stream(self, query: str = "") -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        line.sendall(f"GET /_brandkit/events{query} HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n".encode())
        return line


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "preview"
    files = {
        "index.html": PAGE,
        "404.html": "<!doctype html><html><head><title>No</title></head><body>Our own 404</body></html>",
        "posts/ship/index.html": PAGE,
        "plain.html": "Words without a head",
        "assets/style.css": "a{}",
        "assets/photo.webp": "x",
        "feed.xml": "<feed/>",
        "search/x.wasm": "x",
        ".brandkit-output": "mark",
        ".well-known/security.txt": "Contact: x",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("SECRET")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    channel = Channel()
    site = PreviewSite(folder, channel)
    place = Served(site.app(), listen(0, chosen=True))
    ready, over = threading.Event(), threading.Event()

    def work() -> None:
        async def serve() -> None:
            import uvicorn

            from brandkit.web.running import _config

            server = uvicorn.Server(_config(place.app))
            server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
            task = asyncio.create_task(server.serve(sockets=[place.socket]))
            while not server.started:
                await asyncio.sleep(0.005)
            ready.set()
            while not over.is_set():
                await asyncio.sleep(0.01)
            channel.close()
            server.should_exit = True
            await task

        asyncio.run(serve())

    thread = threading.Thread(target=work)
    thread.start()
    assert ready.wait(PATIENCE)
    yield Server(place.port, site, channel, folder)
    over.set()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it ends, whoever still listens"


def test_pages_come_with_the_script_and_leave_for_it(server: Server) -> None:
    status, headers, body = server.ask("/posts/ship/")
    text = body.decode()
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert '<head><script src="/_brandkit/live.js" data-page="posts/ship/index.html"' in text
    assert "script-src &#x27;self&#x27;" in text
    assert "<p>Words</p>" in text


def test_files_have_their_types(server: Server) -> None:
    types = {
        "/assets/style.css": "text/css; charset=utf-8",
        "/assets/photo.webp": "image/webp",
        "/feed.xml": "application/xml",
        "/search/x.wasm": "application/wasm",
        "/.well-known/security.txt": "text/plain; charset=utf-8",
        "/_brandkit/live.js": "text/javascript; charset=utf-8",
        "/_brandkit/fresh.js": "text/javascript; charset=utf-8",
        "/_brandkit/overlay.js": "text/javascript; charset=utf-8",
        "/_brandkit/idiomorph.js": "text/javascript; charset=utf-8",
    }
    assert {path: server.ask(path)[1]["content-type"] for path in types} == types
    assert server.ask("/assets/style.css")[2] == b"a{}"
    assert server.ask("/assets/style.css", "HEAD")[::2] == (200, b"")


def test_what_is_missing_gets_the_site_s_own_page_and_no_folder_is_listed(server: Server) -> None:
    for path in ("/nothing/", "/assets/", "/assets", "/posts/nothing"):
        status, _, body = server.ask(path)
        assert status == 404
        assert b"Our own 404" in body
    status, headers, _ = server.ask("/posts/ship")
    assert (status, headers["location"]) == (307, "/posts/ship/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/posts/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/posts/%2e%2e/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "/posts//..//..//secret.txt",
        "/link.txt",
        "/linked/secret.txt",
        "/.brandkit-output",
        "/./.brandkit-output",
        "/secret.txt%00.html",
        "/_brandkit/../secret.txt",
        "/_brandkit/%2e%2e%2fpreview.py",
        "/_brandkit/LICENSE.idiomorph.txt",
        "/" + "x" * 5000,
        "//evil.example/posts/ship",
        "/\\evil.example",
    ],
)
def test_nothing_outside_of_the_folder_is_reached(server: Server, path: str) -> None:
    status, headers, body = server.ask(path)
    assert status in (400, 404)
    assert b"SECRET" not in body
    assert "location" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "", "127.0.0.1.evil.example", "localhost@evil"])
def test_another_host_is_refused(server: Server, host: str) -> None:
    for path in ("/", "/_brandkit/events", "/_brandkit/state", "/_brandkit/live.js"):
        status, _, body = server.ask(path, Host=host)
        assert status == 421 or (host == "" and status in (400, 421))
        assert b"Words" not in body


def test_nothing_can_be_written(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert server.ask("/", method, Origin="https://evil.example")[0] == 403
        ours = {"Origin": f"http://127.0.0.1:{server.port}", "Content-Length": "0"}
        assert server.ask("/", method, **ours)[0] == 405


def test_a_site_below_a_path_is_served_there_alone(server: Server) -> None:
    server.site.show(Built(root="/blog/", statuses={"/blog/posts/ship/": "draft"}))
    assert server.ask("/")[1]["location"] == "/blog/"
    assert b'data-status="draft"' in server.ask("/blog/posts/ship/")[2]
    assert server.ask("/posts/ship/")[0] == 404
    assert server.ask("/blog/assets/style.css")[0] == 200


def test_a_page_that_is_opened_knows_what_is_wrong(server: Server) -> None:
    place = Place("content/posts/ship.md", 4, 7, 4, "tags: [tgas]")
    server.site.show(Built(held=True, findings=(Diagnostic("BK104", "error", "no", place, "a hint"),)))
    state = json.loads(server.ask("/_brandkit/state")[2])
    (finding,) = state["findings"]
    assert state["held"]
    assert finding["place"] == "content/posts/ship.md:4:7"
    assert (finding["excerpt"], finding["length"], finding["hint"]) == ("tags: [tgas]", 4, "a hint")


def test_a_page_knows_which_server_it_came_from(server: Server) -> None:
    assert f'data-channel="{server.channel.name}"'.encode() in server.ask("/")[2]
    with server.stream() as line:
        assert f'{{"channel": "{server.channel.name}"}}' in _read_until(line, "}")


def test_waiting_for_another_brandkit_is_told_and_nothing_else_changes(server: Server) -> None:
    server.site.show(Built(root="/blog/", statuses={"/blog/posts/ship/": "draft"}))
    server.site.show(Built(root="/blog/", statuses={"/blog/posts/ship/": "draft"}, waiting=True))
    state = json.loads(server.ask("/_brandkit/state")[2])
    assert (state["waiting"], state["trouble"], state["changed"]) == (True, None, [])
    assert b'data-status="draft"' in server.ask("/blog/posts/ship/")[2]


def test_builds_are_told_and_what_was_missed_is_told_again(server: Server) -> None:
    server.site.show(Built(written=("index.html",)))
    with server.stream("?after=0") as line:
        assert '"changed": ["index.html"]' in _read_until(line, "index.html")
        server.site.show(Built(written=("feed.xml",)))
        assert "id: 2" in _read_until(line, "feed.xml")
        server.site.show(Built(written=tuple(f"{n}.html" for n in range(1000))))
        assert '"changed": null' in _read_until(line, "null")


def _read_until(line: socket.socket, text: str) -> str:
    got = ""
    while text not in got:
        data = line.recv(65536)
        assert data, got
        got += data.decode()
    return got


@pytest.mark.slow
def test_two_hundred_who_never_read_are_no_burden(server: Server) -> None:
    crowd = [server.stream("?after=0") for _ in range(200)]
    for number in range(60):
        server.site.show(Built(written=tuple(f"page-{number}-{n}/index.html" for n in range(290))))
    assert server.ask("/")[0] == 200
    with server.stream() as line:
        _read_until(line, "hello")
        server.site.show(Built(written=("now.html",)))
        _read_until(line, "now.html")
    for each in crowd:
        each.close()
    assert server.ask("/")[0] == 200


def test_who_leaves_midway_is_forgotten(server: Server) -> None:
    for _ in range(20):
        server.stream("?after=0").close()
        half = socket.create_connection(("127.0.0.1", server.port))
        half.sendall(b"GET / HTTP/1.1\r\nHost: local")
        half.close()
    until(lambda: not server.channel._listeners)
    assert server.ask("/")[0] == 200


def test_the_script_stands_first_wherever_a_head_is_or_should_be() -> None:
    about = {"page": 'a"b.html'}
    tag = b'<script src="/_brandkit/live.js" data-page="a&quot;b.html"></script>'
    assert with_script(b"<!doctype html><html><head lang=x><title>", about).startswith(
        b"<!doctype html><html><head lang=x>" + tag
    )
    assert with_script(b"<!DOCTYPE html><p>x", about) == b"<!DOCTYPE html>" + tag + b"<p>x"
    assert with_script(b"<header>x", about) == tag + b"<header>x"


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        ("default-src 'self'; script-src 'none'", "default-src 'self'; script-src 'self'"),
        ("script-src 'sha256-x'", "script-src 'sha256-x' 'self'"),
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"),
        (
            "default-src https:; img-src *",
            "default-src https:; img-src *; script-src https: 'self'; connect-src https: 'self'",
        ),
        ("img-src *", "img-src *"),
        ("script-src-elem 'none'; connect-src a.example", "script-src-elem 'self'; connect-src a.example 'self'"),
    ],
)
def test_a_policy_is_relaxed_for_our_script_and_nothing_else(policy: str, wanted: str) -> None:
    assert relaxed(policy) == wanted


def test_a_port_that_is_taken_is_refused_or_passed_over() -> None:
    from brandkit.base.walls import EnvironmentProblem

    with listen(0, chosen=True) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EnvironmentProblem, match="choose another with --port"):
            listen(port, chosen=True)
        with listen(port, chosen=False) as other:
            assert other.getsockname()[1] != port


def test_the_command_says_so_when_its_port_is_taken(site: Callable[[str], Path], brandkit: Any) -> None:
    with listen(0, chosen=True) as taken:
        ran = brandkit(
            site("-- site.yaml --\ntitle: T\nurl: https://t.example/\n"), "serve", "--port", str(taken.getsockname()[1])
        )
    assert ran.code == 4
    assert "choose another with --port" in ran.err
