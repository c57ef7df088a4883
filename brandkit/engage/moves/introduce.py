"""introduce: what one looks for, another knows. Each is asked alone, and hears of the other only when both said yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from brandkit.engage.contacts import Contact
from brandkit.engage.gates.question import Question
from brandkit.engage.introductions import Introduction
from brandkit.engage.matching import meets, telling, topic_terms
from brandkit.engage.model import Component, Evidence, Item, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.world import World

_WORTH = 0.5
_TRIED = 3  # matches for one need that are looked at
_KINDS = frozenset("feedback advice support promotion introductions mentoring".split())


@dataclass(frozen=True)
class _Match:
    share: float
    need: int
    topic: str
    other: Person


@dataclass(frozen=True)
class Pair:
    """The one who is written to, and the other one."""

    world: World
    person: Person
    other: Person


class Introduce(Move):
    """Bringing two people together."""

    name = "introduce"
    in_words = "Two people who should meet"
    done = ("introduction", "gave")
    minutes = 10

    def for_all(self, world: World) -> Iterator[Suggestion]:
        """The next step of each introduction that was begun; then a new one for each person who looks for something."""
        for introduction in world.introductions.values():
            yield from self._next(world, introduction)
        topics = _topics(world)
        for person in world.people.values():
            for match in _matches(person, world, topics)[:_TRIED]:
                suggestion = self._begin(world, person, match)
                yield suggestion
                if suggestion.allowed:
                    break

    def _begin(self, world: World, person: Person, match: _Match) -> Suggestion:
        need, other = person.contact.needs[match.need], match.other.contact
        name = person.contact.first_name
        why = (
            f"{name} is looking for this: {need.text}; {other.first_name} knows about {match.topic}. "
            f"Ask {name} first; neither hears who the other is before both agree."
        )
        component = Component("need", round(_WORTH * match.share, 4), Evidence(f"needs[{match.need}]", (match.topic,)))
        return self.step(Pair(world, person, match.other), why, component)

    def _next(self, world: World, introduction: Introduction) -> Iterator[Suggestion]:
        a, b = (world.people.get(side) for side in (introduction.a, introduction.b))
        if a is None or b is None or introduction.ended:
            return
        component = Component("begun", 0.8, Evidence("journal"))
        if introduction.agreed:
            names = f"{a.contact.first_name} and {b.contact.first_name}"
            yield self.step(Pair(world, a, b), f"{names} both said yes: introduce them.", component, reveals=True)
        elif introduction.next is not None:
            asked, other = (a, b) if introduction.next == a.contact.id else (b, a)
            why = f"{other.contact.first_name} would like the introduction; now ask {asked.contact.first_name}."
            yield self.step(Pair(world, asked, other), why, component)

    def step(self, pair: Pair, why: str, component: Component, reveals: bool = False) -> Suggestion:
        """Asking one of the two; with `reveals`, telling them who the other is, which both must have agreed to."""
        person, other = pair.person, pair.other
        key = "+".join(sorted((person.contact.id, other.contact.id))) + ("@made" if reveals else "@asked")
        title = f"{person.contact.first_name} and {other.contact.first_name}"
        words: dict[str, object] = {"step": "ask"}
        if reveals:
            words = {"step": "made", "other": _shown(other.contact)}
        item = Item("introduction", key, title)
        question = Question(self.name, pair.world, person, item, other=other, reveals=reveals)
        return self.suggest(Occasion(question, why, (component,), words=words))


def _shown(contact: Contact) -> Mapping[str, str]:
    """What the other side may hear of somebody who said yes."""
    return {
        "name": contact.name,
        "first_name": contact.first_name,
        "title": contact.title,
        "organization": contact.organization,
    }


def _topics(world: World) -> dict[str, list[tuple[frozenset[str], str, Person]]]:
    """Who knows what, by each telling word of it."""
    found: dict[str, list[tuple[frozenset[str], str, Person]]] = {}
    for person in world.people.values():
        if person.contact.at_rest or person.held(world.today):
            continue
        offered = (topic for topic in person.contact.offers if topic not in _KINDS)
        for topic in dict.fromkeys((*person.contact.expertise, *offered)):
            words = topic_terms(topic, person.contact.languages or world.me.languages)
            for word in words:
                found.setdefault(word, []).append((words, topic, person))
    return found


def _matches(
    person: Person, world: World, topics: Mapping[str, list[tuple[frozenset[str], str, Person]]]
) -> list[_Match]:
    """Who knows what this person looks for, the best first; those who know each other, or were asked, are left out."""
    contact, oldest = person.contact, world.today - timedelta(days=world.setting.settings.need_days)
    if contact.at_rest:
        return []
    best: dict[str, _Match] = {}
    for number, need in enumerate(contact.needs):
        if need.sensitive or (need.since is not None and need.since < oldest):
            continue
        wanted = telling(need.text, contact.languages or world.me.languages)
        shares: dict[frozenset[str], float] = {}  # many know about the same
        for words, topic, other in {id(row): row for word in sorted(wanted) for row in topics.get(word, ())}.values():
            if words not in shares:
                shares[words] = meets(wanted, words, world.setting.index.idf)
            share = shares[words]
            known = best.get(other.contact.id)
            if share and _strangers(contact, other.contact, world) and (known is None or share > known.share):
                best[other.contact.id] = _Match(share, number, topic, other)
    return sorted(best.values(), key=lambda match: (-round(match.share, 9), match.other.contact.id))


def _strangers(a: Contact, b: Contact, world: World) -> bool:
    """Whether they do not know each other yet, as far as is written down, and no introduction was begun."""
    if a.id == b.id or b.id in a.knows or a.id in b.knows:
        return False
    same_firm = bool(a.organization) and a.organization.casefold() == b.organization.casefold()
    return not same_firm and frozenset((a.id, b.id)) not in world.introductions
