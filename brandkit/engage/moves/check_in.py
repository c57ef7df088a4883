"""check-in: the rhythm that you chose says that it is time to be in touch."""

from __future__ import annotations

from collections.abc import Iterator

from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Evidence, Suggestion
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import Person
from brandkit.engage.rhythm import in_words
from brandkit.engage.scoring.wishes import needs_to_renew
from brandkit.engage.world import World

_FIRST = 1.5  # rhythms after which it comes before everything else
_WORTH = 0.4  # of a check-in that is just due; it grows with time, up to twice that


class CheckIn(Move):
    """A word, because some time has passed."""

    name = "check-in"
    in_words = "A word, just so"
    done = ("message", "gave")

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One, from the day on which the rhythm is due. Without a rhythm, none."""
        touch, contact = person.touch, person.contact
        if contact.every is None or (touch.due is not None and world.today < touch.due):
            return
        late = touch.lateness(contact, world.today) if touch.clock else 1.0
        value = round(_WORTH * min(late, 2.0), 4)
        yield self.suggest(
            Occasion(
                Question(self.name, world, person),
                _why(person),
                (Component("rhythm", value, Evidence("every")),),
                urgency=value + (2.0 if late >= _FIRST else 0.0),
                notes=needs_to_renew(contact, world.setting),
            )
        )

    def about(self, question: Question) -> str:
        """One for each time that passed since you were in touch."""
        clock = question.person.touch.clock if question.person else None
        return clock.isoformat() if clock else "never"

    def cost(self, question: Question) -> int:
        """A call takes longer."""
        calls = question.contact is not None and question.contact.channel == "call"
        return question.settings.cost("call", 30) if calls else question.settings.cost(self.name, 10)


def _why(person: Person) -> str:
    touch, contact = person.touch, person.contact
    assert contact.every is not None
    wish = in_words(contact.every.days)
    if touch.days is None:
        return f"Nothing is written down yet with {contact.first_name}; you wanted {wish}."
    days = f"It has been {touch.days} day{'' if touch.days == 1 else 's'}"
    if touch.never:
        days += " since you met or added them"
    return f"{days}; you wanted {wish}."
