"""The dashboard with what keeps it fresh: one thread that looks for changes, one that asks feeds as they fall due."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from brandkit.app.adviser import Adviser
from brandkit.app.project import Project
from brandkit.base.diagnostics import Diagnostic
from brandkit.io.vault import locate
from brandkit.io.whole_file import replace_file
from brandkit.web.channel import Channel
from brandkit.web.dashboard import dashboard
from brandkit.web.guards import new_host, new_token
from brandkit.web.running import Place

_LATER = 2.0  # seconds


class PrivateSide:
    """Served beside the preview, on an origin of its own."""

    def __init__(
        self, project: Project, today: date | None, offline: bool, listening: socket.socket, host: str = ""
    ) -> None:
        self._channel, self._token = Channel(), new_token()
        self._wake, self._over = threading.Event(), threading.Event()
        self._adviser = Adviser(project, today, offline, self._tell)
        self._found: Sequence[Diagnostic] = ()
        self.hear_findings: Callable[[Sequence[Diagnostic]], None] = lambda _: None
        self._later: threading.Timer | None = None
        self.vault = locate(project.root).resolve()
        self._door = project.state / "dashboard.html"
        self._host, port = host or new_host(), int(listening.getsockname()[1])
        app = dashboard(self._adviser, self._channel, self._token, port, {self._host})
        self.place = Place(app, listening)

    @property
    def address(self) -> str:
        """Where it is opened: who knows this may see everything."""
        return f"http://{self._host}:{self.place.port}/enter/{self._token}"

    def door(self) -> str:
        """A file that leads there, readable by your account alone: what is opened by command others can read."""
        page = f'<!doctype html><meta http-equiv="refresh" content="0; url={self.address}">'
        replace_file(self._door, page.encode(), 0o600)
        return self._door.as_uri()

    def begin(self) -> None:
        """Make the first advice, and keep it fresh from then on."""
        for work in (lambda: self._adviser.keep(self._wake, self._over), lambda: self._adviser.keep_feeds(self._over)):
            threading.Thread(target=work, daemon=True).start()
        self.changed()

    def _tell(self, name: str, data: Mapping[str, Any]) -> None:
        """To the browsers; findings that are new, to whoever hears of them."""
        self._channel.tell(name, data)
        newest = self._adviser.newest if name == "advice" else None
        found = newest.advised.known.report.sorted() if newest else self._found
        if found != self._found:
            self._found = found
            self.hear_findings(found)

    def changed(self) -> None:
        """Something that advice rests on may be another now."""
        self._wake.set()

    def changed_soon(self) -> None:
        """The same, a moment after the last such call: whoever writes a post sees the post first."""
        if self._later:
            self._later.cancel()
        self._later = threading.Timer(_LATER, self.changed)
        self._later.daemon = True
        self._later.start()

    def close(self) -> None:
        """End every stream and both threads. Called in the loop that serves."""
        self._over.set()
        self._wake.set()
        self._door.unlink(missing_ok=True)
        self._channel.close()
