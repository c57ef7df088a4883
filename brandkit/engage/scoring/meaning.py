"""What is meant: entries near to what a person wishes for, though the words are others. Needs a language model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from brandkit.base.text import clip
from brandkit.engage.model import Evidence
from brandkit.engage.scoring.component import Fitting, Reader, Setting
from brandkit.engage.scoring.index import Among, Floats
from brandkit.engage.scoring.vectors import Vectors


@dataclass(frozen=True)
class Meaning:
    """The cosine of an entry with all that the person wishes for, said in one breath."""

    name: str
    weight: float

    def prepare(self, reader: Reader, setting: Setting, among: Among | None = None) -> MeaningFitting | None:
        """Nothing without a model, or without a wish."""
        wishes = dict(phrases(reader, setting))
        if setting.vectors is None or not wishes:
            return None
        cosines = _cosines(reader, setting, setting.vectors)
        cosines = cosines if among is None else among.taken(cosines)
        return MeaningFitting(setting, wishes, cosines, (cosines.clip(min=0) * self.weight).astype(np.float32))


@lru_cache(maxsize=1)  # who is looked at twice is looked at at once
def _cosines(reader: Reader, setting: Setting, vectors: Vectors) -> Floats:
    return np.asarray(vectors.entries @ profile_vector(reader, setting, vectors))


@dataclass(frozen=True, eq=False)
class MeaningFitting(Fitting):
    """What one person wishes for, against all entries."""

    setting: Setting
    wishes: dict[str, str]
    cosines: Floats
    values: Floats

    def evidence(self, position: int) -> Evidence | None:
        """The wish that is nearest, and how the entry begins."""
        vectors, entry = self.setting.vectors, self.setting.index.entries[position]
        assert vectors is not None
        own = vectors.entries[position]
        field = max(self.wishes, key=lambda name: float(own @ vectors.of(self.wishes[name])))
        return Evidence(field, (), clip(entry.title, 320))


def phrases(reader: Reader, setting: Setting) -> Iterator[tuple[str, str]]:
    """What they like to read about and still look for, by field."""
    for number, interest in enumerate(reader.contact.interests):
        yield f"interests[{number}]", interest
    for number, need in enumerate(reader.contact.needs):
        if setting.is_current(need):
            yield f"needs[{number}]", need.text


def profile_vector(reader: Reader, setting: Setting, vectors: Vectors) -> Floats:
    """The vector of all of it as one text."""
    return vectors.of(" ; ".join(text for _, text in phrases(reader, setting)))
