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
from brandkit.engage.scoring.component import FitScorer, Fitting, Reader, Setting
from brandkit.engage.scoring.diversity import diverse
from brandkit.engage.scoring.index import Among, Floats
from brandkit.engage.scoring.screening import may_be_strong
from brandkit.engage.scoring.silence import strength_of, weighed
from brandkit.engage.scoring.wishes import wishes_of

_NEAR = 0.3  # a strength below which nothing came near


@dataclass(frozen=True, eq=False)
class Fit:
    """How well entries fit one person: the components that say something, by name. Of all entries, or of some."""

    reader: Reader
    setting: Setting
    fittings: Mapping[str, Fitting]
    among: Among

    @cached_property
    def total(self) -> Floats:
        """The sum of the components."""
        zeros = np.zeros(len(self.among), np.float32)
        return sum((fitting.values for fitting in self.fittings.values()), start=zeros)

    @cached_property
    def strength(self) -> Floats:
        """How strong the evidence for each entry is, from 0 to 1: what silence is decided by."""
        return strength_of(wishes_of(self.reader, self.setting), self.fittings.values(), self.among)

    def total_of(self, position: int) -> float:
        """The sum for one entry."""
        return float(self.total[self.among.number(position)])


def fit_of(reader: Reader, setting: Setting, least: float = 0.0) -> Fit:
    """How well entries fit a person: all of them, or those for which the evidence is that strong."""
    among = _strong(reader, setting, least) if least > 0 else setting.index.everything
    found = _prepared(registry.FIT, reader, setting, among) if len(among) else {}
    return Fit(reader, setting, found, among)


def _prepared(
    scorers: Sequence[FitScorer], reader: Reader, setting: Setting, among: Among | None = None
) -> dict[str, Fitting]:
    found = ((scorer.name, scorer.prepare(reader, setting, among)) for scorer in scorers)
    return {name: fitting for name, fitting in found if fitting is not None}


def _strong(reader: Reader, setting: Setting, least: float) -> Among:
    """The entries for which the evidence is that strong; the words that each holds are looked at for few alone."""
    wishes, whole = wishes_of(reader, setting), _prepared(registry.BEYOND_WORDS, reader, setting)
    among = may_be_strong(weighed(wishes), list(whole.values()), setting, least)
    if not len(among):
        return among
    strength = strength_of(wishes, _prepared(registry.BEYOND_WORDS, reader, setting, among).values(), among)
    return among.only(strength >= least)


def worth_sending(fit: Fit, since: date) -> Sequence[int]:
    """The positions of the entries that fit well enough not to be kept silent about, the best first."""
    if not len(fit.among):
        return ()
    strong = np.flatnonzero((fit.strength >= fit.setting.settings.threshold) & (fit.total > 0))
    positions = strong if fit.among.positions is None else fit.among.positions[strong]
    recent = _is_published(fit.setting, since)[positions]
    strong, positions = strong[recent], positions[recent]
    order = np.argsort(fit.setting.link_order[positions]) if len(positions) else np.empty(0, np.int32)
    strong, positions = strong[order], positions[order]
    return [int(at) for at in positions[np.argsort(-np.round(fit.total[strong], 6), kind="stable")]]


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
def _is_published(setting: Setting, since: date) -> NDArray[np.bool_]:
    """Of each entry whether it was published since a day and not after today."""
    return np.asarray((setting.days >= since.toordinal()) & (setting.days <= setting.today.toordinal()))


@lru_cache(maxsize=1)
def _published(setting: Setting, since: date) -> NDArray[np.int32]:
    """The positions of what was published since a day and not after today, in the order of links."""
    return setting.by_link[_is_published(setting, since)[setting.by_link]]


def _best(fit: Fit, positions: NDArray[np.int32]) -> NDArray[np.int32]:
    """These positions, the best first; of equals, the first stays first."""
    return positions[np.argsort(-np.round(fit.total[positions], 6), kind="stable")]
