"""A real browser, and folders served to it on loopback."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from brandkit.app.adviser import Adviser

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


def _lacking(reason: str) -> None:
    if "chromium" in os.environ.get("BRANDKIT_REQUIRE", "").split(","):
        pytest.fail(f"{reason} (BRANDKIT_REQUIRE names chromium)")
    pytest.skip(reason)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on loopback: its address."""
    with ExitStack() as stack:

        def start(folder: Path) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_address[1]}/"

        yield start


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _lacking("playwright is not installed")
    if CHROMIUM is None:
        _lacking("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Dashboard:
    """A dashboard that is served: its folder, the advice behind it, and where it is."""

    folder: Path
    adviser: Adviser
    address: str

    @property
    def door(self) -> str:
        """The address with its token, as `serve` prints it."""
        return f"{self.address}enter/t0"

    def journal(self) -> list[Any]:
        """What stands in the journal, the oldest first."""
        from brandkit.app.words.journaling import open_desk

        return list(open_desk(self.adviser.project).vault.journal)

    def newest(self) -> Any:
        """The line that was written last, whatever day it is about."""
        from brandkit.app.words.journaling import last_line, open_desk

        return last_line(open_desk(self.adviser.project))

    def happens(self, row: Mapping[str, Any]) -> None:
        """A line that is written elsewhere, and noticed as the watch would."""
        from brandkit.app.words.journaling import open_desk, write_line

        write_line(open_desk(self.adviser.project), self.adviser.when, row)
        assert self.adviser.check()


@contextmanager
def _dashboard_of(folder: Path, offline: bool = True) -> Iterator[Dashboard]:
    import uvicorn

    from brandkit.app.adviser import Adviser
    from brandkit.app.project import Project
    from brandkit.web.channel import Channel
    from brandkit.web.dashboard import dashboard
    from brandkit.web.guards import new_host
    from brandkit.web.running import listen

    channel, place = Channel(), listen(0, chosen=True)
    port = place.getsockname()[1]
    adviser = Adviser(Project(folder), None, offline, channel.tell)
    host = new_host()
    app = dashboard(adviser, channel, "t0", port, {host})
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", lifespan="off", ws="none", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
    thread.start()
    try:
        yield Dashboard(folder, adviser, f"http://{host}:{port}/")
    finally:
        server.should_exit = True
        thread.join()
        place.close()


@pytest.fixture(scope="session")
def dashboard_of() -> Callable[..., AbstractContextManager[Dashboard]]:
    """The dashboard of a project, served on loopback by this process."""
    return _dashboard_of
