"""Is there a vault, and does git leave it alone?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from brandkit.app.examining.look import Found
from brandkit.app.project import Project
from brandkit.base.diagnostics import Code, Place
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.text import plural
from brandkit.io import git, resources, vault

TRACKED = Code(
    "BK300",
    "error",
    "git tracks the vault",
    "Files of the vault are part of the repository of the site, so a push publishes them.",
    "git rm -r --cached content/vault && echo /content/vault/ >> .gitignore; its history keeps what was pushed before",
)
NO_VAULT = Code(
    "BK302",
    "note",
    "there is no vault",
    "Without contacts and feeds brandkit makes the site alone.",
    "brandkit new contact NAME begins one; or point BRANDKIT_VAULT to it",
)

_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_HOSTS = re.compile(r"https?://([^/\s\"'<>\\,)\]}#?]+)|[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Reserved for examples by RFC 2606 and RFC 6761; `social.example` and its like fall under `.example`.
RESERVED = re.compile(r"(.*\.)?(example|test|invalid|localhost|example\.(com|org|net|edu))\Z", re.IGNORECASE)


def look_at_vault(project: Project, _: datetime) -> Iterator[Found]:
    """A vault of its own repository is fine; one that the site's repository tracks is not, but for the example."""
    folder = vault.locate(project.root)
    shown = vault.display_name(folder, project.root)
    if not folder.is_dir():
        yield Found(NO_VAULT.at(Place(shown), "there is no vault yet"))
        return
    tracked = git.tracked_below(folder) if folder.is_relative_to(project.root) else []
    if not tracked or (folder / ".git").exists():
        return
    sign = sign_of_people(folder, tracked)
    if sign is not None:
        file, why = sign
        message = f"git tracks {plural(len(tracked), 'file')} of the vault, and not only examples: {why}"
        yield Found(TRACKED.at(Place(f"{shown}/{file}"), message))


def sign_of_people(folder: Path, files: list[str]) -> tuple[str, str] | None:
    """The first file that is no example, and why; None where every address is reserved for examples."""
    if not is_the_example(folder):
        return files[0], "this is not the vault of the example that comes with brandkit"
    there = ((name, folder / name) for name in files)
    texts = ((name, path.read_text("utf-8", "replace")) for name, path in there if path.is_file())
    return sign_in([(files[0], ""), *texts])


def is_the_example(folder: Path) -> bool:
    """Whether a vault is the invented person's of the example: of no other do reserved addresses tell anything."""
    theirs, ours = (_name_in(place / "me.yaml") for place in (folder, resources.bundled_example() / "content/vault"))
    return bool(ours) and theirs == ours


def _name_in(file: Path) -> str:
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    read = read_yaml(text, file.name).value
    return str(read.data.get("name") or "") if read and isinstance(read.data, dict) else ""


def sign_in(files: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The same for files by name and text."""
    reserved, first = False, ""
    for name, text in files:
        first = first or name
        for match in _HOSTS.finditer(_COMMENT.sub("", text)):
            host = (match[1] or match[2]).rpartition("@")[2].partition(":")[0].rstrip(".")
            if RESERVED.match(host):
                reserved = True
            elif not _is_namespace(match[0]):
                return name, f"{host} is a real address"
    return None if reserved else (first, "no address in them is reserved for examples")


def _is_namespace(text: str) -> bool:
    """Names of XML vocabularies look like addresses and name nobody."""
    return bool(re.match(r"https?://(www\.w3\.org|purl\.org|jsonfeed\.org|search\.yahoo\.com|www\.itunes\.com)", text))
