"""congratulate: birthdays, other good days, and good news in what they publish. No request, no link of yours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from brandkit.engage.days.occurrences import last_day
from brandkit.engage.gates.question import Question
from brandkit.engage.ledger import key_of, key_of_line
from brandkit.engage.model import Component, Evidence, Interaction, Item, Suggestion, item_of
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.people import NEWS_DAYS, News, Person
from brandkit.engage.rhythm import day_of, spoken
from brandkit.engage.values import DayOfYear
from brandkit.engage.world import World

_DAYS = 14
_A_DAY_EARLY = timedelta(days=1)
_HEARD_BEFORE = timedelta(days=7)  # good news is told before it is published
_SAD = frozenset(
    "death died dead loss lost memorial funeral passing grief divorce separation miscarriage stillbirth accident "
    "illness diagnosis cancer stroke tod todestag gestorben verstorben trauer beerdigung gedenktag scheidung trennung "
    "fehlgeburt unfall krankheit diagnose krebs schlaganfall".split()
)
_NEWS = {
    "new-job": "seems to have a new job", "launch": "seems to have launched something", "talk": "seems to give a talk",
    "award": "seems to have won something", "book": "seems to have a book out", "anniversary": "marks an anniversary",
    "birth": "seems to have a child", "promotion": "seems to have been promoted", "wedding": "seems to have married",
}  # fmt: skip


class Congratulate(Move):
    """Being glad with somebody."""

    name = "congratulate"
    in_words = "Something to be glad about"
    done = ("congratulate", "gave")
    minutes = 5

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """Each good day from the day itself, and each piece of good news, for 14 days; not what you spoke of since."""
        for kind, day, item in () if person.is_unsorted else _days(person, world):  # a name in a phone is no friend yet
            if (world.today - day).days <= _DAYS and not _were_glad(person, world, item, day - _A_DAY_EARLY):
                yield self._on_day(person, world, kind, day, item)
        for line in _told(person, world):
            item, day = Item("line", line.id, line.summary), _day(line, world)
            if not _were_glad(person, world, item, day):
                yield self._on_told(person, world, line, item)
        for told in _good_news(person).values():  # of one joy, told in several places, the newest
            days = [day_of(news.entry.published, world.zone) for news in told]
            items = [item_of(news.entry) for news in told]
            since = min(days) - _HEARD_BEFORE
            if not any(_were_glad(person, world, item, since) for item in items):
                yield self._on_news(person, world, told[0], days[0])

    def _on_day(self, person: Person, world: World, kind: str, day: date, item: Item) -> Suggestion:
        called = "wedding anniversary" if kind == "wedding" else kind.replace("-", " ")
        when = spoken(day, world.today)
        tense = "is" if day == world.today else "was"
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item),
                f"{_genitive(person.contact.first_name)} {called} {tense} {when}.",
                (Component("date", _worth(day, world), Evidence(item.key.partition("@")[0])),),
                urgency=1.3 * _worth(day, world) + 0.5,
                words={"occasion": kind, "seen": False, "belated": day < world.today},
                expires=day + timedelta(days=_DAYS),
            )
        )

    def _on_told(self, person: Person, world: World, line: Interaction, item: Item) -> Suggestion:
        day = _day(line, world)
        heard = f"{person.contact.first_name} has good news, which you heard {_on(spoken(day, world.today))}"
        why = f"{heard}: {line.summary}"
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item),
                f"{why.rstrip(':. ')}.",
                (Component("news", _worth(day, world), Evidence(f"journal {line.id}", (line.reason,), line.summary)),),
                urgency=_worth(day, world) + 0.4,
                words={"occasion": line.reason, "seen": False, "belated": False},
                expires=day + timedelta(days=_DAYS),
            )
        )

    def _on_news(self, person: Person, world: World, news: News, day: date) -> Suggestion:
        name = person.contact.first_name
        joy = _NEWS.get(news.event.kind, "seems to have good news")
        why = f"{name} {joy}: you can read it on their own page. Is it so?"
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item_of(news.entry)),
                why,
                (Component("news", _worth(day, world), Evidence("feeds", (news.event.kind,), news.event.sentence)),),
                urgency=_worth(day, world) + 0.3,
                words={"occasion": news.event.kind, "seen": True, "belated": False},
                expires=day + timedelta(days=NEWS_DAYS),
                confirm=True,
                notes=("This was read from their feed and may be misread: look before you write.",),
            )
        )


def _told(person: Person, world: World) -> Iterator[Interaction]:
    """Good news that was written down in the last days as such, and not in a talk where one was glad together."""
    since = world.today - timedelta(days=_DAYS)
    for line in person.history:
        if line.type == "life-event" and line.reason in _NEWS and since <= _day(line, world) <= world.today:
            yield line


def _on(said: str) -> str:
    return said if said in ("today", "yesterday") else f"on {said}"


def _worth(day: date, world: World) -> float:
    """Full on the day, fading to half over two weeks."""
    return round(0.8 * (1 - (world.today - day).days / (2 * _DAYS)), 4)


def _days(person: Person, world: World) -> Iterator[tuple[str, date, Item]]:
    """The last time that each good day of theirs came round."""
    contact, leap = person.contact, world.setting.settings.leap_birthday
    found: list[tuple[str, str, DayOfYear]] = []
    if contact.birthday:
        found.append(("birthday", "birthday", contact.birthday))
    found += [(key.kind, f"dates[{n}]", key.date) for n, key in enumerate(contact.dates) if not is_sad(key.kind)]
    for kind, field, of_year in found:
        day = last_day(of_year, world.today, leap)
        if day is not None and (of_year.year is None or day.year > of_year.year):
            yield kind, day, Item("date", f"{field}@{day.isoformat()}", kind)


def _good_news(person: Person) -> dict[str, list[News]]:
    """What they wrote of each kind of good news, the newest first."""
    found: dict[str, list[News]] = {}
    for news in person.news:
        if not news.event.is_hard:
            found.setdefault(news.event.kind, []).append(news)
    return found


def is_sad(kind: str) -> bool:
    """Whether a day is one on which nobody is congratulated."""
    return bool(_SAD & set(kind.casefold().replace("-", " ").split()))


def _were_glad(person: Person, world: World, item: Item, since: date) -> bool:
    """Whether you congratulated on this, or since that day on nothing in particular. Another joy is another joy."""
    said = (line for line in person.history if line.type == "congratulate" and line.direction != "received")
    known = [line for line in said if _day(line, world) <= world.today]
    this = key_of(Congratulate.name, item)
    return any(key_of_line(line) == this if line.link or line.item else _day(line, world) >= since for line in known)


def _day(line: Interaction, world: World) -> date:
    return day_of(line.at, world.zone)


def _genitive(name: str) -> str:
    return f"{name}'" if name.endswith(("s", "x", "z")) else f"{name}'s"
