"""What happens while we serve, told to the browsers that listen: server-sent events.

One history for all listeners: each remembers only how far it has read, so that a slow one, or one that never
reads, costs nothing and catches up by itself. Events are told from any thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import threading
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

_REMEMBERED = 200  # events; who missed more is told to begin afresh
_PULSE = 15.0  # seconds of silence after which a comment shows that the line still stands
AFRESH = "afresh"


class Channel:
    """Events in the order in which they were told, and those who listen."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(4)  # numbers begin anew with each server; a page may outlive one
        self._history: deque[tuple[int, str, str]] = deque(maxlen=_REMEMBERED)
        self._number = 0
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: set[asyncio.Event] = set()
        self._closed = False

    @property
    def name(self) -> str:
        """What tells this server from the one before: a number says nothing without it."""
        return self._name

    @property
    def newest(self) -> int:
        """The number of the last event that was told."""
        with self._guard:
            return self._number

    def tell(self, name: str, data: Mapping[str, Any]) -> None:
        """Tell everybody who listens, now or later; from any thread."""
        with self._guard:
            self._number += 1
            self._history.append((self._number, name, json.dumps(data)))
            loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """End every stream. Called in the loop that serves."""
        self._closed = True
        self._wake()

    async def respond(self, request: Request) -> Response:
        """The stream for one browser: what it has missed, and all that is still to come."""
        with self._guard:
            self._loop, newest = asyncio.get_running_loop(), self._number
        last = request.headers.get("last-event-id") or request.query_params.get("after") or ""
        known = int(last) if last.isascii() and last.isdigit() and len(last) < 16 else newest
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=headers)
        return StreamingResponse(self._stream(min(known, newest)), media_type="text/event-stream", headers=headers)

    async def _stream(self, known: int) -> AsyncIterator[str]:
        woken = asyncio.Event()
        self._listeners.add(woken)
        try:
            yield f"retry: 1000\nid: {known}\nevent: hello\ndata: {json.dumps({'channel': self._name})}\n\n"
            while not self._closed:
                woken.clear()
                for number, name, data in self._since(known):
                    known = number
                    yield f"id: {number}\nevent: {name}\ndata: {data}\n\n"
                try:
                    await asyncio.wait_for(woken.wait(), _PULSE)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._listeners.discard(woken)

    def _since(self, known: int) -> list[tuple[int, str, str]]:
        with self._guard:
            missed = [event for event in self._history if event[0] > known]
            if missed and missed[0][0] > known + 1:
                return [(self._number, AFRESH, "{}")]
            return missed

    def _wake(self) -> None:
        for woken in self._listeners:
            woken.set()
