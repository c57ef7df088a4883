"""One file, searched through and through: its name, its text under every wrapping, and all that it holds.

In: a `Matcher`, a name and bytes. Out: the numbers of the needles that stand there, and what could not be searched.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from itertools import chain
from typing import BinaryIO

from brandkit.io.leak_search.containers import HEAD, is_packed, parts_of
from brandkit.io.leak_search.folding import WALL
from brandkit.io.leak_search.inflating import MOST, Limits
from brandkit.io.leak_search.matching import Matcher
from brandkit.io.leak_search.printed import printed, printed_before, printed_wide, windows
from brandkit.io.leak_search.unwrapping import base64_in, has_markup, layers, without_markup

_DEEPEST = 6  # files within files
_LARGEST = 200_000_000  # bytes of a file that are looked at at all
_BATCH = 1 << 20  # letters that are searched together
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True)
class Searched:
    """What a file holds of what was searched for, by number, and why parts of it could not be looked at.

    `digest` is that of its bytes, if somebody took it.
    """

    found: frozenset[int]
    unsearched: tuple[str, ...] = ()
    digest: str = ""


def search(matcher: Matcher, name: str, data: bytes) -> Searched:
    """Look through bytes. `name` is the path of their file, and is looked through too."""
    return search_file(matcher, name, BytesIO(data))


def search_file(matcher: Matcher, name: str, file: BinaryIO) -> Searched:
    """Look through a file, however large it is, in as much memory as it takes for one of 64 MB."""
    limits = Limits()
    found: set[int] = set()
    for text in _batches(chain(_readings(name, limits, 1), _all_of(file, name, limits))):
        found |= matcher.find(text)
    return Searched(frozenset(found), tuple(limits.given_up))


def _batches(texts: Iterable[str]) -> Iterator[str]:
    """Some texts as one: most are short, and a search through each would take its time."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size > _BATCH:
            yield f"\n{WALL}\n".join(batch)
            batch, size = [], 0
    yield f"\n{WALL}\n".join(batch)


def _all_of(file: BinaryIO, name: str, limits: Limits) -> Iterator[str]:
    """What can be read in a file of any size; one too large to be taken apart is read as it is."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    if size <= MOST:
        yield from _inside(file.read(), name, limits, _DEEPEST)
    elif size > _LARGEST:
        limits.give_up(f"it is larger than {_LARGEST // 1_000_000} MB")
    else:
        if is_packed(file.read(HEAD), name):
            limits.give_up(f"what is packed in it, for it is larger than {MOST // 1_000_000} MB")
        file.seek(0)
        yield from _as_it_is(file, limits, _DEEPEST)


def _inside(data: bytes, name: str, limits: Limits, depth: int) -> Iterator[str]:
    """Everything that can be read in a file."""
    if not depth:
        limits.give_up("it holds files in files in files")
        return
    parts = parts_of(data, name, limits)
    if parts is None:
        yield from _as_it_is(BytesIO(data), limits, depth)
        return
    for inner, part in parts:
        yield inner
        yield from _inside(part, inner, limits, depth - 1)


def _as_it_is(file: BinaryIO, limits: Limits, depth: int) -> Iterator[str]:
    """What can be read in bytes that hold no other file."""
    head = file.read(HEAD)
    file.seek(0)
    mark, encoding = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", "utf-8"))
    for number, window in enumerate(windows(file, wide=encoding == "utf-16")):
        for text in _read(mark + window if number else window, encoding):
            yield from _readings(text, limits, depth)


def _readings(text: str, limits: Limits, depth: int) -> Iterator[str]:
    """A text in every way in which it can be read."""
    found = layers(text)
    yield from found
    yield from (without_markup(layer) for layer in found if has_markup(layer))  # what was decoded may look like markup
    said: list[str] = []
    for coded in base64_in(found[-1]):
        if coded.file:
            yield from _inside(coded.file, "", limits, depth - 1)
        said += coded.said
    if said and depth:
        yield from _readings(WALL.join(said), limits, depth - 1)


def _read(data: bytes, encoding: str) -> Iterator[str]:
    """The text of bytes; of those that are none, whatever in them could be. The last letter may be cut off."""
    try:
        text = getincrementaldecoder(encoding)().decode(data)
        if "\0" not in text:
            yield text
            return
    except UnicodeDecodeError:
        pass
    yield WALL.join(run.decode("utf-8", "replace") for run in printed(data))
    yield WALL.join(run.decode("latin-1") for run in printed_before(data))
    if b"\0" in data:
        yield WALL.join(run.decode("utf-16-le", "replace") for run in printed_wide(data, 1))
        yield WALL.join(run.decode("utf-16-be", "replace") for run in printed_wide(data, 0))
