"""One file, searched through and through: its name, its text under every wrapping, and all that it holds.

In: a `Matcher`, a name and bytes. Out: the numbers of the needles that stand there, and what could not be searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from brandkit.io.leak_search.containers import parts_of
from brandkit.io.leak_search.folding import WALL
from brandkit.io.leak_search.inflating import Limits
from brandkit.io.leak_search.matching import Matcher
from brandkit.io.leak_search.unwrapping import PRINTED, base64_in, layers, without_markup

_DEEPEST = 6  # files within files
_OLDER = re.compile(rb"[\x20-\x7e][\x20-\x7e\xc0-\xff]{5,}")  # before UTF-8 a letter was one byte
_WIDE = re.compile(rb"(?:[\t\n\r\x20-\xff]\0|[\0-\xff][\x01-\x06\x20]){6,}")  # UTF-16, as EXIF has it
_WIDE_BIG = re.compile(rb"(?:\0[\t\n\r\x20-\xff]|[\x01-\x06\x20][\0-\xff]){6,}")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True)
class Searched:
    """What a file holds of what was searched for, by number, and why parts of it could not be looked at."""

    found: frozenset[int]
    unsearched: tuple[str, ...] = ()


def search(matcher: Matcher, name: str, data: bytes) -> Searched:
    """Look through a file. `name` is its path, and is looked through too."""
    limits = Limits()
    texts = [*_readings(name, limits, 1), *_inside(data, name, limits, _DEEPEST)]
    return Searched(frozenset(matcher.find(f"\n{WALL}\n".join(texts))), tuple(limits.given_up))


def _inside(data: bytes, name: str, limits: Limits, depth: int) -> Iterator[str]:
    """Everything that can be read in a file."""
    if not depth:
        limits.give_up("it holds files in files in files")
        return
    parts = parts_of(data, name, limits)
    if parts is None:
        for text in _read(data):
            yield from _readings(text, limits, depth)
        return
    for inner, part in parts:
        yield inner
        yield from _inside(part, inner, limits, depth - 1)


def _readings(text: str, limits: Limits, depth: int) -> Iterator[str]:
    """A text in every way in which it can be read."""
    found = layers(text)
    yield from found
    yield from (without_markup(layer) for layer in found if "<" in layer)  # what was decoded may look like markup
    said: list[str] = []
    for coded in base64_in(found[-1]):
        if coded.file:
            yield from _inside(coded.file, "", limits, depth - 1)
        said += coded.said
    if said and depth:
        yield from _readings(WALL.join(said), limits, depth - 1)


def _read(data: bytes) -> Iterator[str]:
    """The text of bytes; of those that are none, whatever in them could be."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
        if "\0" not in text:
            yield text
            return
    except UnicodeDecodeError:
        pass
    yield WALL.join(run.decode("utf-8", "replace") for run in PRINTED.findall(data))
    yield WALL.join(run.decode("latin-1") for run in _OLDER.findall(data) if not run.isascii())
    if b"\0" in data:
        yield WALL.join(run.decode("utf-16-le", "replace") for run in _WIDE.findall(data))
        yield WALL.join(run.decode("utf-16-be", "replace") for run in _WIDE_BIG.findall(data))
