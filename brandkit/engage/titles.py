"""Words before a name that are no part of it. Knows no contact."""

from __future__ import annotations

from collections.abc import Sequence

TITLES = frozenset("dr prof professor mr mrs ms mx sir dame rev herr frau dipl".split())
_WITH_A_DOT = frozenset("ing mag hon".split())  # without one they are names: Ing Tan
_OF_WHAT = frozenset("med phil rer nat".split())  # behind another title: Dr. phil. Ada, but Dr. Phil Good


def without_titles(words: Sequence[str]) -> Sequence[str]:
    """The words of a name from the first on that is no title; all of them where no other is left."""
    count = 0
    while count < len(words) and _is_title(words[count], behind=count > 0):
        count += 1
    return words[count:] or words


def _is_title(word: str, behind: bool) -> bool:
    """Whether a word is a title: Dipl.-Kfm. too; behind another one also what it is of, as in Dr. rer. pol. or h. c."""
    bare, dotted = word.casefold().replace(".", ""), word.endswith(".")
    if bare.partition("-")[0] in TITLES or (dotted and bare in _WITH_A_DOT):
        return True
    return behind and ((bare in _OF_WHAT and (dotted or word.islower())) or (dotted and word.islower()))
