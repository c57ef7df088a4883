"""What was liked and disliked before: the direction in which this person's reading differs from the rest. Pure.

Each entry of the history is an example (background.py): liked ones pull, disliked ones push half as hard; what
you sent and heard nothing of is a weak yes, what you set aside a weak no. What they wish for counts as one more
liked entry. One like may be an accident: n of them count n^2 / (n^2 + 25).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from brandkit.engage.model import Entry, Evidence
from brandkit.engage.scoring.background import Direction
from brandkit.engage.scoring.component import Fitting, Reader, Setting
from brandkit.engage.scoring.counting import number, pairs
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import Among, Floats
from brandkit.engage.scoring.meaning import phrases, profile_vector
from brandkit.engage.scoring.terms import primary, terms
from brandkit.engage.scoring.wishes import wishes_of

_LIKED, _SENT, _DISMISSED, _DISLIKED = 1.0, 0.25, -0.1, -0.5
_DOUBT = 25.0  # likes, squared, that count half


@dataclass(frozen=True)
class Taste:
    """The component of the history."""

    name: str
    weight: float

    def prepare(self, reader: Reader, setting: Setting, among: Among | None = None) -> TasteFitting | None:
        """How near each entry comes to one that they would like; nothing without a history."""
        whole = self._against_all(reader, setting)
        if whole is None or among is None or among.positions is None:
            return whole
        return replace(whole, among=among, likeness=among.taken(whole.likeness), values=among.taken(whole.values))

    @lru_cache(maxsize=1)  # noqa: B019 - weights live as long as the program
    def _against_all(self, reader: Reader, setting: Setting) -> TasteFitting | None:
        examples = [(setting.positions.get(entry.canonical), value) for entry, value in _examples(reader)]
        known = {position: value for position, value in examples if position is not None}
        if not known:
            return None
        index, vectors = setting.index, setting.vectors
        target, vector = np.zeros(len(index.terms), np.float32), None
        for position, value in known.items():
            places, values = index.features(position)
            target[places] += np.float32(value) * values
        if vectors is not None:
            vector = np.asarray(sum(value * vectors.entries[position] for position, value in known.items()), np.float32)
        if any(value > 0 for value in known.values()):
            _add_wishes(target, reader, setting)
            if vectors is not None and vector is not None and any(phrases(reader, setting)):
                vector = vector + profile_vector(reader, setting, vectors)
        direction = setting.background.direction(target, vector)
        found = index.along(direction.places, direction.values)
        if vectors is not None and direction.vector is not None:
            found = found + vectors.entries @ direction.vector
        sureness = np.float32(_sureness(known.values()))
        usual = max((float(found[position]) for position, value in known.items() if value == _LIKED), default=0.0)
        likeness = sureness * found / np.float32(usual) if usual > 0 else np.zeros(len(found), np.float32)
        values = (np.float32(self.weight) * sureness * found).astype(np.float32)
        return TasteFitting(reader, setting, known, direction, index.everything, likeness, values)


@dataclass(frozen=True, eq=False)
class TasteFitting(Fitting):
    """The history of one person, against all entries."""

    reader: Reader
    setting: Setting
    known: dict[int, float]
    direction: Direction
    among: Among
    likeness: Floats  # as a share of that of the liked entry that is most like the others
    values: Floats

    def evidence(self, position: int) -> Evidence | None:
        """The entry of the history that carries most of the value, and the words that both share."""
        index, value = self.setting.index, float(self.values[self.among.number(position)])
        sign = 1 if value > 0 else -1
        same = {past: weight for past, weight in self.known.items() if weight * sign > 0}
        if not same:  # it is good for what it is not like
            return None
        nearness = self._nearness(position, sorted(same))
        closest = max(nearness, key=lambda past: abs(same[past]) * nearness[past])
        field = f"{_said(self.known[closest])}: {index.entries[closest].title}"
        entry = index.entries[position]
        if value <= 0:
            return Evidence(field)
        pulling = set(index.terms[self.direction.places[self.direction.values > 0]].tolist())
        language = primary(entry.language)
        words = terms(f"{entry.title} {entry.summary} {entry.text}", language)
        return evidence(field, {word for word in words if number(word) in pulling}, entry, index)

    def _nearness(self, position: int, others: Sequence[int]) -> dict[int, float]:
        near = dict(zip(others, self.setting.index.likenesses(position, others), strict=True))
        vectors = self.setting.vectors
        if vectors is None:
            return near
        return {
            at: value + max(0.0, float(vectors.entries[position] @ vectors.entries[at])) for at, value in near.items()
        }


def _examples(reader: Reader) -> Iterator[tuple[Entry, float]]:
    """Each entry of the history with what it says; what they made of it themselves goes last, and counts."""
    yield from ((entry, _DISMISSED) for entry in reader.dismissed)
    yield from ((entry, _SENT) for entry in reader.sent)
    yield from ((entry, _DISLIKED) for entry in reader.disliked)
    yield from ((entry, _LIKED) for entry in reader.liked)


def _said(value: float) -> str:
    return {_LIKED: "liked", _SENT: "sent", _DISLIKED: "not liked"}.get(value, "set aside")


def _sureness(values: Iterable[float]) -> float:
    count = sum(abs(value) for value in values)
    return float(count**2 / (count**2 + _DOUBT))


def _add_wishes(target: Floats, reader: Reader, setting: Setting) -> None:
    """The words of the wishes, and those that stand side by side there, as one more entry that was liked."""
    index = setting.index
    values: dict[int, float] = {}
    for wishes in wishes_of(reader, setting).values():
        for wish in wishes:
            named = [number(word) for word, _ in wish.query]
            for one in (*named, *pairs(named)):
                place = index.place_of(one)
                if place is not None:
                    values[place] = values.get(place, 0.0) + float(index.factors[place])
    length = sum(value * value for value in values.values()) ** 0.5
    for place, value in values.items():
        target[place] += np.float32(value / length)
