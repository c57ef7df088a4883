"""ask-advice: somebody who offers advice knows what one of your goals is about."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Suggestion
from brandkit.engage.moves.asking import goal_item, goal_that_meets, tie
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.world import World


class AskAdvice(Move):
    """One question, to somebody who knows."""

    name = "ask-advice"
    in_words = "A question you could ask"
    done = ("ask", "asked")
    minutes = 10

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One for the first goal that they could advise on."""
        goal = goal_that_meets(person, world) if "advice" in person.contact.offers else None
        if goal is None:
            return
        number, topic = goal
        component, notes = tie(person, world)
        text = world.me.goals[number].text
        yield self.suggest(
            Occasion(
                Question(self.name, world, person, goal_item(world.me.goals[number])),
                f"{person.contact.first_name} offers advice and knows about {topic}; you want to {text}.",
                (Component("goal", 0.3, Evidence(f"goals[{number}]", (topic,))), component),
                words={"topic": topic},
                notes=notes,
            )
        )
