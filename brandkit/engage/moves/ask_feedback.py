"""ask-feedback: who could read a draft of yours: a few who know its subject, one of them from another circle."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.base.walls import OwnPage
from brandkit.engage.gates.question import Question
from brandkit.engage.matching import telling
from brandkit.engage.model import Component, Entry, Evidence, Item, Suggestion
from brandkit.engage.moves.asking import tie
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.world import World

_READERS = 3


class AskFeedback(Move):
    """A reader before everybody reads it."""

    name = "ask-feedback"
    in_words = "A reader for a draft"
    done = ("ask", "asked")
    minutes = 10

    def for_all(self, world: World) -> Iterator[Suggestion]:
        """For each draft post up to three readers, and those whom a gate refused."""
        offering = [person for person in world.people.values() if "feedback" in person.contact.offers]
        for position, entry in enumerate(world.pages.index.entries):
            page = world.own[entry.canonical]
            if page.status == "draft":
                found = [s for person in offering if (s := self._suggest(person, world, page, position))]
                yield from _chosen(found, world)

    def _suggest(self, person: Person, world: World, page: OwnPage, position: int) -> Suggestion | None:
        topic = _topic(person, world, world.pages.index.entries[position], position)
        if topic is None:
            return None
        component, notes = tie(person, world)
        # a draft has no address yet, and its title is yours to tell
        item = Item("page", page.slug, page.title)
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item),
                f"{person.contact.first_name} offers feedback and knows about {topic}, which “{page.title}” is about.",
                (Component("expertise", 0.4, Evidence("expertise", (topic,), page.title)), component),
                notes=notes,
            )
        )


def _topic(person: Person, world: World, entry: Entry, position: int) -> str | None:
    """The first of their topics all of whose words stand in the draft."""
    languages = (entry.language,) if entry.language else world.me.languages
    for topic in person.contact.expertise:
        words = telling(topic, languages)
        if words and all(position in world.pages.index.holding(word) for word in words):
            return topic
    return None


def _chosen(found: list[Suggestion], world: World) -> Iterator[Suggestion]:
    """What was refused, and three that were not: the best, and one from another circle where there is one."""
    yield from (s for s in found if not s.allowed)
    allowed = sorted((s for s in found if s.allowed), key=lambda s: (-(s.score or 0), s.contact))
    best = allowed[: _READERS - 1]
    circles = {world.people[s.contact].contact.circle for s in best}
    rest = allowed[_READERS - 1 :]
    other = next((s for s in rest if world.people[s.contact].contact.circle not in circles), None)
    yield from best
    yield from [other] if other else rest[:1]
