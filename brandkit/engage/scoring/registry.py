"""Every component of a score, in the order in which it is shown, with its weight. The one place for weights.

The weights of fit were chosen on three sets of real judgements (docs/ranking.md) and are the same for all. `liked`
is ten times a wish, since it is the estimate of a probability and seldom above a tenth.
"""

from __future__ import annotations

from brandkit.engage.scoring.circumstances import Aside, Freshness, Novelty, Redundancy, Trust
from brandkit.engage.scoring.component import FitScorer, Scorer
from brandkit.engage.scoring.meaning import Meaning
from brandkit.engage.scoring.taste import Taste
from brandkit.engage.scoring.wishes import EXPERTISE, INTERESTS, NEEDS, PERSPECTIVE, Wishes

_WISHES = 1.0
BEYOND_WORDS: tuple[FitScorer, ...] = (
    Meaning("meaning", 0.4 * _WISHES),
    Taste("liked", 10 * _WISHES),
)
FIT: tuple[FitScorer, ...] = (
    Wishes(NEEDS, _WISHES),
    Wishes(INTERESTS, _WISHES),
    Wishes(EXPERTISE, _WISHES),
    Wishes(PERSPECTIVE, _WISHES),
    *BEYOND_WORDS,
)
REDUNDANCY = Redundancy("redundancy", 0.10)
CIRCUMSTANCES: tuple[Scorer, ...] = (
    Freshness("freshness", 0.04),
    Trust("trust", 0.04),
    Novelty("novelty", 0.03),
    Aside("aside", 0.3),
    REDUNDANCY,
)
