"""respond: somebody you know published something. A sentence of theirs is quoted; the reply is yours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from brandkit.engage.gates.question import Question
from brandkit.engage.life_events import touches_grief
from brandkit.engage.model import Component, Entry, Evidence, Suggestion, item_of
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import NEWS_DAYS, Person
from brandkit.engage.rhythm import day_of, spoken
from brandkit.engage.sources.replies import good_sentence
from brandkit.engage.world import World


class Respond(Move):
    """Taking an interest in what they do."""

    name = "respond"
    in_words = "They wrote something"
    done = ("respond", "gave")
    minutes = 10

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """The newest thing of the last 14 days that you neither spoke of already nor set aside."""
        told = {news.entry.canonical for news in person.news}
        for entry in person.published:
            known = entry.canonical in told or entry.canonical in _answered(person)
            # what touches grief is read, and answered in words of one's own, or not at all
            if not known and not touches_grief(entry.title, entry.text or entry.summary):
                suggestion = self._suggest(person, world, entry)
                yield suggestion
                if suggestion.allowed:
                    return

    def _suggest(self, person: Person, world: World, entry: Entry) -> Suggestion:
        day = day_of(entry.published, world.zone)
        quote = good_sentence(entry.text or entry.summary)
        fresh = 1 - (world.today - day).days / (2 * NEWS_DAYS)
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item_of(entry)),
                f"{person.contact.first_name} published “{entry.title}” ({spoken(day, world.today)}).",
                (Component("interest-in-them", round(0.7 * fresh, 4), Evidence("feeds", (), quote)),),
                words={"quote": quote},
                expires=day + timedelta(days=NEWS_DAYS),
            )
        )


def _answered(person: Person) -> frozenset[str]:
    return person.ledger.shared  # a link that you wrote to them about, or talked about
