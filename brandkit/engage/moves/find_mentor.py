"""find-mentor: somebody who knows what you want to learn and offers it, or who could introduce you to such a person."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.engage.gates.question import Question
from brandkit.engage.gates.standing import closed_because
from brandkit.engage.model import Component, Evidence, Suggestion
from brandkit.engage.moves.asking import goal_item, goal_that_meets, tie
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.world import World


class FindMentor(Move):
    """Learning from somebody."""

    name = "find-mentor"
    in_words = "A mentor, perhaps"
    done = ("ask", "asked")
    minutes = 15

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One where they are an expert for a goal and offer mentoring; else where they know such an expert."""
        if _learns_from(person, world):
            return
        goal = goal_that_meets(person, world)
        if goal is not None and "mentoring" in person.contact.offers:
            number, topic = goal
            name = person.contact.first_name
            why = f"{name} knows about {topic} and offers mentoring; you want to {_goal(world, number)}."
            yield self._suggest(person, world, number, Evidence(f"goals[{number}]", (topic,)), why)
        elif goal is None and "introductions" in person.contact.offers:
            yield from self._through(person, world)

    def _through(self, person: Person, world: World) -> Iterator[Suggestion]:
        for id_ in person.contact.knows:
            expert = world.people.get(id_)
            if expert is None or closed_because(expert, world.today) or _learns_from(expert, world):
                continue
            goal = goal_that_meets(expert, world)
            if goal is not None and "mentoring" not in expert.contact.offers:
                number, topic = goal
                name, other = person.contact.first_name, expert.contact.first_name
                way = f"{name} offers introductions and knows {other}, who knows about {topic}"
                why = f"{way}; you want to {_goal(world, number)}."
                yield self._suggest(person, world, number, Evidence("knows", (id_,)), why, through=True)
                return

    def _suggest(
        self, person: Person, world: World, number: int, evidence: Evidence, why: str, through: bool = False
    ) -> Suggestion:
        component, notes = tie(person, world)
        goal = world.me.goals[number]
        return self.suggest(
            Occasion(
                Question(self.name, world, person, goal_item(goal)),
                why,
                (Component("goal", 0.3 if through else 0.4, evidence), component),
                words={"topic": (goal.topics or (goal.text,))[0], "through": through},
                notes=notes,
            )
        )


def _goal(world: World, number: int) -> str:
    return world.me.goals[number].text


def _learns_from(person: Person, world: World) -> bool:
    """Whether they are your mentor already."""
    return any(
        m.with_ == person.contact.id and m.role == "mentee" and (m.until is None or m.until >= world.today)
        for m in world.vault.mentorships
    )
