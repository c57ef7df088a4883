"""Whom a person names in public on purpose: read from the public sources, where a hand wrote them.

One's own site.yaml may hold any of one's own strings. Names, handles and links may also stand in content/data/ (thanks,
blogroll), be `by` or `authors` of a text, or be named in its front matter: `mentions: [Ada Example]`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from brandkit.app.project import Project
from brandkit.base.marked_yaml import read_yaml
from brandkit.base.text import without_comments
from brandkit.engage.secrets import NAMEABLE, Secret
from brandkit.site.front_matter import Block, split
from brandkit.site.kinds.registry import SECTIONS

_HOW = {"mentions": "mentioned", "by": "quoted", "authors": "an author", "author": "an author"}
_KEY = re.compile(rf"^(?:{'|'.join(_HOW)})\s*[:=]", re.MULTILINE)


def allowances(project: Project, secrets: Sequence[Secret], find: Callable[[str], set[int]]) -> dict[int, str]:
    """Why secrets, by number, may be public, with the place that says so. `find` finds secrets in a text."""
    allowed: dict[int, str] = {}
    for text, why, own in _said(project.root):
        for number in find(text) - allowed.keys():
            if own or secrets[number].kind in NAMEABLE:
                allowed[number] = why
    return allowed


def _said(root: Path) -> Iterator[tuple[str, str, bool]]:
    """(text, where it stands, whether it is one's own) of all that names people on purpose."""
    yield from _lines(root / "site.yaml", "site.yaml", True)
    for path in sorted((root / "content" / "data").rglob("*.y*ml")):
        yield from _lines(path, path.relative_to(root).as_posix(), False)
    for section in SECTIONS:
        for path in sorted((root / "content" / section).rglob("*.md")):
            text = path.read_text(encoding="utf-8", errors="replace")
            block = split(text)
            if _KEY.search(block.text):
                name = path.relative_to(root).as_posix()
                yield from ((value, f"{_HOW[key]} in {name}:{line}", False) for key, value, line in _named(block))


def _lines(path: Path, name: str, own: bool) -> Iterator[tuple[str, str, bool]]:
    if path.is_file():
        text = without_comments(path.read_text(encoding="utf-8", errors="replace"))
        for number, line in enumerate(text.split("\n"), 1):
            yield line, f"in {name}:{number}", own


def _named(block: Block) -> Iterator[tuple[str, str, int]]:
    """(key, value, line) of what the front matter says of people."""
    if block.syntax == "toml":
        try:
            data = tomllib.loads(block.text)
        except ValueError:
            return
        yield from ((key, value, block.first_line + 1) for key in _HOW for value in _texts(data.get(key)))
        return
    read = read_yaml(block.text, "", block.first_line).value
    if read is not None and isinstance(read.data, dict):
        for key in _HOW:
            line = read.place((key,)).line or 1
            yield from ((key, value, line) for value in _texts(read.data.get(key)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []
