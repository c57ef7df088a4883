"""Every component of a score, in the order in which it is shown, with its weight. The one place for weights."""

from __future__ import annotations

from brandkit.engage.scoring.circumstances import Freshness, Novelty, Redundancy, Trust
from brandkit.engage.scoring.component import FitScorer, Scorer
from brandkit.engage.scoring.taste import Taste
from brandkit.engage.scoring.wishes import InterestWishes, NeedWishes

FIT: tuple[FitScorer, ...] = (NeedWishes("need", 0.40), InterestWishes("interest", 0.30), Taste("liked", 0.25))
CIRCUMSTANCES: tuple[Scorer, ...] = (
    Freshness("freshness", 0.08),
    Trust("trust", 0.05),
    Novelty("novelty", 0.07),
    Redundancy("redundancy", 0.10),
)
