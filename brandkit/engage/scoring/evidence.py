"""Evidence for people: the sentence of an entry that best shows why it fits, whole and as it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from brandkit.base.text import sentences
from brandkit.engage.model import Entry, Evidence
from brandkit.engage.scoring.index import Index
from brandkit.engage.scoring.terms import primary, surface, terms

_LONGEST, _SHORTEST = 320, 25  # characters of a good quote
_AS_TITLE = 0.7  # a title is read anyway; a sentence of the text says more


def evidence(field: str, wanted: Iterable[str], entry: Entry, index: Index) -> Evidence:
    """The sentence that holds the most telling of the wanted terms, and those terms as written there."""
    goal = set(wanted)
    language = primary(entry.language)
    best, best_worth = "", 0.0
    for rank, sentence in enumerate(_sentences(entry)):
        held = goal.intersection(terms(sentence, language))
        shape = _AS_TITLE if sentence == entry.title else _shape(sentence)
        worth = sum(index.idf.get(word, 0.0) for word in held) * shape - rank * 1e-6
        if held and worth > best_worth:
            best, best_worth = sentence, worth
    return Evidence(field, tuple(surface(best, goal, language)), best)


def _sentences(entry: Entry) -> list[str]:
    """Of the text first, of the summary where there is no text; the title stands last, as a way out."""
    body = sentences(entry.text) or sentences(entry.summary)
    return [*body, entry.title]


def _shape(sentence: str) -> float:
    """Very short and very long sentences quote badly."""
    return 0.6 if len(sentence) > _LONGEST or len(sentence) < _SHORTEST else 1.0
