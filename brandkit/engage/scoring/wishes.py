"""The two components that look for words: what a person needs, and what interests them.

Each wish (a need, an interest) is a query of its own. Its fit is the share of its telling words
that an entry holds, between 0 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from brandkit.engage.contacts import Contact
from brandkit.engage.model import Component, Entry
from brandkit.engage.scoring.component import Reader, Setting
from brandkit.engage.scoring.evidence import evidence
from brandkit.engage.scoring.index import Index
from brandkit.engage.scoring.terms import primary, terms

_BEST = 0.3  # how much one wish that is met well counts beside all wishes together


@dataclass(frozen=True)
class Wish:
    """A field of the contact and the words that stand there."""

    field: str
    query: tuple[tuple[str, float], ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Wishes:
    """A component over one kind of wishes."""

    name: str
    weight: float

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """What the person wishes for; each kind reads its own field."""
        raise NotImplementedError

    def fit(self, reader: Reader, setting: Setting, at: Collection[int] | None = None) -> Mapping[int, float]:
        """Mostly the share of all wishes together, so that rare words count; some for one wish met well."""
        together: dict[int, float] = {}
        best: dict[int, float] = {}
        ideal = 0.0
        for wish in self.wishes(reader, setting):
            query = dict(wish.query)
            whole = setting.index.ideal(query)
            ideal += whole
            for position, value in _matches(setting.index, query, at).items():
                together[position] = together.get(position, 0.0) + value
                best[position] = max(best.get(position, 0.0), value / whole)
        return {
            position: self.weight * (_BEST * best[position] + (1 - _BEST) * value / ideal)
            for position, value in together.items()
        }

    def reach(self, reader: Reader, setting: Setting, floor: float) -> Mapping[int, float]:
        """The share of the wish that is met best."""
        found: dict[int, float] = {}
        for wish in self.wishes(reader, setting):
            query = dict(wish.query)
            ideal = setting.index.ideal(query)
            for position, value in setting.index.reaching(query, floor * ideal).items() if ideal else ():
                found[position] = max(found.get(position, 0.0), value / ideal)
        return found

    def explain(self, reader: Reader, setting: Setting, entry: Entry, value: float) -> Component:
        """The wish that fits best, with a sentence of the entry that holds its words."""
        wish, share = self.best(reader, setting, setting.positions[id(entry)])
        if wish is None or share == 0:
            return Component(self.name, 0.0)
        wanted = {word for word, _ in wish.query}
        return Component(self.name, value, evidence(wish.field, wanted, entry, setting.index))

    def best(self, reader: Reader, setting: Setting, position: int) -> tuple[Wish | None, float]:
        """The wish that an entry meets best, and how well, from 0 to 1."""
        shares = [(_share(wish, setting.index, position), wish) for wish in self.wishes(reader, setting)]
        share, wish = max(shares, key=lambda pair: pair[0], default=(0.0, None))
        return wish, share


class NeedWishes(Wishes):
    """What they look for; an old need weighs nothing."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """A need that still counts is a wish."""
        oldest = setting.today - timedelta(days=setting.settings.need_days)
        for number, need in enumerate(reader.contact.needs):
            if need.since is None or need.since >= oldest:
                yield Wish(f"needs[{number}]", _query(need.text, reader.contact.languages, setting.index))


class InterestWishes(Wishes):
    """What they like to read about."""

    def wishes(self, reader: Reader, setting: Setting) -> Iterator[Wish]:
        """Each interest is a wish."""
        needed = {word for need in NeedWishes("need", 1.0).wishes(reader, setting) for word, _ in need.query}
        for number, interest in enumerate(reader.contact.interests):
            query = _query(interest, reader.contact.languages, setting.index)
            # a word that is needed already counts there, and not twice
            yield Wish(f"interests[{number}]", tuple(pair for pair in query if pair[0] not in needed))


def needs_to_renew(contact: Contact, setting: Setting) -> tuple[str, ...]:
    """A question for each need that is so old that it weighs nothing; none for a sensitive one."""
    oldest = setting.today - timedelta(days=setting.settings.need_days)
    old = (need for need in contact.needs if need.since is not None and need.since < oldest and not need.sensitive)
    return tuple(f"“{need.text}” is from {need.since:%B %Y}: is it still so?" for need in old)


def _matches(index: Index, query: Mapping[str, float], at: Collection[int] | None) -> Mapping[int, float]:
    if at is None:
        return index.matches(query)
    return {position: value for position in at if (value := index.value(query, position))}


@lru_cache(maxsize=4096)  # the wishes of one person are asked for by several moves, one after the other
def _query(text: str, languages: tuple[str, ...], index: Index) -> tuple[tuple[str, float], ...]:
    """The words of a wish as terms, in whichever of the person's languages the entries hold them."""
    languages = tuple(primary(language) for language in languages) or ("en",)
    by_language = [terms(text, language) for language in languages]
    best = max(by_language, key=lambda found: sum(1 for word in found if word in index.idf))
    return tuple((word, float(count)) for word, count in Counter(best).items())


def _share(wish: Wish, index: Index, position: int) -> float:
    """The share of a wish's telling words that one entry holds."""
    query = dict(wish.query)
    return index.value(query, position) / (index.ideal(query) or 1.0)
