"""check-in: the rhythm that you chose says that it is time to be in touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brandkit.engage.model import Component, Evidence, Suggestion
from brandkit.engage.moves.move import suggestion_id
from brandkit.engage.people import Person
from brandkit.engage.rhythm import in_words
from brandkit.engage.scoring.component import Setting
from brandkit.engage.scoring.wishes import needs_to_renew

_FIRST = 1.5  # rhythms after which it comes before everything else
_WORTH = 0.4  # of a check-in that is just due; it grows with time, up to twice that


@dataclass(frozen=True)
class CheckIn:
    """A word, because some time has passed."""

    name: str = "check-in"

    def occasions(self, person: Person, setting: Setting) -> Iterator[Suggestion]:
        """One, from the day on which the rhythm is due. Without a rhythm, none."""
        touch, contact = person.touch, person.contact
        if contact.every is None or (touch.due is not None and setting.today < touch.due):
            return
        late = touch.lateness(contact, setting.today) if touch.clock else 1.0
        value = round(_WORTH * min(late, 2.0), 4)
        rhythm = Component("rhythm", value, Evidence("every"))
        yield Suggestion(
            id=suggestion_id(contact.id, self.name, touch.clock.isoformat() if touch.clock else "never"),
            contact=contact.id,
            move=self.name,
            why=_why(person),
            score=value,
            components=(rhythm,),
            minutes=setting.settings.cost("call" if contact.channel == "call" else self.name),
            expires=None,
            notes=needs_to_renew(contact, setting),
            gates=person.gates(self.name, None, setting),
            urgency=value + (1.0 if late >= _FIRST else 0.0),
        )


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
