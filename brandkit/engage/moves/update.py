"""update: whom a new post of yours is for: it meets an interest, it cites them, or it was written for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from brandkit.base.url import canonical, host_of
from brandkit.engage.contacts import Contact
from brandkit.engage.gates.content import is_theirs
from brandkit.engage.gates.question import Question
from brandkit.engage.model import Component, Entry, Evidence, Interaction, Suggestion, item_of
from brandkit.engage.moves.move import Move, Occasion
from brandkit.engage.own_matches import new_pages, own_matches, published_on
from brandkit.engage.people import Person
from brandkit.engage.rhythm import SILENT, day_of
from brandkit.engage.scoring.evidence import evidence as sentence_for
from brandkit.engage.scoring.wishes import INTERESTS, NEEDS
from brandkit.engage.world import World

_NEW_DAYS = 30
_ACQUAINTED_DAYS = 365
_EXCHANGES = frozenset({"call", "meeting", "session", "replied"})


class Update(Move):
    """News of something that you made, for somebody who may like it."""

    name = "update"
    in_words = "Something new of yours"
    done = ("update", "gave")
    minutes = 5

    def for_person(self, person: Person, world: World) -> Iterator[Suggestion]:
        """The newest page for them that they do not know. After a year without a word only what cites them."""
        close = _is_acquainted(person, world)
        meets = {m.entry.canonical: m for kind in _WISHES for m in own_matches(person.reader, world, kind)}
        for entry in new_pages(world, _NEW_DAYS):
            meant, cited = _meant_for(entry, person, world), _cites(entry, person, world)
            match = meets.get(entry.canonical)
            if meant:
                reason, value, evidence = "for", 0.9, Evidence("briefs", quote=entry.title)
            elif cited:
                reason, value, evidence = "cited", 0.7, Evidence("links", quote=entry.title)
            elif match is not None and close:
                reason, value = "interest", round(0.5 * match.share, 4)
                evidence = sentence_for(
                    match.wish.field, (word for word, _ in match.wish.query), entry, world.pages.index
                )
            else:
                continue
            suggestion = self._suggest(person, world, entry, reason, Component(reason, value, evidence))
            yield suggestion
            if suggestion.allowed:
                return

    def _suggest(self, person: Person, world: World, entry: Entry, reason: str, component: Component) -> Suggestion:
        first = "update" not in person.ledger.last
        notes = ("It is the first such note to them, so the words ask whether it is welcome.",) if first else ()
        return self.suggest(
            Occasion(
                Question(self.name, world, person, item_of(entry, "page"), entry),
                _why(person, entry, reason, component),
                (component,),
                urgency=1.6 if reason == "for" else None,
                words={"first": first, "cited": reason == "cited"},
                expires=published_on(entry, world) + timedelta(days=_NEW_DAYS),
                notes=notes,
            )
        )


_WISHES = (NEEDS, INTERESTS)


def _why(person: Person, entry: Entry, reason: str, component: Component) -> str:
    name = person.contact.first_name
    if reason == "for":
        return f"You wrote “{entry.title}” with {name} in mind."
    if reason == "cited":
        return f"You link to {name}'s work in “{entry.title}”; they may like to know."
    return f"“{entry.title}” {_meets(person.contact, component.evidence.field if component.evidence else '')}."


def _meets(contact: Contact, field: str) -> str:
    """What of theirs a page is about; a sensitive need is not named, as a plan may be read over a shoulder."""
    name, (listed, _, number) = contact.first_name, field.rstrip("]").partition("[")
    if listed == "interests":
        return f"is about {contact.interests[int(number)]}, which {name} likes to read about"
    need = contact.needs[int(number)]
    return f"may be of use to {name}" + ("" if need.sensitive else f", who looks for this: {need.text.rstrip(' .')}")


def _is_acquainted(person: Person, world: World) -> bool:
    """Words were exchanged within a year, or they once welcomed such a note: liked it, or answered it."""
    since = world.today - timedelta(days=_ACQUAINTED_DAYS)
    told = False  # whether the last that they heard of you was such a note
    for line in person.history:
        day = day_of(line.at, world.zone)
        if day > world.today:
            break
        if (day >= since and _is_exchange(line)) or (told and line.type == "replied"):
            return True
        if line.type not in SILENT and line.direction != "received":
            told = line.type == "update"
            if told and line.reaction == "liked":
                return True
    return False


def _is_exchange(line: Interaction) -> bool:
    return line.type in _EXCHANGES or (line.direction in ("mutual", "received") and line.type != "imported")


def _meant_for(entry: Entry, person: Person, world: World) -> bool:
    slug = world.own[entry.canonical].slug
    return any(brief.id == slug and person.contact.id in brief.for_ for brief in world.vault.briefs)


def _cites(entry: Entry, person: Person, world: World) -> bool:
    """Whether the page links to a site that they call their own. A firm's is not theirs alone."""
    if not (person.contact.links or person.contact.feeds):
        return False
    hosts = {host_of(link) for link in world.own[entry.canonical].links if canonical(link)}
    return any(is_theirs(person.contact, host) for host in hosts)
