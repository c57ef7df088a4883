"""Where in the vault a secret was written: looked up in the texts of its files only for those that were found. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from brandkit.base.marked_yaml import Marked, Path, read_yaml
from brandkit.engage.secrets import Secret


def place_of(secret: Secret, texts: Mapping[str, str], folder: str) -> str:
    """`content/vault/contacts.yaml:12`. `texts` are the files of the vault by path below it, `folder` its name."""
    for name in sorted(texts):
        if name.partition(".")[0].partition("/")[0] != secret.file:
            continue
        line = _in_journal(secret, texts[name]) if secret.file == "journal" else _in_yaml(secret, texts[name], name)
        if line:
            return f"{folder}/{name}:{line}"
    return f"{folder}/{secret.file}"


def _in_journal(secret: Secret, text: str) -> int:
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if f'"{secret.id}"' in line and '"id"' in line), 0)


def _in_yaml(secret: Secret, text: str, name: str) -> int:
    read = _read(text, name)
    if read is None:
        return 0
    for item, path in _items(read):
        if secret.file == "me" or (isinstance(item, dict) and str(item.get("id")) == secret.id):
            first = read.place((*path, *secret.path)).line or 0
            return first + _line_within(secret, text, first)
    return 0


@lru_cache(8)
def _read(text: str, name: str) -> Marked | None:
    """A file is read once for all that is found of it."""
    return read_yaml(text, name).value


def _items(read: Marked) -> Iterator[tuple[Any, Path]]:
    if isinstance(read.data, list):
        yield from ((item, (index,)) for index, item in enumerate(read.data))
    else:
        yield read.data, ()


def _line_within(secret: Secret, text: str, first: int) -> int:
    """How many lines below its beginning a sentence of a longer text stands."""
    lines = text.split("\n")[first - 1 :]
    begins = " ".join(secret.text.split()[:3])
    return next((number for number, line in enumerate(lines) if begins in " ".join(line.split())), 0)
