"""Texts that belong together: by shared tags and by the words that both use most. Pure.

Bounded on purpose: a tag or a word brings together only texts that stand near each other among those that
bear it, so that one new text changes what stands below a few others and not below all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from brandkit.site.model import Page

HOW_MANY = 3
_TAG_WEIGHT, _ENOUGH = 3, 3  # one shared tag is enough, or three shared words
_NEAR_BY_TAG, _NEAR_BY_WORD = 15, 10  # so many before it and so many after it


def find_related(pages: Sequence[Page], language: str) -> Mapping[str, tuple[Page, ...]]:
    """For each page, by its path, up to three others, the closest first. `pages` are newest first."""
    keys = [_keys(page, language) for page in pages]
    bearers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        for key in own:
            bearers[key].append(index)
    closest = ((page, _closest(index, keys[index], bearers)) for index, page in enumerate(pages))
    return {page.path: tuple(pages[other] for other in others) for page, others in closest}


def _closest(index: int, keys: Sequence[tuple[str, str]], bearers: Mapping[tuple[str, str], list[int]]) -> list[int]:
    shared: dict[int, int] = defaultdict(int)
    for key in keys:
        weight, near = (_TAG_WEIGHT, _NEAR_BY_TAG) if key[0] else (1, _NEAR_BY_WORD)
        at = bisect_left(bearers[key], index)
        for other in bearers[key][max(0, at - near) : at + near + 1]:
            shared[other] += weight
    shared.pop(index, None)
    good = [(-weight, other) for other, weight in shared.items() if weight >= _ENOUGH]
    return [other for _, other in sorted(good)[:HOW_MANY]]


def _keys(page: Page, language: str) -> list[tuple[str, str]]:
    """(taxonomy, term) for each term; ("", word) for each telling word. Only texts in one language meet by words."""
    document = page.document
    terms = [(taxonomy, name.casefold()) for taxonomy, names in document.terms.items() for name in names]
    keys = [*terms, *(("", f"{document.language or language} {word}") for word in document.telling.split())]
    return list(dict.fromkeys(keys))
