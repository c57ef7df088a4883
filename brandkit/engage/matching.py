"""Whether what one person looks for and what another knows are about the same. Pure.

Both are a few words, so there is no corpus to count in: they meet where the shorter is held by the
longer, or where at least half of their telling words are the same (Dice, 1945), ignoring the verbs
of wishing. How rare a word is in the followed feeds weighs it, where that is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from brandkit.engage.scoring.index import Rarities
from brandkit.engage.scoring.terms import primary, terms

_ENOUGH = 0.5
_RARE = 6.0  # the weight of a word that no entry holds
# Verbs and nouns of wishing that say nothing about what is wished for.
_WISHING = (
    "find look looking search searching need needs want wants learn get help seek seeking understand start better "
    "good new someone somebody people person way ways idea ideas advice support questions about with suche suchen "
    "finden brauche brauchen lernen hilfe verstehen wissen gute neue jemand leute rat ideen"
)


def telling(text: str, languages: Sequence[str]) -> frozenset[str]:
    """The terms of a few words, without those that only say that something is wished for."""
    return _telling(text, primary(languages[0]) if languages else "en")


@lru_cache(maxsize=50_000)
def _telling(text: str, language: str) -> frozenset[str]:
    found = frozenset(terms(text, language))
    return (found - _wishing(language)) or found


def meets(wish: frozenset[str], topic: frozenset[str], idf: Mapping[str, float]) -> float:
    """From 0 to 1 how much two sets of terms are about the same; 0 where that is less than enough."""
    common = wish & topic
    if not common:
        return 0.0
    if topic <= wish or wish <= topic:
        return 1.0
    share = 2 * _weight(common, idf) / (_weight(wish, idf) + _weight(topic, idf))
    return share if share >= _ENOUGH - 1e-9 else 0.0


def weight_of(words: frozenset[str], idf: Mapping[str, float]) -> float:
    """How much is said by these words."""
    return _weight(words, idf)


def may_meet(common: float, wish: float, topic: float) -> bool:
    """Whether two sets of words may meet that weigh so much, and so much in common."""
    return common * 1.0001 >= min(wish, topic, _ENOUGH * (wish + topic) / 2)


def best_topic(wish: str, topics: Iterable[str], languages: Sequence[str], idf: Mapping[str, float]) -> str | None:
    """The topic that meets a wish best; ties by their order. None where none does."""
    wanted = telling(wish, languages)
    scored = [(*_overlap(wanted, topic_terms(topic, languages), idf), topic) for topic in topics]
    share, _, topic = max(scored, key=lambda row: row[:2], default=(0.0, 0, ""))
    return topic if share else None


def topic_terms(topic: str, languages: Sequence[str]) -> frozenset[str]:
    """The terms of something that somebody knows: all of them, since no word of it is a wish."""
    return _topic_terms(topic, primary(languages[0]) if languages else "en")


@lru_cache(maxsize=50_000)
def _topic_terms(topic: str, language: str) -> frozenset[str]:
    return frozenset(terms(topic, language))


def _overlap(wish: frozenset[str], topic: frozenset[str], idf: Mapping[str, float]) -> tuple[float, int]:
    return meets(wish, topic, idf), len(wish & topic)


def _weight(words: frozenset[str], idf: Mapping[str, float]) -> float:
    if not isinstance(idf, Rarities):
        return _summed(words, idf)
    known = idf.index.known.get(("weight", words))
    if known is None:
        known = idf.index.known["weight", words] = _summed(words, idf)
    return float(known)


def _summed(words: frozenset[str], idf: Mapping[str, float]) -> float:
    return math.fsum(idf.get(word, _RARE) for word in sorted(words))


@cache
def _wishing(language: str) -> frozenset[str]:
    return frozenset(terms(_WISHING, language))
