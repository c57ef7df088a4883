"""Which of the entries that fit a person are offered, one after the other. Pure.

In: a person, what is the same for everybody. Out: positions of entries, each worth most beside those that were chosen
before it, no host and no story twice; and the components of its score.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from brandkit.base.url import host_of
from brandkit.engage.discretion import touches_secret
from brandkit.engage.gates.content import is_theirs
from brandkit.engage.model import Component, Entry
from brandkit.engage.people import Person
from brandkit.engage.ranking import fit_of, worth_sending
from brandkit.engage.scoring import registry
from brandkit.engage.scoring.component import Setting

_SAME_STORY = 0.8  # cosine from which two entries tell one story
_CONSIDERED = 40  # of those that fit best: enough for three from different hosts
_SHOWN = 10  # of those that they know already: for who asks what was held back
_ALIKE = 0.3  # cosine of vectors from which an entry may well be about a need


class Choosing:
    """A choice for one person, as it goes on."""

    def __init__(self, person: Person, setting: Setting, since: date) -> None:
        self._person, self._setting = person, setting
        self._fit = fit_of(person.reader, setting, setting.settings.threshold)
        self._chosen: list[int] = []
        self._pool = self._considered(since)
        if not self._pool:
            return
        places = setting.positions
        sent = [places[entry.canonical] for entry in person.reader.sent if entry.canonical in places]
        self._told = {at: setting.index.likeness(at, [one for one in sent if one != at]) for at in self._pool}
        self._worth = {at: self._fit.total_of(at) + self._circumstances(at, ()) for at in self._pool}

    def next(self) -> int | None:
        """What is worth most now, taken out; of a story that several tell, the one from the best source."""
        self._pool = [at for at in self._pool if self._told[at] <= _SAME_STORY and not self._clashes(at)]
        if not self._pool:
            return None
        best = max(self._pool, key=lambda at: (round(self._worth_beside(at), 6), -self._pool.index(at)))
        likenesses = self._setting.index.likenesses(best, self._pool)
        alike = zip(self._pool, likenesses, strict=True)
        best = min((at for at, likeness in alike if at == best or likeness > _SAME_STORY), key=self._source)
        self._pool.remove(best)
        return best

    def choose(self, position: int) -> None:
        """It is offered: what comes next has to stand beside it."""
        self._chosen.append(position)
        for at, likeness in zip(self._pool, self._setting.index.likenesses(position, self._pool), strict=True):
            self._told[at] = max(self._told[at], likeness)

    def components(self, position: int) -> tuple[Component, ...]:
        """All components that say something, rounded so that they add up to the score exactly."""
        at = self._fit.among.number(position)
        fits = ((name, fitting, float(fitting.values[at])) for name, fitting in self._fit.fittings.items())
        found = [Component(name, value, fitting.evidence(position)) for name, fitting, value in fits if value]
        found += [
            scorer.score(self._person.reader, self._setting, position, self._chosen)
            for scorer in registry.CIRCUMSTANCES
        ]
        rounded = (Component(c.name, round(c.value, 4), c.evidence) for c in found)
        return tuple(component for component in rounded if component.value)

    def is_discreet(self, position: int, components: Sequence[Component]) -> bool:
        """Whether it touches a need, however old, that nobody should read over your shoulder."""
        secrets = [need for need in self._person.contact.needs if need.sensitive]
        if not secrets:
            return False
        entry, vectors = self._setting.index.entries[position], self._setting.vectors
        said = [component.evidence.field for component in components if component.evidence]
        texts = (entry.title, entry.summary, entry.text, *said)
        if touches_secret(" ".join(texts), self._person.contact):
            return True
        return vectors is not None and any(
            float(vectors.entries[position] @ vectors.of(need.text)) >= _ALIKE for need in secrets
        )

    def _considered(self, since: date) -> list[int]:
        """The best that they may not know yet; of those that they do, a few."""
        entries, contact = self._setting.index.entries, self._person.contact
        free: list[int] = []
        known: list[int] = []
        for at in worth_sending(self._fit, since):
            entry = entries[at]
            if not entry.url:
                continue
            is_known = entry.canonical in self._person.ledger.shared or is_theirs(contact, host_of(entry.url))
            (known if is_known else free).append(at)
            if len(free) == _CONSIDERED:
                break
        return [*free, *known[:_SHOWN]]

    def _circumstances(self, position: int, chosen: Sequence[int]) -> float:
        reader, setting = self._person.reader, self._setting
        return sum(scorer.score(reader, setting, position, chosen).value for scorer in registry.CIRCUMSTANCES)

    def _worth_beside(self, position: int) -> float:
        redundancy = registry.REDUNDANCY.score(self._person.reader, self._setting, position, self._chosen)
        return self._worth[position] + redundancy.value

    def _clashes(self, position: int) -> bool:
        """From a host, or of a link, that is there already."""
        entries = self._setting.index.entries
        entry, others = entries[position], [entries[at] for at in self._chosen]
        return any(host_of(entry.url) == host_of(o.url) or entry.canonical == o.canonical for o in others)

    def _source(self, position: int) -> tuple[float, bool, int, datetime, str]:
        """The most trusted feed goes first, then a link without tracking, what says most, and who said it first."""
        entry = self._setting.index.entries[position]
        feed = self._setting.feeds.get(entry.feed)
        trust, text = feed.weight if feed else 1.0, entry.text or entry.summary
        return (-trust, "utm_" in entry.url, -len(text), entry.published, entry.canonical)


def stand_behind(person: Person, setting: Setting, offered: Collection[str]) -> list[Entry]:
    """What fits too, and was not looked at since something of the same site is offered, by its link; the best first."""
    index, places = setting.index, setting.positions
    hosts = {host_of(index.entries[places[link]].url) for link in offered if link in places}
    known = {*offered, *person.ledger.shared}
    fit = fit_of(person.reader, setting, setting.settings.threshold)
    since = setting.today - timedelta(days=setting.settings.share_days)
    fitting = (index.entries[at] for at in worth_sending(fit, since)) if hosts else ()
    return [entry for entry in fitting if host_of(entry.url) in hosts and entry.canonical not in known]
