"""Entries in the order in which they fit a person. Fit is need, interest and history alone: no clock, no gates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from brandkit.engage.gates.content import avoids
from brandkit.engage.model import Entry
from brandkit.engage.people import Person
from brandkit.engage.rhythm import day_of
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.registry import FIT


def fit_of(reader: Reader, setting: Setting) -> Mapping[int, float]:
    """How well each entry fits, by position; entries that fit not at all are absent."""
    total: dict[int, float] = {}
    for scorer in FIT:
        for position, value in scorer.fit(reader, setting).items():
            total[position] = total.get(position, 0.0) + value
    return total


def worth_sending(reader: Reader, setting: Setting) -> Mapping[int, float]:
    """How well those entries fit that meet some one wish well enough not to be kept silent about, by position."""
    floor = setting.settings.threshold
    strong = {position for scorer in FIT for position in scorer.reach(reader, setting, floor)}
    total = dict.fromkeys(strong, 0.0)
    for scorer in FIT:
        for position, value in scorer.fit(reader, setting, strong).items():
            total[position] += value
    return total


def candidates(fits: Mapping[int, float], setting: Setting, since: date) -> list[tuple[Entry, float]]:
    """The entries published since a day and not after today, the best first; ties by canonical link."""
    entries = setting.index.entries
    found = [
        (entries[position], fit)
        for position, fit in fits.items()
        if since <= day_of(entries[position].published, setting.zone) <= setting.today
    ]
    return sorted(found, key=lambda pair: (-round(pair[1], 9), pair[0].canonical, pair[0].guid))


def ranking_lines(person: Person, setting: Setting, since: date, depth: int) -> Iterator[str]:
    """contact, guid, rank and score, tab-separated: by fit, filled up with what does not fit at all."""
    fits = dict.fromkeys(range(len(setting.index.entries)), 0.0) | dict(fit_of(person.reader, setting))
    rank = 0
    for entry, fit in candidates(fits, setting, since):
        if any(avoids(topic, entry) for topic in person.contact.avoid):
            continue
        rank += 1
        if rank > depth:
            return
        yield f"{person.contact.id}\t{entry.guid}\t{rank}\t{fit:.6f}"
