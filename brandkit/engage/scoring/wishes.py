"""The components that look for words: what a person needs, likes to read about, knows well, favours.

Each wish (a need, an interest) is a query of its own, and its share is how much of its telling words an entry
holds, between 0 and 1. A component is the mean of the shares, in which a wish of rarer words weighs more:

    value = WISHES x sum(weight x ideal x share ^ power) / sum(weight x ideal), the lower sum over all kinds

The power rewards a phrase that is there as a whole. What stands first in a list counts most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from brandkit.engage.contacts import Contact
from brandkit.engage.matching import telling
from brandkit.engage.model import Evidence
from brandkit.engage.scoring.component import Fitting, Reader, Setting
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import Among, Floats, Index
from brandkit.engage.scoring.terms import primary, terms

_LATER = 0.9  # what a wish counts beside the one that stands before it


@dataclass(frozen=True)
class Wish:
    """A field of the contact and the words that stand there."""

    field: str
    query: tuple[tuple[str, float], ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Kind:
    """One kind of wishes: the field where they stand, what they count, how much a whole phrase is rewarded."""

    name: str
    weight: float
    power: float

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """What the person wishes for; each kind reads its own field."""
        raise NotImplementedError


class Needs(Kind):
    """What they look for; an old need weighs nothing."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """A need that still counts is a wish; the words that only say that something is wished for are none of it."""
        for number, need in enumerate(reader.contact.needs):
            if setting.is_current(need):
                query = _query(need.text, _languages(reader, setting), setting.index, is_wish=True)
                # a need is often a whole sentence, of which each word says less than one of two words does
                yield Wish(f"needs[{number}]", query, self.weight * max(0.5, min(1.0, 2 / max(1, len(query)))))


class Interests(Kind):
    """What they like to read about, the first most."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """Each interest is a wish."""
        yield from _listed("interests", reader.contact.interests, self.weight, reader, setting)


class Expertise(Kind):
    """What they know well, and may like to stay at the front of."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """Each topic is a wish."""
        yield from _listed("expertise", reader.contact.expertise, self.weight, reader, setting)


class Perspective(Kind):
    """What they favour in whatever they read: data, stories, small teams."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """Each is a wish."""
        yield from _listed("prefers", reader.contact.prefers, self.weight, reader, setting)


NEEDS, INTERESTS = Needs("need", 1.0, 1.0), Interests("interest", 1.0, 1.25)
EXPERTISE, PERSPECTIVE = Expertise("expertise", 0.5, 1.25), Perspective("perspective", 0.25, 1.25)
KINDS = (NEEDS, INTERESTS, EXPERTISE, PERSPECTIVE)


@dataclass(frozen=True)
class Wishes:
    """The component of one kind."""

    kind: Kind
    weight: float

    @property
    def name(self) -> str:
        """The word under which it is shown."""
        return self.kind.name

    def prepare(self, reader: Reader, setting: Setting, among: Among | None = None) -> WishFitting | None:
        """The wishes of this kind, against all entries, or some."""
        among = among or setting.index.everything
        all_wishes = wishes_of(reader, setting)
        wishes = all_wishes[self.kind]
        if not wishes:
            return None
        whole = sum(wish.weight * _ideal(wish, setting.index) for row in all_wishes.values() for wish in row)
        values = np.zeros(len(among), np.float32)
        for wish in wishes:
            ideal, matches = _ideal(wish, setting.index), setting.index.matches(dict(wish.query), among)
            held = np.flatnonzero(matches)
            share = (matches[held] / np.float32(ideal)) ** np.float32(self.kind.power)
            values[held] += np.float32(self.weight * wish.weight * ideal / whole) * share
        return WishFitting(self.kind, wishes, setting, among, values)


@dataclass(frozen=True, eq=False)
class WishFitting(Fitting):
    """Wishes of one kind of one person."""

    kind: Kind
    wishes: Sequence[Wish]
    setting: Setting
    among: Among
    values: Floats

    def evidence(self, position: int) -> Evidence | None:
        """The wish that fits best, with a sentence of the entry that holds its words."""
        index = self.setting.index
        wish, share = self.best(position)
        wanted = {word for word, _ in wish.query}
        return evidence(wish.field, wanted, index.entries[position], index) if share else None

    def best(self, position: int) -> tuple[Wish, float]:
        """The wish that an entry meets best, and how well, from 0 to 1."""
        return best_of(self.wishes, self.setting.index, position)


def best_of(wishes: Sequence[Wish], index: Index, position: int) -> tuple[Wish, float]:
    """The wish that an entry meets best, and how well, from 0 to 1; the first of equals."""
    shares = [(share_of(wish, index, position), wish) for wish in wishes]
    share, wish = max(shares, key=lambda pair: pair[0])
    return wish, share


@lru_cache(maxsize=2)  # each kind asks for all of them
def wishes_of(reader: Reader, setting: Setting) -> Mapping[Kind, list[Wish]]:
    """All wishes that say something, by kind."""
    return {kind: [wish for wish in kind.wishes(reader, setting) if wish.query] for kind in KINDS}


def needs_to_renew(contact: Contact, setting: Setting) -> tuple[str, ...]:
    """A question for each need that is so old that it weighs nothing; none for a sensitive one."""
    old = (need for need in contact.needs if not setting.is_current(need) and not need.sensitive)
    return tuple(f"“{need.text}” is from {need.since:%B %Y}: is it still so?" for need in old)


def share_of(wish: Wish, index: Index, position: int) -> float:
    """The share of a wish's telling words that one entry holds."""
    places, held = index.by_entry.of(position)
    frequency = dict(zip(places.tolist(), held.tolist(), strict=True))
    found = 0.0
    for word, weight in wish.query:
        place = index.place(word)
        if place is not None:
            found += weight * float(index.weights[place]) * frequency.get(place, 0.0)
    return found / (_ideal(wish, index) or 1.0)


def _listed(field: str, texts: Sequence[str], weight: float, reader: Reader, setting: Setting) -> Iterator[Wish]:
    for number, text in enumerate(texts):
        query = _query(text, _languages(reader, setting), setting.index)
        yield Wish(f"{field}[{number}]", query, weight * _LATER**number)


def _languages(reader: Reader, setting: Setting) -> tuple[str, ...]:
    return reader.contact.languages or setting.languages


def _ideal(wish: Wish, index: Index) -> float:
    found = index.ideals.get(wish.query)
    if found is None:
        found = index.ideals[wish.query] = index.ideal(dict(wish.query))
    return found


def _query(text: str, languages: tuple[str, ...], index: Index, is_wish: bool = False) -> tuple[tuple[str, float], ...]:
    """The words of a wish as terms, in whichever of the person's languages the entries hold them."""
    asked = (text, languages, is_wish)
    if asked not in index.queries:
        index.queries[asked] = _worked_out(*asked, index)
    return index.queries[asked]


def _worked_out(text: str, languages: tuple[str, ...], is_wish: bool, index: Index) -> tuple[tuple[str, float], ...]:
    languages = tuple(primary(language) for language in languages) or ("en",)
    by_language = [_terms(text, language, is_wish) for language in languages]
    best = max(by_language, key=lambda found: sum(1 for word in found if word in index.idf))
    return tuple((word, float(count)) for word, count in Counter(best).items())


def _terms(text: str, language: str, is_wish: bool) -> list[str]:
    found = terms(text, language)
    if not is_wish:
        return found
    kept = telling(text, (language,))
    return [term for term in found if term in kept]
