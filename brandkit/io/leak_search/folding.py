"""Text as the search compares it: one spelling for all that looks alike.

In: any text. Out: its bytes: ASCII as it is (with its capitals), every other letter small and without accents, what is
no letter as a space, a dash of any length as a hyphen, what cannot be seen not at all.
"""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache

TAG = "\x01"  # stands for markup: it may stand within a word, and it may part two words
WALL = "\x02"  # nothing is found across it
_SPELT = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th", "ð": "d", "ı": "i"}
_LIKE = str.maketrans(_SPELT | {letter.upper(): plain.title() for letter, plain in _SPELT.items() if letter != "ı"})
_UNSEEN = ("Mn", "Me", "Cf")  # accents, joiners, soft hyphens, marks of direction
_OUR_WAY = "brandkit.letters"


def fold(text: str) -> bytes:
    """The text in UTF-8, with one spelling for what is the same letter."""
    return text.encode("ascii", _OUR_WAY)


def _of_foreign(problem: UnicodeError) -> tuple[bytes, int]:
    """What stands for the letters that are not ASCII: the encoder asks, which finds them faster than anything else."""
    assert isinstance(problem, UnicodeEncodeError)
    return _fold_run(problem.object[problem.start : problem.end]), problem.end


codecs.register_error(_OUR_WAY, _of_foreign)


@lru_cache(20_000)
def _fold_run(run: str) -> bytes:
    return "".join(map(_one, unicodedata.normalize("NFKD", run.translate(_LIKE)))).encode("utf-8", "replace")


def _one(character: str) -> str:
    if character.isascii():
        return character
    if character.isalnum():
        return unicodedata.normalize("NFKD", character.casefold())
    sort = unicodedata.category(character)
    return "" if sort in _UNSEEN else "-" if sort == "Pd" else " "
