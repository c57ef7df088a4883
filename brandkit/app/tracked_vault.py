"""Does git track the vault, and is it more than the example that comes with brandkit?

In: the root of a project. Out: a finding. Of the vault it looks at tracked files alone, whether they are examples; it
must never know what the vault means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from brandkit.base.diagnostics import Code, Diagnostic, Place
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.text import plural
from brandkit.io import git, place_of_vault, resources

TRACKED = Code(
    "BK300",
    "error",
    "git tracks the vault",
    "Files of the vault are part of the repository of the site, so a push publishes them.",
    "git rm -r --cached content/vault && echo /content/vault/ >> .gitignore; its history keeps what was pushed before",
)
_COMMENT_LINE = re.compile(r"^\s*#.*$", re.MULTILINE)  # no more than that: behind words, in notes, a # is no comment
_HOSTS = re.compile(r"https?://([^/\s\"'<>\\,)\]}#?]+)|[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Reserved for examples by RFC 2606 and RFC 6761; `social.example` and its like fall under `.example`.
RESERVED = re.compile(r"(.*\.)?(example|test|invalid|localhost|example\.(com|org|net|edu))\Z", re.IGNORECASE)


def tracked_vault(root: Path) -> Diagnostic | None:
    """A vault of its own repository is fine; one that the site's repository tracks is not, but for the example."""
    folder = place_of_vault.locate(root)
    tracked = git.tracked_below(folder) if folder.is_relative_to(root) else []
    if not tracked or (folder / ".git").exists():
        return None
    sign = sign_of_people(folder, tracked)
    if sign is None:
        return None
    file, why = sign
    message = f"git tracks {plural(len(tracked), 'file')} of the vault, and not only examples: {why}"
    return TRACKED.at(Place(f"{place_of_vault.display_name(folder, root)}/{file}"), message)


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
        for match in _HOSTS.finditer(_COMMENT_LINE.sub("", text)):
            host = (match[1] or match[2]).rpartition("@")[2].partition(":")[0].rstrip(".")
            if RESERVED.match(host):
                reserved = True
            elif not _is_namespace(match[0]):
                return name, f"{host} is a real address"
    return None if reserved else (first, "no address in them is reserved for examples")


def _is_namespace(text: str) -> bool:
    """Names of XML vocabularies look like addresses and name nobody."""
    return bool(re.match(r"https?://(www\.w3\.org|purl\.org|jsonfeed\.org|search\.yahoo\.com|www\.itunes\.com)", text))
