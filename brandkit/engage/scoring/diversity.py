"""The first of a list so that they are not all about the same: maximal marginal relevance. Pure.

Carbonell & Goldstein (SIGIR 1998), with the mean likeness in place of the highest, since it is a list as a whole that
is to be varied. Each place goes to the entry with the highest

    KEPT x fit / best fit - (1 - KEPT) x mean likeness to those that were chosen before

and those that were chosen stand in the order in which they fit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from brandkit.engage.scoring.index import Floats, Index

KEPT = 0.55
_PLACES, _CONSIDERED = 10, 100


def diverse(ordered: Sequence[int], fit: Floats, index: Index) -> list[int]:
    """The same positions; the first ten chosen from the first hundred, the others in their order."""
    pool = list(ordered[:_CONSIDERED])
    worth = np.array([float(fit[position]) for position in pool])
    worth = worth / (worth.max(initial=0.0) or 1.0)
    likeness = np.zeros(len(pool))
    chosen: set[int] = set()
    while pool and len(chosen) < _PLACES:
        at = int(np.argmax(KEPT * worth - (1 - KEPT) * likeness / max(1, len(chosen))))
        position = pool.pop(at)
        worth, likeness = np.delete(worth, at), np.delete(likeness, at)
        likeness = likeness + np.array(index.likenesses(position, pool))
        chosen.add(position)
    return [*(at for at in ordered if at in chosen), *(at for at in ordered if at not in chosen)]
