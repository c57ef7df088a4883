"""Who may ask: the machine's own browser, at our own address, and for what is private only who holds the token.

A foreign Host would be another site's name that leads here (DNS rebinding); a foreign Origin another site's page
that writes here. Both are refused before anything else is looked at. What is private has a host name of its own, new
in each run: cookies do not know ports, nor do a service worker or a cache that another server left on this one.
"""

from __future__ import annotations

import secrets
from collections.abc import Container, Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
LARGEST = 1_000_000  # bytes of a form
_ELSEWHERE = frozenset({"cross-site", "same-site"})
_DOOR = '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>private</title><a href="/">Go in</a>'
_SAFE = frozenset({"GET", "HEAD"})
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a form without a script would else say that it comes from nowhere
    "Cross-Origin-Resource-Policy": "same-origin",
}


def new_host() -> str:
    """A name that browsers look for on this machine alone (RFC 6761), and that no other run has."""
    return f"brandkit-{secrets.token_hex(4)}.localhost"


def new_token() -> str:
    """256 bits of chance, fit for an address."""
    return secrets.token_urlsafe(32)


class LoopbackGuard:
    """Lets only requests to this machine's own names through; nothing is written from another origin."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], hosts: Container[str] = HOSTS) -> None:
        self._app, self._headers, self._hosts = app, {**_HEADERS, **headers}, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 421 or 403, or pass on."""
        if scope["type"] != "http":
            return
        refusal = _refusal(Headers(scope=scope), scope["method"], self._hosts)
        await (refusal or self._app)(scope, receive, self._marked(send))

    def _marked(self, send: Send) -> Send:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return marked


def _refusal(headers: Headers, method: str, known: Container[str]) -> Response | None:
    hosts = headers.getlist("host")
    host = hosts[0] if len(hosts) == 1 else ""
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if (name or host) not in known or (name and port and not _is_number(port)):
        return PlainTextResponse("this address is not served here\n", 421)
    if method in _SAFE:
        return None
    if headers.getlist("origin") != [f"http://{host}"]:
        return PlainTextResponse("nothing is written from another place than its own pages\n", 403)
    length = headers.get("content-length", "")
    if "transfer-encoding" in headers or not _is_number(length) or int(length) > LARGEST:
        return PlainTextResponse("that is too long, or does not say how long it is\n", 413)
    return None


def _is_number(text: str) -> bool:
    """Digits of ASCII alone, and few enough to count with."""
    return text.isascii() and text.isdigit() and len(text) < 20


class TokenGuard:
    """Lets only those through who hold the token: once in the address, from then on in a cookie."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._cookie = f"brandkit-{port}"  # cookies do not know ports, and two previews may run side by side

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the token out of the address into a cookie, pass on who has it, refuse everybody else."""
        headers = Headers(scope=scope)
        is_foreign = headers.get("sec-fetch-site", "none") in _ELSEWHERE
        if scope["path"] == f"/enter/{self._token}" and scope["method"] == "GET":
            # from another place the cookie would not go with a redirect: the page goes on by itself
            response: Response = HTMLResponse(_DOOR) if is_foreign else RedirectResponse("/", 303)
            response.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
            await response(scope, receive, send)
        elif is_foreign or "service-worker" in headers:  # how long a refusal takes tells nothing, either
            await PlainTextResponse("nothing is told to another place\n", 403)(scope, receive, send)
        elif self._is_known(headers):
            await self._app(scope, receive, send)
        else:
            told = "This is private. Open it with the whole address that brandkit serve printed.\n"
            await PlainTextResponse(told, 403)(scope, receive, send)

    def _is_known(self, headers: Headers) -> bool:
        """Cookies of other servers on this machine stand beside ours, and may be badly formed."""
        given = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        return secrets.compare_digest(given.encode(), self._token.encode())
