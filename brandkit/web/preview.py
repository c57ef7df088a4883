"""The preview as a browser sees it: the built files as a host would serve them, and a script that keeps them fresh.

In: the preview's output folder, and a `Built` for each build. Out: an ASGI application. Pages get one script more
than the built ones, and leave for it in their policy; nothing else about them differs. It must never know the vault.
"""

from __future__ import annotations

import html
import mimetypes
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from brandkit.app.preview import Built
from brandkit.base.diagnostics import Diagnostic
from brandkit.web.channel import Channel
from brandkit.web.guards import LoopbackGuard

OWN: Final = "/_brandkit"
_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = ("live.js", "fresh.js", "overlay.js", "idiomorph.js")
_MANY = 300  # paths or findings in one event: beyond it the browser is told that it may be anything
_LARGE = 8_000_000  # bytes; what is longer is sent in pieces
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
_HEAD = re.compile(rb"<head(\s[^>]*)?>", re.IGNORECASE)
_DOCTYPE = re.compile(rb"\s*<!doctype[^>]*>", re.IGNORECASE)
_POLICY = re.compile(
    rb"""(<meta\s+http-equiv=["']?Content-Security-Policy["']?\s+content=)("[^"]*"|'[^']*')""", re.IGNORECASE
)
_NOTHING = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No page yet</title></head>
<body><h1>There is no page here yet</h1><p>It appears as soon as brandkit can build it.</p></body></html>
"""


class PreviewSite:
    """What is shown now, and how it is served."""

    def __init__(self, folder: Path, channel: Channel, navigates: bool = False) -> None:
        self._folder = os.path.realpath(folder)
        self._channel, self._navigates = channel, navigates
        self._built = Built()

    def show(self, built: Built) -> None:
        """From here on this is what is shown; every browser is told. From any thread."""
        self._built = built
        self._channel.tell("build", self._news(built))

    def app(self) -> ASGIApp:
        """The application, behind the guard of loopback."""
        routes = [
            Route(f"{OWN}/events", self._channel.respond),
            Route(f"{OWN}/state", self._state),
            Route(f"{OWN}/{{name}}", _script),
            Route("/{path:path}", self._file),
        ]
        return LoopbackGuard(Starlette(routes=routes), {})

    def _state(self, _: Request) -> Response:
        return JSONResponse(self._news(self._built))

    def _news(self, built: Built) -> dict[str, Any]:
        """A build in the words of live.js."""
        changed = [*built.written, *built.removed]
        return {
            "root": built.root,
            "changed": changed if len(changed) <= _MANY else None,
            "moved": dict(list(built.moved.items())[:_MANY]),
            "edited": built.edited if self._navigates else None,
            "at": time.time(),
            "held": built.held,
            "trouble": built.trouble,
            "waiting": built.waiting,
            "findings": [_finding(d) for d in built.findings[:_MANY]],
        }

    def _file(self, request: Request) -> Response:
        """A file of the site, below the path that the site lives under; the site's own page for what is missing."""
        path, root, newest = request.path_params["path"], self._built.root, self._channel.newest
        if path == "" and root != "/":
            return RedirectResponse(root)
        inside = f"/{path}".startswith(root)
        relative = f"/{path}".removeprefix(root) if inside else ""
        wanted = f"{relative}index.html" if not relative or relative.endswith("/") else relative
        found = self._locate(wanted) if inside else None
        if found is None and inside and relative and self._locate(f"{relative}/index.html"):
            return RedirectResponse(f"{request.url.path}/")
        if found is None:
            return self._missing(wanted, newest)
        if not found.endswith(".html"):
            return _whole(found)
        address = f"/{path}"
        return _page(_read(found), 200, self._about(wanted, newest, self._built.statuses.get(address) or ""))

    def _missing(self, wanted: str, newest: int) -> Response:
        page = self._locate("404.html")
        return _page(_read(page) if page else _NOTHING, 404, self._about(wanted, newest, ""))

    def _about(self, wanted: str, newest: int, status: str) -> dict[str, str]:
        """What the script has to know of the page that it stands in."""
        return {"page": wanted, "after": str(newest), "channel": self._channel.name, "status": status}

    def _locate(self, relative: str) -> str | None:
        """The file of the folder with this path: nothing hidden, nothing outside, no link that leads out."""
        steps = relative.split("/")
        if any(not step or "\0" in step or "\\" in step or _is_hidden(step) for step in steps):
            return None
        place = os.path.join(self._folder, *steps)
        try:
            return place if os.path.realpath(place) == place and os.path.isfile(place) else None
        except (OSError, ValueError):  # a name too long, or one that cannot be encoded
            return None


def _is_hidden(step: str) -> bool:
    """`.`, `..` and the folder's own marks are not served; what the standards put at .well-known is."""
    return step.startswith(".") and step != ".well-known"


def _script(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _SCRIPTS:
        raise HTTPException(404)
    return Response((_ASSETS / name).read_bytes(), media_type=_TYPES[".js"])


def _read(place: str) -> bytes:
    try:
        with open(place, "rb") as file:
            return file.read()
    except OSError:  # it went between the look and the reading
        raise HTTPException(404) from None


def _whole(place: str) -> Response:
    ending = os.path.splitext(place)[1].lower()
    kind = _TYPES.get(ending) or mimetypes.guess_type(place)[0] or "application/octet-stream"
    if os.path.getsize(place) > _LARGE:
        return FileResponse(place, media_type=kind)
    return Response(_read(place), media_type=kind)


def _page(data: bytes, status: int, about: Mapping[str, str]) -> Response:
    return Response(with_script(data, about), status, media_type=_TYPES[".html"])


def with_script(page: bytes, about: Mapping[str, str]) -> bytes:
    """A page with our script as the first thing in its head, so that it sees what the page's own scripts do."""
    told = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in about.items())
    tag = f'<script src="{OWN}/live.js" {told}></script>'.encode("utf-8", "surrogateescape")
    page = _POLICY.sub(_relaxed_meta, page, count=1)
    head = _HEAD.search(page) or _DOCTYPE.match(page)
    end = head.end() if head else 0
    return page[:end] + tag + page[end:]


def _relaxed_meta(found: re.Match[bytes]) -> bytes:
    value = found[2].decode("utf-8", "replace")
    return found[1] + f'"{html.escape(relaxed(html.unescape(value[1:-1])))}"'.encode()


def relaxed(policy: str) -> str:
    """A policy that lets our own script in, and lets it ask this server; whatever else it forbids stays forbidden.

    'self' is enough for both: live.js comes from the site's own origin, and so do the events and the fresh pages.
    """
    parts = {words[0].lower(): words[1:] for part in policy.split(";") if (words := part.split())}
    fallback = parts.get("default-src")
    for name in ("script-src", "script-src-elem", "connect-src"):
        values = parts.get(name, fallback if name != "script-src-elem" else None)
        if values is not None and "'self'" not in values and "*" not in values:
            parts[name] = [*(value for value in values if value != "'none'"), "'self'"]
    return "; ".join(" ".join((name, *values)) for name, values in parts.items())


def _finding(d: Diagnostic) -> dict[str, Any]:
    return {**d.as_json(), "excerpt": d.place.excerpt, "length": d.place.length, "place": str(d.place)}
