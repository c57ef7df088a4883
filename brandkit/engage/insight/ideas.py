"""What to write, say or answer next: topics, questions, what you learned, posts grown old, days to keep.

In: the world, and what followed calendars announce. Out: frozen `Ideas`, each with its evidence and the
next step as a command. Names of people stand here alone, on the private side; a command that begins a
public file repeats no word of theirs. Pure.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from brandkit.base.text import clip
from brandkit.base.url import canonical
from brandkit.base.walls import OwnPage
from brandkit.engage.days.occasions import Occasion, candidates, deadlines, followed
from brandkit.engage.discretion import touches_secret
from brandkit.engage.insight.topics import OLD_DAYS, Topic, at_peace, topics
from brandkit.engage.matching import telling
from brandkit.engage.model import Interaction, Suggestion
from brandkit.engage.moves.answer import Answer
from brandkit.engage.own_matches import is_out
from brandkit.engage.rhythm import day_of
from brandkit.engage.world import World

_QUESTION_DAYS, _LEARNED_DAYS, _AHEAD_DAYS = 365, 180, 120
_MOST_DATES = 20
_HEARD = frozenset({"call", "meeting", "message", "replied", "ask", "session", "feedback"})
_FACTS = "facts"  # for your memory of one person; nothing to write about
_UNTITLED = "A title of your own"


@dataclass(frozen=True)
class Question:
    """Something that you were asked: by somebody, in a line of the journal, or in a community."""

    text: str
    day: date | None
    contacts: tuple[str, ...] = ()
    line: str = ""  # the id of the line
    url: str = ""  # of the thread
    topic: str = ""
    next: str = ""


@dataclass(frozen=True)
class Learned:
    """Something that you learned in a conversation."""

    text: str
    kind: str  # as it stands in the line: needs, interests, or a word of your own
    day: date
    contacts: tuple[str, ...]
    line: str
    next: str


@dataclass(frozen=True)
class Aged:
    """A post that is old, about something that people still care about."""

    page: OwnPage
    day: date
    topic: Topic
    next: str


@dataclass(frozen=True)
class Dated:
    """A call, a deadline or an event of a followed calendar; `topic` is what of yours it meets."""

    kind: str
    title: str
    day: date
    feed: str
    place: str = ""
    url: str = ""
    topic: str = ""
    next: str = ""


@dataclass(frozen=True)
class Ideas:
    """Everything that the page and the command show."""

    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    learned: tuple[Learned, ...]
    aged: tuple[Aged, ...]
    dates: tuple[Dated, ...]


def ideas(world: World, occasions: Sequence[Occasion] = ()) -> Ideas:
    """All that might be written or said next."""
    found = topics(world)
    return Ideas(
        topics=found,
        questions=(*_asked_of_you(world), *_threads(world)),
        learned=tuple(_learned(world)),
        aged=tuple(_aged(world, found)),
        dates=tuple(_dates(world, occasions)),
    )


def next_for(topic: Topic) -> str:
    """The command that begins a post about it. The title is your own word for it, never one of a contact's."""
    return begin(topic.expertise or _UNTITLED, topic.people[:3])


def begin(title: str, contacts: Sequence[str] = ()) -> str:
    """`brandkit new post "…" --for ada,grace`, safe to be pasted."""
    plain = not any(mark in title for mark in '"$`\\!')
    named = f'"{title}"' if plain else shlex.quote(title)
    return f"brandkit new post {named}" + (f" --for {','.join(contacts)}" if contacts else "")


def _asked_of_you(world: World) -> Iterator[Question]:
    """Lines in which somebody asked you something, newest first: received, or talked about, with a question mark."""
    for line, day in _recent(world, _QUESTION_DAYS):
        if line.direction in ("received", "mutual") and line.type in _HEARD and "?" in line.summary:
            topic = next((t for t in world.me.expertise if _holds(line.summary, t, world)), "")
            step = begin(topic or _UNTITLED, line.contacts[:3])
            yield Question(line.summary, day, line.contacts, line.id, topic=topic, next=step)


def _threads(world: World) -> Iterator[Question]:
    """Threads of communities that ask about something you know."""
    for found in Answer().for_all(world):
        item, published = found.item, found.item.published if found.item else None
        if item is not None and found.allowed:
            day = day_of(published, world.zone) if published else None
            yield Question(item.title, day, url=item.url, topic=_topic_of(found), next="brandkit suggest --move answer")


def _topic_of(found: Suggestion) -> str:
    return next((term for c in found.components if c.evidence for term in c.evidence.terms), "")


def _learned(world: World) -> Iterator[Learned]:
    """What was heard in half a year, newest first; facts about a person are left to your memory."""
    for line, day in _recent(world, _LEARNED_DAYS):
        for kind, texts in line.learned.items():
            for text in texts if kind != _FACTS else ():
                if not _is_secret(text, line, world):
                    topic = next((t for t in world.me.expertise if _holds(text, t, world)), "")
                    step = begin(topic or _UNTITLED, line.contacts[:3])
                    yield Learned(text, kind, day, line.contacts, line.id, step)


def _recent(world: World, days: int) -> Iterator[tuple[Interaction, date]]:
    """Lines of the last days about people at peace, newest first, that touch nothing sensitive."""
    since, open_ = world.today - timedelta(days=days), {person.contact.id for person in at_peace(world)}
    for line in reversed(world.vault.journal):
        day = day_of(line.at, world.zone)
        told = line.contacts and open_.issuperset(line.contacts)
        if told and since <= day <= world.today and not _is_secret(line.summary, line, world):
            yield line, day


def _is_secret(text: str, line: Interaction, world: World) -> bool:
    """Whether a text touches a sensitive need of somebody whom the line is about."""
    return any(touches_secret(text, world.people[id_].contact) for id_ in line.contacts)


def _holds(text: str, topic: str, world: World) -> bool:
    words = telling(topic, world.me.languages)
    return bool(words) and words <= telling(text, world.me.languages)


def _aged(world: World, found: Sequence[Topic]) -> Iterator[Aged]:
    """Published posts of more than eighteen months ago, oldest first, whose topic somebody still cares about."""
    before = world.today - timedelta(days=OLD_DAYS)
    about: dict[str, Topic] = {}
    for topic in found:
        if topic.mentions:
            about.update((canonical(page.url), topic) for page in topic.pages if canonical(page.url) not in about)
    pages = [(world.own[link], topic) for link, topic in about.items()]
    dated = [(day_of(page.date, world.zone), page, topic) for page, topic in pages if page.date]
    for day, page, topic in sorted(dated, key=lambda found: (found[0], found[1].url)):
        if day < before and is_out(page, world):
            title = clip(f"{page.title}, looked at again", 120)
            yield Aged(page, day, topic, begin(title, topic.people[:3]))


def _dates(world: World, occasions: Sequence[Occasion]) -> Iterator[Dated]:
    """Deadlines and events of the next 120 days: those that meet your expertise first, then by day."""
    wanted = followed(occasions, world.vault.feeds)
    coming = [
        *deadlines(wanted, world.today, _AHEAD_DAYS, world.zone),
        *candidates(wanted, world.today, _AHEAD_DAYS, world.zone),
    ]
    found = [_dated(one, world) for one in coming]
    ordered = sorted(found, key=lambda one: (not one.topic, one.day, one.kind != "deadline", one.title))
    yield from ordered[:_MOST_DATES]


def _dated(one: Occasion, world: World) -> Dated:
    text = f"{one.title} {one.text}"
    topic = next((t for t in world.me.expertise if _holds(text, t, world)), "")
    step = f"brandkit new talk {begin(topic or _UNTITLED).removeprefix('brandkit new post ')}"
    if one.kind == "candidate":
        step = "add it to events.yaml if you go"
    return Dated(one.kind, one.title, one.day(world.zone), one.feed, one.place, one.url, topic, step)
