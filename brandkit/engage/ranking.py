"""Entries in the order in which they fit a person. Fit is need, interest and history alone: no clock, no gates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from brandkit.engage.gates.content import avoids
from brandkit.engage.people import Person
from brandkit.engage.scoring import registry
from brandkit.engage.scoring.component import Fitting, Reader, Setting
from brandkit.engage.scoring.diversity import diverse
from brandkit.engage.scoring.index import Floats
from brandkit.engage.scoring.silence import strength_of

_NEAR = 0.3  # a strength below which nothing came near


@dataclass(frozen=True, eq=False)
class Fit:
    """How well each entry fits one person: the components that say something, by name."""

    setting: Setting
    fittings: Mapping[str, Fitting]

    @cached_property
    def total(self) -> Floats:
        """The sum of the components."""
        zeros = np.zeros(len(self.setting.index.entries), np.float32)
        return sum((fitting.values for fitting in self.fittings.values()), start=zeros)

    @cached_property
    def strength(self) -> Floats:
        """How strong the evidence for each entry is, from 0 to 1: what silence is decided by."""
        return strength_of(self.fittings, self.setting)


def fit_of(reader: Reader, setting: Setting) -> Fit:
    """How well all entries fit a person."""
    prepared = ((scorer.name, scorer.prepare(reader, setting)) for scorer in registry.FIT)
    return Fit(setting, {name: fitting for name, fitting in prepared if fitting is not None})


def worth_sending(fit: Fit, since: date) -> Sequence[int]:
    """The positions of the entries that fit well enough not to be kept silent about, the best first."""
    found = _published(fit.setting, since)
    strong = found[(fit.strength[found] >= fit.setting.settings.threshold) & (fit.total[found] > 0)]
    return [int(position) for position in _best(fit, strong)]


def came_near(person: Person, setting: Setting, most: int = 5) -> Sequence[tuple[float, str]]:
    """What was kept silent about, the strongest first: strength and title."""
    fit = fit_of(person.reader, setting)
    recent = _published(setting, setting.today - timedelta(days=setting.settings.share_days))
    weak = [at for at in recent.tolist() if _NEAR <= fit.strength[at] < setting.settings.threshold]
    weak.sort(key=lambda at: -float(fit.strength[at]))
    return [(float(fit.strength[at]), setting.index.entries[at].title) for at in weak[:most]]


def ranking_lines(person: Person, setting: Setting, since: date, depth: int, is_diverse: bool = False) -> Iterator[str]:
    """contact, guid, rank and score, tab-separated: by fit, filled up with what does not fit at all.

    With `is_diverse` the first of them stand so that they are not all about the same.
    """
    fit, entries = fit_of(person.reader, setting), setting.index.entries
    wanted = (at for at in _best(fit, _published(setting, since)).tolist() if not _is_avoided(person, setting, at))
    ordered = [position for position, _ in zip(wanted, range(depth), strict=False)]
    if is_diverse:
        ordered = diverse(ordered, fit.total, setting.index)
    scores = np.sort(fit.total[ordered])[::-1] if ordered else ()  # whoever sorts by score finds the same order
    for rank, (position, score) in enumerate(zip(ordered, scores, strict=True), start=1):
        yield f"{person.contact.id}\t{entries[position].guid}\t{rank}\t{score:.6f}"


def _is_avoided(person: Person, setting: Setting, position: int) -> bool:
    return any(avoids(topic, setting.index.entries[position]) for topic in person.contact.avoid)


@lru_cache(maxsize=1)  # the same for everybody
def _published(setting: Setting, since: date) -> NDArray[np.int32]:
    """The positions of what was published since a day and not after today, in the order of links."""
    days = setting.days[setting.by_link]
    return setting.by_link[(days >= since.toordinal()) & (days <= setting.today.toordinal())]


def _best(fit: Fit, positions: NDArray[np.int32]) -> NDArray[np.int32]:
    """These positions, the best first; of equals, the first stays first."""
    return positions[np.argsort(-np.round(fit.total[positions], 6), kind="stable")]
