"""share: the few entries of followed feeds most worth sending to this person, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from brandkit.base.url import host_of
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Entry, Suggestion, item_of
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.own_matches import published_on
from brandkit.engage.people import Person
from brandkit.engage.ranking import candidates, worth_sending
from brandkit.engage.scoring.circumstances import vocabulary
from brandkit.engage.scoring.component import Setting
from brandkit.engage.scoring.registry import CIRCUMSTANCES, FIT
from brandkit.engage.scoring.wishes import needs_to_renew
from brandkit.engage.world import World

MOST = 3
_SAME_STORY = 0.6  # share of common terms (Jaccard) from which two entries tell one story
_CONSIDERED = 40  # of those that fit best: enough for three from different hosts


class Share(Move):
    """Something worth reading, sent to one person, for nothing."""

    name = "share"
    in_words = "Something to share"
    done = ("share", "gave")
    minutes = 5

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """Up to three that pass every gate, from different hosts; among them what a gate refused."""
        chosen: list[Entry] = []
        setting = world.setting
        since = setting.today - timedelta(days=setting.settings.share_days)
        fits = worth_sending(person.reader, setting)
        for entry, _ in candidates(fits, setting, since)[:_CONSIDERED]:
            if len(chosen) == MOST:
                return
            if not entry.url:
                continue
            suggestion = self._suggest(person, world, entry, chosen)
            if suggestion.allowed and _repeats(entry, chosen):
                continue
            if suggestion.allowed:
                chosen.append(entry)
            yield suggestion

    def _suggest(self, person: Person, world: World, entry: Entry, chosen: Sequence[Entry]) -> Suggestion:
        components = _components(person, world.setting, entry, chosen)
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item_of(entry), entry),
                _why(person, components),
                components,
                expires=published_on(entry, world) + timedelta(days=world.setting.settings.share_days),
                notes=needs_to_renew(person.contact, world.setting),
                discreet=_is_discreet(person, components),
            )
        )


def _is_discreet(person: Person, components: Sequence[Component]) -> bool:
    """Whether it rests on a need that nobody should read over your shoulder."""
    fields = (c.evidence.field for c in components if c.name == "need" and c.evidence)
    return any(person.contact.needs[int(field[6:-1])].sensitive for field in fields)


def _repeats(entry: Entry, chosen: Sequence[Entry]) -> bool:
    """From a host that is there already, or the same story told again."""
    if any(host_of(entry.url) == host_of(other.url) or entry.canonical == other.canonical for other in chosen):
        return True
    own = vocabulary(entry)
    return any(len(own & v) > _SAME_STORY * len(own | v) for v in map(vocabulary, chosen))


def _components(person: Person, setting: Setting, entry: Entry, chosen: Sequence[Entry]) -> tuple[Component, ...]:
    """All components that say something, rounded so that they add up to the score exactly."""
    position = setting.positions[id(entry)]
    fits = ((scorer, scorer.fit(person.reader, setting, (position,)).get(position, 0.0)) for scorer in FIT)
    found = [scorer.explain(person.reader, setting, entry, value) for scorer, value in fits if value]
    found += [scorer.score(person.reader, setting, entry, chosen) for scorer in CIRCUMSTANCES]
    rounded = (Component(c.name, round(c.value, 4), c.evidence) for c in found)
    return tuple(component for component in rounded if component.value)


def _why(person: Person, components: Sequence[Component]) -> str:
    """One sentence that names what the entry meets, from the component that says most."""
    name, contact = person.contact.first_name, person.contact
    best = max((c for c in components if c.evidence and c.evidence.quote), key=lambda c: c.value, default=None)
    if best is None or best.evidence is None:
        return f"This may be worth reading for {name}."
    about = best.evidence.field
    if best.name == "need":
        need = contact.needs[int(about[6:-1])]
        if need.sensitive:  # a plan may be read over somebody's shoulder
            return f"This may be of use to {name}."
        since = f" ({need.since.day} {need.since:%b})" if need.since else ""
        return f"{name} is looking for this: {need.text.rstrip(' .')}{since}."
    if best.name == "interest":
        return f"{name} likes to read about {contact.interests[int(about[10:-1])]}."
    said, _, title = about.partition(": ")
    if said == "sent":
        return f"It is like something that you sent before: {title}."
    return f"{name} liked something like it before: {title}."
