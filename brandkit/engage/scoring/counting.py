"""What an entry says, counted: each term and each two that stand side by side, with how often in which field. Pure.

It is computed once for each entry and kept as bytes, 12 for a term: its number (64 bits of BLAKE2b, the same in
every process), how often it stands in title, summary and text, and whether it is a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brandkit.base.stopwords import STOPWORDS
from brandkit.base.text import words
from brandkit.engage.model import Entry
from brandkit.engage.scoring.terms import primary, terms_of_word

# The name under which counts are kept: another one when something else is counted. Bump the number with the code.
KIND = f"terms/2-{blake2b(' '.join(sorted(STOPWORDS)).encode(), digest_size=4).hexdigest()}"
ROW = np.dtype([("term", "<u8"), ("title", "u1"), ("summary", "u1"), ("text", "u1"), ("pair", "u1")])
_LEAST_TEXT = 400  # characters of an entry's text beyond which its summary is only a repetition
_LONGEST, _OPENING = 2000, 60  # terms of a text that are counted, and those of it whose pairs are
_MANY = 255  # as often as is counted
_packed = Struct("<QBBBB").pack  # one of `ROW`
_ALL = (1 << 64) - 1
_ODD = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio: spreads what it multiplies (Knuth, TAOCP 6.4)


@dataclass(frozen=True, eq=False)
class Counts:
    """What entries say, counted: the rows of all of them, one after the other, and how many each has."""

    rows: NDArray[Any]
    sizes: NDArray[np.int64]


def counts_of(data: bytes | bytearray, lengths: Sequence[int]) -> Counts:
    """What `counted` said of entries, joined, and how many bytes that was for each."""
    return Counts(np.frombuffer(data, ROW), np.array(lengths, np.int64) // ROW.itemsize)


def counted(entry: Entry) -> bytes:
    """The terms of an entry, in rows of `ROW`."""
    language = primary(entry.language)
    title = _numbers(entry.title, language)
    text = _numbers(entry.text, language)[:_LONGEST]
    repeats = entry.summary == entry.text or len(entry.text) > _LEAST_TEXT
    summary = [] if repeats else _numbers(entry.summary, language)[:_LONGEST]
    opening = pairs((summary or text)[:_OPENING])
    return _rows((title, summary, text), pair=0) + _rows((pairs(title), opening, ()), pair=1)


def number(term: str) -> int:
    """The number of a term."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def pairs(numbers: Sequence[int]) -> list[int]:
    """The numbers of each two terms that stand side by side: what makes a phrase more than its words."""
    return [(first * _ODD + second) & _ALL for first, second in pairwise(numbers)]


def _numbers(text: str, language: str) -> list[int]:
    return [found for word in words(text) for found in _numbers_of_word(word, language)]


@lru_cache(maxsize=200_000)
def _numbers_of_word(word: str, language: str) -> tuple[int, ...]:
    return tuple(number(term) for term in terms_of_word(word, language))


def _rows(fields: tuple[Sequence[int], Sequence[int], Sequence[int]], pair: int) -> bytes:
    """One row for each number that stands in any of the fields, in the order in which they come."""
    counts: dict[int, list[int]] = {}
    for at, numbers in enumerate(fields):
        for found in numbers:
            row = counts.get(found)
            if row is None:
                row = counts[found] = [0, 0, 0]
            if row[at] < _MANY:
                row[at] += 1
    return b"".join([_packed(found, title, summary, text, pair) for found, (title, summary, text) in counts.items()])
