"""Entries and phrases as vectors of some language model, where one is there: what is meant, beyond the words. Pure.

The mean of all entries is taken away from each, since what all of them share tells nothing; then each has length one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np

from brandkit.engage.model import Entry
from brandkit.engage.scoring.index import Floats

_LONGEST = 1200  # characters of an entry that are read


class Encoder(Protocol):
    """A model that turns texts into vectors; it lives on this machine."""

    @property
    def name(self) -> str:
        """Its identity: vectors of encoders with different names can not be compared."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of length one for each text; zeros for an empty one."""


@dataclass(frozen=True, eq=False)
class Vectors:
    """The vectors of the entries of an index, row by row, and a way to ask for those of other texts."""

    encoder: Encoder
    centre: Floats
    entries: Floats = field(repr=False)

    def of(self, text: str) -> Floats:
        """The vector of a text, seen from the same centre."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = np.asarray(_seen_from(self.centre, self.encoder.encode([text]))[0], np.float32)
        return known

    @cached_property
    def _known(self) -> dict[str, Floats]:
        return {}


def vectors_of(encoder: Encoder, rows: Floats) -> Vectors:
    """Centre the rows that the encoder gave for the entries."""
    centre = rows.mean(axis=0) if len(rows) else np.zeros(encoder.dimensions, np.float32)
    return Vectors(encoder, centre, _seen_from(centre, rows))


def text_of(entry: Entry) -> str:
    """What of an entry is encoded: the title and how it begins."""
    return f"{entry.title}. {entry.summary or entry.text}"[:_LONGEST].strip(" .\n")


def _seen_from(centre: Floats, rows: Floats) -> Floats:
    """Rows of length one; what says nothing stays zero."""
    shifted = np.where(rows.any(axis=1, keepdims=True), rows - centre, np.float32(0))
    return np.asarray(shifted / np.maximum(np.linalg.norm(shifted, axis=1, keepdims=True), 1e-9), np.float32)
