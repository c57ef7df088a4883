"""answer: somebody asks something in a community, and you know about it, or wrote about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from brandkit.base.text import sentences
from brandkit.engage.config import Community
from brandkit.engage.gates.question import Question
from brandkit.engage.gates.registry import gates, refusals
from brandkit.engage.matching import topic_terms
from brandkit.engage.model import Component, Entry, Evidence, Suggestion, item_of
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.own_matches import is_out, published_on
from brandkit.engage.scoring.terms import primary, terms
from brandkit.engage.world import World

_DAYS = 21  # after which a thread has moved on
_RELEVANT = 0.3  # share of a thread's title that a post of yours has to hold
_ASKS = re.compile(
    r"\?|\b(how (do|can|should|would|to)|what (is|are|do)|which|any(one|body)|is there|"
    r"wie (kann|macht|geht|stellt)|was (ist|sind)|welche|hat jemand|kennt jemand|weiß jemand)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Found:
    thread: Entry
    topic: str
    sentence: str
    page: Entry | None


class Answer(Move):
    """Helping somebody in public."""

    name = "answer"
    in_words = "A question you could answer"
    done = ("help", "gave")
    minutes = 15

    def for_all(self, world: World) -> Iterator[Suggestion]:
        """One for each thread of the last weeks that asks something you know about."""
        since = world.today - timedelta(days=_DAYS)
        for community in world.vault.communities:
            for thread in world.threads.get(community.id, ()):
                if since <= published_on(thread, world) <= world.today and not _is_mine(thread, world):
                    found = _look_at(thread, world)
                    if found is not None:
                        yield self._suggest(world, community, found)

    def _suggest(self, world: World, community: Community, found: _Found) -> Suggestion:
        item, page, notes = item_of(found.thread, "thread"), found.page, list[str]()
        question = Question(self.name, world, item=item, entry=page, community=community)
        for gate in refusals(gates(question)):
            if gate.rule in ("self-promotion", "help-ratio"):  # the answer may stand, without your link
                notes.append(f"Your own link is left out: {gate.reason}.")
                page = None
        why = f"In {community.name}, somebody asks about {found.topic}, which you know: “{found.thread.title}”."
        if found.page is not None:
            notes.insert(0, f"You wrote about it: “{found.page.title}” {found.page.url}")
        return self.suggest(
            Occasion(
                Question(self.name, world, item=item, entry=page, community=community),
                why,
                (Component("expertise", 0.4, Evidence("expertise", (found.topic,), found.sentence)),),
                words={"topic": found.topic, "page": {"title": page.title, "url": page.url} if page else None},
                expires=published_on(found.thread, world) + timedelta(days=_DAYS),
                notes=tuple(notes),
            )
        )


def _is_mine(thread: Entry, world: World) -> bool:
    """Whether you asked it yourself."""
    return bool(world.me.name) and world.me.name.casefold() in thread.author.casefold()


def _look_at(thread: Entry, world: World) -> _Found | None:
    """The topic of yours that a thread asks about, the sentence that says so, and a post of yours that would help."""
    text = thread.text or thread.summary
    if not _ASKS.search(f"{thread.title} {text}"):
        return None
    language = primary(thread.language) if thread.language else primary((world.me.languages or ("en",))[0])
    held = frozenset(terms(f"{thread.title} {text}", language))
    topics = ((topic, topic_terms(topic, (language,))) for topic in world.me.expertise)
    asked = [(topic, words) for topic, words in topics if words and words <= held]
    if not asked:
        return None
    topic, words = max(asked, key=lambda pair: len(pair[1]))  # the most particular; the first of equals
    said = (s for s in (*sentences(text), thread.title) if words & set(terms(s, language)))
    return _Found(thread, topic, next(said, thread.title), _own_page(thread, topic, world))


def _own_page(thread: Entry, topic: str, world: World) -> Entry | None:
    """The post of yours that holds most of the thread's title and of the topic."""
    index = world.pages.index
    language = primary(thread.language)
    query = dict.fromkeys(terms(thread.title, language), 1.0) | dict.fromkeys(terms(topic, language), 2.0)
    shares = index.matches(query) / (index.ideal(query) or 1.0)
    for position in np.argsort(-shares, kind="stable").tolist():
        entry: Entry = index.entries[position]
        if shares[position] >= _RELEVANT and is_out(world.own[entry.canonical], world):
            return entry
    return None
