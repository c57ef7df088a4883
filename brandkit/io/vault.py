"""The vault on disk: reading it whole, appending to its journal. Nothing else writes there.

Files of people are never rewritten. A journal line counts as written when it is on the disk:
append, flush, fsync. A line that was cut off by a crash is set aside, never lost silently.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from brandkit.base.diagnostics import Code, Diagnostic, Outcome, Place
from brandkit.base.walls import EnvironmentProblem, UsageProblem
from brandkit.io import ids
from brandkit.io.place_of_vault import VARIABLE as VARIABLE
from brandkit.io.place_of_vault import display_name as display_name
from brandkit.io.place_of_vault import locate as locate
from brandkit.io.whole_file import environment_problem, fsync_folder

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
UNFIT = Code(
    "BK222",
    "error",
    "a file of the vault cannot be read",
    "It is a pipe, a device or a link to nothing, or larger than 50 MB; it is left out, of a journal what comes after.",
    "put a file of text in its place",
)
_TEXTS = (".yaml", ".yml", ".jsonl", ".txt")
_LARGEST = 50_000_000
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_AS_IS = getattr(os, "O_BINARY", 0)  # Windows would end lines its own way


def files_of(vault: Path) -> Iterator[tuple[str, Path]]:
    """(path below the vault, path on disk) of every file that is read, ordered.

    Raises PermissionError: a vault that may not be read is not an empty one.
    """
    if not vault.is_dir():
        return
    for folder, folders, names in os.walk(vault, onerror=_unless_gone):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if not name.startswith(".") and path.suffix in _TEXTS:
                yield path.relative_to(vault).as_posix(), path


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def read(vault: Path, shown_as: str) -> Outcome[dict[str, str]]:
    """Every text of the vault, by path below it."""
    return _read(((name, path) for name, path in files_of(vault) if not name.startswith("feeds/")), shown_as)


def read_journal(vault: Path, shown_as: str) -> Outcome[dict[str, str]]:
    """The texts of the journal alone, by the same paths."""
    return _read(((f"journal/{name}", path) for name, path in files_of(vault / "journal")), shown_as)


def _read(files: Iterable[tuple[str, Path]], shown_as: str) -> Outcome[dict[str, str]]:
    texts: dict[str, str] = {}
    found: list[Diagnostic] = []
    for name, path in files:
        place = Place(f"{shown_as}/{name}", 1, 1)
        is_journal = name.endswith(".jsonl")
        data, why = _bytes_of(path)
        if why:
            found.append(UNFIT.at(place, why))
            if not is_journal:
                continue
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


def _bytes_of(path: Path) -> tuple[bytes, str]:
    """What a file holds, as far as it can be meant, and why that is not all of it; a pipe is never opened."""
    if os.path.lexists(path) and not path.is_file():
        return b"", "this is no file, or a link to nothing"
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    return data[:_LARGEST], f"this file has more than {_LARGEST // 1_000_000} MB" if len(data) > _LARGEST else ""


def append_journal(vault: Path, year: int, line: str) -> Path:
    """Append one line to the journal of a year and see it onto the disk. Returns the file."""
    return append_journal_lines(vault, year, [line])


def append_journal_lines(vault: Path, year: int, lines: Sequence[str]) -> Path:
    """Append many lines at once: one opening, one wait for the disk. Returns the file.

    All of them stand there, or none. Raises EnvironmentProblem where the disk says no.
    """
    path = vault / "journal" / f"{year}.jsonl"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mend_tail(path)
        _append(path, "".join(f"{line}\n" for line in lines).encode("utf-8"))
    except OSError as error:
        raise _problem(error, path) from error
    return path


def _append(path: Path, data: bytes) -> None:
    """Append and see it onto the disk; what can not be seen there is taken out again."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _AS_IS, 0o666)
    try:
        before = os.fstat(descriptor).st_size
        try:
            _put(descriptor, data)
            if is_new:  # a file without a name there would be lost with the power, synced or not
                fsync_folder(path.parent)
                fsync_folder(path.parent.parent)
        except OSError:
            with contextlib.suppress(OSError):  # then the next line sets it aside
                os.ftruncate(descriptor, before)
            raise
    finally:
        os.close(descriptor)


def _put(descriptor: int, data: bytes) -> None:
    """Write all of it, and wait until the disk has it."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


def _problem(error: OSError, path: Path) -> EnvironmentProblem:
    """What the disk said, of the file that was wanted and not of the one beside it."""
    return environment_problem(OSError(error.errno, error.strerror), path)


def mend_tail(path: Path) -> bool:
    """End the last line; a fragment of one is moved to a file beside the journal. True where there was one."""
    if not path.exists():
        return False
    data = path.read_bytes()
    if not data or data.endswith(b"\n"):
        return False
    kept, _, fragment = data.rpartition(b"\n")
    if not _torn(data):
        with path.open("ab") as file:
            file.write(b"\n")
        return False
    with path.with_suffix(".torn").open("ab") as aside:
        aside.write(fragment + b"\n")
        aside.flush()
        os.fsync(aside.fileno())
    with path.open("r+b") as file:
        file.truncate(len(kept) + 1 if kept else 0)
        file.flush()
        os.fsync(file.fileno())
    return True


def has_torn_tail(path: Path) -> bool:
    """Whether a journal ends within a line."""
    return _torn(path.read_bytes())


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
    """Write a new file, whole or not at all.

    Raises UsageProblem where one stands already: nothing of a person is overwritten. EnvironmentProblem where the
    disk says no.
    """
    beside = path.with_name(f".{ids.new_id()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_beside(beside, text.encode("utf-8"))
            is_free = into_place(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _problem(error, path) from error
    if not is_free:
        raise UsageProblem(f"{path} is there already; it was left as it is")
    fsync_folder(path.parent)


def _write_beside(beside: Path, data: bytes) -> None:
    descriptor = os.open(beside, _NEW | _AS_IS, 0o666)
    try:
        _put(descriptor, data)
    finally:
        os.close(descriptor)


def into_place(beside: Path, path: Path) -> bool:
    """Give a file that is whole its name; False where that is taken."""
    try:
        os.link(beside, path)
        return True
    except FileExistsError:
        return False
    except OSError:  # a disk without links: the name is taken first, then filled
        return _into_claimed(beside, path)


def _into_claimed(beside: Path, path: Path) -> bool:
    try:
        os.close(os.open(path, _NEW, 0o666))
    except FileExistsError:
        return False
    try:
        os.replace(beside, path)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True
