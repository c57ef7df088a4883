"""Who may ask: nobody without the token, nothing from another origin, and no byte of what is private in a refusal."""

from __future__ import annotations

import contextlib
import re
import secrets
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from brandkit.web import guards
from brandkit.web.actions.registry import ACTIONS
from brandkit.web.guards import LARGEST, LoopbackGuard, TokenGuard, new_host, new_token
from tests.patience import PATIENCE

TOKEN = "token-of-the-tests"
PAGES = (
    *("/", "/index.html", "/people/index.html", "/people/ada.html", "/people/ada-known.html", "/calendar.html"),
    *("/events/index.html", "/events/meet.html", "/feeds.html", "/ideas.html", "/network.html", "/log.html"),
    *("/sort.html", "/introduce.html?a=ada&b=grace", "/introductions.html", "/communities.html", "/mentorships.html"),
    *("/style.css", "/dashboard.css", "/dashboard.js", "/idiomorph.js", "/calendar.ics", "/names?q=a", "/events"),
    *("/mail/0.eml", "/phone/0.html", "/nowhere", "/enter/", "/enter/wrong", "//", "/favicon.ico"),
)
POSTS = ("/hear", "/do/nothing", "/", "/enter/x", *(f"/do/{name}" for name in ACTIONS))
ALWAYS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
PRIVATE = ("Lantern", "Harbour", "Kaya", "Alex", "ada", "hiring", "title:", TOKEN)


def check_headers(page: Any) -> None:
    """What stands in the head of every answer, also of a refusal."""
    for name, value in ALWAYS.items():
        assert page.headers.get(name) == value, (name, page)
    policy = dict(part.strip().partition(" ")[::2] for part in page.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "server" not in page.headers and "access-control-allow-origin" not in page.headers


def check_silent(page: Any) -> None:
    """A refusal holds nothing of what is private."""
    said = page.body.decode("utf-8", "replace") + repr(sorted(page.headers.items()))
    assert not [word for word in PRIVATE if re.search(rf"\b{re.escape(word)}\b", said)], said
    assert "Traceback" not in said and len(page.body) < 300


# ---- the token


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "brandkit-%d=",
        "brandkit-%d=wrong",
        f"brandkit-1={TOKEN}",
        f"brandkit={TOKEN}",
        f"brandkit-%d={TOKEN}x",
        f"brandkit-%d={TOKEN[:-1]}",
        f"brandkit-%d={TOKEN.upper()}",
        f"x=brandkit-%d={TOKEN}",
        "brandkit-%d=é\xff",
        "\x01=;;;=,\"'{}",
    ],
    ids=lambda value: str(value)[:24],
)
def test_without_the_token_every_route_is_refused_and_says_nothing(seen: Any, cookie: str | None) -> None:
    sent = cookie.replace("%d", str(seen.port)) if cookie else None
    for path in PAGES if cookie is None else PAGES[:3]:
        page = seen.get(path, cookie=sent)
        assert page.status == 403, path
        check_silent(page)
        check_headers(page)
        assert "set-cookie" not in page.headers
    for path in POSTS if cookie is None else POSTS[:2]:
        page = seen.post(path, {"id": "a", "line": "ada: call"}, cookie=sent)
        assert page.status == 403, path
        check_silent(page)
        check_headers(page)


def test_with_the_token_in_the_address_one_gets_a_cookie_that_no_script_and_no_other_site_sees(seen: Any) -> None:
    page = seen.get(f"/enter/{TOKEN}", cookie=None)
    assert page.status == 303 and page.headers["location"] == "/"
    cookie = page.headers["set-cookie"]
    assert cookie.startswith(f"brandkit-{seen.port}={TOKEN};")
    parts = {part.strip().casefold() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= parts and not any(p.startswith("domain") for p in parts)
    assert TOKEN not in page.text
    check_headers(page)
    assert seen.get("/", cookie=cookie.partition(";")[0]).status == 200


def test_the_token_opens_nothing_by_any_other_way(seen: Any) -> None:
    ways = (f"/enter/{TOKEN}/", f"/enter/{TOKEN}x", f"/ENTER/{TOKEN}", f"/?token={TOKEN}", f"/enter/?{TOKEN}")
    for path in (*ways, f"/enter//{TOKEN}", f"/{TOKEN}", f"/enter/{TOKEN}%00"):
        assert seen.get(path, cookie=None).status == 403, path
    assert seen.post(f"/enter/{TOKEN}", cookie=None).status == 403
    assert seen.get("/", cookie=None, headers={"Authorization": f"Bearer {TOKEN}", "Token": TOKEN}).status == 403


def test_after_entering_the_token_stands_in_no_page_and_no_header(seen: Any) -> None:
    for path in (*(path for path in PAGES if path != "/events"), "/people/nobody.html"):
        page = seen.get(path)
        assert TOKEN not in page.body.decode("utf-8", "replace") + repr(page.headers), path


def test_a_cookie_is_found_among_those_of_other_servers_on_this_machine(seen: Any) -> None:
    ours = seen.cookie
    for others in ('theme={"dark": true}', "a b", "=", 'x="', "_xsrf=2|a|b|1", "é=ü", "x=\\;", "brandkit-1=other"):
        assert seen.get("/style.css", cookie=f"{others}; {ours}").status == 200, others
        assert seen.get("/style.css", cookie=f"{ours}; {others}").status == 200, others


def test_tokens_are_long_and_never_the_same() -> None:
    several = {new_token() for _ in range(100)}
    assert len(several) == 100 and all(re.fullmatch(r"[A-Za-z0-9_-]{43}", one) for one in several)


def test_tokens_are_compared_in_constant_time(seen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []
    real = secrets.compare_digest
    monkeypatch.setattr(guards.secrets, "compare_digest", lambda a, b: compared.append(a) or real(a, b))
    assert seen.get("/style.css", cookie=f"brandkit-{seen.port}=almost").status == 403
    assert compared == [b"almost"]


# ---- the host


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:%d",
        "127.0.0.1.evil.example",
        "127.0.0.1.evil.example:%d",
        "127.0.0.1:%d.evil.example",
        "localhost.evil.example:%d",
        "evil.example@127.0.0.1:%d",
        "127.0.0.1@evil.example",
        "127.0.0.1:80:%d",
        "127.0.0.1:x",
        "127.0.0.1 evil.example",
        "127.0.0.1, evil.example",
        "127.0.0.2:%d",
        "2130706433:%d",
        "0.0.0.0:%d",
        "192.168.1.2:%d",
        "[::1",
        "::1",
        "[::2]:%d",
        "localhost.:%d",
        ":%d",
        "",
    ],
)
def test_a_foreign_host_is_turned_away_with_and_without_the_token(seen: Any, host: str) -> None:
    named = host.replace("%d", str(seen.port))
    for path, cookie in (("/", ""), ("/", None), (f"/enter/{TOKEN}", None), ("/style.css", "")):
        page = seen.get(path, headers={"Host": named}, cookie=cookie)
        assert page.status == 421, (named, path)
        check_silent(page)
        check_headers(page)
        assert "set-cookie" not in page.headers
    sent = {"Host": named, "Origin": f"http://{named}"}
    assert seen.post("/do/undo", headers=sent).status == 421


@pytest.mark.parametrize("host", ["127.0.0.1:%d", "localhost:%d", "[::1]:%d", "localhost", "127.0.0.1"])
def test_the_machines_own_names_are_served(seen: Any, host: str) -> None:
    named = host.replace("%d", str(seen.port))
    assert seen.get("/style.css", headers={"Host": named}).status == 200
    assert seen.post("/hear", {"line": "x"}, headers={"Host": named, "Origin": f"http://{named}"}).status == 200


def test_a_missing_doubled_or_contradicted_host_is_turned_away(seen: Any, bytes_of: Callable[..., bytes]) -> None:
    end = f"Cookie: {seen.cookie}\r\nConnection: close\r\n\r\n"
    for head in (
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.0\r\n",
        f"GET / HTTP/1.1\r\nHost: {seen.host}\r\nHost: evil.example\r\n",
        f"GET / HTTP/1.1\r\nHost: evil.example\r\nHost: {seen.host}\r\n",
        "GET http://127.0.0.1/ HTTP/1.1\r\nHost: evil.example\r\n",
        "GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: 127.0.0.1\r\n",
        f"GET / HTTP/1.1\r\nHost : {seen.host}\r\n",
    ):
        answer = bytes_of(seen.port, (head + end).encode())
        assert answer.split(b" ", 2)[1] in (b"400", b"421"), head
        assert b"Lantern" not in answer and b"<html" not in answer


def test_forwarding_headers_change_nothing(seen: Any) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    page = seen.post("/do/done", {"back": "feeds.html"}, headers=headers)
    assert page.status == 422 and "evil" not in page.text


@pytest.mark.parametrize("hosts", [[], [b"127.0.0.1", b"evil.example"], [b"evil.example", b"127.0.0.1"], [b"\xff"]])
def test_the_guard_itself_wants_one_known_host(hosts: list[bytes]) -> None:
    """Whatever the server below it lets through."""
    assert _status(LoopbackGuard(_open, {}), "GET", [(b"host", host) for host in hosts]) == 421


# ---- the origin, and the body


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "http://evil.example",
        "https://127.0.0.1:%d",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:%d",
        "http://127.0.0.1:%d/",
        "http://127.0.0.1:%d.evil.example",
        "http://evil.example, http://127.0.0.1:%d",
        "HTTP://127.0.0.1:%d",
        "127.0.0.1:%d",
        "file://",
    ],
)
def test_nothing_is_written_from_another_origin(seen: Any, origin: str | None) -> None:
    before = seen.journal()
    named = origin.replace("%d", str(seen.port)) if origin is not None else None
    for path in ("/do/log", "/do/undo", "/hear", "/do/refresh"):
        page = seen.post(path, {"line": "ada: call"}, headers={"Origin": named})
        assert page.status == 403, path
        check_silent(page)
        check_headers(page)
    assert seen.journal() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_do_nothing(seen: Any, method: str) -> None:
    for path in ("/", "/do/log", "/events", "/hear", "/names"):
        page = seen.ask(method, path, body=b"line=ada")
        assert page.status == 405, path
        check_silent(page)
        check_headers(page)
    assert seen.ask(method, "/", headers={"Origin": "http://evil.example"}).status == 403


def test_actions_are_no_pages(seen: Any) -> None:
    before = seen.journal()
    for name in ACTIONS:
        assert seen.get(f"/do/{name}?line=ada:+call").status == 404, name
    assert seen.get("/hear?line=ada").status == 404 and seen.journal() == before


def test_a_body_that_is_too_long_or_does_not_say_how_long_is_refused(seen: Any, bytes_of: Callable[..., bytes]) -> None:
    head = f"POST /hear HTTP/1.1\r\nHost: {seen.host}\r\nOrigin: http://{seen.host}\r\nCookie: {seen.cookie}\r\n"
    chunk = b"5\r\nline=\r\n0\r\n\r\n"
    for more, body in (
        ("", b""),
        (f"Content-Length: {LARGEST + 1}\r\n", b""),
        (f"Content-Length: {'9' * 19}\r\n", b""),
        (f"Content-Length: {'9' * 5000}\r\n", b""),
        ("Content-Length: -1\r\n", b""),
        ("Content-Length: 1e3\r\n", b""),
        ("Content-Length: 5\r\nContent-Length: 6\r\n", b"line="),
        ("Transfer-Encoding: chunked\r\n", chunk),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", chunk),
        ("Transfer-Encoding: identity\r\nContent-Length: 5\r\n", b"line="),
    ):
        answer = bytes_of(seen.port, f"{head}{more}Connection: close\r\n\r\n".encode() + body)
        assert answer.split(b" ", 2)[1] in (b"400", b"413", b"501"), more
    just_right = b"line=" + b"x" * (LARGEST - 5)
    assert seen.ask("POST", "/hear", body=just_right).status == 200


@pytest.mark.parametrize("length", ["²", "٣", "9" * 5000, "", "5 5", "0x5"])
def test_the_guard_itself_wants_a_length_that_can_be_counted(length: str) -> None:
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost"), (b"content-length", length.encode("utf-8"))]
    assert _status(LoopbackGuard(_open, {}), "POST", headers) == 413


# ---- paths


PATHS = (
    *("/../site.yaml", "/%2e%2e/site.yaml", "/..%2f..%2fsite.yaml", "/%2e%2e%2fsite.yaml", "/..%252fsite.yaml"),
    *(
        "//etc/passwd",
        "/etc/passwd",
        "/%2fetc%2fpasswd",
        "/style.css/../../site.yaml",
        "/style.css/../..",
        "/style.css/",
    ),
    *("/dashboard.js/../dashboard.css/..", "/..\\site.yaml", "/%5c..%5csite.yaml", "/C:%5cWindows%5cwin.ini"),
    *("/content/vault/contacts.yaml", "/content/vault/journal/2026.jsonl", "/.brandkit/state/shown.json"),
    *("/people/../site.yaml", "/people/%2e%2e/%2e%2e/site.yaml", "/people/ada.html%00", "/%00", "/people/ada.html/"),
    *("/style.css%00.html", "/%ff%fe", "/%c0%ae%c0%ae/site.yaml", "/people/ada", "/people/", "/people", "/_told.html"),
    *("/base.html", "/week.html", "/person.html", "/_answers.html", "/LICENSE.idiomorph.txt", "/assets/dashboard.js"),
    *("/mail/../x.eml", "/mail/.eml", "/mail/*.eml", "/phone/..%2fx.html", "/mail/%00.eml", "/;/", "/.", "/..", "/%"),
    *("/%zz", "/?%zz", "/{{7*7}}", "/people/{{me}}.html", "/private/index.html", "/public/index.html"),
)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_to_the_disk(seen: Any, bytes_of: Callable[..., bytes], path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: {seen.host}\r\nCookie: {seen.cookie}\r\nConnection: close\r\n\r\n"
    answer = bytes_of(seen.port, head.encode("latin-1"))
    status, body = int(answer.split(b" ", 2)[1]), answer.partition(b"\r\n\r\n")[2]
    if path.startswith("/?"):
        assert status == 200
        return
    assert status in (400, 404), status
    assert len(body) < 300 and not any(one in body for one in (b"root:", b"title:", b"Lantern", b"Traceback", b"49"))


def test_bytes_that_are_no_request_are_refused(seen: Any, bytes_of: Callable[..., bytes]) -> None:
    end = f" HTTP/1.1\r\nHost: {seen.host}\r\nCookie: {seen.cookie}\r\nConnection: close\r\n\r\n".encode()
    for sent in (
        b"GET /\0" + end,
        b"GET /\xff" + end,
        b"GET site.yaml" + end,
        b"GET /a b" + end,
        b"GET /" + b"a" * 200_000 + end,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500,
        b"\r\n\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nX: " + b"y" * 100_000,
        b"GET / HTTP/9.9\r\n\r\n",
    ):
        with contextlib.suppress(ConnectionError):
            answer = bytes_of(seen.port, sent, 0.5)
            assert not answer or int(answer.split(b" ", 2)[1]) in (400, 404, 414, 421, 431), (sent[:20], answer[:80])
            assert b"Lantern" not in answer
    assert seen.get("/style.css").status == 200


def test_a_long_path_that_is_well_formed_is_not_found(seen: Any) -> None:
    assert seen.get("/" + "a/" * 20_000).status == 404
    assert seen.get("/people/index.html?q=" + "a" * 40_000).status == 200


# ---- answers


def test_every_answer_says_what_a_browser_may_do_with_it(seen: Any) -> None:
    for path in (path for path in PAGES if path != "/events"):
        check_headers(seen.get(path))
    for path in (path for path in POSTS if path != "/do/undo"):
        check_headers(seen.post(path, {"back": "index.html"}))


def test_the_stream_says_so_too_and_asking_for_its_head_ends_at_once(seen: Any) -> None:
    page = seen.ask("HEAD", "/events")
    assert page.status == 200 and page.headers["content-type"].startswith("text/event-stream")
    check_headers(page)
    assert not seen.channel._listeners


def test_the_head_of_a_page_is_that_of_the_page_without_its_body(seen: Any) -> None:
    for path in ("/", "/people/ada.html", "/style.css", "/nowhere", "/names?q=a", "/calendar.ics"):
        whole, head = seen.get(path), seen.ask("HEAD", path)
        assert (head.status, head.body) == (whole.status, b"")
        assert head.headers["content-length"] == whole.headers["content-length"]
    assert seen.ask("HEAD", "/", cookie=None).status == 403
    assert seen.ask("HEAD", f"/enter/{TOKEN}", cookie=None).status == 403


def test_many_who_are_refused_at_once_stand_in_nobodys_way(seen: Any) -> None:
    def knock() -> None:
        statuses.append(seen.get("/", cookie=None).status)

    statuses: list[int] = []
    threads = [threading.Thread(target=knock) for _ in range(60)]
    for thread in threads:
        thread.start()
    assert seen.get("/style.css").status == 200
    for thread in threads:
        thread.join()
    assert statuses == [403] * 60


def test_one_connection_can_carry_a_refusal_and_then_an_answer(seen: Any) -> None:
    with socket.create_connection(("127.0.0.1", seen.port), PATIENCE) as line:
        end = "\r\nConnection: close"
        line.sendall(f"GET / HTTP/1.1\r\nHost: {seen.host}\r\n\r\n".encode())
        found = line.recv(65536)
        line.sendall(f"GET /style.css HTTP/1.1\r\nHost: {seen.host}\r\nCookie: {seen.cookie}{end}\r\n\r\n".encode())
        while part := line.recv(65536):
            found += part
    assert re.findall(rb"HTTP/1.1 (\d+)", found) == [b"403", b"200"]


# ---- the guards alone


async def _open(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _status(app: Any, method: str, headers: list[tuple[bytes, bytes]], path: str = "/") -> int | None:
    """What a guard says, without a server."""
    import asyncio

    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""}
    asyncio.run(app(scope, receive, send))
    return said[0]["status"] if said else None


def test_a_websocket_is_never_passed_on() -> None:
    import asyncio

    passed: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope)

    async def nothing(*_: Any) -> None:
        return None

    asyncio.run(LoopbackGuard(app, {})({"type": "websocket", "headers": []}, nothing, nothing))  # type: ignore[arg-type]
    assert passed == []


def test_an_empty_cookie_is_no_token() -> None:
    guard = TokenGuard(_open, TOKEN, 1)
    assert _status(guard, "GET", [(b"cookie", b"brandkit-1")]) == 403
    assert _status(guard, "GET", [(b"cookie", b"brandkit-1=; brandkit-1=" + TOKEN.encode())]) == 200
    assert _status(guard, "GET", [(b"cookie", b"brandkit-1=\xff\xfe")]) == 403


# ---- other servers on this machine


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
@pytest.mark.parametrize("path", ["/", "/people/ada.html", "/people/no.html", "/events", "/style.css", "/names?q=a"])
def test_a_page_of_another_server_is_told_nothing_even_with_the_cookie(seen: Any, site: str, path: str) -> None:
    page = seen.get(path, headers={"Sec-Fetch-Site": site})
    assert page.status == 403 and page.text == "nothing is told to another place\n"


def test_no_service_worker_is_given_out(seen: Any) -> None:
    assert seen.get("/dashboard.js", headers={"Service-Worker": "script"}).status == 403


def test_who_comes_with_the_token_from_another_place_goes_in_by_a_page_of_ours(seen: Any) -> None:
    path = f"/enter/{seen.cookie.partition('=')[2]}"
    page = seen.get(path, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, cookie=None)
    assert page.status == 200 and 'http-equiv="refresh"' in page.text and "set-cookie" in page.headers
    assert seen.get(path, cookie=None).status == 303


def test_a_run_answers_to_its_own_name_alone() -> None:
    names = {new_host() for _ in range(50)}
    assert len(names) == 50 and all(re.fullmatch(r"brandkit-[0-9a-f]{8}\.localhost", name) for name in names)
