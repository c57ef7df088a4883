"""Texts as weighted terms: stems that compare across inflections, per language. Pure.

A term is a stem; a stem remembers nothing of the word it came from, so evidence looks words up in
the text again (`surface`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import snowballstemmer

from brandkit.base.stopwords import STOPWORDS
from brandkit.base.text import words

_LANGUAGES = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def primary(language: str) -> str:
    """`en` of `en-GB`; English where nothing is known."""
    return language.split("-")[0].lower() or "en"


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_LANGUAGES.get(language, "english"))


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a lower-case word."""
    return str(_stemmer(language).stemWord(word))


@lru_cache(maxsize=200_000)
def term(word: str, language: str) -> str:
    """The term of a word as written, or an empty text for a word that carries no topic."""
    lower = word.casefold().replace("’", "'")
    if lower in STOPWORDS or (len(lower) == 1 and lower.isascii()):
        return ""
    return stem(lower.removesuffix("'s"), language)


def terms(text: str, language: str) -> list[str]:
    """The terms of a text, in order; a word with a hyphen gives its parts too."""
    return [found for word in words(text) for found in terms_of_word(word, language)]


@lru_cache(maxsize=200_000)
def terms_of_word(word: str, language: str) -> tuple[str, ...]:
    """The terms of one word as written: one, or none, or several where it has hyphens."""
    whole = term(word, language)
    parts = tuple(term(part, language) for part in word.split("-")) if "-" in word else ()
    return tuple(found for found in (*parts, whole) if found)


def surface(sentence: str, wanted: Iterable[str], language: str) -> list[str]:
    """The words of a sentence, as written, whose terms are wanted; each once, in order."""
    goal = set(wanted)
    found = (word for word in words(sentence) if goal.intersection(terms_of_word(word, language)))
    return list(dict.fromkeys(found))
