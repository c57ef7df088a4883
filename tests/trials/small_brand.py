"""A small brand to break things on: before an edit and after it, with feeds on disk and on loopback, and what a run
left of it.

In: a folder. Out: the project there, with an old state that was built and new sources that were not; pictures of what
stands, to be compared. Invented people on example domains.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

POSTS, TALKED = 8, 6


def _feed(name: str, entries: int, edition: str) -> str:
    items = "".join(
        f"<item><guid>{name}-{n}</guid><title>{name} {n} on platform teams {edition if n == 0 else ''}</title>"
        f"<link>https://{name}.example/{n}/</link><pubDate>{n % 27 + 1:02d} Feb 2026 08:00:00 +0000</pubDate>"
        f"<description>How a platform lead was found, part {n}.</description></item>"
        for n in range(entries)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


class _Feeds(BaseHTTPRequestHandler):
    edition = "old"

    def do_GET(self) -> None:
        count = 5 if self.edition == "old" else 7
        body = _feed(self.path.strip("/").partition(".")[0] or "web", count, self.edition).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):  # who asked was killed
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def serve_feeds() -> tuple[str, type[_Feeds]]:
    """A server of feeds for as long as this process lives; its address, and whose `edition` it answers with."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feeds)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", _Feeds


def sources(edition: str, address: str) -> dict[str, str]:
    """Every file that a person has written, by path."""
    is_new = edition == "new"
    files = {
        "site.yaml": "title: Small\nurl: https://small.brand-of-mine.example/\ntoday: 2026-03-01\nmenu: [posts]\n"
        "search: false\ncards: false\nimages: {widths: []}\n",
        ".gitignore": "/public/\n/private/\n/.brandkit/\n/content/vault/\n",
        "content/static/kept.txt": "kept" * 500,
        "content/vault/me.yaml": "name: Alex\nemail: alex@small.example\nexpertise: [platform teams]\n"
        + (f"settings: {{allow_hosts: ['{address.removeprefix('http://')}']}}\n" if address else ""),
        "content/vault/contacts.yaml": "".join(
            f"- {{id: p{n}, name: Person{n} Example, emails: [p{n}@acme.example], every: 30 days, "
            f"interests: [platform teams], needs: [{{text: find a platform lead, since: 2026-02-0{n + 1}}}]}}\n"
            for n in range(TALKED + is_new)
        ),
        "content/vault/feeds.yaml": "".join(f"- {{id: f{n}, url: feeds/f{n}.xml, title: Feed {n}}}\n" for n in range(3))
        + "".join(f"- {{id: w{n}, url: '{address}/w{n}.xml', title: Web {n}}}\n" for n in range(2) if address),
        "content/vault/journal/2026.jsonl": "".join(
            json.dumps({"id": f"01J{n:023d}", "at": f"2026-01-1{n}T09:00:00Z", "contacts": [f"p{n}"], "type": "call"})
            + "\n"
            for n in range(TALKED)
        ),
    }
    for n in range(3):
        files[f"content/vault/feeds/f{n}.xml"] = _feed(f"f{n}", 6 + is_new, edition if n == 0 else "old")
    for n in range(POSTS):
        if is_new and n == 1:
            continue
        body = f"Changed {n}." if is_new and n in (2, 3) else f"As it was {n}."
        head = f"title: Post {n}\ndate: 2026-02-0{n + 1}\ntags: [t{n % 3}]"
        files[f"content/posts/p{n}.md"] = f"---\n{head}\n---\n{body}\n"
    if is_new:
        files["content/posts/fresh.md"] = "---\ntitle: Fresh\ndate: 2026-02-20\ntags: [t9]\n---\nNew.\n"
    return files


def lay(project: Path, files: Mapping[str, str]) -> None:
    """Write what people write, and nothing else of content/."""
    shutil.rmtree(project / "content", ignore_errors=True)
    for name, text in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def journal(project: Path) -> list[dict[str, Any]]:
    """The lines of the journal; raises ValueError where one is not whole."""
    paths = sorted((project / "content/vault/journal").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


_TIMES = ("checked_at", "next_check_at", "seen_at", "entry_id")


def store(project: Path) -> dict[str, list[str]]:
    """What the store says, but for times and numbers, or why it does not; run its own whole check first."""
    path = project / ".brandkit/state/entries.db"
    if not path.is_file() or not path.stat().st_size:
        return {}
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            return {"damaged": [verdict]}
        known = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {table: _rows(db, table) for table in ("feeds", "entries") if table in known}


def _rows(db: sqlite3.Connection, table: str) -> list[str]:
    rows = (dict(row) for row in db.execute(f"SELECT * FROM {table}"))
    return sorted(json.dumps({k: v for k, v in row.items() if k not in _TIMES}, sort_keys=True) for row in rows)
