"""ask-promotion: somebody agreed to speak for you, and there is something new to speak of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Suggestion, item_of
from brandkit.engage.moves.asking import tie
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.own_matches import new_pages, published_on
from brandkit.engage.people import Person
from brandkit.engage.world import World

_NEW_DAYS = 30


class AskPromotion(Move):
    """Being mentioned, by somebody who said that they would like to."""

    name = "ask-promotion"
    in_words = "A mention, if they like"
    done = ("ask", "asked")
    minutes = 10

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One, for the newest page of the last thirty days."""
        page = next(new_pages(world, _NEW_DAYS), None) if "promotion" in person.contact.offers else None
        if page is None:
            return
        component, notes = tie(person, world)
        yield self.suggest(
            Occasion(
                Question(self.name, world, person, item_of(page, "page")),
                f"{person.contact.first_name} offered to speak for you, and “{page.title}” is new.",
                (Component("offers", 0.2, Evidence("offers", ("promotion",), page.title)), component),
                expires=published_on(page, world) + timedelta(days=_NEW_DAYS),
                notes=notes,
            )
        )
