"""The vault on disk: where it is, reading it whole, appending to its journal. Nothing else writes there.

Files of people are never rewritten. A journal line counts as written when it is on the disk:
append, flush, fsync. A line that was cut off by a crash is set aside, never lost silently.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.walls import UsageProblem

TORN = Code(
    "BK220",
    "warning",
    "the last line of the journal was cut off",
    "A run was stopped while it wrote; the line was never confirmed, and is left out.",
    "log it again; the next line that is logged sets the fragment aside",
)
NOT_TEXT = Code(
    "BK221",
    "error",
    "a file of the vault is not UTF-8 text",
    "The file holds bytes that are not UTF-8.",
    "save the file as UTF-8",
)
VARIABLE = "BRANDKIT_VAULT"
_PUBLIC = ("posts", "pages", "notes", "talks", "events", "projects", "testimonials", "data", "static")
_TEXTS = (".yaml", ".yml", ".jsonl", ".txt")
_LARGEST = 50_000_000


def locate(root: Path) -> Path:
    """The vault of a project: `content/vault/`, or where the environment says. Raises UsageProblem."""
    elsewhere = os.environ.get(VARIABLE)
    vault = Path(elsewhere).expanduser().resolve() if elsewhere else root / "content" / "vault"
    if elsewhere and vault in (root.resolve(), (root / "content").resolve()):
        raise UsageProblem(f"{VARIABLE} points to {vault}, which holds the site. Choose a folder of its own.")
    for name in (*(f"content/{folder}" for folder in _PUBLIC), "themes", "public", "private"):
        taken = (root / name).resolve()
        if vault == taken or taken in vault.parents:
            fate = "is published" if name.startswith(("content/", "themes")) else "every build writes anew"
            raise UsageProblem(f"{VARIABLE} points into {taken}, which {fate}. Choose a folder outside of it.")
    return vault


def display_name(vault: Path, root: Path) -> str:
    """How files of the vault are named in findings."""
    return vault.relative_to(root).as_posix() if vault.is_relative_to(root) else str(vault)


def files_of(vault: Path) -> Iterator[tuple[str, Path]]:
    """(path below the vault, path on disk) of every file that is read, ordered."""
    if not vault.is_dir():
        return
    for folder, folders, names in os.walk(vault):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if not name.startswith(".") and path.suffix in _TEXTS:
                yield path.relative_to(vault).as_posix(), path


def read(vault: Path, shown_as: str) -> Outcome[dict[str, str]]:
    """Every text of the vault, by path below it."""
    texts: dict[str, str] = {}
    found: list[Diagnostic] = []
    for name, path in files_of(vault):
        place = Place(f"{shown_as}/{name}", 1, 1)
        if name.startswith("feeds/"):
            continue
        data, is_journal = path.read_bytes()[:_LARGEST], name.endswith(".jsonl")
        if is_journal and _torn(data):
            whole, _, fragment = data.rpartition(b"\n")
            line, shown = whole.count(b"\n") + 2 if whole else 1, fragment.decode("utf-8", "replace")
            found.append(TORN.at(Place(f"{shown_as}/{name}", line, 1, 1, shown), "the last line was cut off"))
            data = whole + b"\n" if whole else b""
        try:
            texts[name] = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            found.append(NOT_TEXT.at(place, "this file is not UTF-8 text"))
            if is_journal:  # one bad letter must not make a loss or a refusal be forgotten
                texts[name] = data.decode("utf-8-sig", "replace")
    return Outcome(texts, tuple(found))


def append_journal(vault: Path, year: int, line: str) -> Path:
    """Append one line to the journal of a year and see it onto the disk. Returns the file."""
    return append_journal_lines(vault, year, [line])


def append_journal_lines(vault: Path, year: int, lines: Sequence[str]) -> Path:
    """Append many lines at once: one opening, one wait for the disk. Returns the file."""
    path = vault / "journal" / f"{year}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    _mend_tail(path)
    with path.open("ab") as file:
        file.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    return path


def _mend_tail(path: Path) -> None:
    """End the last line; a fragment of one is moved to a file beside the journal."""
    if not path.exists():
        return
    data = path.read_bytes()
    if not data or data.endswith(b"\n"):
        return
    kept, _, fragment = data.rpartition(b"\n")
    if not _torn(data):
        with path.open("ab") as file:
            file.write(b"\n")
        return
    with path.with_suffix(".torn").open("ab") as aside:
        aside.write(fragment + b"\n")
        aside.flush()
        os.fsync(aside.fileno())
    with path.open("r+b") as file:
        file.truncate(len(kept) + 1 if kept else 0)
        file.flush()
        os.fsync(file.fileno())


def _torn(data: bytes) -> bool:
    """Whether the bytes end within a line that is not JSON."""
    last = data.rpartition(b"\n")[2].decode("utf-8", "replace")
    if not last.strip():
        return False
    try:
        json.loads(last)
    except ValueError:
        return True
    return False


def create(path: Path, text: str) -> None:
    """Write a new file. Raises UsageProblem where one stands already: nothing of a person is overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise UsageProblem(f"{path} is there already; it was left as it is") from None
