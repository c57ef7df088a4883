"""How your network is: the time it takes, the help it holds, who knows whom, how it grows.

In: the world. Out: a frozen `Network` in which every figure comes with the ids that it rests on. Pure.
Whoever asked not to be contacted, or has died, is in no figure and in no list. People stand in the
order of their names: they are never scored, and giving is never ranked by what came back.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from brandkit.engage.gates.question import Question
from brandkit.engage.gates.standing import closed_because
from brandkit.engage.model import Interaction
from brandkit.engage.moves.check_in import CheckIn
from brandkit.engage.moves.reconnect import exchanges, is_dormant
from brandkit.engage.people import Person
from brandkit.engage.rhythm import SILENT, day_of
from brandkit.engage.values import add_months
from brandkit.engage.world import World

KINDS = ("feedback", "advice", "support", "promotion", "introductions", "mentoring")
LONGER = 1.5  # how much longer rhythms would be, where they take more than the time you have
_FEWEST = 2  # people whom one kind of support should not rest on fewer than
_TIE = 2  # exchanges that make a tie
_YEAR, _MONTHS, _QUARTERS = 365, 12, 8


@dataclass(frozen=True)
class Rhythmic:
    """What being in touch with one person takes: minutes a week = 7 / rhythm in days × minutes each time."""

    contact: str
    days: float
    minutes: int

    @property
    def weekly(self) -> float:
        """Minutes a week."""
        return 7 / self.days * self.minutes


@dataclass(frozen=True)
class Effort:
    """The time that all rhythms take, against the time that me.yaml gives them."""

    rhythms: tuple[Rhythmic, ...]
    available: float  # minutes a week: hours_a_week × 60

    @property
    def weekly(self) -> float:
        """Minutes a week: Σ 7 / rhythm × cost."""
        return math.fsum(rhythm.weekly for rhythm in self.rhythms)

    @property
    def relaxed(self) -> float | None:
        """The same with every rhythm 1.5 times as long; None where the time is enough."""
        return self.weekly / LONGER if self.weekly > self.available else None


@dataclass(frozen=True)
class Dormant:
    """A tie that sleeps: how often something passed both ways, and the last day of it."""

    contact: str
    exchanges: int
    last: date


@dataclass(frozen=True)
class Kind:
    """A kind of support, and who offers it and is open to being asked."""

    name: str
    contacts: tuple[str, ...]

    @property
    def is_thin(self) -> bool:
        """Whether it rests on fewer than two people."""
        return len(self.contacts) < _FEWEST


@dataclass(frozen=True)
class Given:
    """How often in a year you gave, received, asked or did something together: facts, and no account to settle."""

    contact: str
    gave: int = 0
    received: int = 0
    asked: int = 0
    mutual: int = 0


@dataclass(frozen=True)
class Circle:
    """People who know each other; without a name, those whom you put in none."""

    name: str
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """Somebody who knows people in another circle, and who these are."""

    contact: str
    circle: str
    knows: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """How many in one month or quarter, and the ids of the people (new ones) or lines (touches) counted."""

    label: str
    ids: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.ids)


@dataclass(frozen=True)
class Network:
    """Everything that the page and the command show."""

    contacts: tuple[str, ...]
    effort: Effort
    dormant: tuple[Dormant, ...]
    kinds: tuple[Kind, ...]
    given: tuple[Given, ...]
    circles: tuple[Circle, ...]
    between: tuple[Between, ...]
    edges: tuple[tuple[str, str], ...]  # who knows whom, each pair once
    growth: tuple[Count, ...]  # new people, by quarter
    touches: tuple[Count, ...]  # by month


def network(world: World) -> Network:
    """Every figure, for those whom you may be in touch with."""
    people = shown_people(world)
    edges = _edges(people)
    return Network(
        contacts=tuple(person.contact.id for person in people),
        effort=_effort(people, world),
        dormant=tuple(_dormant(people, world)),
        kinds=tuple(Kind(kind, _offering(kind, people, world)) for kind in KINDS),
        given=tuple(_given(people, world)),
        circles=_circles(people),
        between=tuple(_between(people, edges)),
        edges=edges,
        growth=tuple(_growth(people, world)),
        touches=tuple(_touches(people, world)),
    )


def shown_people(world: World) -> tuple[Person, ...]:
    """Those who may be counted and named, in the order of their names."""
    people = (p for p in world.people.values() if not p.contact.at_rest)
    return tuple(sorted(people, key=lambda p: (p.contact.name.casefold(), p.contact.id)))


def _effort(people: Sequence[Person], world: World) -> Effort:
    rhythms = (
        Rhythmic(person.contact.id, person.contact.every.days, CheckIn().cost(Question("check-in", world, person)))
        for person in people
        if person.contact.every
    )
    return Effort(tuple(rhythms), world.me.hours_a_week * 60)


def _dormant(people: Sequence[Person], world: World) -> Iterator[Dormant]:
    """Ties of a year ago or more that have no rhythm: they keep their trust, and their knowledge is new to you.

    Levin, Walter & Murnighan (2011), Organization Science 22(4), "Dormant ties: the value of reconnecting".
    """
    for person in people:
        ties, last = exchanges(person), person.touch.last
        if last and is_dormant(person) and ties >= _TIE and closed_because(person, world.today) is None:
            yield Dormant(person.contact.id, ties, last)


def _offering(kind: str, people: Sequence[Person], world: World) -> tuple[str, ...]:
    """Who offers it and is open to being asked: not in a hard time and, for promotion, having agreed to it."""
    offering = (person for person in people if kind in person.contact.offers)
    return tuple(p.contact.id for p in offering if closed_because(p, world.today) is None and _agrees(p, kind, world))


def _agrees(person: Person, kind: str, world: World) -> bool:
    agreed = person.contact.consent.promote
    return kind != "promotion" or (agreed is not None and agreed <= world.today)


def _given(people: Sequence[Person], world: World) -> Iterator[Given]:
    """Lines of the last 365 days by direction, for those with whom there are any."""
    since = world.today - timedelta(days=_YEAR)
    for person in people:
        lines = (line for line, day in _lines(person, world) if since < day)
        counts = Counter(line.direction for line in lines if line.direction)
        if counts:
            yield Given(person.contact.id, **counts)


def _lines(person: Person, world: World) -> Iterator[tuple[Interaction, date]]:
    """What happened with somebody until today, without the lines that are only about them."""
    dated = ((line, day_of(line.at, world.zone)) for line in person.history)
    return ((line, day) for line, day in dated if day <= world.today and line.type not in SILENT)


def _circles(people: Sequence[Person]) -> tuple[Circle, ...]:
    members: dict[str, list[str]] = {}
    for person in people:
        members.setdefault(person.contact.circle, []).append(person.contact.id)
    names = sorted(members, key=lambda name: (not name, name.casefold(), name))
    return tuple(Circle(name, tuple(members[name])) for name in names)


def _edges(people: Sequence[Person]) -> tuple[tuple[str, str], ...]:
    """Who knows whom; that one of the two says so is enough."""
    there = {person.contact.id for person in people}
    pairs = ((min(p.contact.id, o), max(p.contact.id, o)) for p in people for o in p.contact.knows if o != p.contact.id)
    return tuple(sorted({pair for pair in pairs if there.issuperset(pair)}))


def _between(people: Sequence[Person], edges: Sequence[tuple[str, str]]) -> Iterator[Between]:
    """People who know somebody in another circle than their own.

    News reaches one through ties between groups more than within one (Granovetter 1973, American Journal of
    Sociology 78), and good ideas come to those who stand between groups (Burt 2004, American Journal of Sociology 110).
    """
    circle_of = {person.contact.id: person.contact.circle for person in people}
    others: dict[str, list[str]] = {}
    for a, b in edges:
        if circle_of[a] and circle_of[b] and circle_of[a] != circle_of[b]:
            others.setdefault(a, []).append(b)
            others.setdefault(b, []).append(a)
    for person in people:
        id_ = person.contact.id
        if id_ in others:
            yield Between(id_, circle_of[id_], tuple(sorted(others[id_])))


def _growth(people: Sequence[Person], world: World) -> Iterator[Count]:
    """New people a quarter, for two years: on the day you met, or of the first line with them if that was earlier."""
    first = [(day, person.contact.id) for person in people if (day := _began(person, world))]
    quarter = date(world.today.year, (world.today.month - 1) // 3 * 3 + 1, 1)
    for back in range(_QUARTERS - 1, -1, -1):
        start = add_months(quarter, -3 * back)
        end = add_months(start, 3)
        ids = tuple(id_ for day, id_ in first if start <= day < end)
        yield Count(f"{start.year} Q{start.month // 3 + 1}", ids)


def _began(person: Person, world: World) -> date | None:
    met = person.contact.met.on if person.contact.met else None
    days = [day for _, day in _lines(person, world)]
    return min((day for day in (met, *days) if day and day <= world.today), default=None)


def _touches(people: Sequence[Person], world: World) -> Iterator[Count]:
    """Lines a month, for a year; one with several people counts once."""
    lines = {line.id: day for person in people for line, day in _lines(person, world)}
    month = world.today.replace(day=1)
    for back in range(_MONTHS - 1, -1, -1):
        start = add_months(month, -back)
        end = add_months(start, 1)
        ids = tuple(sorted(id_ for id_, day in lines.items() if start <= day < end))
        yield Count(f"{start:%b} {start.year}", ids)
