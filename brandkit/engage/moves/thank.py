"""thank: a favour, a referral, feedback, a kind word in public, and no thanks yet. The end of a mentorship, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Interaction, Item, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.rhythm import day_of, spoken
from brandkit.engage.world import World

_LATEST = 365  # days after which thanks would puzzle
_ENDED_DAYS = 42
_FAVOURS = {
    "referral": "recommended you", "favour": "did you a favour", "promotion": "spoke for you",
    "feedback": "gave you feedback", "gift": "gave you something", "help": "helped you",
    "introduction": "introduced you",
}  # fmt: skip


class Thank(Move):
    """Appreciation, for something in particular."""

    name = "thank"
    in_words = "A word of thanks"
    done = ("thank", "gave")
    minutes = 5

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One for the latest favour that was not thanked for within a week."""
        for line in _unthanked(person, world):
            suggestion = self._for_favour(person, world, line)
            yield suggestion
            if suggestion.allowed:
                return
        for mentorship in world.vault.mentorships:
            ended = mentorship.until
            if mentorship.with_ == person.contact.id and ended and mentorship.role == "mentee":
                since = ended <= world.today <= ended + timedelta(days=_ENDED_DAYS)
                thanked = person.ledger.last.get("thank")
                if since and (thanked is None or thanked < ended):
                    yield self._for_mentorship(person, world, mentorship.id, ended)

    def _for_favour(self, person: Person, world: World, line: Interaction) -> Suggestion:
        day = day_of(line.at, world.zone)
        what = f": {line.summary.rstrip(' .')}" if line.summary else ""
        why = f"{person.contact.first_name} {_FAVOURS[line.type]} on {spoken(day, world.today)}{what}."
        return self.suggest(
            Occasion(
                Question(self.name, world, person, Item("line", line.id, line.summary)),
                why,
                (Component("gratitude", 0.8, Evidence(f"journal {line.id}", (line.type,), line.summary)),),
                urgency=1.1,
                words={"favour": line.type},
                expires=day + timedelta(days=_LATEST),
            )
        )

    def _for_mentorship(self, person: Person, world: World, id_: str, ended: date) -> Suggestion:
        return self.suggest(
            Occasion(
                Question(self.name, world, person, Item("mentorship", id_)),
                f"Your time as {person.contact.first_name}'s mentee has ended; one good letter of thanks is due.",
                (Component("gratitude", 0.9, Evidence(f"mentorships {id_}")),),
                urgency=1.2,
                words={"favour": "mentorship"},
                expires=ended + timedelta(days=_ENDED_DAYS),
            )
        )


def _unthanked(person: Person, world: World) -> Iterator[Interaction]:
    """The favours that are at least a week old, with no thanks on their day or since, the latest first."""
    thanked = person.ledger.last.get("thank")
    soonest = world.today - timedelta(days=world.setting.settings.thank_days)
    oldest = world.today - timedelta(days=_LATEST)
    for line in reversed(person.history):
        day = day_of(line.at, world.zone)
        if line.type not in _FAVOURS or line.direction != "received" or not oldest <= day <= soonest:
            continue
        if line.type == "introduction" and line.state:  # one of your own making, walked through its states
            continue
        if thanked is not None and thanked >= day:
            return
        yield line
