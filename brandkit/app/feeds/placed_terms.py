"""The terms of all entries, placed: counted once for each entry, placed among the others once for each day's news.

What was placed is kept beside the entry store until the next run, which adds what is new since; where most is new, or
nothing is kept, all is placed from the beginning. Either way the same comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from brandkit.engage.model import Entry
from brandkit.engage.scoring.counting import KIND, ROW, Counts, counted_all, counts_of
from brandkit.engage.scoring.placing import COLUMNS, FEW, Placed, extended, had_alone, placed_of
from brandkit.io import kept_arrays
from brandkit.io.store.entry_store import EntryStore

_BATCH = 512  # entries that are counted together: what an interruption can cost
_MOSTLY = 0.8  # of the entries have to be known; else all are placed
_VERSION = 1  # of what is kept: one more when the same entries are placed in another way
Key = tuple[int, str]  # the number of an entry, and a digest of what it says


def placed_terms(entries: Sequence[Entry], keys: Sequence[Key], store: EntryStore, state: Path) -> Placed:
    """The terms of these entries, in their order."""
    kind = f"{KIND}-{version('snowballstemmer')}"  # other stems can not be compared
    texts = _Texts(entries, [id_ for id_, _ in keys], store, kind)
    if len(keys) < FEW:  # nothing is gained
        return placed_of(texts.counts(range(len(keys))))
    name, now = f"{kind}/{_VERSION}", _as_numbers(keys)
    kept = kept_arrays.load(state, name)
    before = kept.pop("keys", now[:0])
    order = _order(before, now)
    if len(before) == len(now) and (order == np.arange(len(now))).all():
        return Placed(**kept)
    found = _extended(Placed(**kept), order, texts) if (order >= 0).mean() > _MOSTLY else None
    if found is None:
        found = placed_of(texts.counts(range(len(keys))))
    kept_arrays.save(state, name, {"keys": now, **{column: getattr(found, column) for column in COLUMNS}})
    return found


def _extended(before: Placed, order: NDArray[np.int64], texts: _Texts) -> Placed:
    new = np.flatnonzero(order < 0)
    order[np.isin(order, had_alone(before, texts.counts(new.tolist())))] = -1
    return extended(before, order, texts.counts(np.flatnonzero(order < 0).tolist()))


def _as_numbers(keys: Sequence[Key]) -> NDArray[np.uint64]:
    return np.array([(id_, int(digest[:16], 16)) for id_, digest in keys], np.uint64).reshape(-1, 2)


def _order(before: NDArray[np.uint64], now: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each entry stood before; -1 for one that did not, or that said something else."""
    places = {id_: at for at, id_ in enumerate(before[:, 0].tolist())}
    order = np.array([places.get(id_, -1) for id_ in now[:, 0].tolist()], np.int64)
    was = np.flatnonzero(order >= 0)
    order[was[before[order[was], 1] != now[was, 1]]] = -1
    return order


class _Texts:
    """What entries say, counted when it is asked for; what was counted once is kept beside the entry."""

    def __init__(self, entries: Sequence[Entry], ids: Sequence[int], store: EntryStore, kind: str) -> None:
        self._entries, self._ids, self._store, self._kind = entries, ids, store, kind

    def counts(self, places: Sequence[int]) -> Counts:
        """What the entries at these places say."""
        ids = [self._ids[at] for at in places]
        known = self._store.feature_sizes(self._kind, ids)
        sizes = {id_: size for id_, size in known.items() if size % ROW.itemsize == 0}
        missing = [at for at, id_ in zip(places, ids, strict=True) if id_ not in sizes]
        for first in range(0, len(missing), _BATCH):
            sizes |= self._count(missing[first : first + _BATCH])
        lengths = [sizes[id_] for id_ in ids]
        starts = dict(zip(ids, accumulate(lengths, initial=0), strict=False))
        return counts_of(self._store.features_joined(self._kind, starts, sum(lengths)), lengths)

    def _count(self, places: Sequence[int]) -> dict[int, int]:
        found = counted_all([self._entries[at] for at in places])
        values = {self._ids[at]: value for at, value in zip(places, found, strict=True)}
        self._store.save_features(self._kind, values)
        return {id_: len(value) for id_, value in values.items()}
