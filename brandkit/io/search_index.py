"""The search index: pages in, the files that search them in a browser out. Made by pagefind, its script included.

Kept by the digest of what was indexed, so it is only made anew when some text changed.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from brandkit.base.diagnostics import Code, Outcome, Place
from brandkit.base.digest import digest_bytes, digest_text
from brandkit.base.walls import CopyOf, Memo

NO_SEARCH = Code(
    "BK163",
    "warning",
    "the search index could not be made",
    "The program that makes it did not run on this machine: the search page finds nothing.",
    "install brandkit anew, or say `search: false` in site.yaml",
)
_LONGEST = 600  # seconds
_TABLE = "search"
_LAST = "last"  # the key of the index that was made last
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LEFT_OUT = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component", "pagefind-highlight")


class Record(Protocol):
    """What is indexed of a page."""

    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def text_digest(self) -> str: ...
    @property
    def more(self) -> str: ...
    @property
    def language(self) -> str: ...


def find_files(records: Sequence[Record], memo: Memo, anew: bool = True) -> Outcome[dict[str, tuple[str, CopyOf]]]:
    """(digest, the file to copy) for every file of the index, by its path within it. Raises nothing.

    Where it is not to be made `anew`, the one that was made last serves, if there is one: a preview need not wait.
    """
    if not records:
        return Outcome({}, ())
    if not anew:
        return Outcome(_remembered(_LAST, memo) or {}, ())
    key = digest_text("search " + repr([(r.url, r.title, r.text_digest, r.more, r.language) for r in records]))
    known = _remembered(key, memo)
    if known is not None:
        return Outcome(known, ())
    try:
        with tempfile.TemporaryDirectory() as folder:
            pages, bundle = Path(folder) / "pages", Path(folder) / "bundle"
            _lay_out(records, memo, pages)
            _run(pages, bundle)
            files = {path.relative_to(bundle).as_posix(): _same_bytes(path) for path in _made(bundle)}
    except (OSError, ImportError, subprocess.SubprocessError) as error:
        return Outcome({}, (NO_SEARCH.at(Place("site.yaml"), f"no search index: {error}"),))
    digests = {name: digest_bytes(data) for name, data in files.items()}
    for name, data in files.items():
        memo.keep_file(digests[name], data)
    memo.put_many(_TABLE, dict.fromkeys((key, _LAST), json.dumps(digests)))
    return Outcome(_remembered(key, memo) or {}, ())


def _remembered(key: str, memo: Memo) -> dict[str, tuple[str, CopyOf]] | None:
    stored = memo.get_many(_TABLE, [key]).get(key)
    if stored is None:
        return None
    found = {name: (digest, memo.file(digest)) for name, digest in json.loads(stored).items()}
    whole = {name: (digest, CopyOf(name, place)) for name, (digest, place) in found.items() if place is not None}
    return whole if len(whole) == len(found) else None


def _lay_out(records: Sequence[Record], memo: Memo, folder: Path) -> None:
    """Write each page as the bare text that is to be found, where its address says."""
    texts = memo.get_many("texts", {record.text_digest for record in records})
    for record in records:
        path = unquote(record.url).lstrip("/")
        file = folder / (f"{path}index.html" if not path or path.endswith("/") else path)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = html.escape(texts.get(record.text_digest, ""))
        file.write_text(
            f"<!doctype html><html{_lang(record.language)}><title>{html.escape(record.title)}</title>"
            f"<main data-pagefind-body><h1>{html.escape(record.title)}</h1><p>{text}</p>"
            f"<p>{html.escape(record.more)}</p></main>",
            encoding="utf-8",
        )


def _lang(language: str) -> str:
    """pagefind names files after the language: what is none is not said."""
    return f' lang="{language}"' if _TAG.fullmatch(language) else ""


def _run(pages: Path, bundle: Path) -> None:
    """Run the program. Raises OSError or SubprocessError where it cannot run or fails."""
    from pagefind.service import get_executable

    program = get_executable()
    if program is None:
        raise OSError("pagefind is not installed")
    command: list[str] = [str(program), "--site", str(pages), "--output-path", str(bundle), "--silent"]
    subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST)


def _same_bytes(path: Path) -> bytes:
    """A file of the index; its one list of languages comes in another order each time, so it is put in order."""
    if path.name != "pagefind-entry.json":
        return path.read_bytes()
    return json.dumps(json.loads(path.read_bytes()), sort_keys=True).encode()


def _made(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.name.startswith(_LEFT_OUT))
