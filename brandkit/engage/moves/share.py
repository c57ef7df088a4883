"""share: the few entries of followed feeds most worth sending to this person, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from brandkit.base.url import host_of
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Suggestion, item_of
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.own_matches import published_on
from brandkit.engage.people import Person
from brandkit.engage.ranking import Fit, fit_of, worth_sending
from brandkit.engage.scoring import registry
from brandkit.engage.scoring.component import Setting
from brandkit.engage.scoring.wishes import NEEDS, WishFitting, needs_to_renew, share_of
from brandkit.engage.world import World

MOST = 3
_SAME_STORY = 0.8  # cosine from which two entries tell one story
_CONSIDERED = 40  # of those that fit best: enough for three from different hosts


class Share(Move):
    """Something worth reading, sent to one person, for nothing."""

    name = "share"
    in_words = "Something to share"
    done = ("share", "gave")
    minutes = 5

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """Up to three that pass every gate, from different hosts; among them what a gate refused."""
        setting = world.setting
        since = setting.today - timedelta(days=setting.settings.share_days)
        choice = _Choice(person, setting, fit_of(person.reader, setting))
        pool = [at for at in worth_sending(choice.fit, since, _CONSIDERED) if setting.index.entries[at].url]
        while pool and len(choice.chosen) < MOST:
            position = choice.take_best(pool)
            if position is None:
                return
            suggestion = self._suggest(world, choice, position)
            if suggestion.allowed:
                choice.chosen.append(position)
            yield suggestion

    def _suggest(self, world: World, choice: _Choice, position: int) -> Suggestion:
        person, entry, components = choice.person, world.setting.index.entries[position], choice.components(position)
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item_of(entry), entry),
                _why(person, components),
                components,
                expires=published_on(entry, world) + timedelta(days=world.setting.settings.share_days),
                notes=needs_to_renew(person.contact, world.setting),
                discreet=choice.is_discreet(position, components),
            )
        )


@dataclass(frozen=True)
class _Choice:
    """What was chosen for one person so far, and what the next would be worth."""

    person: Person
    setting: Setting
    fit: Fit
    chosen: list[int] = field(default_factory=list)

    def take_best(self, pool: list[int]) -> int | None:
        """The position worth most now, out of the pool; for a story told by several, the one from the best source."""
        places = self.setting.positions
        sent = [places[entry.canonical] for entry in self.person.reader.sent if entry.canonical in places]
        pool[:] = [at for at in pool if not self._repeats(at, sent)]
        if not pool:
            return None
        best = max(pool, key=lambda at: (round(self._worth(at), 6), -pool.index(at)))
        likenesses = self.setting.index.likenesses(best, pool)
        same = [at for at, likeness in zip(pool, likenesses, strict=True) if at == best or likeness > _SAME_STORY]
        best = min(same, key=self._source)
        pool.remove(best)
        return best

    def components(self, position: int) -> tuple[Component, ...]:
        """All components that say something, rounded so that they add up to the score exactly."""
        fits = ((name, fitting, float(fitting.values[position])) for name, fitting in self.fit.fittings.items())
        found = [Component(name, value, fitting.evidence(position)) for name, fitting, value in fits if value]
        found += self._circumstances(position)
        rounded = (Component(c.name, round(c.value, 4), c.evidence) for c in found)
        return tuple(component for component in rounded if component.value)

    def is_discreet(self, position: int, components: Sequence[Component]) -> bool:
        """Whether it touches a need that nobody should read over your shoulder."""
        fields = {component.evidence.field for component in components if component.evidence}
        needs = self.fit.fittings.get(NEEDS.name)
        if isinstance(needs, WishFitting):
            fields |= {wish.field for wish in needs.wishes if share_of(wish, self.setting.index, position)}
        return any(need.sensitive and f"needs[{n}]" in fields for n, need in enumerate(self.person.contact.needs))

    def _circumstances(self, position: int) -> list[Component]:
        scorers = registry.CIRCUMSTANCES
        return [scorer.score(self.person.reader, self.setting, position, self.chosen) for scorer in scorers]

    def _worth(self, position: int) -> float:
        return float(self.fit.total[position]) + sum(c.value for c in self._circumstances(position))

    def _source(self, position: int) -> tuple[float, int, datetime, str]:
        """The most trusted feed goes first, then what says most, then who said it first."""
        entry = self.setting.index.entries[position]
        feed = self.setting.feeds.get(entry.feed)
        return (-(feed.weight if feed else 1.0), -len(entry.text or entry.summary), entry.published, entry.canonical)

    def _repeats(self, position: int, sent: Sequence[int]) -> bool:
        """From a host that is there already, or the same story told again, now or before."""
        entries = self.setting.index.entries
        entry, others = entries[position], [entries[at] for at in self.chosen]
        if any(host_of(entry.url) == host_of(o.url) or entry.canonical == o.canonical for o in others):
            return True
        told = [*self.chosen, *(at for at in sent if at != position)]
        return self.setting.index.likeness(position, told) > _SAME_STORY


def _why(person: Person, components: Sequence[Component]) -> str:
    """One sentence that names what the entry meets, from the component that says most."""
    name, contact = person.contact.first_name, person.contact
    best = max((c for c in components if c.evidence and c.evidence.quote), key=lambda c: c.value, default=None)
    if best is None or best.evidence is None:
        return f"This may be worth reading for {name}."
    place, _, title = best.evidence.field.partition(": ")
    listed, _, number = place.rstrip("]").partition("[")
    if listed == "needs":
        need = contact.needs[int(number)]
        if need.sensitive:  # a plan may be read over somebody's shoulder
            return f"This may be of use to {name}."
        since = f" ({need.since.day} {need.since:%b})" if need.since else ""
        return f"{name} is looking for this: {need.text.rstrip(' .')}{since}."
    if listed in _SAID:
        return _SAID[listed].format(name=name, what=getattr(contact, listed)[int(number)])
    if place == "sent":
        return f"It is like something that you sent before: {title}."
    return f"{name} liked something like it before: {title}."


_SAID = {
    "interests": "{name} likes to read about {what}.",
    "expertise": "{name} knows about {what}, and this is about it.",
    "prefers": "{name} favours {what}.",
}
