"""What entries usually say, and how one person's taste differs from it: ridge regression in closed form. Pure.

Each entry of a fixed sample is an example of what nobody asked for (target 0), each that was liked is one of what
is wanted (target 1). The direction w of the features x that tells them apart best is that of ridge regression
(Hoerl & Kennard, 1970), with one matrix for everybody:

    w = (B'B + RIDGE I)^-1 t,   t = sum of target x features over what a person liked, disliked, said of themselves

By the identity of Woodbury (1950) the inverse is one of the size of the sample alone:

    w = (t - B' (BB' + RIDGE I)^-1 B t) / RIDGE

What many entries say is pushed down by it, and what sets this person's reading apart remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from brandkit.engage.scoring.index import Floats, Index, Positions

RIDGE = 10.0
_SAMPLE = 2000  # entries
_PARTS = 400  # of a direction are kept: the largest


@dataclass(frozen=True, eq=False)
class Direction:
    """What somebody's taste points to: the largest parts by place of the term, and the part among vectors."""

    places: NDArray[np.int64]
    values: Floats
    vector: Floats | None


@dataclass(frozen=True, eq=False)
class Background:
    """A sample of the entries, and the inverse that it gives."""

    owners: NDArray[np.int64]  # for each feature the sampled entry that has it
    places: Positions
    values: Floats
    vectors: Floats | None
    inverse: Floats

    def direction(self, target: Floats, vector: Floats | None) -> Direction:
        """From the weighted sum of features (one number a term), and of vectors, to what tells them apart."""
        product = np.bincount(self.owners, weights=self.values * target[self.places], minlength=len(self.inverse))
        if vector is not None and self.vectors is not None:
            product = product + self.vectors @ vector
        usual = self.inverse @ product.astype(np.float32)  # in one precision: to turn the matrix would cost more
        back = usual[self.owners] * self.values
        whole = (target - np.bincount(self.places, weights=back, minlength=len(target))) / RIDGE
        largest = np.argpartition(-np.abs(whole), _PARTS)[:_PARTS] if len(whole) > _PARTS else np.arange(len(whole))
        largest = np.sort(largest[whole[largest] != 0])
        meant = None
        if vector is not None and self.vectors is not None:
            meant = np.asarray((vector - usual @ self.vectors) / RIDGE, np.float32)
        return Direction(largest, whole[largest].astype(np.float32), meant)


def background_of(index: Index, vectors: Floats | None) -> Background:
    """The sample of an index. Which entries are in it depends on their names alone, so that it hardly ever changes."""
    names = [blake2b(f"{entry.feed} {entry.guid}".encode(), digest_size=8).digest() for entry in index.entries]
    chosen = sorted(sorted(range(len(names)), key=names.__getitem__)[:_SAMPLE])
    rows = [index.features(position) for position in chosen]
    owners = np.repeat(np.arange(len(rows)), [len(places) for places, _ in rows])
    places = np.concatenate([np.empty(0, np.int32), *(places for places, _ in rows)])
    values = np.concatenate([np.empty(0, np.float32), *(values for _, values in rows)])
    sampled = vectors[chosen] if vectors is not None else None
    gram = _gram(len(rows), owners, places, values)
    if sampled is not None:
        gram += sampled @ sampled.T
    inverse = np.asarray(np.linalg.inv(gram + RIDGE * np.eye(len(chosen), dtype=np.float32)), np.float32)
    return Background(owners, places, values, sampled, inverse)


_COMMON = 48  # sampled entries from which on a term is multiplied as a dense column


def _gram(count: int, owners: NDArray[np.int64], places: Positions, values: Floats) -> Floats:
    """The products of all rows with each other."""
    order = np.argsort(places, kind="stable")
    owners, values, sorted_places = owners[order], values[order], places[order]
    cuts = np.flatnonzero(np.diff(sorted_places)) + 1
    gram = np.zeros((count, count), np.float32)
    dense: list[Floats] = []
    for held, weights in zip(np.split(owners, cuts), np.split(values, cuts), strict=True):
        if len(held) < _COMMON:
            gram[held[:, None], held] += weights[:, None] * weights
        else:
            column = np.zeros(count, np.float32)
            column[held] = weights
            dense.append(column)
    for first in range(0, len(dense), 512):
        block = np.array(dense[first : first + 512])
        gram += block.T @ block
    return gram
