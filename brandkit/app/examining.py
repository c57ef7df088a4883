"""doctor: what is wrong with a project as a whole, and how to mend it. Looks; changes nothing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.io import git, vault
from brandkit.io.commit import MARKER

TRACKED = Code(
    "BK300",
    "error",
    "git tracks the vault",
    "Files of the vault are part of the repository of the site, so a push publishes them.",
    "git rm -r --cached content/vault && echo /content/vault/ >> .gitignore; its history keeps what was pushed before",
)
NOT_IGNORED = Code(
    "BK301",
    "warning",
    "git does not ignore a private folder",
    "The vault, private/ or .brandkit/ would be added by the next 'git add'.",
    "add it to .gitignore",
)
NO_VAULT = Code(
    "BK302",
    "note",
    "there is no vault",
    "Without contacts and feeds brandkit makes the site alone.",
    "brandkit new contact NAME begins one; or point BRANDKIT_VAULT to it",
)
DAMAGED = Code(
    "BK303",
    "error",
    "the store of entries is damaged",
    "The database below .brandkit/state/ does not pass its own check.",
    "move .brandkit/state/entries.db away: feeds are read anew, nothing that you wrote is in it",
)
FOREIGN = Code(
    "BK304",
    "error",
    "an output folder was not made by brandkit",
    "A build refuses to write into a folder that holds other files.",
    "move the folder away, or build with --output",
)

_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_HOSTS = re.compile(r"https?://([^/\s\"'<>\\,)\]}#?]+)|[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Reserved for examples by RFC 2606 and RFC 6761; `social.example` and its like fall under `.example`.
_RESERVED = re.compile(r"(.*\.)?(example|test|invalid|localhost|example\.(com|org|net|edu))\Z", re.IGNORECASE)


def examine(project: Project) -> Iterator[Diagnostic]:
    """Every finding about the project as a whole."""
    folder = vault.locate(project.root)
    shown = vault.display_name(folder, project.root)
    if not folder.is_dir():
        yield NO_VAULT.at(Place(shown), "there is no vault yet")
    else:
        yield from _tracking(project, folder, shown)
    yield from _ignoring(project, folder)
    yield from _store(project)
    for out in (project.public, project.private):
        if out.path.is_dir() and any(out.path.iterdir()) and not (out.path / MARKER).is_file():
            yield FOREIGN.at(Place(out.path.name), f"{out.path.name}/ holds files that brandkit did not make")


def _tracking(project: Project, folder: Path, shown: str) -> Iterator[Diagnostic]:
    """A vault of its own repository is fine; one that the site's repository tracks is not, but for the example."""
    tracked = git.tracked_below(folder) if folder.is_relative_to(project.root) else []
    if not tracked or (folder / ".git").exists():
        return
    sign = sign_of_people(folder, tracked)
    if sign is not None:
        file, why = sign
        yield TRACKED.at(
            Place(f"{shown}/{file}"),
            f"git tracks {len(tracked)} files of the vault, and not only examples: {why}",
        )


def sign_of_people(folder: Path, files: list[str]) -> tuple[str, str] | None:
    """The first file that is no example, and why; None where every address is reserved for examples."""
    reserved = False
    for name in files:
        path = folder / name
        if not path.is_file():
            continue
        for match in _HOSTS.finditer(_COMMENT.sub("", path.read_text(encoding="utf-8", errors="replace"))):
            host = (match[1] or match[2]).rpartition("@")[2].partition(":")[0].rstrip(".")
            if _RESERVED.match(host):
                reserved = True
            elif not _is_namespace(match[0]):
                return name, f"{host} is a real address"
    return None if reserved else (files[0], "no address in them is reserved for examples")


def _is_namespace(text: str) -> bool:
    """Names of XML vocabularies look like addresses and name nobody."""
    return bool(re.match(r"https?://(www\.w3\.org|purl\.org|jsonfeed\.org|search\.yahoo\.com|www\.itunes\.com)", text))


def _ignoring(project: Project, folder: Path) -> Iterator[Diagnostic]:
    example = folder.is_dir() and git.tracked_below(folder)
    for path in (folder / "x", project.root / "private" / "x", project.root / ".brandkit" / "x"):
        if example and path.parent == folder:
            continue
        if path.is_relative_to(project.root) and git.is_ignored(path) is False:
            name = path.parent.relative_to(project.root).as_posix()
            yield NOT_IGNORED.at(Place(".gitignore"), f"git does not ignore {name}/")


def _store(project: Project) -> Iterator[Diagnostic]:
    path = project.state / "entries.db"
    if not path.is_file():
        return
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        verdict = database.execute("PRAGMA quick_check").fetchone()[0]
        database.close()
    except sqlite3.Error as error:
        verdict = str(error)
    if verdict != "ok":
        yield DAMAGED.at(Place(".brandkit/state/entries.db"), f"the store of entries is damaged: {verdict}")
