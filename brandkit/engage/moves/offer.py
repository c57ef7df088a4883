"""offer: a need of theirs meets something you know, or something you wrote. One small thing; it asks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from brandkit.base.digest import digest_text
from brandkit.engage.contacts import Need
from brandkit.engage.gates.content import avoid, language
from brandkit.engage.gates.question import Question
from brandkit.engage.gates.registry import refusals
from brandkit.engage.matching import best_topic
from brandkit.engage.model import Component, Entry, Evidence, Item, Suggestion, item_of
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.own_matches import OwnMatch, own_matches
from brandkit.engage.people import Person
from brandkit.engage.scoring.wishes import NEEDS
from brandkit.engage.world import World

_WORTH = 0.6  # of an offer that meets a need wholly


class Offer(Move):
    """Help with something that they look for."""

    name = "offer"
    in_words = "A small offer"
    done = ("offer", "gave")
    minutes = 10

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """One for the first need that you can be of use for; a need that was answered since it arose is left alone."""
        seen = set[str]()
        for suggestion in self._for_each_need(person, world):
            if suggestion.id not in seen:
                seen.add(suggestion.id)
                yield suggestion
            if suggestion.allowed:
                return

    def _for_each_need(self, person: Person, world: World) -> Iterator[Suggestion]:
        contact, pages = person.contact, _best_pages(person, world)
        languages = contact.languages or world.me.languages
        for number, need in enumerate(contact.needs):
            if _is_open(person, need, world):
                topic = best_topic(need.text, world.me.expertise, languages, world.setting.index.idf)
                page = pages.get(f"needs[{number}]")
                if page and topic and not _may_read(person, world, page.entry):
                    page = None
                if topic or page:
                    yield self._suggest(person, world, number, topic, page)

    def _suggest(
        self, person: Person, world: World, number: int, topic: str | None, page: OwnMatch | None
    ) -> Suggestion:
        need, entry = person.contact.needs[number], page.entry if page else None
        item = item_of(entry, "page") if entry else Item("need", digest_text(need.text)[:8])
        value = round(_WORTH * (page.share if page else 0.8), 4)
        evidence = Evidence(f"needs[{number}]", (topic,) if topic else (), entry.title if entry else "")
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item, entry),
                _why(person, need, topic, entry),
                (Component("need", value, evidence),),
                words={"topic": topic or ""},
                discreet=need.sensitive,
            )
        )


def _best_pages(person: Person, world: World) -> Mapping[str, OwnMatch]:
    """The best page for each need, by the need's field; what they know already is no offer."""
    found: dict[str, OwnMatch] = {}
    for match in own_matches(person.reader, world, NEEDS):
        if match.entry.canonical not in person.ledger.shared:
            found.setdefault(match.wish.field, match)
    return found


def _is_open(person: Person, need: Need, world: World) -> bool:
    """Whether a need is of these months, and you offered or gave no help since it arose; undated, in these months."""
    oldest = world.today - timedelta(days=world.setting.settings.need_days)
    since = need.since or oldest
    helped = [person.ledger.last[kind] for kind in ("offer", "help") if kind in person.ledger.last]
    return oldest <= since <= world.today and all(day < since for day in helped)


def _may_read(person: Person, world: World, page: Entry) -> bool:
    """Whether it is in a language that they read, and touches nothing that they would rather not read about."""
    question = Question(Offer.name, world, person, item_of(page, "page"), page)
    return not refusals((*language(question), *avoid(question)))


def _why(person: Person, need: Need, topic: str | None, entry: Entry | None) -> str:
    name = person.contact.first_name
    yours = f"you wrote “{entry.title}”" if entry else f"you know about {topic}"
    if need.sensitive:  # a plan may be read over somebody's shoulder
        return f"There is something that you could do for {name}: {yours}."
    since = f" ({need.since.day} {need.since:%b})" if need.since else ""
    return f"{name} is looking for this: {need.text.rstrip(' .')}{since}; {yours}."
