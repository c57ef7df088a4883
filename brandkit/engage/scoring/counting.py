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
    return counted_all((entry,))[0]


def counted_all(entries: Sequence[Entry]) -> list[bytes]:
    """The same of several at once, which takes half as long."""
    numbers: list[int] = []
    sizes: list[tuple[int, int, int]] = []
    for entry in entries:
        language = primary(entry.language)
        title = _numbers(entry.title, language)
        text = _numbers(entry.text, language)[:_LONGEST]
        repeats = entry.summary == entry.text or len(entry.text) > _LEAST_TEXT
        summary = [] if repeats else _numbers(entry.summary, language)[:_LONGEST]
        numbers += title
        numbers += summary
        numbers += text
        sizes.append((len(title), len(summary), len(text)))
    return _blobs(np.array(numbers, np.uint64), np.array(sizes, np.int64).reshape(-1, 3))


@lru_cache(maxsize=50_000)
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


def _blobs(numbers: NDArray[np.uint64], sizes: NDArray[np.int64]) -> list[bytes]:
    """For each entry one row for each term, then for each pair, in the order in which they come."""
    count, fields = len(sizes), np.tile(np.arange(3, dtype=np.int64), len(sizes))
    owners = np.repeat(np.arange(count), sizes.sum(axis=1))
    fields = np.repeat(fields, sizes.ravel())
    starts = np.concatenate(([0], np.cumsum(sizes.sum(axis=1))))[:-1]
    # the pairs of the title, and those of how the summary begins, or else the text
    opening = np.where(sizes[:, 1] > 0, sizes[:, 1], sizes[:, 2]).clip(max=_OPENING)
    of_title, owners_of_title = _within(starts, sizes[:, 0] - 1)
    of_opening, owners_of_opening = _within(starts + sizes[:, 0], opening - 1)
    at = np.concatenate((of_title, of_opening))
    beside = numbers[at] * np.uint64(_ODD) + numbers[np.minimum(at + 1, len(numbers) - 1)] if len(at) else numbers[:0]
    every = np.concatenate((numbers, beside))
    groups = np.concatenate((owners * 2, owners_of_title * 2 + 1, owners_of_opening * 2 + 1))
    kinds = np.concatenate((fields, np.zeros(len(of_title), np.int64), np.ones(len(of_opening), np.int64)))
    return _packed(every, groups, kinds, count)


def _within(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of several runs, and the number of the run that each is of."""
    sizes = sizes.clip(min=0)
    runs = np.repeat(np.arange(len(starts)), sizes)
    return np.arange(len(runs)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + starts[runs], runs


def _packed(
    numbers: NDArray[np.uint64], groups: NDArray[np.int64], fields: NDArray[np.int64], count: int
) -> list[bytes]:
    """Rows, an entry's terms (its group is even) before its pairs (odd); what stands in one group twice is one row."""
    if not len(numbers):
        return [b""] * count
    order = np.lexsort((numbers, groups))
    numbers, groups, fields = numbers[order], groups[order], fields[order]
    is_new = np.append(True, (numbers[1:] != numbers[:-1]) | (groups[1:] != groups[:-1]))
    first = np.flatnonzero(is_new)
    rows = np.zeros(len(first), ROW)
    rows["term"], rows["pair"] = numbers[first], groups[first] % 2
    for field, name in enumerate(("title", "summary", "text")):
        rows[name] = np.minimum(np.add.reduceat((fields == field).astype(np.int64), first), 255)
    rows = rows[np.lexsort((order[first], groups[first]))]  # equals stand as they came, so that the first is the first
    ends = np.cumsum(np.bincount(groups[first] // 2, minlength=count)).tolist()
    return [rows[start:end].tobytes() for start, end in zip([0, *ends[:-1]], ends, strict=True)]
