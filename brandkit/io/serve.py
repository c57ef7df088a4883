"""The built site on loopback, to look at: files of one folder, nothing else. The preview's first form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from brandkit.base.url import folder_of
from brandkit.base.walls import EnvironmentProblem, PublicOutput


def serve(output: PublicOutput, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted. `ready` is told the address. Raises EnvironmentProblem for a port that is taken."""
    root = folder_of(output.url)
    handler = partial(_Handler, root=root, directory=str(output.path))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise EnvironmentProblem(f"port {port} cannot be used ({error.strerror}); choose another with --port") from None
    with server:
        ready(f"http://127.0.0.1:{server.server_port}{root}")
        server.serve_forever()


class _Handler(SimpleHTTPRequestHandler):
    """Knows the path under which the site lives, and the site's own page for what is missing."""

    def __init__(self, *arguments: Any, root: str, directory: str) -> None:
        self._root, self._missing = root, Path(directory) / "404.html"
        super().__init__(*arguments, directory=directory)

    def translate_path(self, path: str) -> str:
        """Below the site's root only; everything else leads to a file that is not there."""
        inside = path.startswith(self._root)
        return super().translate_path("/" + path.removeprefix(self._root) if inside else "/.outside")

    def list_directory(self, path: Any) -> Any:
        """No listings: a static host has none either."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own 404 page."""
        if code != 404 or not self._missing.is_file():
            super().send_error(code, message, explain)
            return
        data = self._missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        """A preview is never cached."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Quiet: the terminal belongs to the person."""
