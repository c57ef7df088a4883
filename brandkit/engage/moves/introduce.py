"""introduce: what one looks for, another knows. Each is asked alone, and hears of the other only when both said yes."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from brandkit.engage.contacts import Contact
from brandkit.engage.gates.question import Question
from brandkit.engage.introductions import Introduction
from brandkit.engage.matching import may_meet, meets, telling, topic_terms, weight_of
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
            for match in _matches(person, world, topics):
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


@dataclass(frozen=True, eq=False)
class _Knowers:
    """Who knows about one thing, in the order of their ids."""

    words: frozenset[str]
    people: list[Person]
    weight: float


@dataclass(frozen=True, eq=False)
class _Topics:
    """What people know: by each telling word of it those who know it, and by person their topics in order."""

    by_word: Mapping[str, list[_Knowers]]
    by_person: Mapping[str, list[tuple[frozenset[str], str]]]


def _topics(world: World) -> _Topics:
    """Who knows what."""
    by_person: dict[str, list[tuple[frozenset[str], str]]] = {}
    knowers: dict[frozenset[str], dict[str, Person]] = {}
    for person in sorted(world.people.values(), key=lambda person: person.contact.id):
        if person.contact.at_rest or person.held(world.today):
            continue
        offered = (topic for topic in person.contact.offers if topic not in _KINDS)
        for topic in dict.fromkeys((*person.contact.expertise, *offered)):
            words = topic_terms(topic, person.contact.languages or world.me.languages)
            by_person.setdefault(person.contact.id, []).append((words, topic))
            knowers.setdefault(words, {})[person.contact.id] = person
    by_word: dict[str, list[_Knowers]] = {}
    for words, people in knowers.items():
        known = _Knowers(words, list(people.values()), weight_of(words, world.setting.index.idf))
        for word in words:
            by_word.setdefault(word, []).append(known)
    return _Topics(by_word, by_person)


def _matches(person: Person, world: World, topics: _Topics) -> Iterator[_Match]:
    """The first few who know what this person looks for, the best first, then by id.

    Those who know each other, or were asked, are left out. Who knows how much is asked of what they know, which is
    little, and never of everybody.
    """
    wanted = _wanted(person.contact, world)
    by_share: dict[float, list[_Knowers]] = {}
    for words in wanted.values():
        for known in _near(words, topics, world):
            share = meets(words, known.words, world.setting.index.idf)
            if share:
                by_share.setdefault(round(share, 9), []).append(known)
    seen: set[str] = set()
    for share in sorted(by_share, reverse=True):
        merged = heapq.merge(*(known.people for known in by_share[share]), key=lambda other: other.contact.id)
        for other in merged:
            if len(seen) == _TRIED:
                return
            if other.contact.id not in seen and _strangers(person.contact, other.contact, world):
                seen.add(other.contact.id)
                yield _best(other, wanted, topics.by_person[other.contact.id], world)


def _near(words: frozenset[str], topics: _Topics, world: World) -> Iterator[_Knowers]:
    """Who may know enough of it: what most know shares one word of several, and that is seen at a glance."""
    idf = world.setting.index.idf
    shared: dict[int, float] = {}
    known = {id(row): row for word in words for row in topics.by_word.get(word, ())}
    for word in words:
        weight = weight_of(frozenset((word,)), idf)
        for row in topics.by_word.get(word, ()):
            shared[id(row)] = shared.get(id(row), 0.0) + weight
    whole = weight_of(words, idf)
    return (row for id_, row in known.items() if may_meet(shared[id_], whole, row.weight))


def _wanted(contact: Contact, world: World) -> dict[int, frozenset[str]]:
    """The telling words of what somebody looks for and may be told to others, by the need's number."""
    oldest = world.today - timedelta(days=world.setting.settings.need_days)
    languages = contact.languages or world.me.languages
    needs = () if contact.at_rest else enumerate(contact.needs)
    open_ = ((n, need) for n, need in needs if not need.sensitive and not (need.since and need.since < oldest))
    return {number: telling(need.text, languages) for number, need in open_}


def _best(
    other: Person, wanted: Mapping[int, frozenset[str]], known: Sequence[tuple[frozenset[str], str]], world: World
) -> _Match:
    """What the other one knows that meets most; of equals the first need, and then the word that stands first."""
    found: list[_Match] = []
    for number, words in wanted.items():
        by_word = ((word, row) for word in sorted(words) for row in known if word in row[0])
        found += [
            _Match(meets(words, topic[0], world.setting.index.idf), number, topic[1], other) for _, topic in by_word
        ]
    return max(found, key=lambda match: match.share)


def _strangers(a: Contact, b: Contact, world: World) -> bool:
    """Whether they do not know each other yet, as far as is written down, and no introduction was begun."""
    if a.id == b.id or b.id in a.knows or a.id in b.knows:
        return False
    same_firm = bool(a.organization) and a.organization.casefold() == b.organization.casefold()
    return not same_firm and frozenset((a.id, b.id)) not in world.introductions
