"""Who of an import is somebody that is known already, with the evidence in plain words. Nothing is merged here.

In: people with their ids, then one person at a time. Out: the most likely one, and whether that is certain. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit

from brandkit.base.text import fold, slugify
from brandkit.engage.sources.contact_source import same_number
from brandkit.engage.titles import TITLES

_TITLES = TITLES | {"phd", "jr", "sr"}
_LEGAL = re.compile(
    r"[\s,]+(gmbh|ag|se|kg|ug|inc|ltd|llc|plc|bv|sa|srl|oy|ab|corp|co|e\.?\s?v)\.?(?=[\s,]|\Z)", re.IGNORECASE
)
_SHORTEST_NUMBER = 7
_ALIKE_IN_A_FIRM = 86
_ALIKE = 92
_PERSONAL = ("linkedin", "github", "mastodon", "bluesky", "twitter")  # where somebody has one account


class Known(Protocol):
    """What is compared of a person, from wherever they come."""

    @property
    def name(self) -> str: ...
    @property
    def organization(self) -> str: ...
    @property
    def emails(self) -> tuple[str, ...]: ...
    @property
    def phones(self) -> tuple[str, ...]: ...
    @property
    def profiles(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Likeness:
    """Somebody who is known, why they may be the same person, and whether there is no doubt."""

    id: str
    certain: bool
    evidence: str


@dataclass(frozen=True)
class _Card:
    """A person in the form in which they are compared."""

    id: str
    name: str
    given: str
    firm: str
    keys: frozenset[tuple[str, str]]
    fresh: bool = False  # stands in the same file

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.name.split())


@dataclass
class People:
    """Everybody who is known, found by what they share with somebody."""

    by_key: dict[tuple[str, str], list[_Card]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[_Card]] = field(default_factory=lambda: defaultdict(list))
    by_block: dict[tuple[str, str], list[_Card]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))  # as in by_block

    def add(self, id_: str, person: Known, fresh: bool = False) -> None:
        """Somebody more; `fresh` if from the same file as those who are looked for."""
        card = replace(_card(id_, person), fresh=fresh)
        for key in card.keys:
            self.by_key[key].append(card)
        self.by_name[card.name].append(card)
        for block in _blocks(card):
            self.by_block[block].append(card)
            self.names[block].append(card.name)

    def find(self, person: Known, brought_before: Collection[str] = ()) -> Likeness | None:
        """Who this person may be. `brought_before`: ids that an import of the same kind made."""
        card = _card("", person)
        return self._by_key(card) or self._by_name(card, brought_before) or self._alike(card)

    def _by_key(self, card: _Card) -> Likeness | None:
        """Somebody with the same mail address, phone number or account."""
        shared: dict[str, list[str]] = defaultdict(list)
        cards: dict[str, _Card] = {}
        for key in sorted(card.keys):
            for other in self.by_key.get(key, ()):
                cards[other.id] = other
                shared[other.id].append(_WORDS[key[0]])
        if not cards:
            return None
        best = max(cards.values(), key=lambda other: (_closeness(card, other), len(shared[other.id])))
        evidence = " and ".join(dict.fromkeys(shared[best.id]))
        if _other_name(card, best):
            return Likeness(best.id, False, f"{evidence}, but another name")
        return Likeness(best.id, True, evidence)

    def _by_name(self, card: _Card, brought_before: Collection[str]) -> Likeness | None:
        """Somebody of the same name."""
        if not card.name:
            return None
        others = [other for other in self.by_name.get(card.name, ()) if not _namesakes(card, other)]
        before = [other for other in others if other.firm == card.firm and other.id in brought_before]
        if before:
            return Likeness(before[0].id, True, "same name and firm, imported before")
        best = max(others, key=lambda other: (other.firm == card.firm, not other.firm), default=None)
        if best is None:
            return None
        if card.firm and best.firm == card.firm:
            return Likeness(best.id, False, "same name and firm")
        both = "same name, another firm" if card.firm and best.firm else "same name"
        return Likeness(best.id, False, both)

    def _alike(self, card: _Card) -> Likeness | None:
        """Somebody whose name is nearly the same."""
        if not card.name:
            return None
        found = [pair for block in _blocks(card) for pair in self._in_block(card, block)]
        for score, other in sorted(found, key=lambda pair: (-pair[0], pair[1].id)):
            same_firm = bool(card.firm) and other.firm == card.firm
            if _may_be(card, other) and (same_firm or score >= _ALIKE):
                return Likeness(other.id, False, f"names {score:.0f} % alike{' and same firm' if same_firm else ''}")
        return None

    def _in_block(self, card: _Card, block: tuple[str, str]) -> Iterator[tuple[float, _Card]]:
        from rapidfuzz import fuzz, process

        cards = self.by_block.get(block, [])
        names = self.names.get(block, [])
        for _, score, index in process.extract(
            card.name, names, scorer=fuzz.ratio, score_cutoff=_ALIKE_IN_A_FIRM, limit=20
        ):
            yield score, cards[index]


_WORDS = {"mail": "same mail address", "phone": "same phone number (digits)", "profile": "same account"}


def _card(id_: str, person: Known) -> _Card:
    words = _words(person.name)
    firm = firm_key(person.organization)
    return _Card(id_, " ".join(sorted(words)), next(iter(words), ""), firm, frozenset(_keys(person)))


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and titles; a mail address is no name."""
    words = [word for word in slugify("" if "@" in name else name).split("-") if word]
    return [word for word in words if word not in _TITLES] or words


def firm_key(firm: str) -> str:
    """A firm without case and legal form."""
    return slugify(_LEGAL.sub("", f"{fold(firm)} ")) or slugify(firm)


def _keys(person: Known) -> Iterator[tuple[str, str]]:
    yield from (("mail", mail.strip().casefold()) for mail in person.emails if "@" in mail)
    digits = (same_number(phone) for phone in person.phones)
    yield from (("phone", number) for number in digits if len(number) >= _SHORTEST_NUMBER)
    yield from (("profile", f"{network.casefold()} {handle(text)}") for network, text in person.profiles.items())


def handle(account: str) -> str:
    """An account by its name, be it written as a link or as @name."""
    text = account.strip().casefold().rstrip("/")
    parts = urlsplit(text) if re.match(r"https?://[^\[\]]*\Z", text) else None
    if parts is None:
        return text.lstrip("@")
    last = parts.path.rpartition("/")[2] or text
    return f"{last[1:]}@{parts.hostname}" if last.startswith("@") else last


def _blocks(card: _Card) -> Iterable[tuple[str, str]]:
    """Where names that may be nearly the same are looked for: in one firm, or with words that begin alike."""
    words = sorted(card.words, key=len, reverse=True)[:2]
    return [*((("firm", card.firm),) if card.firm else ()), *(("word", word[:3]) for word in words)]


def _may_be(card: _Card, other: _Card) -> bool:
    """Whether nothing speaks against the two being one: other firms, other accounts."""
    if card.firm and other.firm and card.firm != other.firm:
        return False
    return not _other_account(card, other)


def _namesakes(card: _Card, other: _Card) -> bool:
    """Whether two of one name are two people: another account, or in one address book two firms and two addresses."""
    apart = other.fresh and card.firm and other.firm and card.firm != other.firm and card.keys and other.keys
    return bool(apart) or _other_account(card, other)


def _other_account(card: _Card, other: _Card) -> bool:
    """Whether both have an account where people have only one, and not the same."""
    for network in _PERSONAL:
        mine, theirs = (
            {text for kind, text in one.keys if kind == "profile" and text.startswith(f"{network} ")}
            for one in (card, other)
        )
        if mine and theirs and not mine & theirs:
            return True
    return False


def _closeness(card: _Card, other: _Card) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(card.name, other.name)


def _other_name(card: _Card, other: _Card) -> bool:
    """Whether two names are those of two people: who share a mailbox, a switchboard, a home."""
    if not card.name or not other.name or card.words <= other.words or other.words <= card.words:
        return False
    return card.given != other.given and _closeness(card, other) < 80
