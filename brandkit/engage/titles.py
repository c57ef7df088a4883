"""Words before a name that are no part of it. Knows no contact."""

from __future__ import annotations

from collections.abc import Sequence

TITLES = frozenset("dr prof professor mr mrs ms mx sir dame rev hon herr frau dipl dipl-ing ing".split())
_OF_WHAT = frozenset("med phil rer nat".split())  # behind another title: Dr. phil. Ada; Phil alone is a name


def without_titles(words: Sequence[str]) -> Sequence[str]:
    """The words of a name from the first on that is no title; all of them where no other is left."""
    count = 0
    for word in words:
        bare = word.casefold().replace(".", "")
        if bare not in TITLES and not (count and bare in _OF_WHAT):
            break
        count += 1
    return words[count:] or words
