"""Topics: what your network cares about and your feeds discuss, against what you published. Pure.

A topic is what several people's needs and interests, or your own expertise, are about: wordings that are nearly
the same are one. A text is about a topic where it holds every telling word of one of its wordings. Needs that are
sensitive or have faded, and people who are to be left in peace, are in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from brandkit.base.text import plural
from brandkit.base.walls import OwnPage
from brandkit.engage.gates.standing import closed_because
from brandkit.engage.matching import meets, telling
from brandkit.engage.model import Entry, Interaction
from brandkit.engage.own_matches import is_out
from brandkit.engage.people import Person
from brandkit.engage.rhythm import SILENT, day_of
from brandkit.engage.scoring.index import Index
from brandkit.engage.world import World

ENTRY_DAYS = 90
OLD_DAYS = 548  # eighteen months: an answer of then may be no answer now
_RECENT_DAYS = 365  # what you wrote about within a year leaves no gap
_NEAR = 0.66  # share of telling words that makes two wordings one topic
_EXAMPLES = 3


@dataclass(frozen=True)
class Mention:
    """Somebody who cares: the field that says so, as `needs[0]`, and its words."""

    contact: str
    field: str
    text: str


@dataclass(frozen=True)
class Topic:
    """What something is about, who cares, who writes of it, and what you did about it."""

    name: str
    wordings: tuple[frozenset[str], ...]
    expertise: str = ""  # your own word for it, where you know about it
    mentions: tuple[Mention, ...] = ()
    entries: tuple[Entry, ...] = ()  # of the last 90 days, newest first
    pages: tuple[OwnPage, ...] = ()  # published, newest first
    drafts: tuple[OwnPage, ...] = ()
    answers: tuple[Interaction, ...] = ()  # in communities

    @property
    def people(self) -> tuple[str, ...]:
        """Who cares, each once."""
        return tuple(dict.fromkeys(mention.contact for mention in self.mentions))

    @property
    def examples(self) -> tuple[Entry, ...]:
        """The newest three."""
        return self.entries[:_EXAMPLES]

    def note(self, today: date) -> str:
        """What there is, and what is missing, in one line."""
        counts = (plural(len(self.people), "person", "people"), plural(len(self.entries), "entry", "entries"))
        return f"{counts[0]}, {counts[1]}, {self._yours(today)}"

    def _yours(self, today: date) -> str:
        begun = "a draft is begun" if self.drafts else ""
        newest = newest_day(self.pages)
        if newest is None:
            return begun or ("nothing of yours yet" if not self.pages else "you wrote about it")
        return f"you wrote about it {ago(newest, today)}" + (f"; {begun}" if begun else "")

    def is_gap(self, today: date) -> bool:
        """Whether you have published nothing about it within a year."""
        newest = newest_day(self.pages)
        return newest is None or newest < today - timedelta(days=_RECENT_DAYS)


def ago(day: date, today: date) -> str:
    """How long ago, as people say it: `today`, `3 days ago`, `14 months ago`."""
    days = (today - day).days
    if days < 1:
        return "today"
    return f"{plural(days, 'day')} ago" if days < 60 else f"{plural(round(days / 30.44), 'month')} ago"


def newest_day(pages: Iterable[OwnPage]) -> date | None:
    """The day of the newest of these pages that has one."""
    return max((page.date.date() for page in pages if page.date), default=None)


def at_peace(world: World) -> tuple[Person, ...]:
    """Those who may be thought of when you plan what to write, in the order of their names."""
    people = (person for person in world.people.values() if closed_because(person, world.today) is None)
    return tuple(sorted(people, key=lambda p: (p.contact.name.casefold(), p.contact.id)))


def topics(world: World) -> tuple[Topic, ...]:
    """Every topic that somebody cares about, or that you know and feeds discuss.

    Gaps come first; among them what you know about and somebody cares about, then what most people care about.
    """
    texts = _Texts(world)
    found = [texts.filled(topic) for topic in _merged(_wordings(world), world.setting.index.idf)]
    kept = [topic for topic in found if topic.mentions or topic.entries]

    def place(topic: Topic) -> tuple[bool, bool, int, bool, int, str]:
        people, known = len(topic.people), bool(topic.expertise)
        gap = topic.is_gap(world.today)
        return not gap, not (known and people), -people, not known, -len(topic.entries), topic.name.casefold()

    return tuple(sorted(kept, key=place))


@dataclass(frozen=True)
class _Wording:
    text: str
    words: frozenset[str]
    mention: Mention | None = None  # none: it is your own expertise


def _wordings(world: World) -> Iterator[_Wording]:
    """Your expertise, then what people look for and like, as terms."""
    for text in world.me.expertise:
        yield _Wording(text, telling(text, world.me.languages))
    oldest = world.today - timedelta(days=world.setting.settings.need_days)
    for person in at_peace(world):
        contact = person.contact
        secret = {need.text.casefold() for need in contact.needs if need.sensitive}
        fields = [(f"interests[{number}]", text) for number, text in enumerate(contact.interests)]
        fields += [
            (f"needs[{number}]", need.text)
            for number, need in enumerate(contact.needs)
            if need.since is None or need.since >= oldest
        ]
        for name, text in fields:
            words = telling(text, contact.languages)
            if words and text.casefold() not in secret:
                yield _Wording(text, words, Mention(contact.id, name, text))


@dataclass
class _Cluster:
    """Wordings that were found to be about the same; the first one stands for all."""

    first: _Wording
    members: list[_Wording] = field(default_factory=list)

    def topic(self, place: Mapping[_Wording, int]) -> Topic:
        """The topic, its people in the order in which they were read."""
        own = next((one.text for one in self.members if one.mention is None), "")
        names = [own] if own else [one.text for one in self.members]
        return Topic(
            name=min(names, key=lambda text: (len(text), text.casefold())),
            wordings=tuple(dict.fromkeys(one.words for one in self.members)),
            expertise=own,
            mentions=tuple(one.mention for one in sorted(self.members, key=place.__getitem__) if one.mention),
        )


def _merged(wordings: Iterable[_Wording], idf: Mapping[str, float]) -> Iterator[Topic]:
    """One topic for wordings that are nearly the same: each joins the first one that it meets closely."""
    # your own words first, and of the others the shortest: the wider wording stands for the narrower one
    place = {one: number for number, one in enumerate(wordings)}
    ordered = sorted(place, key=lambda one: (one.mention is not None, len(one.words), sorted(one.words)))
    clusters: list[_Cluster] = []
    by_word: dict[str, list[_Cluster]] = {}
    for one in ordered:
        if not one.words:
            continue
        near = (c for word in sorted(one.words) for c in by_word.get(word, ()))
        cluster = next((c for c in near if _is_near(one.words, c.first.words, idf)), None)
        if cluster is None:
            cluster = _Cluster(one)
            clusters.append(cluster)
            for word in one.words:
                by_word.setdefault(word, []).append(cluster)
        cluster.members.append(one)
    return (cluster.topic(place) for cluster in clusters)


def _is_near(words: frozenset[str], first: frozenset[str], idf: Mapping[str, float]) -> bool:
    """Whether a wording is the same as the first of a topic, or narrower; what is wider is a topic of its own."""
    return not words < first and meets(words, first, idf) >= _NEAR


@dataclass(frozen=True)
class _Texts:
    """The texts that topics are looked up in."""

    world: World

    def filled(self, topic: Topic) -> Topic:
        """The topic with what was written about it."""
        world = self.world
        since = world.today - timedelta(days=ENTRY_DAYS)
        entries = (entry for entry in _holding(topic, world.setting.index) if since <= self._day(entry) <= world.today)
        links = {entry.canonical for entry in _holding(topic, world.pages.index)}
        links |= {link for link, tags in self._tags.items() if any(_is_about(words, topic) for words in tags)}
        own = [page for link, page in world.own.items() if link in links]
        return Topic(
            topic.name,
            topic.wordings,
            topic.expertise,
            topic.mentions,
            entries=_newest_of_each(entries),
            pages=tuple(page for page in own if is_out(page, world)),
            drafts=tuple(page for page in own if page.status == "draft"),
            answers=tuple(line for line, words in self._answers if _is_about(words, topic)),
        )

    def _day(self, entry: Entry) -> date:
        return day_of(entry.published, self.world.zone)

    @cached_property
    def _answers(self) -> tuple[tuple[Interaction, frozenset[str]], ...]:
        """Help that you gave in communities, with the words of each line."""
        helped = (line for line in self.world.vault.journal if line.community and line.direction == "gave")
        lines = (line for line in helped if line.type not in SILENT)
        return tuple((line, telling(line.summary, self.world.me.languages)) for line in lines)

    @cached_property
    def _tags(self) -> dict[str, list[frozenset[str]]]:
        """The words of each tag of your pages, by link."""
        own = self.world.own.items()
        return {link: [telling(tag, (page.language,)) for tag in page.tags] for link, page in own}


def _holding(topic: Topic, index: Index) -> list[Entry]:
    """The entries that hold all words of one wording."""
    positions: set[int] = set()
    for words in topic.wordings:
        held = [index.holding(word).tolist() for word in words]
        positions |= set(held[0]).intersection(*held[1:])
    return [index.entries[position] for position in sorted(positions)]


def _newest_of_each(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Newest first; a link that several feeds carry counts once."""
    ordered = sorted(entries, key=lambda entry: (entry.published, entry.canonical), reverse=True)
    return tuple({entry.canonical: entry for entry in reversed(ordered)}.values())[::-1]


def _is_about(words: frozenset[str], topic: Topic) -> bool:
    return any(wording <= words for wording in topic.wordings)
