"""What the moves that ask for something share: how close the tie is, and that a dormant one begins with news. Pure."""

from __future__ import annotations

from datetime import timedelta

from brandkit.base.text import slugify
from brandkit.engage.config import Goal
from brandkit.engage.matching import best_topic
from brandkit.engage.model import Component, Evidence, Item
from brandkit.engage.people import Person
from brandkit.engage.world import World

_ACTIVE_DAYS = 365


def is_active(person: Person, world: World) -> bool:
    """Whether you were in touch within a year."""
    last = person.touch.last
    return last is not None and last >= world.today - timedelta(days=_ACTIVE_DAYS)


def tie(person: Person, world: World) -> tuple[Component, tuple[str, ...]]:
    """The tie as a component, and a note where it is dormant."""
    if is_active(person, world):
        return Component("tie", 0.1, Evidence("journal", ("active",))), ()
    note = f"You have not been in touch with {person.contact.first_name} for a year: begin with how they are."
    return Component("tie", 0.0, Evidence("journal", ("dormant",))), (note,)


def goal_that_meets(person: Person, world: World) -> tuple[int, str] | None:
    """The first of your goals that this person is an expert for, by number, and their topic; else None."""
    for number, goal in enumerate(world.me.goals):
        if goal.by is not None and goal.by < world.today:
            continue
        for topic in goal.topics or (goal.text,):
            theirs = best_topic(topic, person.contact.expertise, world.me.languages, world.setting.index.idf)
            if theirs:
                return number, theirs
    return None


def goal_item(goal: Goal) -> Item:
    """A goal as what a suggestion is about: by its words, since its place in me.yaml may change."""
    return Item("goal", slugify(goal.text, "goal"), goal.text)
