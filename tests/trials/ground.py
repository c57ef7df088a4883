"""Where trials happen: the small brand before a run, commands that can be stopped, pictures of what is left.

In: a folder to work in, and one for what is kept between runs. Out: exit codes, what was said, snapshots.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import ready_processes
import small_brand

Snapshot = dict[str, Any]


class Ground:
    """A folder with the project as it stands before each run, and pictures of before and after."""

    def __init__(self, base: Path, saved: Path) -> None:
        self.base, self.project, self.saved = base, base / "project", saved
        self.first: Callable[[], None] = lambda: None  # what a child does before its command
        saved.mkdir(parents=True, exist_ok=True)
        self.address, self.feeds = small_brand.serve_feeds()
        self.feeds.edition = "old"
        small_brand.lay(self.project, small_brand.sources("old", self.address))
        for arguments in (("build",), ("deploy", "--example", "folder", str(base / "www"))):
            if self.run(arguments)[0] != 0:
                raise SystemExit(f"the small brand does not work: {self.said()}")
        self.feeds.edition = "new"
        log = (self.project / "content/vault/journal/2026.jsonl").read_text(encoding="utf-8")
        small_brand.lay(self.project, small_brand.sources("new", self.address))
        (self.project / "content/vault/journal/2026.jsonl").write_text(log, encoding="utf-8")
        self._make_due()
        shutil.copytree(base / "www", self.saved / "www")
        shutil.copytree(self.project, self.saved / "project", symlinks=True)

    def _make_due(self) -> None:
        """Feeds on the web were asked just now; let them be due."""
        with closing(sqlite3.connect(self.project / ".brandkit/state/entries.db")) as db, db:
            db.execute("UPDATE feeds SET next_check_at = '2020-01-01T00:00:00.000000+00:00'")

    def back_up(self) -> None:
        """A backup of the project as it was, to be restored: in `old.zip`."""
        self.reset()
        if self.run(("backup", str(self.base / "old.zip")))[0] != 0:
            raise SystemExit(self.said())

    def reset(self) -> None:
        """Everything as it was before the run."""
        for name in ("project", "www", ".www.brandkit"):
            shutil.rmtree(self.base / name, ignore_errors=True)
        for name in ("project", "www"):
            shutil.copytree(self.saved / name, self.base / name, symlinks=True)

    def look(self) -> Snapshot:
        """All that a run may change, and that a person would miss."""
        return {
            "public": small_brand.tree(self.project / "public"),
            "private": self._pages(),
            "www": small_brand.tree(self.base / "www"),
            "vault": {
                name: data
                for name, data in small_brand.tree(self.project / "content/vault").items()
                if not name.startswith("journal/")
            },
            "store": small_brand.store(self.project),
        }

    def _pages(self) -> dict[str, bytes]:
        """All private pages but the one that says what was new when feeds were asked last."""
        pages = small_brand.tree(self.project / "private")
        pages.pop("feeds.html", None)
        return pages

    def start(self, arguments: Sequence[str]) -> int:
        """Begin a command in a process that has loaded all; it stands still until it is told to go on."""
        out, err = self.saved / "out", self.saved / "err"
        for file in (out, err):
            file.write_bytes(b"")
        env = {**os.environ, "CI": "true", "NO_COLOR": "1"}
        request = {"cwd": str(self.project), "arguments": list(arguments), "env": env, "out": out, "err": err}
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.kill(os.getpid(), signal.SIGSTOP)
                self.first()
                code = ready_processes.run(request)
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        os.waitpid(child, os.WUNTRACED)
        return child

    def run(self, arguments: Sequence[str]) -> tuple[int, float]:
        """A command from its beginning to its end."""
        began = time.perf_counter()
        child = self.start(arguments)
        os.kill(child, signal.SIGCONT)
        status = os.waitpid(child, 0)[1]
        return os.waitstatus_to_exitcode(status), time.perf_counter() - began

    def said(self) -> str:
        """What the last run said."""
        return self.out() + self.err()

    def out(self) -> str:
        """What the last run said on standard output."""
        return (self.saved / "out").read_text("utf-8", "replace")

    def err(self) -> str:
        """What the last run said on standard error."""
        return (self.saved / "err").read_text("utf-8", "replace")
