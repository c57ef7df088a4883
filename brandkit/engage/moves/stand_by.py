"""stand-by: a hard time. A few quiet words, once, and once more some weeks later; nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from brandkit.engage.days.occurrences import last_day
from brandkit.engage.gates.question import Question
from brandkit.engage.ledger import Hardship
from brandkit.engage.model import Component, Evidence, Item, Suggestion, item_of
from brandkit.engage.moves.congratulate import is_sad
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import News, Person
from brandkit.engage.promises import open_promises
from brandkit.engage.rhythm import day_of
from brandkit.engage.world import World

_FIRST = 1000.0  # before everything else
_AGAIN_FROM, _AGAIN_UNTIL = 21, 42  # days after it began
_SAD_DAYS = 3
_SHORTEST = 14  # days between the first words and the follow-up
_SOON = 14  # days: a loss may be written down some time after you wrote to them
_BEING_THERE = ("call", "meeting")
_SPOKE_DAYS = 7  # after which a word is right again: who just spoke with them has stood by them
_LONG_AGO = 90  # days after which words were about something else


class StandBy(Move):
    """Being there."""

    name = "stand-by"
    in_words = "Standing by"
    done = ("stand-by", "gave")
    timeless = True

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One until you have written; one follow-up between 21 and 42 days after it began; else nothing."""
        hardship = person.ledger.hardship
        if hardship is not None and hardship.lasts(world.today):
            if _spoke(person, world, hardship.began):
                return
            written = _written(person, world, hardship.began)
            again = _again(written, hardship, world.today)
            if again is not None:
                yield self._in_hardship(person, world, hardship.began or _last(written, person), again)
        elif person.grave_news is not None:
            if not _written(person, world, day_of(person.grave_news.entry.published, world.zone)):
                yield self._on_news(person, world, person.grave_news)
        else:
            yield from self._on_sad_days(person, world)

    def _in_hardship(self, person: Person, world: World, since: date | None, again: bool) -> Suggestion:
        name, key = person.contact.first_name, f"{since.isoformat() if since else 'hold'}{'+' if again else ''}"
        why = f"This is a hard time for {name}. A few quiet words are enough; nothing needs to be said well."
        if again:
            why = f"Some weeks have passed, and others may have stopped asking. A word to {name} is enough."
        return self._standing_by(person, world, Item("hardship", key), why, again, _promised(person, world))

    def _on_news(self, person: Person, world: World, news: News) -> Suggestion:
        name = person.contact.first_name
        why = f"{name} seems to tell of something hard on their own page. Read it first; a few quiet words are enough."
        component = Component("news", 0.0, Evidence("feeds", (news.event.kind,), news.event.sentence))
        question = Question(self.name, world, person, item_of(news.entry))
        notes = (
            "This was read from their feed and may be misread. If it is so: "
            f"brandkit log {person.contact.id} --type life-event --reason {news.event.kind}",
        )
        occasion = Occasion(question, why, (component,), _FIRST, {"again": False}, confirm=True, notes=notes)
        return self.suggest(occasion)

    def _on_sad_days(self, person: Person, world: World) -> Iterator[Suggestion]:
        leap = world.setting.settings.leap_birthday
        for number, key in enumerate(person.contact.dates):
            day = last_day(key.date, world.today, leap) if is_sad(key.kind) else None
            written = person.ledger.last.get("stand-by")
            if day is None or (world.today - day).days > _SAD_DAYS or (written is not None and written >= day):
                continue
            item = Item("date", f"dates[{number}]@{day.isoformat()}")
            why = f"These are days on which {person.contact.first_name} may think of somebody. A word is enough."
            yield self._standing_by(person, world, item, why, again=True)

    def _standing_by(
        self, person: Person, world: World, item: Item, why: str, again: bool, notes: tuple[str, ...] = ()
    ) -> Suggestion:
        question = Question(self.name, world, person, item)
        return self.suggest(Occasion(question, why, urgency=_FIRST, words={"again": again}, notes=notes))


def _promised(person: Person, world: World) -> tuple[str, ...]:
    """What you promised them: they may be counting on it."""
    known = (line for line in person.history if day_of(line.at, world.zone) <= world.today)
    mine = (one for one in open_promises(known) if one.is_mine and person.contact.id in one.to)
    return tuple(f"You promised: {one.promise.text.rstrip('. ')}." for one in mine)


def _written(person: Person, world: World, began: date | None) -> list[date]:
    """The days on which you wrote to them about a hard time; where nobody knows since when, the last such row."""
    lines = (line for line in person.history if line.type == "stand-by" and line.direction != "received")
    days = sorted(day for line in lines if (day := day_of(line.at, world.zone)) <= world.today)
    if began is not None:
        return [day for day in days if day >= began - timedelta(days=_SOON)]
    row: list[date] = []
    for day in reversed(days):
        if ((row[0] if row else world.today) - day).days > _LONG_AGO:
            break
        row.insert(0, day)
    return row


def _spoke(person: Person, world: World, began: date | None) -> bool:
    """Whether you spoke with them in the last days, and since it began."""
    since = max(world.today - timedelta(days=_SPOKE_DAYS), began or date.min)
    lines = (line for line in person.history if line.type in _BEING_THERE)
    return any(since <= day_of(line.at, world.zone) <= world.today for line in lines)


def _again(written: list[date], hardship: Hardship, today: date) -> bool | None:
    """False for the first words, True for the follow-up, None where neither is due."""
    if not written:
        return False
    start = hardship.began or written[0]
    due = start + timedelta(days=_AGAIN_FROM) <= today <= start + timedelta(days=_AGAIN_UNTIL)
    once = all((day - start).days < _AGAIN_FROM for day in written)
    return True if due and once and (today - written[-1]).days >= _SHORTEST else None


def _last(written: list[date], person: Person) -> date | None:
    """What tells one hold without a beginning from another: your first words in it, else the last before it."""
    return written[0] if written else person.ledger.last.get("stand-by")
