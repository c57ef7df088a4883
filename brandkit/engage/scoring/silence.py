"""Whether there is enough to speak: how strong the evidence is that an entry is meant for a person. Pure.

Counted in rare words: one that is as rare as can be, standing once in the title, is 1; a commoner one less; one that
stands again in the text more. Where that is only a small part of all that they look for, it counts less, since among
many words some are always met by chance; a wish that is there with all its words is at least WHOLE of a part. A liked
past and a language model add to it:

    S = (words x sqrt(min(1, part / PART)) + liked / LIKED + meaning / MEANT) / ENOUGH,   strength = S / (1 + S)

so that a strength of 0.5 is enough. How the numbers were found: docs/ranking.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from brandkit.engage.scoring.component import Fitting, Setting
from brandkit.engage.scoring.index import FIELDS, K1, Floats, Index
from brandkit.engage.scoring.meaning import MeaningFitting
from brandkit.engage.scoring.taste import TasteFitting
from brandkit.engage.scoring.wishes import Wish, WishFitting

ENOUGH, PART, WHOLE, LIKED, MEANT = 0.9, 0.9, 0.35, 2.5, 0.4
_UNMEANT = 0.45  # a cosine that two texts about different things may well have
_ONCE = FIELDS["title"][0] / (K1 + FIELDS["title"][0])  # the saturated frequency of a word that stands in a title


def strength_of(fittings: Mapping[str, Fitting], setting: Setting) -> Floats:
    """How strong the evidence is for each entry, from 0 to 1."""
    total = _words([fitting for fitting in fittings.values() if isinstance(fitting, WishFitting)], setting.index)
    for fitting in fittings.values():
        if isinstance(fitting, TasteFitting):
            total += (fitting.values / LIKED).clip(min=0)
        if isinstance(fitting, MeaningFitting):
            total += ((fitting.cosines - _UNMEANT) / MEANT).clip(min=0)
    return _strength(total)


def strength_of_words(fitting: WishFitting, index: Index) -> Floats:
    """The same for one kind of wishes alone."""
    return _strength(_words([fitting], index))


def _words(fittings: Sequence[WishFitting], index: Index) -> Floats:
    """How much of the words each entry holds, in rare ones; those of a kind that counts less count less here too."""
    words: dict[str, float] = {}
    for fitting in fittings:
        for wish in fitting.wishes:
            words.update((word, max(words.get(word, 0.0), fitting.kind.weight)) for word, _ in wish.query)
    found, mass, whole = np.zeros(len(index.entries), np.float32), np.zeros(len(index.entries), np.float32), 0.0
    for word, counts in words.items():
        weight = counts * index.idf.get(word, index.rare)
        whole += weight
        place = index.place(word)
        if place is not None:
            positions, held = index.by_term.of(place)
            found[positions] += np.float32(counts * index.rarity(word) / _ONCE) * held
            mass[positions] += np.float32(weight)
    part = mass / np.float32(max(whole, 1e-9))
    for wish in (wish for fitting in fittings for wish in fitting.wishes):
        complete = _complete(wish, index)
        part[complete] = part[complete].clip(min=WHOLE)
    return np.asarray(found * np.sqrt((part / PART).clip(max=1)), np.float32)


def _complete(wish: Wish, index: Index) -> Sequence[int]:
    """The entries that hold all words of a wish."""
    held = [index.holding(word) for word, _ in wish.query]
    positions, counts = np.unique(np.concatenate(held), return_counts=True)
    return [int(position) for position in positions[counts == len(held)]]


def _strength(total: Floats) -> Floats:
    return np.asarray(total / (ENOUGH + total), np.float32)
